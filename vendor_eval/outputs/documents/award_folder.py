"""The award documents of one evaluation as files: report, letters and checklist."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vendor_eval.award.disclosures import disclosures_of
from vendor_eval.award.document import Block, Document, Heading, Paragraph, grid
from vendor_eval.award.forms import LetterForm, forms_for
from vendor_eval.award.letter import AwardLetter, award_letter, letter_cases
from vendor_eval.award.letter_case import NOBODY, UNDECIDED, CheckedItem
from vendor_eval.award.report_case import ReportCase
from vendor_eval.award.report_document import award_report
from vendor_eval.award.standstill_period import day
from vendor_eval.clarifications.letters import file_names
from vendor_eval.errors import Fault, VendorEvalError, quoted
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.documents.html_page import page
from vendor_eval.outputs.documents.markdown_text import markdown
from vendor_eval.outputs.documents.word_file import word
from vendor_eval.outputs.results import results_record
from vendor_eval.outputs.vendors import vendor_record
from vendor_eval.tender.decisions_file import DECISIONS
from vendor_eval.tender.letters_file import LETTERS, LettersFile, read_letters_file
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import begun, listed

SCHEMA = "vendor-eval-checklist/1"
REPORT, CHECKLIST = "award-report.docx", "checklist"
OWN = "award report"
"""What stands for a vendor where the report itself lacks something."""


@dataclass(frozen=True)
class AwardDocuments:
    """Letters, report and checklist, before they are written."""

    form: LetterForm
    case: ReportCase
    letters: tuple[AwardLetter, ...]
    as_draft: bool = False
    """Whether drafts were asked for, though nothing may be missing."""

    @property
    def items(self) -> tuple[CheckedItem, ...]:
        """Every item of every letter."""
        return tuple(item for letter in self.letters for item in letter.items)

    @property
    def lacking(self) -> tuple[Fault, ...]:
        """What must be entered before anything is sent, of letters and report."""
        alike: dict[str, list[CheckedItem]] = {}
        for item in self.items:
            if item.fault:
                alike.setdefault(item.fault, []).append(item)
        return (
            *(Fault(_place(items), fault) for fault, items in alike.items()),
            *(
                Fault(f"{LETTERS}: {OWN}: checks.{kind}", "missing: what was done about the check")
                for kind in self.case.undone
            ),
        )

    @property
    def draft(self) -> bool:
        """Whether nothing of it may be sent yet."""
        return self.as_draft or self.form.status == "draft" or bool(self.lacking)

    def files(self, letterhead: Path | None = None) -> dict[str, bytes]:
        """The files by name, the same bytes for the same input."""
        written = {REPORT: word(award_report(self.case, draft=self.draft), letterhead=letterhead)}
        names = file_names([letter.vendor for letter in self.letters])
        for letter in self.letters:
            document = replace(letter.document, draft=letter.document.draft or self.as_draft)
            stem = f"letters/{names[letter.vendor].removesuffix('.md')}"
            written[f"{stem}.docx"] = word(document, letterhead=letterhead)
            written[f"{stem}.md"] = markdown(document).encode()
        written[f"{CHECKLIST}.json"] = self.checklist_json.encode()
        written[f"{CHECKLIST}.html"] = page(self.checklist_page).encode()
        return written

    @property
    def checklist(self) -> dict[str, Any]:
        """Every item with its place in the letter, or what is missing, as plain values."""
        form = self.form
        return {
            "schema": SCHEMA,
            "form": form.id,
            "status": form.status,
            "notes": list(form.notes),
            "complete": not self.lacking,
            "letters": {
                letter.vendor: [
                    {
                        "id": item.item.id,
                        "text": item.item.text,
                        "source": item.item.source,
                        "read": item.item.read and item.item.read.isoformat(),
                        "unverified": item.item.unverified,
                        "place": item.place,
                        "missing": item.lacking,
                        "remove": item.excess,
                        "not_applicable": item.inapplicable,
                    }
                    for item in letter.items
                ]
                for letter in self.letters
            },
            "warnings": list(self.case.warnings),
            "report": {"missing": [f"checks.{kind}" for kind in self.case.undone]},
        }

    @property
    def checklist_json(self) -> str:
        """The checklist as JSON."""
        return json.dumps(self.checklist, indent=2, ensure_ascii=False) + "\n"

    @property
    def checklist_page(self) -> Document:
        """The checklist as a document for people."""
        blocks: list[Block] = [Paragraph(self.form.about)]
        blocks += [Paragraph(note, "muted") for note in self.form.notes]
        missing = [[f.place.removeprefix(f"{LETTERS}: "), f.found] for f in self.lacking]
        if missing:
            blocks.append(Heading("Missing"))
            blocks.append(grid("What must be entered first", ("Where", "What"), missing))
        if self.case.warnings:
            blocks.append(Heading("To check before sending"))
            blocks += [Paragraph(f"{begun(each)}.") for each in self.case.warnings]
        for letter in self.letters:
            blocks.append(Heading(letter.vendor))
            rows = [_row(item) for item in letter.items]
            head = ("Item", "Place in the letter", "Source", "Read on")
            blocks.append(grid(f"The letter to {letter.vendor}", head, rows))
        return Document(f"Checklist: {self.form.title}", tuple(blocks), self.draft)


def _place(items: Sequence[CheckedItem]) -> str:
    """Where one fault of several items is mended, with the letters and items that it stops."""
    if items[0].lacking in (UNDECIDED, NOBODY):
        return DECISIONS
    vendors = listed(dict.fromkeys(item.vendor for item in items), at_most=3)
    ids = listed(dict.fromkeys(item.item.id for item in items), at_most=3)
    return f"{LETTERS}: {vendors}: {ids}"


def _row(item: CheckedItem) -> list[str]:
    read = day(item.item.read) if item.item.read else "not read"
    if item.item.unverified:
        read = f"{read}; unverified: {item.item.unverified}"
    inapplicable = f"not applicable: {item.inapplicable}" if item.inapplicable else "left out"
    place = item.place or item.fault or inapplicable
    return [item.item.text, place, item.item.source, read]


def award_documents(
    tender: Tender,
    folder: Path,
    form: LetterForm,
    record: Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
) -> AwardDocuments:
    """The documents of an evaluation folder, by the results of one of its runs or made anew.

    `draft`: letters are drafts, though nothing may be missing.
    Raises VendorEvalError where the run is not one of the folder as it is now, InputFaults for
    faults of `letters.yaml`, and NotReady until a panel is locked.
    """
    if record is None:
        result = tender.evaluate()
        evaluation, record = result.evaluation, results_record(tender, result)
    else:
        scenario = record["scenario"]
        own = tender.ready().evaluation
        evaluation = own.weighed(scenario) if scenario else own
        refuse_other_bids(evaluation, record)
    file = read_letters_file(folder, tender)
    return replace(documents_of(tender, evaluation, form, file, record), as_draft=draft)


def documents_of(
    tender: Tender,
    evaluation: Evaluation,
    form: LetterForm,
    file: LettersFile,
    record: Mapping[str, Any],
) -> AwardDocuments:
    """The documents of what was read already.

    Raises VendorEvalError where the form is for another kind of procedure.
    """
    refuse_other_procedure(tender, form)
    cases = letter_cases(tender, evaluation, form, file)
    letters = tuple(map(award_letter, cases))
    period = cases[0].standstill if cases else None
    case = ReportCase(tender, evaluation, file, record, letters, period, disclosures_of(cases))
    return AwardDocuments(form, case, letters)


def refuse_other_procedure(tender: Tender, form: LetterForm) -> None:
    """Raises VendorEvalError where a form is for another kind of procedure than the rules'."""
    procedure = tender.rules.procedure
    if procedure != form.procedure:
        raise VendorEvalError(
            f"--form: found {form.id!r}, which is for a {form.procedure} procedure; allowed with "
            f"'procedure: {procedure}' in evaluation.yaml: {quoted(forms_for(procedure))}"
        )


def refuse_other_bids(evaluation: Evaluation, record: Mapping[str, Any]) -> None:
    """Raises VendorEvalError where a run's vendors are not those of the folder, to the digit."""
    vendors = record["vendors"]
    other = [
        vendor
        for vendor in dict.fromkeys([*vendors, *evaluation.vendors])
        if vendor not in vendors
        or vendor not in evaluation.proposals.rows
        or json.loads(json.dumps(vendor_record(evaluation, vendor))) != vendors[vendor]
    ]
    if other:
        raise VendorEvalError(
            f"this run does not match the folder: figures for {quoted(other[:5])} differ; "
            "allowed: a run of the rules and bids as they are now, so run it again"
        )
