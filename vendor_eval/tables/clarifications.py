"""What to ask the vendors, with the cells that give rise to it, and which checks were made."""

from collections.abc import Sequence

from vendor_eval import wording
from vendor_eval.clarifications import Clarifications, Outcome
from vendor_eval.tables.html import Html, rendered, table


def clarifications(asked: Clarifications) -> Html:
    """Every question, vendor by vendor, with the cells that give rise to it.

    What is noted for the buyer alone stands here, and not in the letters.
    """
    told = [
        (
            vendor,
            [(question.question, question.note, cells(question.cells)) for _, question in some],
        )
        for vendor in asked.vendors
        if (some := asked.to(vendor))
    ]
    alone = any(question.note for _, _, question in asked)
    return rendered("clarifications", asked=told, alone=alone) if told else Html("")


def checks(asked: Clarifications) -> Html:
    """Every check: what came of it, where it was not made and why, and what it compares."""
    rows = [[o.check.label, _outcome(o), o.check.about] for o in asked.outcomes]
    return table("What was checked", ["Check", "Outcome", "It compares"], rows, prose=True)


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
