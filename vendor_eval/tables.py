"""The parts of a report that are words: first screen, sentences and tables, as escaped HTML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2

from vendor_eval import sentences, wording
from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.evaluation import Evaluation
from vendor_eval.methods import agreement
from vendor_eval.rules import fingerprint
from vendor_eval.summary import summary

ACROSS = 6
"""Vendors side by side in one table: more would be cut off on A4."""
NONE = "\u2013"


@dataclass(frozen=True)
class Html:
    """Markup in which everything that somebody typed is escaped."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("vendor_eval", "templates/parts"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


def _html(template: str, **parts: Any) -> Html:
    return Html(_templates().get_template(f"{template}.html.j2").render(parts))


def say(text: str) -> Html:
    """A sentence above a picture."""
    return _html("say", text=text)


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """A captioned table; the first cell of each row names it."""
    return _html("table", caption=caption, head=head, rows=rows)


def style() -> Html:
    """The parts' own style sheet, for a notebook that is open in JupyterLab."""
    source, _, _ = _templates().loader.get_source(_templates(), "parts.css")  # type: ignore[union-attr]
    return Html(f"<style>{source}</style>")


def first_screen(case: Case, assessment: Assessment) -> Html:
    """What a reader must know, on one screen of a phone."""
    told, verdict = summary(assessment), assessment.recommendation.verdict
    return _html(
        "first_screen",
        rules=case.rules,
        summary=told,
        verdict=verdict[0].upper() + verdict[1:] if verdict != "none" else "No award",
        mood="sound" if verdict == "clear" else "careful",
        facts=[
            ("reasons", "For", told.reason_for),
            ("reasons", "Against", told.reason_against),
            ("change", "Would change it", told.change),
            ("change", "Not known", told.unknown),
            ("rivals", "Next best", told.next_best),
            ("rivals", "Cheapest", told.cheapest),
        ],
        seal=_seal(case, assessment),
        as_of=_day(case.rules.as_of),
    )


def _seal(case: Case, assessment: Assessment) -> str:
    print_ = fingerprint(case.rules).removeprefix("sha256:")
    short = f"{print_[:4]} {print_[4:8]}"
    state = f"Rules sealed {_day(case.seal.sealed_on)}" if case.seal else "Rules not sealed"
    scenario = assessment.evaluation.scenario
    late = scenario and case.seal and not case.seal.covers(case.rules, scenario)
    under = f" \u00b7 scenario {scenario}{' (added after sealing)' if late else ''}"
    return f"{state} \u00b7 {short}{under if scenario else ''}"


def _day(day: Any) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""


def _across(
    caption: str,
    first: str,
    labels: Sequence[str],
    vendors: Sequence[str],
    cell: Callable[[int, str], str],
) -> Html:
    """A table with vendors side by side, in several pieces when there are many."""
    pieces = []
    for start in range(0, len(vendors), ACROSS):
        some = vendors[start : start + ACROSS]
        rows = [[label, *(cell(n, vendor) for vendor in some)] for n, label in enumerate(labels)]
        part = f", {start + 1} to {start + len(some)}" if len(vendors) > ACROSS else ""
        pieces.append(table(caption + part, [first, *some], rows).markup)
    return Html("\n".join(pieces))


def _labels(evaluation: Evaluation) -> list[str]:
    """Each node's label, indented by its depth."""
    tree = evaluation.tree
    depth = [path.count(".") for path in tree.paths]
    return ["\u2003" * d + c.label for d, c in zip(depth, tree.criteria, strict=True)]


def contributions(assessment: Assessment) -> Html:
    """Weight and contribution of each top-level criterion for every eligible vendor."""
    evaluation = assessment.evaluation
    top, weights = list(evaluation.tree.top), evaluation.tree.weights
    parts = evaluation.contributions
    labels = [
        f"{evaluation.tree.criterion(p).label} ({wording.percent(weights[evaluation.tree.at(p)])})"
        for p in top
    ]

    def cell(row: int, vendor: str) -> str:
        if row == len(top):
            return wording.points(evaluation.scores[vendor])
        return wording.points(parts.loc[vendor, top[row]])

    caption = "Points that each criterion adds, and the score"
    return _across(caption, "Criterion (weight)", [*labels, "Score"], evaluation.ranking, cell)


def cost(assessment: Assessment) -> Html:
    """Price, its difference to the first vendor's, and the score, for every eligible vendor."""
    evaluation = assessment.evaluation
    currency = evaluation.rules.currency
    if not evaluation.ranking:
        return Html("")
    base = evaluation.price(evaluation.ranking[0])
    rows = []
    for vendor in evaluation.ranking:
        price = evaluation.price(vendor)
        gap = NONE
        if price is not None and base is not None and price != base:
            sign = "+" if price > base else "\u2212"
            gap = sign + wording.money(abs(price - base), currency)
        shown = wording.money(price, currency) if price is not None else "not given"
        rows.append([vendor, shown, gap, wording.points(evaluation.scores[vendor])])
    head = ["Vendor", "Price", f"Against {evaluation.ranking[0]}", "Score"]
    return table("Prices of the eligible vendors, best score first", head, rows)


def gates(assessment: Assessment) -> Html:
    """How each vendor stands at each gate, with what was found."""
    evaluation = assessment.evaluation
    names = evaluation.rules.gates
    if not names:
        return Html("")
    words = {"pass": "passes", "fail": "fails", "unknown": "unknown"}

    def cell(row: int, vendor: str) -> str:
        if row == len(names):
            return {"unknown": "undecided"}.get(evaluation.status(vendor), evaluation.status(vendor))
        if row == len(names) + 1:
            rank = evaluation.ranks.get(vendor)
            shadow = evaluation.shadow_ranks.get(vendor)
            return str(rank) if rank else f"({shadow})" if shadow else NONE
        passage = evaluation.screening.passages[vendor][names[row].id]
        found = "no answer" if passage.found is None else _short(passage.found)
        return f"{words[passage.state]}: {found}"

    labels = [gate.label for gate in names]
    caption = "Gates; in brackets, the rank a vendor would have"
    return _across(caption, "Gate", [*labels, "Status", "Rank"], evaluation.vendors, cell)


def _short(found: float | str) -> str:
    return found if isinstance(found, str) else f"{found:.12g}"


def acceptability(assessment: Assessment) -> Html:
    """How often each vendor takes each of the first ranks under weights near the agreed ones."""
    near = assessment.near_weights.rank_acceptability
    if len(near) < 2:
        return Html("")
    ranks = list(near.columns[:5])
    rows = [[str(v), *(wording.percent(near.loc[v, rank]) for rank in ranks)] for v in near.index]
    head = ["Vendor", *(wording.ordinal(rank) for rank in ranks)]
    return table("How often each vendor takes each rank", head, rows)


def weight_intervals(assessment: Assessment) -> Html:
    """The interval of every weight within which the winner stays first, and who takes over."""
    tree, held = assessment.evaluation.tree, assessment.weight_intervals
    if not held:
        return Html("")
    labels = dict(zip(tree.paths, _labels(assessment.evaluation), strict=True))
    rows = [
        [
            labels[path],
            wording.percent(i.share),
            f"{wording.percent(i.low)} to {wording.percent(i.high)}",
            i.below or NONE,
            i.above or NONE,
        ]
        for path, i in held.items()
    ]
    head = ["Criterion", "Agreed", "Winner stays", "First below", "First above"]
    return table("Shares among siblings; one moves, the others keep their proportions", head, rows)


def scenarios(assessment: Assessment) -> Html:
    """The ranking under the rules' own weights and under each scenario."""
    named = assessment.scenarios
    if len(named) < 2:
        return Html("")
    vendors = assessment.scenarios[""].ranking
    labels = ["Agreed weights", *(name for name in named if name)]

    def cell(row: int, vendor: str) -> str:
        evaluation = list(named.values())[row]
        return f"{evaluation.ranks[vendor]} ({wording.points(evaluation.scores[vendor])})"

    return _across("Rank and score under each set of weights", "Weights", labels, vendors, cell)


def methods(assessment: Assessment) -> Html:
    """The ranks each second opinion gives, beside the additive model's."""
    evaluation, opinions = assessment.evaluation, assessment.opinions
    if not opinions:
        return Html("")
    ran = {name: o.ranks for name, o in opinions.items() if o.ranks is not None}
    labels = ["additive (this page)", *ran]

    def cell(row: int, vendor: str) -> str:
        return str(evaluation.ranks[vendor] if row == 0 else int(ran[labels[row]][vendor]))

    pieces = [_across("Rank by each method", "Method", labels, evaluation.ranking, cell).markup]
    pieces.append(_agreement(assessment).markup)
    notes = [[name, o.error or o.settings] for name, o in opinions.items()]
    pieces.append(table("What each method used, or why it could not run", ["Method", ""], notes).markup)
    return Html("\n".join(pieces))


def _agreement(assessment: Assessment) -> Html:
    """Kendall's tau between the additive ranking and each method's."""
    import pandas as pd

    evaluation = assessment.evaluation
    ranks = {"additive": [evaluation.ranks[v] for v in evaluation.ranking]}
    for name, opinion in assessment.opinions.items():
        if opinion.ranks is not None:
            ranks[name] = [int(opinion.ranks[v]) for v in evaluation.ranking]
    if len(ranks) < 2:
        return Html("")
    tau = agreement(pd.DataFrame(ranks, index=pd.Index(evaluation.ranking, dtype=object)))
    rows = [
        [name, NONE if pd.isna(tau.loc[name, "additive"]) else f"{tau.loc[name, 'additive']:.2f}"]
        for name in ranks
        if name != "additive"
    ]
    caption = "Agreement with this page's ranking (Kendall's tau: 1 the same order, -1 the reverse)"
    return table(caption, ["Method", "tau"], rows)


def method(case: Case, assessment: Assessment) -> Html:
    """How the numbers were made, in words."""
    as_values = [assessment.evaluation.tree.criterion(p).label for p in assessment.as_values]
    return _html(
        "method",
        rules=sentences.rules(case, assessment),
        simulation=sentences.simulation(assessment),
        as_values=as_values if assessment.opinions else [],
    )


def answers(assessment: Assessment) -> Html:
    """What every vendor answered on every criterion, as read."""
    evaluation = assessment.evaluation
    leaves, tree = evaluation.tree.leaves, evaluation.tree
    labels = [
        f"{tree.criterion(p).label} ({u})" if (u := tree.criterion(p).unit) else tree.criterion(p).label
        for p in leaves
    ]
    rows = {vendor: n for n, vendor in enumerate(evaluation.vendors)}

    def cell(row: int, vendor: str) -> str:
        return evaluation.performance[leaves[row]].answers[rows[vendor]] or "no answer"

    return _across("Answers as read", "Criterion", labels, evaluation.vendors, cell)


def values(assessment: Assessment) -> Html:
    """Share, weight, and every scored vendor's value of every node, in points."""
    evaluation = assessment.evaluation
    tree = evaluation.tree
    labels = [
        f"{label} ({wording.percent(share)}; {wording.percent(weight)})"
        for label, share, weight in zip(
            _labels(evaluation), tree.shares, tree.weights, strict=True
        )
    ]

    def cell(row: int, vendor: str) -> str:
        return wording.points(evaluation.values.loc[vendor, tree.paths[row]])

    scored = [v for v in (*evaluation.ranking, *evaluation.vendors) if v in evaluation.scores.index]
    caption = "Values in points; beside each criterion its share among siblings and its weight in all"
    return _across(caption, "Criterion (share; weight)", labels, list(dict.fromkeys(scored)), cell)


def value_functions(assessment: Assessment) -> Html:
    """How an answer becomes a value on every criterion, as the rules say."""
    from vendor_eval.values import typed_form

    tree = assessment.evaluation.tree
    rows = []
    for path in tree.leaves:
        leaf = tree.criterion(path)
        if leaf.value is None:
            continue
        [(name, parameters)] = typed_form(leaf.value).items()
        flag = "depends on who else bid" if leaf.value.relative else "does not depend on who else bid"
        shown = ", ".join(f"{key} {_plain(value)}" for key, value in parameters.items())
        rows.append([leaf.label, f"{name} {shown}".strip(), flag])
    return table("From answer to value", ["Criterion", "Value function", "Scale"], rows)


def _plain(parameter: Any) -> str:
    if isinstance(parameter, float):
        return f"{parameter:.12g}"
    if isinstance(parameter, list):
        return "; ".join(" is ".join(_plain(part) for part in knot) for knot in parameter)
    return str(parameter)


def sources(case: Case) -> Html:
    """Every file that was read with its sha256, and the rules' fingerprint."""
    rows = [[file.name, f"sha256:{file.sha256}"] for file in case.files]
    rows.append(["the rules without scenarios", fingerprint(case.rules)])
    return table("What was read", ["File", "Fingerprint"], rows)


def warnings(told: Sequence[str]) -> Html:
    """What a reader should be warned of, one line each."""
    return _html("warnings", warnings=told)
