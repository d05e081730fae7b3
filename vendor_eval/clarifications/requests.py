"""What stops a bid, as it is put to its vendor: the question, its cells, what we found there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vendor_eval.bids.response import Response
from vendor_eval.clarifications.check import ReadBids
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.rules.rules import Rules

FOUND = "found "
"""How many faults begin: a letter has a heading for it."""


@dataclass(frozen=True)
class Request:
    """One thing to settle: faults of the same question and message are one, at several places."""

    question: str
    """The label of the question as the vendor was asked it; "" where it is none of them."""
    places: tuple[str, ...]
    found: str
    allowed: str
    unread: bool
    """Whether what is there cannot be read; else an answer is needed."""


def put_to_vendor(evaluation: Evaluation, vendor: str) -> tuple[Fault, ...]:
    """The faults and questions of a bid that its letter holds; none of a vendor closed by us."""
    if vendor in evaluation.screening.excluded:
        return ()
    own = (fault for fault in evaluation.faults.get(vendor, ()) if fault.vendor == vendor)
    return tuple(fault for fault in own if fault.audience == "vendor" and fault.stops)


def open_requests(tender: ReadBids, evaluation: Evaluation) -> Mapping[str, tuple[Request, ...]]:
    """What each vendor must settle, by vendor; who must settle nothing is not in it."""
    asked = _labels(tender.rules)
    responses = {response.vendor: response for response in tender.responses}
    requests = {}
    for vendor in evaluation.faults:
        faults = put_to_vendor(evaluation, vendor)
        if faults:
            read = responses.get(vendor, Response(vendor, ""))
            by_place = dict(_placed(read, evaluation, vendor, asked))
            requests[vendor] = _requests(faults, asked, by_place)
    return requests


def _requests(
    faults: Sequence[Fault], asked: Mapping[str, str], by_place: Mapping[str, str]
) -> tuple[Request, ...]:
    alike: dict[tuple[str, str, bool], list[Fault]] = {}
    for fault in faults:
        labels = dict.fromkeys(asked[id] for id in fault.about if id in asked)
        question = ", ".join(labels) or by_place.get(fault.place, "")
        alike.setdefault((question, fault.message, fault.severity == "fault"), []).append(fault)
    return tuple(
        Request(
            question,
            tuple(dict.fromkeys(_cell(fault) for fault in same)),
            same[0].found.removeprefix(FOUND),
            same[0].allowed or "",
            unread,
        )
        for (question, _, unread), same in alike.items()
    )


def _cell(fault: Fault) -> str:
    """A fault's place; of a measure, which is no place in a workbook, the workbook."""
    source, _, last = fault.place.rpartition("!")
    return source if last and last in fault.about else fault.place


def _labels(rules: Rules) -> dict[str, str]:
    """What vendors are asked, by "part.field", "part", and what the rules read."""
    labels = dict(rules.labels)
    for part in every_question(rules).parts:
        labels[part.id] = part.title
        labels |= {f"{part.id}.{field.id}": field.label for field in part.fields}
    return labels


def _placed(
    read: Response, evaluation: Evaluation, vendor: str, asked: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The label of what stands at each place of a bid."""
    for column in evaluation.rules.columns:
        yield evaluation.proposals.place(vendor, column), asked.get(column, "")
    for part, answers in read.forms.items():
        for id, given in answers.items():
            if given.answer is not None:
                yield given.answer.place, asked.get(f"{part}.{id}", "")
    for part, rows in read.tables.items():
        for row in rows:
            for id, cell in row.items():
                yield cell.place, asked.get(f"{part}.{id}", "")
