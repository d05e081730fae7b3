"""A letter holds what may be put to its own vendor, and nobody who is excluded gets one."""

from dataclasses import replace

import pytest

from make.cases import LEAF, bid, case
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.equal import equal_questions, equal_sentences
from vendor_eval.errors import Audience, Fault, Severity
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.tender.tender import Tender

PLACE = "Alder.xlsx!Answers!E6"
RANGE = "5..6"
"""A price that a check asks about."""


def evaluated(rfp: Tender) -> Evaluation:
    """The evaluation of a case."""
    return evaluate(rfp.rules, rfp.proposals)


def with_fault(fault: Fault) -> dict[str, str]:
    """The letters where this fault alone is found, among those of Alder's bid."""
    rfp = case(bid("Alder"), bid("Birch"))
    return every_letter(rfp, replace(evaluated(rfp), faults={"Alder": (fault,)}))


def test_a_fault_of_another_vendor_is_in_no_letter_even_where_it_is_filed_wrongly() -> None:
    fault = Fault(PLACE, "found '140 x'; allowed: an amount", "Alder", "vendor")
    assert list(with_fault(fault)) == ["alder.md"]
    assert with_fault(replace(fault, vendor="Birch")) == {}
    assert with_fault(replace(fault, vendor=None)) == {}


@pytest.mark.parametrize(
    ("audience", "severity", "asked"),
    [
        ("vendor", "fault", True),
        ("vendor", "question", True),
        ("vendor", "note", False),
        ("buyer", "fault", False),
        ("buyer", "question", False),
    ],
)
def test_notes_and_what_is_for_the_buyer_are_in_no_letter(
    audience: Audience, severity: Severity, asked: bool
) -> None:
    letters = with_fault(Fault(PLACE, "found '140 x'", "Alder", audience, severity))
    assert bool(letters) is asked


def test_an_excluded_vendor_gets_no_question_of_any_check() -> None:
    rfp = case(bid("Alder", RANGE), bid("Birch", RANGE))
    assert sorted(every_letter(rfp, evaluated(rfp))) == ["alder.md", "birch.md"]
    closed = replace(rfp, proposals=replace(rfp.proposals, excluded={"Alder": "Late"}))
    asked = clarifications_of(closed, evaluated(closed))
    assert list(asked.to("Alder")) == []
    assert list(asked.to("Birch")) != []
    assert list(every_letter(closed, evaluated(closed))) == ["birch.md"]


FILLED = (LEAF | {"missing": "worst"},)


def blanks(rfp: Tender) -> tuple[str, ...]:
    """What is said of an answer that is blank somewhere."""
    evaluation = evaluated(rfp)
    return equal_sentences(equal_questions(clarifications_of(rfp, evaluation), evaluation))


def test_a_question_found_in_the_bid_of_an_excluded_vendor_does_not_count_as_asked() -> None:
    rfp = case(bid("Alder", None), bid("Birch", None), criteria=FILLED)
    place = rfp.proposals.place("Alder", "cost")
    question = Fault(place, "found no answer; allowed: an answer", "Alder", "vendor", "question")
    closed = replace(rfp.proposals, excluded={"Alder": "Late"}, faults={"Alder": (question,)})
    [sentence] = blanks(replace(rfp, proposals=closed))
    assert sentence.startswith("asked 1 of the 2 vendors with a blank in ")
    assert sentence.endswith(": Birch; not asked: Alder (excluded: Late)")


def test_where_nobody_is_asked_it_is_said_in_a_word() -> None:
    rfp = case(bid("Alder", None), bid("Birch", None), criteria=FILLED)
    closed = replace(rfp.proposals, excluded={"Alder": "Late", "Birch": "Late"})
    [sentence] = blanks(replace(rfp, proposals=closed))
    assert sentence.startswith("asked none of the 2 vendors with a blank in ")
