"""Who judged what, where stakeholders' weights differ, and whether that matters to the winner."""

from vendor_eval import wording
from vendor_eval.criteria import Tree
from vendor_eval.elicitation import Elicitation, WeightSet
from vendor_eval.sensitivity import winner
from vendor_eval.weights import FORMS, LIMIT, Revisit

EQUAL = "equal"
ILLUSTRATION = "An illustration only, since nobody has judged yet. "


def elicitation_method(told: Elicitation) -> str:
    """How the judgements became weights, and what was done with these."""
    used = {answer.form for one in told.sets for answer in one.judged.values()}
    formulas = [form.formula for name, form in FORMS.items() if name in used]
    rest = (
        "Criteria that somebody did not judge keep the agreed shares. Nothing is averaged: every "
        "set of weights is one stakeholder's own. Mixtures of the sets are searched by a linear "
        "programme, which is exact, since a mixture of weights gives every vendor the same mixture "
        "of its scores. None of this changes the recommendation."
    )
    return " ".join([*formulas, rest])


def judgements(told: Elicitation) -> str:
    """Who judged, and whose judgements contradict each other too much to be used as they are."""
    if told.judgements is None:
        return (
            "Nobody has judged yet; a file judgements.yaml in the folder holds what people say. "
            "What follows is an illustration: equal weights, and the order of the agreed weights "
            "without their sizes, as rank-order-centroid weights."
        )
    said = f"{told.judgements.notice} " if told.judgements.notice else ""
    judged = wording.agreeing(len(told.sets), "judged", "judged, each alone")
    said += f"{wording.counted(len(told.sets), 'stakeholder')} {judged}."
    doubtful = [
        f"{s.stakeholder} on {about(told.agreed.tree, parent)} ({answer.ratio:.2f})"
        for s in told.sets
        for parent, answer in s.judged.items()
        if answer.inconsistent
    ]
    if not doubtful:
        return f"{said} No consistency ratio is above {LIMIT:g}."
    return (
        f"{said} A consistency ratio above {LIMIT:g} says that judgements contradict each other: "
        f"{wording.listed(doubtful, at_most=9)}. Ask these again before their weights are used."
    )


def about(tree: Tree, parent: str) -> str:
    """Which criteria a judgement is of, in words."""
    return tree.criterion(parent).label if parent else "the top level"


def revisit(tree: Tree, parent: str, told: Revisit) -> str:
    """The judgement to ask about first, and what the others imply in its place."""
    prefix = f"{parent}." if parent else ""
    first, second = (tree.criterion(prefix + name).label for name in (told.first, told.second))
    implied = _times(max(told.implied, 1 / told.implied))
    if told.implied < 1 and implied != EQUAL:
        implied = f"the reverse, {implied}"
    pair = f"\u201c{first}\u201d over \u201c{second}\u201d"
    return f"{pair}: judged {_times(told.said)}; the others imply {implied}"


def _times(times: float) -> str:
    shown = f"{times:.2g}"
    return EQUAL if shown == "1" else f"{shown} times"


def weight_sets(told: Elicitation) -> str:
    """On which top-level criterion the weights differ most, and how far the orders agree."""
    if len(told.sets) < 2:
        return "With one set of weights there is nobody to differ." if told.sets else ""
    tree = told.agreed.tree
    marked = "" if told.judgements else ILLUSTRATION
    widest = next(d for d in told.disagreements if d.path in tree.top)
    if round(widest.high - widest.low, 9) == 0:
        return f"{marked}All give the top-level criteria the same weights."
    said = (
        f"{marked}They differ most on {tree.criterion(widest.path).label}: from "
        f"{wording.percent(widest.low)} ({widest.lowest}) to {wording.percent(widest.high)} "
        f"({widest.highest})."
    )
    if told.concordance is not None:
        said += (
            f" Their orders of the top-level criteria agree to {told.concordance:.2f} "
            "(Kendall's W: 1 is one order for all, 0 none)."
        )
    return said


def stakeholders_winners(told: Elicitation) -> str:
    """Who is first under each weight set, and whether a mixture of the sets would change that."""
    if not told.agreed.ranking:
        return "No vendor is eligible, so no weights put one first."
    if not told.sets:
        return "There are no other weights to compare the agreed ones with."
    first = winner(told.agreed)
    base = f"Under the agreed weights {first or 'no vendor alone'} is first."
    same = [s.stakeholder for s in told.sets if s.winner == first and first]
    parts = [base if told.judgements else ILLUSTRATION + base]
    if len(same) == len(told.sets):
        every = wording.agreeing(len(same), "this set", "every one of these sets")
        parts.append(f"So it is under {every}: what they differ on does not matter.")
    else:
        parts += [_other(told.agreed.tree, s) for s in told.sets if s.stakeholder not in same]
        if same:
            verb = wording.agreeing(len(same), "keeps", "keep")
            parts.append(f"{wording.listed(same, at_most=9)} {verb} {first}.")
    return " ".join([*parts, _mixture(told)]).strip()


def _other(tree: Tree, other: WeightSet) -> str:
    put = f"With {other.stakeholder}, {other.winner or 'no vendor alone'} is first"
    if other.turned_by:
        put += f", mainly because of {tree.criterion(other.turned_by).label}"
    return f"{put}."


def _mixture(told: Elicitation) -> str:
    if len(told.sets) < 2 or len(told.agreed.ranking) < 2:
        return ""
    if not told.mixtures:
        return "No mixture of these sets puts any further vendor first."
    parts = []
    for vendor, mixture in told.mixtures.items():
        shares = [f"{wording.percent(p)} {name}" for name, p in mixture.items() if round(p, 3) > 0]
        parts.append(f"{vendor} ({wording.listed(shares, at_most=9)})")
    return (
        "A compromise could have a winner that none of these sets has: "
        f"{wording.listed(parts, at_most=5)}."
    )
