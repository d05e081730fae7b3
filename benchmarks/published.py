"""The word for every published award and decision matrix that the repository holds."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cases import ROOT
from clock import table
from size import Size

from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.award.verdict import closest_rival, earned
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.panel.agreement import judgement_error
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read

PUBLISHED = ("california-two-envelope", "time-attendance-software")
"""Evaluations of `data/` whose weights are those that were published."""
GOLDEN, WORKED = ROOT / "tests" / "golden", ROOT / "tests" / "worked" / "worked_examples.json"

Scale = Literal["worst to best", "share of the best"]
"""How a column of a matrix becomes points: 0 to 100 from worst to best, or per cent of the best."""
SCALES: tuple[Scale, ...] = ("worst to best", "share of the best")
WORDS = ("firm", "sensitive", "too close")
FORMULAS: Mapping[str, Any] = {
    "lowest_over_this": "lowest_over_this",
    "linear_range": {"linear_range": {"direction": "min"}},
    "above_lowest": "above_lowest",
    "mean_based": {"mean_based": {"direction": "min", "points_per_percent": 1}},
    "linear_scale": {"linear": {"worst": 150, "best": 90}},
}


@dataclass(frozen=True)
class Case:
    """One evaluation by its name."""

    name: str
    evaluation: Evaluation
    published: bool = False
    """Whether its answers and weights were published, in a paper or by the buyer."""
    error: float | None = None
    """The judgement error that a panel's marks show, in points; None without a panel."""


def evaluated(criteria: Sequence[dict[str, Any]], bids: dict[str, dict[str, Any]]) -> Evaluation:
    """The evaluation of bids under criteria, of which one named `price` is the price."""
    about = {"title": "t", "decision": "d", "currency": "EUR", "price": "price"}
    return evaluate(Rules.model_validate(about | {"criteria": tuple(criteria)}), proposals(bids))


def leaf(name: str, weight: float, value: Any, **more: Any) -> dict[str, Any]:
    """A criterion that reads the answer of its own name."""
    return {"id": name, "label": name, "weight": weight, "answer": name, "value": value} | more


def awards() -> Iterator[Case]:
    """The evaluations of `data/`, under their own rules."""
    for folder in sorted(path.parent for path in (ROOT / "data").glob("*/evaluation.yaml")):
        tender = read(folder)
        evaluation = evaluate(tender.rules, tender.proposals)
        shown = judgement_error(evaluation, tender.panel).points if tender.panel else None
        yield Case(f"data/{folder.name}", evaluation, folder.name in PUBLISHED, shown)


def matrices(scale: Scale, *, judged: bool) -> Iterator[Case]:
    """The decision matrices of `tests/golden`, once each, with nothing judged or everything.

    None has a price; a criterion of weight 0 stands for it.
    """
    known = set()
    for path in sorted(GOLDEN.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        given = case["inputs"]
        if "matrix" not in given:
            continue
        key = json.dumps([given["matrix"], given["weights"], given["types"]])
        if key not in known:
            known.add(key)
            evaluation = matrix(given, scale, judged=judged)
            yield Case(path.stem, evaluation, "published" in case["kind"])


def matrix(given: Mapping[str, Any], scale: Scale, *, judged: bool) -> Evaluation:
    """The additive evaluation of a matrix under its weights."""
    rows = given["matrix"]
    criteria = [leaf("price", 0, {"linear": {"worst": 1, "best": 0}})]
    for n, (weight, way) in enumerate(zip(given["weights"], given["types"], strict=True)):
        value: Any = {"linear_range": {"direction": "max" if way > 0 else "min"}}
        if scale == "share of the best" and min(row[n] for row in rows) > 0:
            value = "this_over_highest" if way > 0 else "lowest_over_this"
        criteria.append(leaf(f"c{n}", weight, value, judged=judged))
    bids = {
        f"A{a}": {"price": 0, **{f"c{n}": x for n, x in enumerate(row)}}
        for a, row in enumerate(rows, 1)
    }
    return evaluated(criteria, bids)


def worked() -> Iterator[Case]:
    """The constructed examples of `tests/worked`, as their own tests evaluate them."""
    examples = json.loads(WORKED.read_text("utf-8"))
    additive = examples["additive_five_criteria"]
    names = ["price" if name == "cost" else name for name in additive["criteria"]]
    points: Any = {"linear": {"worst": 0, "best": 100}}
    criteria = [
        leaf(name, weight, points if name == "price" else "identity")
        for name, weight in zip(names, additive["weights"], strict=True)
    ]
    bids = {v: dict(zip(names, row, strict=True)) for v, row in additive["values"].items()}
    yield Case("additive_five_criteria", evaluated(criteria, bids))
    formulas = examples["price_formulas"]
    shares = (formulas["quality_weight"], formulas["price_weight"])
    for formula in formulas["base"]["expected"]:
        yield Case(f"price_formulas: {formula}", priced(formulas["base"], formula, *shares))
    for example in formulas["losing_bid_reverses_the_winner"]:
        evaluation = priced(example, example["formula"], *shares)
        yield Case(f"reversed by a losing bid: {example['formula']}", evaluation)
    example = formulas["near_zero_price"]
    shares = (example["quality_weight"], example["price_weight"])
    yield Case("near_zero_price", priced(example, example["formula"], *shares))
    close = examples["rounding_flips_the_order"]
    criteria = [
        leaf(name, weight, "identity")
        for name, weight in zip(("quality", "price"), close["weights"], strict=True)
    ]
    bids = {v: dict(zip(("quality", "price"), close[v], strict=True)) for v in "AB"}
    yield Case("rounding_flips_the_order", evaluated(criteria, bids))


def priced(example: Mapping[str, Any], formula: str, quality: float, price: float) -> Evaluation:
    """Quality in points, and the price by a formula."""
    criteria = [leaf("quality", quality, "identity"), leaf("price", price, FORMULAS[formula])]
    bids = {
        vendor: {"quality": example["quality"][vendor], "price": asked}
        for vendor, asked in example["prices"].items()
    }
    return evaluated(criteria, bids)


@dataclass(frozen=True)
class Word:
    """What is said of the first place of a case, before any check."""

    case: Case
    draws: int

    def row(self) -> tuple[object, ...]:
        """Case, size, first, closest rival, lead in points, least share, word."""
        evaluation = self.case.evaluation
        leaves = int((evaluation.tree.weights[evaluation.tree.leaf_at] > 0).sum())
        held = evaluation.rules.robustness
        public = evaluation.rules.procedure == "public"
        near = near_weights(
            evaluation,
            concentration=math.inf if public else held.concentration,
            judgement_error=self.case.error or held.judgement_error,
            draws=self.draws,
        )
        closest = closest_rival(near)
        size = f"{len(near.vendors)} x {leaves}"
        if closest is None:
            return (self.case.name, size, near.vendors[0], "", "", "", "uncontested")
        rival, share = closest
        scores = evaluation.compared_scores
        lead = 100 * float(scores[near.vendors[0]] - scores[rival])
        word = earned(share, self.draws)
        return (self.case.name, size, near.vendors[0], rival, f"{lead:.2f}", f"{share:.3f}", word)


HEADER = ("case", "vendors x criteria", "first", "closest rival", "lead", "least share", "word")


def rows(cases: Iterable[Case], draws: int) -> list[tuple[object, ...]]:
    """A row for each case."""
    return [Word(case, draws).row() for case in cases]


def counted(of: str, found: Sequence[tuple[object, ...]]) -> tuple[object, ...]:
    """How many of some rows have each word."""
    words = Counter(row[-1] for row in found)
    share = f"{100 * words['too close'] / len(found):.0f}"
    return (of, len(found), *(words[word] for word in WORDS), share)


def published(size: Size) -> Iterator[str]:
    """Every case with its word, then how many have each."""
    draws = size.published_draws
    of_data, of_worked = list(awards()), rows(worked(), draws)
    data = rows(of_data, draws)
    yield "\nThe evaluations of `data/`, as they are:\n"
    yield from table(*HEADER, rows=data)
    counts = [counted("`data/`", data)]
    both: list[list[tuple[object, ...]]] = []
    for scale in SCALES:
        for judged in ("nothing", "all"):
            cases = list(matrices(scale, judged=judged == "all"))
            found = rows(cases, draws)
            both.append(found)
            counts.append(counted(f"matrices, {scale}, {judged} judged", found))
            if scale == SCALES[0]:
                together = list(zip([*of_data, *cases], [*data, *found], strict=True))
                alone = [row for case, row in together if case.published]
                name = f"`data/` and matrices, {judged} judged"
                counts.append(counted(name, [row for _, row in together]))
                counts.append(counted(f"{name}, published ones alone", alone))
    yield "\nThe decision matrices of `tests/golden`, each column from worst to best:\n"
    wide = [(*a, *b[-2:]) for a, b in zip(both[0], both[1], strict=True)]
    yield from table(*HEADER, "least share, all judged", "word, all judged", rows=wide)
    yield "\nThe constructed examples of `tests/worked`:\n"
    yield from table(*HEADER, rows=of_worked)
    yield "\nHow many have each word:\n"
    counts.append(counted("constructed examples", of_worked))
    yield from table("of", "cases", *WORDS, "too close, per cent", rows=counts)
