"""What vendors answered to the standard parts that the rules ask for and no rule reads."""

from collections.abc import Iterator

from vendor_eval.bids.response import Response
from vendor_eval.questionnaire.sheet import Form, Table
from vendor_eval.report.html import Html, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.request import asked_only
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

HEAD = ["Question", "Vendor", "Answer", "Evidence", "Cell"]


def standard_parts_table(tender: Tender) -> Html:
    """A table for each part under `ask` that no criterion and no gate reads, question by question.

    A table's rows are numbered: "2. Insurer" is the insurer in the second row that was filled in.
    """
    pieces = []
    for part in asked_only(tender.rules):
        rows = [row for field in part.fields for row in _answers(part, field.id, tender.responses)]
        caption = f"{part.title}: asked, and read by no rule"
        if rows:
            pieces.append(table(caption, HEAD, rows, prose=True).markup)
    return Html("\n".join(pieces))


def _answers(part: Form | Table, id: str, responses: tuple[Response, ...]) -> Iterator[list[str]]:
    """Every vendor's answers to one question of a part."""
    [label] = [field.label for field in part.fields if field.id == id]
    for response in responses:
        if isinstance(part, Form):
            given = response.forms.get(part.id, {}).get(id)
            if given and (given.answer or given.evidence):
                cell = given.answer or given.evidence
                answer, proof = (c.text if c else NONE for c in (given.answer, given.evidence))
                yield [label, response.vendor, answer, proof, cell.place if cell else NONE]
            continue
        for n, row in enumerate(response.rows(part.id), start=1):
            if id in row:
                yield [f"{n}. {label}", response.vendor, row[id].text, NONE, row[id].place]


def section(tender: Tender) -> Section:
    """What vendors answered to the standard parts that no rule reads."""
    return shown(standard_parts_table(tender))
