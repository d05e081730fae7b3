"""What each stakeholder gives the top-level criteria, side by side."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award.rank_basis import standing
from vendor_eval.elicitation.elicitation import Elicitation, WeightSet
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report import style
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.other_ways import rank_lines
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.why import node_labels
from vendor_eval.rules.criteria import Tree
from vendor_eval.wording import NONE


def stakeholders_figure(elicitation: Elicitation) -> go.Figure:
    """Ranks under the agreed weights and under each stakeholder's."""
    evaluations = [elicitation.agreed, *(one.evaluation for one in elicitation.sets)]
    ranks = {
        v: [evaluation.ranks[v] for evaluation in evaluations] for v in elicitation.agreed.ranking
    }
    return rank_lines(["agreed", *(one.stakeholder for one in elicitation.sets)], ranks)


SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon", "x")
"""Stakeholders differ in form, so that greyscale loses nothing."""


def weight_sets_figure(elicitation: Elicitation) -> go.Figure:
    """A row a criterion: a band from the lowest to the highest weight, and a mark a stakeholder."""
    tree = elicitation.agreed.tree
    if not elicitation.sets or len(tree.top) < 2:
        return go.Figure()
    at = [tree.at(path) for path in tree.top]
    names = [tree.criterion(path).label for path in tree.top]
    given = {
        s.stakeholder: [float(s.evaluation.tree.weights[n]) for n in at] for s in elicitation.sets
    }
    low, high = (list(map(end, zip(*given.values(), strict=True))) for end in (min, max))
    shown = [
        f"{name}: "
        + ", ".join(
            f"{tree.criteria[n].label} {wording.percent(w)}"
            for n, w in zip(at, weights, strict=True)
        )
        for name, weights in given.items()
    ]
    drawn = style.figure(
        [_band(low, high), *_marks(given), _agreed(tree.weights[at].tolist())],
        alt="Weights of the top-level criteria: " + "; ".join(shown),
        caption="Band: from the lowest weight to the highest. Upright line: the agreed weight.",
        height=90 + style.row_height(style.labels(names), 44) * len(names) + 18 * (len(given) // 3),
        barmode="overlay",
        bargap=0.45,
        showlegend=True,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left"},
        margin={"l": 8, "r": 12, "t": 8, "b": 8},
    )
    drawn.update_xaxes(range=[0, 1.08 * max(high)], tickformat=".0%", nticks=6, ticks="")
    style.name_rows(drawn, style.labels(names))
    return drawn


def _band(low: list[float], high: list[float]) -> go.Bar:
    return go.Bar(
        x=[b - a for a, b in zip(low, high, strict=True)],
        base=low,
        y=list(range(len(low))),
        orientation="h",
        marker={"color": style.BAND},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(given: dict[str, list[float]]) -> list[go.Scatter]:
    shown = style.labels(list(given))
    return [
        go.Scatter(
            x=weights,
            y=list(range(len(weights))),
            mode="markers",
            name=stakeholder,
            marker={
                "symbol": SYMBOLS[n % len(SYMBOLS)],
                "size": 12,
                "color": style.BLUES[n % 3],
                "line": {"width": 1, "color": "white"},
            },
            hovertext=[f"{stakeholder}: {wording.percent(w)}" for w in weights],
            hoverinfo="text",
        )
        for n, (stakeholder, weights) in enumerate(zip(shown, given.values(), strict=True))
    ]


def _agreed(weights: list[float]) -> go.Scatter:
    return go.Scatter(
        x=weights,
        y=list(range(len(weights))),
        mode="markers",
        name="agreed",
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": style.INK}},
        hoverinfo="skip",
    )


ILLUSTRATION = "An illustration only, since nobody has judged yet. "
WIDEST = 8
"""Disagreements listed; the table of shares holds all."""


def weight_sets_sentence(elicitation: Elicitation) -> str:
    """On which top-level criterion the weights differ most, and how far the orders agree."""
    if len(elicitation.sets) < 2:
        return "There is one set of weights, so nothing differs." if elicitation.sets else ""
    tree = elicitation.agreed.tree
    marked = "" if elicitation.judgements else ILLUSTRATION
    widest = next(d for d in elicitation.disagreements if d.path in tree.top)
    if round(widest.high - widest.low, 9) == 0:
        return f"{marked}All give the top-level criteria the same weights."
    said = (
        f"{marked}They differ most on {tree.criterion(widest.path).label}: from "
        f"{wording.percent(widest.low)} ({widest.lowest}) to {wording.percent(widest.high)} "
        f"({widest.highest})."
    )
    if elicitation.concordance is not None:
        said += (
            f" Their orders of the top-level criteria agree to {elicitation.concordance:.2f} "
            "(Kendall's W: 1 is one order for all, 0 none)."
        )
    return said


def stakeholders_winners_sentence(elicitation: Elicitation) -> str:
    """Who is first under each weight set, and whether a mixture of the sets would change that."""
    if not elicitation.agreed.ranking:
        return "No vendor is eligible, so no weights put one first."
    if not elicitation.sets:
        return "There are no other weights to compare the agreed ones with."
    first = elicitation.agreed.winner
    base = f"Under the agreed weights {first or 'no vendor alone'} is first."
    same = [s.stakeholder for s in elicitation.sets if s.winner == first and first]
    parts = [base if elicitation.judgements else ILLUSTRATION + base]
    if len(same) == len(elicitation.sets):
        every = wording.agreeing(len(same), "this set", "every one of these sets")
        parts.append(f"So it is under {every}: what they differ on does not matter.")
    else:
        parts += [
            _other(elicitation.agreed.tree, s)
            for s in elicitation.sets
            if s.stakeholder not in same
        ]
        if same:
            verb = wording.agreeing(len(same), "keeps", "keep")
            parts.append(f"{wording.listed(same, at_most=9)} {verb} {first}.")
    return " ".join([*parts, _mixture(elicitation)]).strip()


def _other(tree: Tree, other: WeightSet) -> str:
    put = f"With {other.stakeholder}, {other.winner or 'no vendor alone'} is first"
    if other.turned_by:
        put += f", mainly because of {tree.criterion(other.turned_by).label}"
    return f"{put}."


def _mixture(elicitation: Elicitation) -> str:
    if len(elicitation.sets) < 2 or len(elicitation.agreed.ranking) < 2:
        return ""
    if not elicitation.mixtures:
        return "No mixture of these sets puts any further vendor first."
    parts = []
    for vendor, mixture in elicitation.mixtures.items():
        shares = [f"{wording.percent(p)} {name}" for name, p in mixture.items() if round(p, 3) > 0]
        parts.append(f"{vendor} ({wording.listed(shares, at_most=9)})")
    return (
        "A compromise could have a winner that none of these sets has: "
        f"{wording.listed(parts, at_most=5)}."
    )


def weight_sets_table(elicitation: Elicitation) -> Html:
    """Shares among siblings, agreed and of each stakeholder, as a scenario would hold them."""
    sets = {one.stakeholder: one for one in elicitation.sets}
    if not sets:
        return Html("")
    paths = elicitation.agreed.tree.paths

    def cell(row: int, name: str) -> str:
        path = paths[row]
        if name not in sets:
            return wording.percent(float(elicitation.agreed.tree.shares[row]))
        weights = sets[name].weights
        return wording.percent(weights[path]) if path in weights else NONE

    caption = "Shares among siblings; a dash is not judged and stays as agreed"
    columns = ["Agreed", *sets]
    return across(caption, "Criterion", node_labels(elicitation.agreed), columns, cell)


def disagreements_table(elicitation: Elicitation) -> Html:
    """Where the weights in the whole differ most, with whose they are."""
    tree = elicitation.agreed.tree
    rows = [
        [
            tree.criterion(d.path).label,
            f"{wording.percent(d.low)} ({d.lowest})",
            f"{wording.percent(d.high)} ({d.highest})",
            str(wording.rounded(100 * d.high, 1) - wording.rounded(100 * d.low, 1)),
        ]
        for d in elicitation.disagreements[:WIDEST]
        if round(d.high - d.low, 9) > 0
    ]
    if len(elicitation.sets) < 2 or not rows:
        return Html("")
    head = ["Criterion", "Lowest", "Highest", "Apart, in points"]
    return table("The widest differences of weight in the whole", head, rows, prose=True)


def stakeholders_ranks_table(elicitation: Elicitation) -> Html:
    """Rank and score of every eligible vendor under the agreed weights and each set."""
    if not elicitation.agreed.ranking:
        return Html("")
    named: list[tuple[str, Evaluation]] = [("Agreed weights", elicitation.agreed)]
    named += [(one.stakeholder, one.evaluation) for one in elicitation.sets]

    def cell(row: int, vendor: str) -> str:
        evaluation = named[row][1]
        return f"{evaluation.ranks[vendor]} ({standing(evaluation, vendor)})"

    labels = [name for name, _ in named]
    caption = "Rank and score under each set of weights"
    return across(caption, "Weights", labels, elicitation.agreed.ranking, cell)


def section(elicitation: Elicitation) -> Section:
    """Whose weights differ, and where."""
    return shown(
        say(weight_sets_sentence(elicitation)),
        weight_sets_figure(elicitation),
        disagreements_table(elicitation),
        weight_sets_table(elicitation),
    )


def winners_section(elicitation: Elicitation) -> Section:
    """Whether it matters to the winner."""
    return shown(
        say(stakeholders_winners_sentence(elicitation)),
        stakeholders_figure(elicitation),
        stakeholders_ranks_table(elicitation),
    )
