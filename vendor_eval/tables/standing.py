"""Where each vendor stands: contributions, prices, gates, values and answers."""

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.evaluation import Evaluation
from vendor_eval.incomplete import rank_range
from vendor_eval.rules import Gate
from vendor_eval.screening import Passage
from vendor_eval.sentences import counted, price_gap, priced
from vendor_eval.tables.html import NONE, Html, across, table

GATES_ACROSS = 4
"""Gates side by side in one table, for the same reason as `ACROSS`."""


def node_labels(evaluation: Evaluation) -> list[str]:
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
    return across(caption, "Criterion (weight)", [*labels, "Score"], evaluation.ranking, cell)


def cost(assessment: Assessment) -> Html:
    """Price, its difference to the first vendor's, and the score, for every eligible vendor."""
    evaluation = assessment.evaluation
    if not evaluation.ranking:
        return Html("")
    base = evaluation.price(evaluation.ranking[0])
    rows = []
    for vendor in evaluation.ranking:
        price = evaluation.price(vendor)
        gap = NONE
        if price is not None and base is not None and price != base:
            sign = "+" if price > base else "\u2212"
            gap = sign + price_gap(evaluation, price, base)
        shown = priced(evaluation, price) if price is not None else "not given"
        rows.append([vendor, shown, gap, wording.points(evaluation.scores[vendor])])
    word = "Cost" if counted(evaluation) else "Price"
    head = ["Vendor", word, f"Against {evaluation.ranking[0]}", "Score"]
    return table(f"{word} of the eligible vendors, best score first", head, rows)


def gates(assessment: Assessment) -> Html:
    """How each vendor stands at each gate, with what was found."""
    evaluation = assessment.evaluation
    named = evaluation.rules.gates
    pieces = []
    for start in range(0, len(named), GATES_ACROSS):
        some = named[start : start + GATES_ACROSS]
        rows = [
            [
                vendor,
                _status(evaluation, vendor),
                _place(evaluation, vendor),
                *(_stands(evaluation, vendor, gate) for gate in some),
            ]
            for vendor in evaluation.vendors
        ]
        head = ["Vendor", "Status", "Rank", *(gate.label for gate in some)]
        caption = "Gates; in brackets, the rank a vendor would or could have if it passed"
        pieces.append(table(caption, head, rows).markup)
    return Html("\n".join(pieces))


def _status(evaluation: Evaluation, vendor: str) -> str:
    """A vendor's status; with the ground where the buyer excluded it."""
    ground = evaluation.screening.excluded.get(vendor)
    return evaluation.status(vendor) + (f" by the buyer: {ground}" if ground else "")


def _place(evaluation: Evaluation, vendor: str) -> str:
    rank, shadow = evaluation.ranks.get(vendor), evaluation.shadow_ranks.get(vendor)
    ends = rank_range(evaluation, vendor)
    if ends is not None and ends[0] < ends[1]:
        return f"({ends[0]} to {ends[1]})"
    return str(rank) if rank else f"({shadow})" if shadow else NONE


def _stands(evaluation: Evaluation, vendor: str, gate: Gate) -> str:
    """How a vendor stands at a gate, and what was found; a fault is told from a blank."""
    passage, tree = evaluation.screening.passages[vendor][gate.id], evaluation.tree
    if gate.criterion is None:
        unread = (vendor, str(gate.reads)) in evaluation.proposals.spoilt
    else:
        beneath = tree.composition[tree.at(gate.criterion)] > 0
        faulty = evaluation.faulty[evaluation.proposals.rows[vendor]]
        unread = passage.found is None and bool((faulty & beneath).any())
    return "unknown: cannot be read" if unread else _passage(gate, passage)


def _passage(gate: Gate, passage: Passage) -> str:
    word = {"pass": "passes", "fail": "fails", "unknown": "unknown"}[passage.state]
    if passage.found is None:
        return f"{word}: not shown"
    if isinstance(passage.found, str) and gate.criterion is None:
        return f"{word}: {passage.found}"
    # a bound must not look met or missed by rounding: as many decimals as tell it apart
    digits = 1 if gate.answer is None and passage.state == "pass" else 9
    ends = [round(float(end), digits) for end in str(passage.found).split("..")]
    return f"{word}: {' to '.join(f'{end:.12g}' for end in ends)}"


def answers(assessment: Assessment) -> Html:
    """What every vendor answered on every criterion, as read."""
    evaluation = assessment.evaluation
    leaves, tree = evaluation.tree.leaves, evaluation.tree
    labels = [
        f"{tree.criterion(p).label} ({u})"
        if (u := tree.criterion(p).unit)
        else tree.criterion(p).label
        for p in leaves
    ]
    rows = {vendor: n for n, vendor in enumerate(evaluation.vendors)}

    def spoilt(row: int, vendor: str) -> bool:
        return (vendor, str(tree.criterion(leaves[row]).reads)) in evaluation.proposals.spoilt

    def cell(row: int, vendor: str) -> str:
        read, at = evaluation.performance[leaves[row]], rows[vendor]
        if tree.criterion(leaves[row]).measure is None or not read.numeric or not read.given[at]:
            return read.answers[at] or ("cannot be read" if spoilt(row, vendor) else "no answer")
        return wording.number(float(read.likely[at]))

    return across("Answers as read", "Criterion", labels, evaluation.vendors, cell)


def values(assessment: Assessment) -> Html:
    """Share, weight, and every scored vendor's value of every node, in points."""
    evaluation = assessment.evaluation
    tree = evaluation.tree
    labels = [
        f"{label} ({wording.percent(share)}; {wording.percent(weight)})"
        for label, share, weight in zip(
            node_labels(evaluation), tree.shares, tree.weights, strict=True
        )
    ]

    def cell(row: int, vendor: str) -> str:
        return wording.points(evaluation.values.loc[vendor, tree.paths[row]])

    scored = [v for v in (*evaluation.ranking, *evaluation.vendors) if v in evaluation.scores.index]
    caption = (
        "Values in points; with each criterion its share within its group and its weight in all"
    )
    return across(caption, "Criterion (share; weight)", labels, list(dict.fromkeys(scored)), cell)
