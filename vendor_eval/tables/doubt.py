"""What could be otherwise: rank acceptability, weight intervals, scenarios and methods."""

import pandas as pd

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.criteria import Tree
from vendor_eval.methods import agreement
from vendor_eval.tables.html import NONE, Html, across, table


def acceptability(assessment: Assessment) -> Html:
    """How often each vendor takes each of the first ranks under weights near the agreed ones."""
    near = assessment.near_weights.rank_acceptability
    if len(near) < 2:
        return Html("")
    ranks = list(near.columns[:5])
    rows = [
        [str(v), *(wording.in_100(float(near.loc[v, rank])) for rank in ranks)] for v in near.index
    ]
    head = ["Vendor", *(wording.ordinal(rank) for rank in ranks)]
    return table("In how many of 100 weightings each vendor takes each rank", head, rows)


def weight_intervals(assessment: Assessment) -> Html:
    """The interval of every weight within which the winner stays first, and who takes over."""
    tree, held = assessment.evaluation.tree, assessment.weight_intervals
    if not held:
        return Html("")
    bounded = {path: i for path, i in held.items() if i.nearest_change is not None}
    rows = [
        [
            _within(tree, path),
            wording.percent(i.share),
            " to ".join(wording.percent_towards(end, i.share) for end in (i.low, i.high)),
            i.below or NONE,
            i.above or NONE,
        ]
        for path, i in bounded.items()
    ]
    if len(held) > len(bounded):
        others = wording.other_criteria(len(held) - len(bounded), len(bounded))
        rows.append([others, NONE, "regardless of its share", NONE, NONE])
    head = ["Criterion", "Agreed", "Winner stays", "First below", "First above"]
    return table(
        "Shares within a group of criteria; one moves, the others keep their proportions",
        head,
        rows,
    )


def _within(tree: Tree, path: str) -> str:
    """A node's label after those it stands under."""
    parts = path.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return " \u203a ".join(tree.criterion(node).label for node in above)


def scenarios(case: Case, assessment: Assessment) -> Html:
    """The ranking under the rules' own weights and under each scenario, late ones labelled."""
    named = assessment.scenarios
    if len(named) < 2:
        return Html("")
    vendors = assessment.scenarios[""].ranking
    labels = ["Agreed weights"]
    for name in filter(None, named):
        late = case.seal is not None and not case.seal.covers(case.rules, name)
        labels.append(wording.titled(name) + (" (added after sealing)" if late else ""))

    def cell(row: int, vendor: str) -> str:
        evaluation = list(named.values())[row]
        return f"{evaluation.ranks[vendor]} ({wording.points(evaluation.scores[vendor])})"

    return across("Rank and score under each set of weights", "Weights", labels, vendors, cell)


def methods(assessment: Assessment) -> Html:
    """The ranks each second opinion gives, alongside the additive model's."""
    evaluation, opinions = assessment.evaluation, assessment.opinions
    if not opinions:
        return Html("")
    ran = {name: o.ranks for name, o in opinions.items() if o.ranks is not None}
    labels = ["Additive (this page)", *map(wording.method_name, ran)]
    every = [evaluation.ranks, *ran.values()]

    def cell(row: int, vendor: str) -> str:
        return str(int(every[row][vendor]))

    pieces = [across("Rank by each method", "Method", labels, evaluation.ranking, cell).markup]
    tau = _agreement(assessment)
    notes = [
        [wording.method_name(name), tau.get(name, NONE), o.error or o.settings]
        for name, o in opinions.items()
    ]
    head = ["Method", "Agreement", "What it used, or why it could not run"]
    caption = (
        "Agreement with this page's ranking (Kendall's tau): 1 is the same order, -1 the reverse"
    )
    pieces.append(table(caption, head, notes, prose=True).markup)
    return Html("\n".join(pieces))


def _agreement(assessment: Assessment) -> dict[str, str]:
    """Kendall's tau between each method's ranking and the additive one, where it is defined."""
    evaluation = assessment.evaluation
    ranks = {"additive": [evaluation.ranks[v] for v in evaluation.ranking]}
    for name, opinion in assessment.opinions.items():
        if opinion.ranks is not None:
            ranks[name] = [int(opinion.ranks[v]) for v in evaluation.ranking]
    tau = agreement(pd.DataFrame(ranks, index=pd.Index(evaluation.ranking, dtype=object)))
    return {name: f"{t:.2f}" for name, t in tau["additive"].items() if not pd.isna(t)}
