"""The cells of each bid that its vendor is asked about, so that its answer may correct them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from vendor_eval.bids.response import Response
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.check import ReadBids
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation

CELL = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d+)\Z")
"""A cell's name within its sheet."""


def cells_asked_about(tender: ReadBids, evaluation: Evaluation) -> Mapping[str, frozenset[str]]:
    """The places of the cells that each vendor is asked about, by vendor.

    These are the cells of its questions and of its faults. A cell that cannot be read is asked
    about alone. What is asked about the meaning of a cell may be answered anywhere in its line, and
    what is asked about a whole sheet in the lines that the question names, or in any.
    """
    clarifications = clarifications_of(tender, evaluation)
    responses = {response.vendor: response for response in tender.responses}
    asked: dict[str, frozenset[str]] = {}
    for vendor in evaluation.vendors:
        response = responses.get(vendor, Response(vendor, ""))
        places = {place for _, question in clarifications.to(vendor) for place, _ in question.cells}
        for fault in evaluation.faults.get(vendor, ()):
            places |= {fault.place, *_cells_of(fault, response, evaluation)}
        asked[vendor] = frozenset(places)
    return asked


def _cells_of(fault: Fault, response: Response, evaluation: Evaluation) -> Iterator[str]:
    """The cells that a fault of a response is about, besides its place."""
    named = set(_named(fault.message, response))
    yield from named
    if fault in response.faults:
        return  # what cannot be read says nothing of its line
    lines = _lines(response)
    at = {line for place in (fault.place, *named) if (line := _line(place))}
    yield from (place for line in at for place in lines.get(line, ()))
    for column in fault.about:
        yield from evaluation.proposals.places(response.vendor, column)
    if not at:
        yield from _parts(fault.about, response)


def _named(message: str, response: Response) -> Iterator[str]:
    """The cells of a response that a message names."""
    for cell in response.cells:
        if re.search(rf"{re.escape(cell.place)}(?!\d)", message):
            yield cell.place


def _line(place: str) -> tuple[str, str] | None:
    """The sheet and the row of a cell; None where a place is no cell."""
    sheet, _, at = place.rpartition("!")
    cell = CELL.match(at)
    return (sheet, cell["row"]) if sheet and cell else None


def _lines(response: Response) -> Mapping[tuple[str, str], set[str]]:
    """The cells of each line of a response's tables, by sheet and row."""
    lines: dict[tuple[str, str], set[str]] = {}
    for cell in (
        cell for rows in response.tables.values() for row in rows for cell in row.values()
    ):
        line = _line(cell.place)
        if line is not None:
            lines.setdefault(line, set()).add(cell.place)
    return lines


def _parts(ids: Iterable[str], response: Response) -> Iterator[str]:
    """The cells of whole parts, or of questions, by their ids "part" or "part.field"."""
    for id in ids:
        part, _, name = id.partition(".")
        for row in response.rows(part):
            yield from (cell.place for field, cell in row.items() if name in ("", field))
        for field, given in response.forms.get(part, {}).items():
            if given.answer is not None and name in ("", field):
                yield given.answer.place
