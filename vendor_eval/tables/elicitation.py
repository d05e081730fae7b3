"""What was asked of stakeholders, what they judged, and what their weights make of the ranking."""

from vendor_eval import sentences, wording
from vendor_eval.elicitation import Elicitation
from vendor_eval.evaluation import Evaluation
from vendor_eval.swings import spans
from vendor_eval.tables.html import NONE, Html, across, table
from vendor_eval.tables.standing import node_labels
from vendor_eval.weights import FORMS, LIMIT

WIDEST = 8
"""Disagreements listed; the table of shares holds all."""


def swings(told: Elicitation) -> Html:
    """The worst and the best end of every criterion: what a weight is a weight of."""
    evaluation = told.agreed
    covered = spans(evaluation.tree, told.swings)
    rows = []
    for path, label in zip(evaluation.tree.paths, node_labels(evaluation), strict=True):
        part = f" ({wording.points(covered[path])} points)" if round(covered[path], 9) < 1 else ""
        if path not in told.swings:
            rows.append([label, "all beneath at their worst", f"all at their best{part}"])
            continue
        worst, best = sentences.swing_ends(evaluation, told.swings[path])
        own = " (of the bids)" if told.swings[path].of_bids else ""
        rows.append([label, f"{worst}{own}", f"{best}{own}{part}"])
    head = ["Criterion", "From its worst", "To its best"]
    caption = (
        "What each weight is a weight of; in brackets the value between, where it is not 100 points"
    )
    return table(caption, head, rows, prose=True)


def judgements(told: Elicitation) -> Html:
    """Each judgement's form and consistency, and those to ask about again."""
    if told.judgements is None:
        return Html("")
    tree = told.agreed.tree
    rows: list[list[str]] = []
    again, alarms = [], []
    for one in told.sets:
        for parent, answer in one.judged.items():
            who = f"{one.stakeholder}: {sentences.about(tree, parent)}"
            ratio = NONE if answer.ratio is None else f"{answer.ratio:.2f}"
            if answer.inconsistent:
                alarms.append(len(rows))
                ratio += f", above {LIMIT:g}"
            rows.append([who, FORMS[answer.form].called, ratio])
            if answer.revisit is not None:
                told_again = sentences.revisit(tree, parent, answer.revisit)
                again.append([who, f"{told_again} (ratio then {answer.revisit.ratio:.2f})"])
    head = ["Whose, of what", "By", "Consistency ratio"]
    made = table(
        "Who judged what; 0 is without contradiction", head, rows, prose=True, alarms=alarms
    )
    if not again:
        return made
    head = ["Whose, of what", "The judgement, and what the others imply"]
    first = table("Which judgement to revisit first", head, again, prose=True)
    return Html(f"{made.markup}\n{first.markup}")


def weight_sets(told: Elicitation) -> Html:
    """Shares among siblings, agreed and of each stakeholder, as a scenario would hold them."""
    sets = {one.stakeholder: one for one in told.sets}
    if not sets:
        return Html("")
    paths = told.agreed.tree.paths

    def cell(row: int, name: str) -> str:
        path = paths[row]
        if name not in sets:
            return wording.percent(float(told.agreed.tree.shares[row]))
        weights = sets[name].weights
        return wording.percent(weights[path]) if path in weights else NONE

    caption = "Shares among siblings; a dash is not judged and stays as agreed"
    columns = ["Agreed", *sets]
    return across(caption, "Criterion", node_labels(told.agreed), columns, cell)


def disagreements(told: Elicitation) -> Html:
    """Where the weights in the whole differ most, with whose they are."""
    tree = told.agreed.tree
    rows = [
        [
            tree.criterion(d.path).label,
            f"{wording.percent(d.low)} ({d.lowest})",
            f"{wording.percent(d.high)} ({d.highest})",
            str(wording.rounded(100 * d.high, 1) - wording.rounded(100 * d.low, 1)),
        ]
        for d in told.disagreements[:WIDEST]
        if round(d.high - d.low, 9) > 0
    ]
    if len(told.sets) < 2 or not rows:
        return Html("")
    head = ["Criterion", "Lowest", "Highest", "Apart, in points"]
    return table("The widest differences of weight in the whole", head, rows, prose=True)


def stakeholders_ranks(told: Elicitation) -> Html:
    """Rank and score of every eligible vendor under the agreed weights and each set."""
    if not told.agreed.ranking:
        return Html("")
    named: list[tuple[str, Evaluation]] = [("Agreed weights", told.agreed)]
    named += [(one.stakeholder, one.evaluation) for one in told.sets]

    def cell(row: int, vendor: str) -> str:
        evaluation = named[row][1]
        return f"{evaluation.ranks[vendor]} ({wording.points(evaluation.scores[vendor])})"

    labels = [name for name, _ in named]
    caption = "Rank and score under each set of weights"
    return across(caption, "Weights", labels, told.agreed.ranking, cell)
