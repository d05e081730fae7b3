"""What arrived and what to ask about it, in a sentence each."""

from collections.abc import Iterator

import pandas as pd

from vendor_eval import wording
from vendor_eval.award.claims import PROMISES
from vendor_eval.award.open import needed_answers
from vendor_eval.award.result import Result
from vendor_eval.bids.response import Response
from vendor_eval.clarifications import Clarifications, clarifications_of
from vendor_eval.questionnaire.sheet import Form
from vendor_eval.report.clarifications import clarifications_sentence
from vendor_eval.report.first_screen import (
    FirstScreen,
    first_screen_html,
    seal_state,
    warnings,
)
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.rules import fingerprint
from vendor_eval.tender.bids import WORKBOOKS
from vendor_eval.tender.request import questionnaire
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE


def intake_sentence(tender: Tender, asked: Clarifications) -> str:
    """How many proposals were read, and how many questions they raise besides faults."""
    read = f"{wording.counted(len(tender.proposals.vendors), 'proposal')} read"
    stopped = [v for v, faults in tender.vendor_faults.items() if any(f.stops for f in faults)]
    if stopped:
        read += f", {len(stopped)} of them with faults or needed answers"
    number = wording.counted(len(asked), "question") if len(asked) else "nothing"
    if stopped:
        number = f"besides these, {number}"
    return f"{read}; {number} to ask."


def files_sentence(tender: Tender) -> str:
    """From which files the proposals were read, which were not, and whose rules they answer."""
    if not tender.responses:
        tables = dict.fromkeys([tender.proposals.source, *tender.proposals.sources.values()])
        held = wording.listed(list(tables))
        return f"All answers are in {held}; there are no response workbooks."
    ours = fingerprint(tender.rules)
    same = sum(response.fingerprint == ours for response in tender.responses)
    unread = sum(response.unread for response in tender.responses)
    none = sum(response.fingerprint is None for response in tender.responses) - unread
    other = len(tender.responses) - same - none - unread
    parts = [
        f"{wording.counted(len(tender.responses), 'workbook')} read",
        *_not_read(tender),
        f"{same or 'none'} with the fingerprint of these rules",
        f"{other} with that of other rules" if other else "",
        f"{none} with none" if none else "",
        f"{unread} that cannot be read" if unread else "",
    ]
    return ", ".join(filter(None, parts)) + "."


def _not_read(tender: Tender) -> Iterator[str]:
    """The workbooks that arrived and are not read, as another stands for them or names the same."""
    arrived = [file.name for file in tender.files if file.name.startswith(f"{WORKBOOKS}/")]
    read = {f"{WORKBOOKS}/{response.source}" for response in tender.responses}
    replaced = len(tender.decisions.replaced)
    again = len([name for name in arrived if name not in read]) - replaced
    if again > 0:
        yield f"{again} not read because another names the same vendor"
    if replaced:
        yield f"{replaced} not read because you decided that another stands instead"


def unread_sentence(tender: Tender) -> str:
    """How many faults each vendor's bid holds, and how many answers it still needs."""
    vendors = []
    for vendor, faults in tender.vendor_faults.items():
        unread = sum(fault.severity == "fault" for fault in faults)
        counts = [(unread, "fault"), (needed_answers(faults), "needed answer")]
        parts = [wording.counted(n, noun) for n, noun in counts if n]
        vendors += [f"{vendor} ({', '.join(parts)})"] if parts else []
    return f"{wording.listed(vendors, at_most=3)}." if vendors else "No bid holds a fault."


def readings_sentence(tender: Tender) -> str:
    """How many cells were read otherwise than as entered."""
    if not tender.responses:
        return "Every cell was read as it stands: a table is read strictly or refused."
    cells = [cell for response in tender.responses for cell in response.cells]
    noted = sum(bool(cell.note) for cell in cells)
    read = f"{wording.counted(len(cells), 'cell')} read"
    return f"{read}, {noted} with a note on how." if noted else f"{read}, exactly as entered."


def blanks_sentence(tender: Tender) -> str:
    """How many answers that the rules read are blank, and whose."""
    answers = tender.proposals.answers[list(tender.rules.columns)]
    cannot = [[(v, c) in tender.proposals.spoilt for c in answers.columns] for v in answers.index]
    blank = ((answers == "") & ~pd.DataFrame(cannot, answers.index, answers.columns)).sum(axis=1)
    vendors = [str(vendor) for vendor in answers.index[blank > 0]]
    if not vendors:
        return "Every answer that the rules read is given."
    number = int(blank.sum())
    verb = wording.agreeing(number, "is", "are")
    whose = wording.listed(vendors, at_most=3)
    return f"{number} of the answers that the rules read {verb} blank: {whose}."


SHOWN = 12
"""Names listed one by one before the rest is counted."""


def intake_screen(tender: Tender, asked: Clarifications) -> FirstScreen:
    """What arrived, on one screen of a phone."""
    facts = (
        ("files", "Files", files_sentence(tender)),
        ("faults", "Faults", unread_sentence(tender)),
        ("read", "Read as", readings_sentence(tender)),
        ("blank", "Blank", blanks_sentence(tender)),
        ("ask", "To ask", clarifications_sentence(asked)),
    )
    return FirstScreen(tender.rules, intake_sentence(tender, asked), facts, seal_state(tender))


def files_table(tender: Tender) -> Html:
    """Every response workbook: whose it is, under which rules it was asked, what was read."""
    rows = [
        [
            response.source,
            response.vendor,
            _print_state(tender, response),
            str(len(response.cells)),
            str(sum(bool(cell.note) for cell in response.cells)),
            "; ".join(response.notes) or NONE,
        ]
        for response in tender.responses
    ]
    if not rows:
        return Html("")
    head = [
        "File",
        "Vendor",
        "Rules' fingerprint",
        "Cells read",
        "Not read exactly as entered",
        "Notes",
    ]
    return table("The workbooks that were read", head, rows, prose=True)


def _print_state(tender: Tender, response: Response) -> str:
    if response.unread:
        return "cannot be read"
    if response.fingerprint is None:
        return "carries none"
    same = response.fingerprint == fingerprint(tender.rules)
    return "that of these rules" if same else "of other rules"


def not_read_table(tender: Tender) -> Html:
    """What lies in the folder and was not read, with where it belongs; nothing where all was."""
    if not tender.out_of_place:
        return Html("")
    rows = [list(note.partition(": ")[::2]) for note in tender.out_of_place]
    return table("Not read, or of no vendor", ["Where", "What it is"], rows, prose=True)


def readings_table(tender: Tender) -> Html:
    """Every cell that was not read letter for letter."""
    rows = [
        [cell.place, cell.typed, cell.note]
        for response in tender.responses
        for cell in response.cells
        if cell.note
    ]
    if not rows:
        return Html("")
    head = ["Cell", "Content", "How it was read"]
    return table("Cells that were not read exactly as entered", head, rows, prose=True)


def comments_table(tender: Tender) -> Html:
    """Every comment in the vendors' workbooks; nothing where there is none."""
    rows = [
        [comment.place, comment.content or NONE, comment.author or NONE, comment.text]
        for response in tender.responses
        for comment in response.comments
    ]
    if not rows:
        return Html("")
    head = ["Cell", "Content", "Comment by", "Comment"]
    return table("Comments in the workbooks; none was read as an answer", head, rows, prose=True)


def blanks_table(tender: Tender) -> Html:
    """For every vendor what is blank, and which answers name no evidence."""
    rows = [
        [
            vendor,
            wording.listed(_needed_blanks(tender, vendor), at_most=SHOWN) or NONE,
            wording.listed(list(_unproved(tender, vendor)), at_most=SHOWN) or NONE,
        ]
        for vendor in tender.proposals.vendors
    ]
    if not any(cell != NONE for row in rows for cell in row[1:]):
        return Html("")
    head = ["Vendor", "Blank, of what the rules read", "Answered without evidence"]
    return table("Gaps", head, rows, prose=True)


def _needed_blanks(tender: Tender, vendor: str) -> list[str]:
    row = tender.proposals.answers.loc[vendor]
    labels = tender.rules.labels
    spoilt = tender.proposals.spoilt
    blank = [c for c in tender.rules.columns if not row[c] and (vendor, c) not in spoilt]
    return [labels[column] for column in blank]


def _unproved(tender: Tender, vendor: str) -> Iterator[str]:
    asked = questionnaire(tender.rules)
    labels = {
        (part.id, field.id): field.label
        for part in asked.parts
        if isinstance(part, Form)
        for field in part.fields
    }
    for response in tender.responses:
        for form, answers in response.forms.items() if response.vendor == vendor else ():
            for question, answer in answers.items() if form != PROMISES else ():
                if answer.answer is not None and answer.evidence is None:
                    yield labels.get((form, question), question)


def section(tender: Tender, result: Result) -> Section:
    """What arrived, and what to be warned of."""
    return shown(
        first_screen_html(intake_screen(tender, clarifications_of(tender, result.evaluation))),
        warnings(tender.warnings),
    )


def files_section(tender: Tender) -> Section:
    """Which files arrived."""
    return shown(say(files_sentence(tender)), files_table(tender), not_read_table(tender))


def readings_section(tender: Tender) -> Section:
    """How cells were read, and what comments say of them."""
    return shown(say(readings_sentence(tender)), readings_table(tender), comments_table(tender))


def blanks_section(tender: Tender) -> Section:
    """Which answers are blank."""
    return shown(say(blanks_sentence(tender)), blanks_table(tender))
