"""What to ask the vendors, with the cells that give rise to it, and which checks were made."""

from collections.abc import Sequence

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.clarifications import Clarifications, Outcome, clarifications_of
from vendor_eval.report.decisions import equal_questions_table
from vendor_eval.report.html import Html, rendered, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.tender import Tender

EFFECT = (
    "These questions exclude no vendor and change no rank; faults and needed answers leave a "
    "vendor unranked until it answers."
)


def clarifications_sentence(asked: Clarifications) -> str:
    """How many vendors are asked how much, and by how many checks."""
    made = sum(outcome.made for outcome in asked.outcomes)
    checks = f"{wording.part_of(made, len(asked.outcomes), 'check')} could be made"
    vendors = [vendor for vendor in asked.vendors if asked.to(vendor)]
    if not vendors:
        return f"Besides faults and needed answers, no bid raises a question; {checks}."
    questions = (
        f"{wording.counted(len(asked), 'question')} to {wording.counted(len(vendors), 'vendor')}"
    )
    return f"Besides faults and needed answers: {questions}; {checks}. {EFFECT}"


def clarifications_table(asked: Clarifications) -> Html:
    """Every question, vendor by vendor, with the cells that give rise to it.

    What is noted for the buyer alone stands here, and not in the letters.
    """
    by_vendor = [
        (
            vendor,
            [
                (question.question, question.note, cells(question.cells))
                for _, question in questions
            ],
        )
        for vendor in asked.vendors
        if (questions := asked.to(vendor))
    ]
    alone = any(question.note for _, _, question in asked)
    return rendered("clarifications", asked=by_vendor, alone=alone) if by_vendor else Html("")


def checks_table(asked: Clarifications) -> Html:
    """Every check: what came of it, where it was not made and why, and what it compares."""
    rows = [[o.check.label, _outcome(o), o.check.about] for o in asked.outcomes]
    return table("What was checked", ["Check", "Outcome", "It compares"], rows, prose=True)


def _outcome(outcome: Outcome) -> str:
    if outcome.why:
        return f"not made: {outcome.why}"
    number = sum(len(questions) for questions in outcome.asked.values())
    asked = wording.counted(number, "question") if number else "nothing to ask"
    reasons: dict[str, list[str]] = {}
    for vendor, why in outcome.unmade.items():
        for reason in dict.fromkeys(why):
            reasons.setdefault(reason, []).append(vendor)
    if not outcome.made and len(reasons) == 1:
        return f"not made: {next(iter(reasons))}"
    undone = [
        f"{reason} ({wording.listed(vendors, at_most=6)})" for reason, vendors in reasons.items()
    ]
    if not outcome.made:
        return f"not made: {'; '.join(undone)}"
    return "; ".join(
        [asked, *([f"could not be made where: {'; '.join(undone)}"] if undone else [])]
    )


def cells(shown: Sequence[tuple[str, str]]) -> str:
    """Places with their texts; those on one sheet after its name."""
    sheets: dict[str, list[str]] = {}
    for place, text in shown:
        sheet, mark, cell = place.rpartition("!")
        sheets.setdefault(sheet + mark, []).append(f"{cell} \u201c{text}\u201d" if text else cell)
    return "; ".join(sheet + ", ".join(places) for sheet, places in sheets.items())


def section(tender: Tender, result: Result) -> Section:
    """What to ask the vendors, and who is asked about the same blank."""
    asked = clarifications_of(tender, result.evaluation)
    return shown(
        say(clarifications_sentence(asked)),
        clarifications_table(asked),
        checks_table(asked),
        equal_questions_table(asked, result.evaluation),
    )
