"""Section: what stakeholders judged, and how weights are made of it."""

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.elicitation.elicitation import Elicitation
from vendor_eval.elicitation.judged_shares import FORMS, LIMIT, Revisit
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.method import method_table, value_functions_table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.criteria import Tree
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

EQUAL = "equal"


def elicitation_method_sentence(elicitation: Elicitation) -> str:
    """How the judgements became weights, and what was done with these."""
    used = {answer.form for one in elicitation.sets for answer in one.judged.values()}
    formulas = [form.formula for name, form in FORMS.items() if name in used]
    rest = (
        "Criteria that somebody did not judge keep the agreed shares. Nothing is averaged: every "
        "set of weights is one stakeholder's own. Mixtures of the sets are searched by a linear "
        "programme, which is exact, since a mixture of weights gives every vendor the same mixture "
        "of its scores. None of this changes the recommendation."
    )
    return " ".join([*formulas, rest])


def judgements_sentence(elicitation: Elicitation) -> str:
    """Who judged, and whose judgements contradict each other too much to be used as they are."""
    if elicitation.judgements is None:
        return (
            "Nobody has judged yet; a file judgements.yaml in the folder holds what people say. "
            "What follows is an illustration: equal weights, and the order of the agreed weights "
            "without their sizes, as rank-order-centroid weights."
        )
    said = f"{elicitation.judgements.notice} " if elicitation.judgements.notice else ""
    judged = wording.agreeing(len(elicitation.sets), "judged", "judged, each alone")
    said += f"{wording.counted(len(elicitation.sets), 'stakeholder')} {judged}."
    doubtful = [
        f"{s.stakeholder} on {about(elicitation.agreed.tree, parent)} ({answer.ratio:.2f})"
        for s in elicitation.sets
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


def revisit(tree: Tree, parent: str, judgement: Revisit) -> str:
    """The judgement to ask about first, and what the others imply in its place."""
    prefix = f"{parent}." if parent else ""
    first, second = (
        tree.criterion(prefix + name).label for name in (judgement.first, judgement.second)
    )
    implied = _times(max(judgement.implied, 1 / judgement.implied))
    if judgement.implied < 1 and implied != EQUAL:
        implied = f"the reverse, {implied}"
    pair = f"\u201c{first}\u201d over \u201c{second}\u201d"
    return f"{pair}: judged {_times(judgement.said)}; the others imply {implied}"


def _times(times: float) -> str:
    shown = f"{times:.2g}"
    return EQUAL if shown == "1" else f"{shown} times"


def judgements_table(elicitation: Elicitation) -> Html:
    """Each judgement's form and consistency, and those to ask about again."""
    if elicitation.judgements is None:
        return Html("")
    tree = elicitation.agreed.tree
    rows: list[list[str]] = []
    again, alarms = [], []
    for one in elicitation.sets:
        for parent, answer in one.judged.items():
            who = f"{one.stakeholder}: {about(tree, parent)}"
            ratio = NONE if answer.ratio is None else f"{answer.ratio:.2f}"
            if answer.inconsistent:
                alarms.append(len(rows))
                ratio += f", above {LIMIT:g}"
            rows.append([who, FORMS[answer.form].called, ratio])
            if answer.revisit is not None:
                question = revisit(tree, parent, answer.revisit)
                again.append([who, f"{question} (ratio then {answer.revisit.ratio:.2f})"])
    head = ["Whose, of what", "By", "Consistency ratio"]
    made = table(
        "Who judged what; 0 is without contradiction", head, rows, prose=True, alarms=alarms
    )
    if not again:
        return made
    head = ["Whose, of what", "The judgement, and what the others imply"]
    first = table("Which judgement to revisit first", head, again, prose=True)
    return Html(f"{made.markup}\n{first.markup}")


def section(elicitation: Elicitation) -> Section:
    """What stakeholders judged."""
    return shown(say(judgements_sentence(elicitation)), judgements_table(elicitation))


def method_section(tender: Tender, result: Result, elicitation: Elicitation) -> Section:
    """How weights are made of judgements, and the numbers of them."""
    return shown(
        say(elicitation_method_sentence(elicitation)),
        method_table(tender, result),
        value_functions_table(result),
    )
