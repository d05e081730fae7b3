"""What arrived, and in which state: files, readings, blanks, sites."""

from collections.abc import Iterator

from vendor_eval import sentences, wording
from vendor_eval.case import Case
from vendor_eval.clarifications import Clarifications
from vendor_eval.criteria import walk
from vendor_eval.questionnaire import Form
from vendor_eval.request import questionnaire
from vendor_eval.response import Response
from vendor_eval.rules import fingerprint
from vendor_eval.tables.first_screen import day, seal_state
from vendor_eval.tables.html import NONE, Html, rendered, table

PROMISES = "price_terms"
"""The form whose answers are promises; all others hold claims, which want evidence."""
SHOWN = 12
"""Names told one by one before the rest is counted."""


def intake_screen(case: Case, asked: Clarifications) -> Html:
    """What arrived, on one screen of a phone."""
    return rendered(
        "first_screen",
        rules=case.rules,
        summary={"sentence": sentences.intake(case, asked)},
        verdict="",
        facts=[
            ("files", "Files", sentences.files(case)),
            ("faults", "Faults", sentences.unread(case)),
            ("read", "Read as", sentences.readings(case)),
            ("blank", "Blank", sentences.blanks(case)),
            ("ask", "To ask", sentences.clarifications(asked)),
        ],
        seal=seal_state(case),
        as_of=day(case.rules.as_of),
        dense=False,
    )


def files(case: Case) -> Html:
    """Every response workbook: whose it is, under which rules it was asked, what was read."""
    rows = [
        [
            response.source,
            response.vendor,
            _print_state(case, response),
            str(len(response.cells)),
            str(sum(bool(cell.note) for cell in response.cells)),
            "; ".join(response.notes) or NONE,
        ]
        for response in case.responses
    ]
    if not rows:
        return Html("")
    head = ["File", "Vendor", "Rules' fingerprint", "Cells read", "Not letter for letter", "Notes"]
    return table("The workbooks that were read", head, rows, prose=True)


def _print_state(case: Case, response: Response) -> str:
    if response.unread:
        return "cannot be read"
    if response.fingerprint is None:
        return "carries none"
    same = response.fingerprint == fingerprint(case.rules)
    return "that of these rules" if same else "of other rules"


def readings(case: Case) -> Html:
    """Every cell that was not read letter for letter."""
    rows = [
        [cell.place, cell.typed, cell.note]
        for response in case.responses
        for cell in response.cells
        if cell.note
    ]
    if not rows:
        return Html("")
    head = ["Cell", "What stands there", "How it was read"]
    return table("Cells that were not read letter for letter", head, rows, prose=True)


def blanks(case: Case) -> Html:
    """For every vendor what is blank, and which answers name no evidence."""
    rows = [
        [
            vendor,
            wording.listed(_needed_blanks(case, vendor), at_most=SHOWN) or NONE,
            wording.listed(list(_unproved(case, vendor)), at_most=SHOWN) or NONE,
        ]
        for vendor in case.proposals.vendors
    ]
    if not any(cell != NONE for row in rows for cell in row[1:]):
        return Html("")
    head = ["Vendor", "Blank, of what the rules read", "Answered without evidence"]
    return table("Gaps", head, rows, prose=True)


def _needed_blanks(case: Case, vendor: str) -> list[str]:
    row = case.proposals.answers.loc[vendor]
    labels = {gate.reads: gate.label for gate in case.rules.gates}
    labels |= {leaf.reads: leaf.label for _, _, leaf in walk(case.rules.criteria)}
    spoilt = case.proposals.spoilt
    blank = [c for c in case.rules.columns if not row[c] and (vendor, c) not in spoilt]
    return [labels[column] for column in blank]


def _unproved(case: Case, vendor: str) -> Iterator[str]:
    asked = questionnaire(case.rules)
    labels = {
        (part.id, field.id): field.label
        for part in asked.parts
        if isinstance(part, Form)
        for field in part.fields
    }
    for response in case.responses:
        for form, answers in response.forms.items() if response.vendor == vendor else ():
            for question, answer in answers.items() if form != PROMISES else ():
                if answer.answer is not None and answer.evidence is None:
                    yield labels.get((form, question), question)
