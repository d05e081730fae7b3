"""What to ask the vendors, with the cells that give rise to it, and which checks were made."""

from collections.abc import Sequence

from vendor_eval import wording
from vendor_eval.clarifications import Clarifications, Outcome
from vendor_eval.tables.html import Html, table


def clarifications(asked: Clarifications) -> Html:
    """Every question to the vendors with the cells that give rise to it.

    What is added for the buyer alone stands here, and not in the letters.
    """
    rows = [
        [
            vendor,
            " ".join(filter(None, [question.question, question.note and f"[{question.note}]"])),
            cells(question.cells),
        ]
        for vendor, _, question in asked
    ]
    if not rows:
        return Html("")
    caption = "Questions to the vendors; what stands in square brackets is for the buyer alone"
    return table(caption, ["Vendor", "Question", "Cells"], rows, prose=True)


def checks(asked: Clarifications) -> Html:
    """Every check: what it compares, what came of it, and where it was not made and why."""
    rows = [[o.check.label, o.check.about, _outcome(o)] for o in asked.outcomes]
    return table("What was checked", ["Check", "It compares", "Outcome"], rows, prose=True)


def _outcome(outcome: Outcome) -> str:
    if outcome.why:
        return f"not made: {outcome.why}"
    number = sum(len(questions) for questions in outcome.asked.values())
    told = wording.counted(number, "question") if number else "nothing to ask"
    reasons: dict[str, list[str]] = {}
    for vendor, why in outcome.unmade.items():
        for reason in dict.fromkeys(why):
            reasons.setdefault(reason, []).append(vendor)
    if not number and len(outcome.unmade) == outcome.vendors and len(reasons) == 1:
        return f"not made: {next(iter(reasons))}"
    undone = [
        f"{reason} ({wording.listed(vendors, at_most=6)})" for reason, vendors in reasons.items()
    ]
    return "; ".join([told, *([f"could not be made where: {'; '.join(undone)}"] if undone else [])])


def cells(shown: Sequence[tuple[str, str]]) -> str:
    """Places with what stands there; those on one sheet after its name."""
    sheets: dict[str, list[str]] = {}
    for place, text in shown:
        sheet, mark, cell = place.rpartition("!")
        sheets.setdefault(sheet + mark, []).append(f"{cell} \u201c{text}\u201d" if text else cell)
    return "; ".join(sheet + ", ".join(told) for sheet, told in sheets.items())
