"""Service levels and credits at risk are asked, read and valued; sites are counted."""

from typing import Any

import pytest

from make.builders import rules
from make.evidence import taken
from make.response_books import fill, read, saved
from make.responses import response
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.measures import answered
from vendor_eval.outputs.template.template import workbook
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.request import questionnaire
from vendor_eval.tender.rules_file import read_rules_file

SERVICE = {
    "country": "DE",
    "levels": (
        {"id": "answered", "label": "Calls answered within 20 seconds"},
        {"id": "reply", "label": "E-mails answered in", "unit": "hours"},
    ),
}
LEAVES = (
    {"id": "cost", "label": "Cost", "answer": "cost", "weight": 1, "value": "identity"},
    {
        "id": "level",
        "label": "Answered within 20 seconds",
        "weight": 1,
        "measure": {"service_level_offered": {"level": "answered"}},
        "value": {"linear": {"worst": 75, "best": 95}},
    },
    {
        "id": "risk",
        "label": "Credits at risk",
        "weight": 1,
        "measure": "credit_at_risk_share",
        "value": {"linear": {"worst": 0, "best": 20}},
    },
    {
        "id": "sites",
        "label": "Sites",
        "weight": 1,
        "measure": "site_count",
        "value": {"linear": {"worst": 1, "best": 3}},
    },
)
RULES = Rules.model_validate(
    {**rules({"cost": 1}).model_dump(exclude_defaults=True), "criteria": LEAVES, "service": SERVICE}
)


def test_levels_and_credits_typed_into_the_template_are_valued() -> None:
    asked = questionnaire(RULES)
    assert [part.sheet for part in asked.parts] == [
        "Answers", "Price terms", "Service levels", "Sites"
    ]  # fmt: skip
    forms = {
        "answers": {"cost": 50.0},
        "price_terms": {"at_risk": 0.1},
        "service_levels": {
            "answered_offered": "85 %",
            "answered_measured_over": "a month",
            "answered_credit": 0.02,
            "reply_offered": 4.0,
        },
    }
    sites = [
        {"country": c, "city": t, "head_count": 9.0} for c, t in (("PL", "Łódź"), ("PT", "Faro"))
    ]
    book = fill(workbook(asked, RULES), asked, "Beta", forms, {"sites": sites})
    answers_read, faults = read(saved(book), asked)
    assert faults == []
    assert answers_read is not None
    evaluation = evaluate(RULES, answered(RULES, facts_of(RULES, [answers_read])))
    # (85 - 75) / 20 = 0.5, 10 / 20 = 0.5, (2 - 1) / 2 = 0.5, and the cost is 50 points as it is
    assert evaluation.scores["Beta"] == pytest.approx(0.5)


def shown(**answers: Any) -> Any:
    return response(forms={"service_levels": answers, "price_terms": {"at_risk": 0.125}})


def test_the_window_of_a_level_is_told_with_it() -> None:
    measured = taken(
        "service_level_offered",
        shown(answered_offered=85.0, answered_measured_over="a month"),
        RULES,
        level="answered",
    )
    assert (measured.value, measured.note) == (85.0, "measured over a month")
    assert [cell.text for cell in measured.cells] == ["85", "a month"]
    bare = taken("service_level_offered", shown(answered_offered=85.0), RULES, level="answered")
    assert bare.note == "over what it is measured is blank"


def test_a_credit_is_of_one_level_or_of_all() -> None:
    bid = shown(answered_credit=0.02)
    assert taken("credit_at_risk_share", bid, RULES).value == 12.5
    assert taken("credit_at_risk_share", bid, RULES, level="answered").value == 2.0


def test_a_blank_is_no_zero() -> None:
    for name in ("service_level_offered", "credit_at_risk_share"):
        measured = taken(name, response(), RULES, level="answered")
        assert measured.value is None
        assert "is blank" in measured.note


@pytest.mark.parametrize(
    ("rows", "of", "expected"),
    [
        ([("PL", "Łódź"), ("PL", "Kraków"), ("PT", "Porto")], "sites", 3.0),
        (
            [("PL", "Łódź"), ("PL", "LODZ"), ("PL", "łódź ")],
            "sites",
            2.0,
        ),  # ł is a letter of its own
        ([("PL", "Kraków"), ("PL", "KRAKOW")], "sites", 1.0),
        ([("PL", None), ("PL", None)], "sites", 2.0),
        ([("GB", "Newcastle"), ("AU", "Newcastle")], "sites", 2.0),
        ([("PL", "Łódź"), ("PL", "Kraków"), ("PT", "Porto")], "countries", 2.0),
        ([], "sites", None),
    ],
)
def test_sites_are_counted_by_city_and_countries_by_code(
    rows: list[tuple[str, str | None]], of: str, expected: float | None
) -> None:
    sites = [{"country": country, "city": city} for country, city in rows]
    assert taken("site_count", response(tables={"sites": sites}), of=of).value == expected


UNKNOWN = """\
title: A title
decision: Which vendor?
currency: EUR
price: cost
service:
  country: DE
  levels: [{id: answered, label: Calls answered}]
criteria:
  - {id: cost, label: Cost, weight: 1, answer: cost, value: identity}
  - id: level
    label: Level
    weight: 1
    measure: {service_level_offered: {level: anwsered}}
    value: identity
"""


def test_a_level_that_the_rules_do_not_name_is_a_fault_with_a_hint() -> None:
    _, [fault], _ = read_rules_file(UNKNOWN.encode())
    assert str(fault) == (
        "evaluation.yaml:13: criteria.1.measure: 'service_level_offered': the rules name no "
        "service level 'anwsered'; did you mean 'answered'?"
    )
    lacking = UNKNOWN.replace("  levels: [{id: answered, label: Calls answered}]\n", "")
    _, [fault], _ = read_rules_file(lacking.encode())
    assert "needs 'service.levels', which the rules do not give" in str(fault)
    twice = UNKNOWN.replace("answered}]", "answered}, {id: answered, label: Again}]")
    _, faults, _ = read_rules_file(twice.encode())
    assert "service level 'answered' appears here twice" in " ".join(map(str, faults))
