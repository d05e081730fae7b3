"""Every measure there is, and the answers they find in vendors' responses."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import pandas as pd

import vendor_eval.measures.costs.measures  # these register measures
import vendor_eval.measures.expertise.commitments
import vendor_eval.measures.expertise.references
import vendor_eval.measures.expertise.workforce
import vendor_eval.measures.language.measures
import vendor_eval.measures.location.holidays
import vendor_eval.measures.location.overlap
import vendor_eval.measures.location.published
import vendor_eval.measures.location.shoring
import vendor_eval.measures.location.site_measure
import vendor_eval.measures.security.certificates
import vendor_eval.measures.security.controls
import vendor_eval.measures.security.transfer
import vendor_eval.measures.service.levels  # noqa: F401
from vendor_eval.bids.proposal import Origin, Proposals
from vendor_eval.bids.response import Cell, Response, Value, as_text
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.measures.facts import Facts

# they register measures
from vendor_eval.measures.measure import MEASURES as MEASURES
from vendor_eval.measures.measure import Measure, Measured
from vendor_eval.rules.criteria import Measurement
from vendor_eval.rules.estimates import Estimate, single
from vendor_eval.rules.rules import Rules

DECIMALS = 9
"""Decimals of a measured number that count, as of scores."""
NOT_READ = "not read: what it needs holds a fault"
"""How an answer came about that a fault leaves blank."""


_MADE: dict[tuple[type[Measure], str], Measure] = {}
"""Measures by kind and parameters; nothing can change one, so that it serves all who ask for it."""


def measure(measurement: Measurement) -> Measure:
    """The measure that was entered; raises UnknownName or pydantic's ValidationError elsewhere."""
    kind, parameters = MEASURES[measurement.name], dict(measurement.parameters)
    # by their text, since 1, 1.0 and True are equal
    key = kind, repr(parameters)
    if key not in _MADE:
        _MADE[key] = kind.model_validate(parameters)
    return _MADE[key]


def answered(
    rules: Rules, facts: Mapping[str, Facts], taken: Sequence[Measurement] | None = None
) -> Proposals:
    """The table the rules are evaluated on: what vendors answered, and what was measured.

    `facts`: by vendor, of the responses under these rules.
    Numbers stand in it with all their digits, measured ones to nine decimals, dates in ISO form;
    what is blank or not shown is "".
    `taken`: the measures to take, by default all that the rules name. What cannot be read, and a
    measure that reads any of it, is blank and stands in the table's `spoilt` and `faults`.
    """
    taken = rules.measures if taken is None else taken
    measures = {m.column: measure(m) for m in taken}
    asked = {c: frozenset([f"answers.{c}"]) for c in rules.answers}
    asked |= {column: applied.questions(rules) for column, applied in measures.items()}
    judged = frozenset(f"answers.{path}" for path in rules.judged_leaves)
    read = judged.union(*asked.values()) if len(taken) == len(rules.measures) else None
    table: dict[str, list[str]] = {column: [] for column in asked}
    origins: dict[tuple[str, str], Origin] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    spoilt: set[tuple[str, str]] = set()
    estimates: dict[tuple[str, str], Estimate] = {}
    for of_bid in facts.values():
        response = of_bid.response
        met = list(_judged(response, read))
        for column, questions in asked.items():
            shown, spoiling, new = _shown(of_bid, column, measures.get(column), questions)
            met += [replace(fault, vendor=response.vendor) for fault in new]
            if spoiling:
                spoilt.add((response.vendor, column))
            value = "" if shown is None else _value(shown)
            table[column].append(as_text(value))
            if isinstance(value, float | Estimate):
                with suppress(ValueError):  # reported again where the number is read
                    estimates[response.vendor, column] = _estimate(value)
            origin = _origin(response, column, shown, questions, column in measures)
            origins[response.vendor, column] = (
                replace(origin, note=NOT_READ) if spoiling else origin
            )
        if met:
            faults[response.vendor] = tuple(dict.fromkeys(met))
    vendors = pd.Index(list(facts), dtype=object)
    answers = pd.DataFrame(table, index=vendors, dtype=object)
    return Proposals(
        answers, "proposals", (), origins, faults, frozenset(spoilt), estimates=estimates
    )


def _shown(
    facts: Facts, column: str, taken: Measure | None, questions: Collection[str]
) -> tuple[Cell | Measured | None, Sequence[Fault], Sequence[Fault]]:
    """What a bid shows in a column, the faults that spoil it, and those that were met just now."""
    if spoiling := facts.response.spoilt(questions):
        return None, spoiling, ()
    if taken is None:
        return facts.response.answer("answers", column), (), ()
    try:
        return taken(facts), (), ()
    except InputFaults as error:
        return None, error.faults, error.faults


def _judged(response: Response, read: Collection[str] | None) -> Iterator[Fault]:
    """A response's faults, those in what is not among the ids `read` as notes; None for unknown."""
    stops = response.faults if read is None else response.spoilt(read)
    for fault in response.faults:
        yield fault if fault in stops else replace(fault, severity="note")


def _value(shown: Cell | Measured) -> Value:
    """An answer, "" for none; measured to nine decimals, so that float noise fails no gate."""
    if isinstance(shown, Cell):
        return shown.value
    if shown.value is None or isinstance(shown.value, str):
        return shown.value or ""
    return round(float(shown.value), DECIMALS)


def _estimate(value: float | Estimate) -> Estimate:
    return value if isinstance(value, Estimate) else single(value)


def _origin(
    response: Response,
    column: str,
    shown: Cell | Measured | None,
    questions: Collection[str],
    measured: bool,
) -> Origin:
    """Where an answer comes from, with the evidence that the vendor names for its cells."""
    if shown is None:
        asked = f"answers.{column}"
        place = response.asked_at.get(asked, f"{response.source}!Answers!{column}")
        return Origin(f"{response.source}!{column}" if measured else place)
    read = (shown,) if isinstance(shown, Cell) else shown.cells
    place = shown.place if isinstance(shown, Cell) else f"{response.source}!{column}"
    cells, evidence = _places(read), _places(_evidence(response, read))
    lacks = () if isinstance(shown, Cell) else _lacks(shown, response, column, questions)
    said = tuple((cell.place, cell.comment) for cell in read if cell.comment)
    return Origin(place, cells, shown.note, evidence, lacks, said)


def _lacks(
    measured: Measured, response: Response, column: str, questions: Collection[str]
) -> tuple[Fault, ...]:
    """What a measure that found nothing lacks: at its cells, else where it is asked.

    No vendor knows the name of a measure, so that is no place to ask about.
    """
    if measured.value is not None or measured.lacks:
        return measured.lacks
    part = min(questions, default="").partition(".")[0]
    place = measured.cells[0].place if measured.cells else response.place(part)
    why = f" ({measured.note})" if measured.note else ""
    message = f"found no answer{why}; allowed: an answer"
    return (Fault(place, message, response.vendor, "vendor", "question", (column,)),)


def _evidence(response: Response, read: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of evidence that stand in the rows of some answers."""
    places = {cell.place for cell in read}
    for form in response.forms.values():
        for answer in form.values():
            if answer.evidence and answer.answer and answer.answer.place in places:
                yield answer.evidence


def _places(cells: Iterable[Cell]) -> tuple[tuple[str, str], ...]:
    return tuple((cell.place, cell.typed) for cell in cells)
