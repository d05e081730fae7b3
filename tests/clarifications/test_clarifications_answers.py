"""Checks of certificates, gates, ranges and cells that were read otherwise than they stand."""

from datetime import date
from typing import Any

import pytest

from make.cases import LEAF, bid, case, site
from make.checks import asked, cells, outcome, tender
from vendor_eval.bids.response import Answer, Cell, Response
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.security.scopes import Sites, scope
from vendor_eval.tender.tender import Tender

# certificates


def certified(**certificate: object) -> Tender:
    """A case of one vendor with sites in Kraków and Lisbon and one ISO 27001 certificate."""
    sites = [site("PL", city="Kraków"), site("PT", city="Lisbon")]
    held = [{"certificate": "ISO 27001", **certificate}]
    return case(bid(sites=sites, certificates=held), start=date(2027, 1, 1))


def test_a_certificate_whose_scope_leaves_out_a_site_is_asked_about() -> None:
    [question] = asked("certificate_scope", certified(scope="Krakow"))
    assert question.startswith("The scope of your ISO 27001 does not name Lisbon, Portugal, from")
    [question] = asked("certificate_scope", certified())
    assert question == "Which sites and services does your ISO 27001 cover?"


@pytest.mark.parametrize(
    "questions",
    [
        {"scope": "Lisbon; Krak\u00f3w"},
        {"scope": "PL, PT"},
        {"sites": "all sites", "scope": "Contact centre operations"},
        {"sites": "PL; Lisbon"},
        {"certificate": "none"},
    ],
)
def test_a_scope_that_reaches_every_site_is_not_asked_about(questions: dict[str, str]) -> None:
    assert asked("certificate_scope", certified(**questions)) == []


@pytest.mark.parametrize(
    "wording", ["All delivery sites", "every office", "all sites but Lisbon", "as in annex 4"]
)
def test_a_scope_that_the_evaluation_does_not_understand_is_asked_about(wording: str) -> None:
    held = certified(scope=wording)
    read = scope(held.responses[0].rows("certificates")[0], Sites(held.responses[0].rows("sites")))
    assert read.covered == frozenset()
    [question] = asked("certificate_scope", held)
    assert "leaves open whether it covers Krak\u00f3w, Poland and Lisbon, Portugal" in question


def holding(*certificates: dict[str, object], **rules: Any) -> Tender:
    """A case of one vendor with sites in Krak\u00f3w and Lisbon that holds these certificates."""
    sites = [site("PL", city="Krak\u00f3w"), site("PT", city="Lisbon")]
    held = [{"certificate": "ISO 27001", **certificate} for certificate in certificates]
    return case(bid(sites=sites, certificates=held), start=date(2027, 1, 1), **rules)


def test_rows_of_one_certificate_are_taken_together_unless_one_ends_before_the_start() -> None:
    one, other = {"sites": "Lisbon"}, {"sites": "Krakow"}
    assert asked("certificate_scope", holding(one, other)) == []
    over = {**other, "valid_to": date(2026, 12, 31)}
    assert len(asked("certificate_scope", holding(one, over))) == 2
    unlike = {"certificate": "other", "scope": "PrivacyMark"}
    [question] = asked("certificate_scope", holding(one, other, unlike))
    assert "your certificate \u201cPrivacyMark\u201d" in question


ISO_EVERYWHERE = {
    "id": "iso",
    "label": "ISO 27001 at all sites",
    "measure": {"certificate": {"name": "iso27001"}},
    "rule": {"equals": "in force at all sites"},
}
ISO_SHARE = {
    "id": "certified",
    "label": "Agents at certified sites",
    "weight": 1,
    "missing": "worst",
    "measure": {"sites_covered": {"name": "iso27001"}},
    "value": "identity",
}


@pytest.mark.parametrize(
    ("rules", "asking"),
    [
        ({"gates": (ISO_EVERYWHERE,)}, "gates"),
        ({"criteria": (LEAF, ISO_SHARE)}, "blank_answers"),
        ({"gates": (ISO_EVERYWHERE,), "criteria": (LEAF, ISO_SHARE)}, "gates"),
        ({}, "certificate_scope"),
    ],
)
def test_a_scope_is_asked_about_once_where_a_gate_or_a_criterion_hangs_on_it(
    rules: dict[str, Any], asking: str
) -> None:
    year = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 12, 31)}
    rfp = holding({"sites": "annex 4", **year}, **rules)
    by_check = {
        name: question
        for name in ("gates", "blank_answers", "certificate_scope")
        for question in asked(name, rfp)
    }
    assert list(by_check) == [asking]
    assert "leaves open whether it covers" in by_check[asking]
    assert "certificates!sites1" in cells(asking, rfp)


def test_a_certificate_that_expires_before_the_start_is_asked_about() -> None:
    [question] = asked("certificate_expiry", certified(valid_to=date(2026, 12, 31)))
    assert "2026-12-31" in question
    assert asked("certificate_expiry", certified(valid_to=date(2027, 1, 1))) == []
    # the period a SOC 2 report speaks of is always over
    report = certified(certificate="SOC 2", valid_to=date(2026, 6, 30))
    assert asked("certificate_expiry", report) == []


# answers


GATE = {"id": "soc2", "label": "SOC 2 Type II", "answer": "soc2", "rule": {"equals": "type_2"}}


def test_a_gate_left_open_is_asked_about_whoever_is_excluded() -> None:
    late = {"id": "in_time", "label": "In time", "answer": "late", "rule": {"equals": "no"}}
    open_, closed = bid("Alder"), bid("Birch", answers={"soc2": "type_2", "late": "no"})
    excluded = bid("Cedar", answers={"late": "yes"})
    gates_asked = outcome("gates", case(open_, closed, excluded, gates=(GATE, late)))
    assert [len(gates_asked.asked.get(vendor, ())) for vendor in ("Alder", "Birch", "Cedar")] == [
        2,
        0,
        1,
    ]
    assert gates_asked.asked["Cedar"][0].cells == (("Cedar.xlsx!Answers!soc2", ""),)


def test_a_gate_on_points_asks_for_what_is_blank_and_keeps_the_points_to_itself() -> None:
    leaf = {"weight": 1, "answer": "years", "missing": "worst", "unit": "years"}
    years = {**leaf, "id": "years", "label": "Time in the sector", "value": "identity"}
    branch = {"id": "skill", "label": "Skill", "weight": 1, "criteria": (years,)}
    floor = {"id": "floor", "label": "60 points", "criterion": "skill", "rule": {"at_least": 60}}
    rfp = case(bid(), bid("Birch"), criteria=(LEAF, branch), gates=(floor,))
    [question] = outcome("gates", rfp).asked["Alder"]
    assert "Time in the sector (years)" in question.question
    assert "60" not in question.question
    assert question.note == "60 points"
    assert question.cells == (("Alder.xlsx!Answers!years", ""),)
    assert asked("blank_answers", rfp) == []
    ungated = case(bid(), bid("Birch"), criteria=(LEAF, branch))
    assert len(asked("blank_answers", ungated)) == 1


def test_a_range_is_asked_about_and_a_single_number_is_not() -> None:
    [question] = asked("ranges", tender("900..1000", 950))
    assert "900 to 1,000" in question
    assert asked("ranges", tender(900, "900..1000")) == []


ACCEPTED = {"one_of": ("signed with remarks", "signed")}


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("Signed with remarks", 1),
        ("SIGNED  with  remarks", 1),
        ("signedwith remarks", 1),
        ("signed with remarks", 0),
        ("not signed", 0),
        ("signed with two remarks", 0),
    ],
)
def test_an_answer_that_fails_a_gate_by_capitals_or_spaces_alone_is_asked_about(
    typed: str, questions: int
) -> None:
    gate = {"id": "terms", "label": "Our terms", "answer": "terms", "rule": ACCEPTED}
    rfp = case(bid(answers={"terms": typed}), gates=(gate,))
    asked_about = asked("gates", rfp)
    assert len(asked_about) == questions
    for question in asked_about:
        assert (
            f"\u201c{typed}\u201d. Do you mean by it \u201csigned with remarks\u201d?" in question
        )
    # asking changes nothing
    accepted = typed == "signed with remarks"
    status = evaluate(rfp.rules, rfp.proposals).status("Alder")
    assert status == ("eligible" if accepted else "excluded")


def reading(typed: str, note: str, value: float | str = 1234.5, *, used: bool = True) -> Tender:
    """A case of one vendor, a cell of whose holds this, read so; `used`: by a rule."""
    cell, years = Cell(value, "Alder.xlsx!Answers!E9", typed, note), "years"
    scale = {"linear": {"worst": 0, "best": 100_000}}
    leaf = {"id": years, "label": years, "weight": 1, "answer": years, "value": scale}
    levels = {**leaf, "value": {"levels": {"yes": 100, "no": 0}}}
    answers = {"cost": Answer(Cell(7.0, "Alder.xlsx!Answers!E8", "7")), years: Answer(cell)}
    response = Response("Alder", "Alder.xlsx", {"answers": answers})
    rated = levels if isinstance(value, str) else leaf
    return case(response, criteria=(LEAF, rated) if used else (LEAF,))


@pytest.mark.parametrize(
    ("typed", "note", "value"),
    [
        ("1.234,50 EUR", "'1.234,50 EUR' read as 1234.5", 1234.5),
        ("3,0 %", "'3,0 %' read as 3 %", 0.03),
        ("2", "2 read as 2 %", 0.02),
        ("90 000", "'90 000' read as 90000", 90000.0),
    ],
)
def test_a_cell_read_otherwise_than_it_stands_is_shown_as_it_was_read(
    typed: str, note: str, value: float
) -> None:
    [question] = outcome("read_as", reading(typed, note, value)).asked["Alder"]
    assert question.cells == (("Alder.xlsx!Answers!E9", note),)
    # no rule reads it
    assert asked("read_as", reading(typed, note, value, used=False)) == []


@pytest.mark.parametrize(
    ("typed", "note", "value"),
    [
        ("1234.5", "", 1234.5),
        ("1234.5\u00a0", "a no-break space was left out", 1234.5),
        ("Yes", "'Yes' read as 'yes'", "yes"),
        (" yes", "' yes' read as 'yes'", "yes"),
        ("76 %", "'76 %' read as 76 %", 76.0),
    ],
)
def test_a_reading_that_differs_by_capitals_or_outer_spaces_is_not_asked_about(
    typed: str, note: str, value: float | str
) -> None:
    assert asked("read_as", reading(typed, note, value)) == []
