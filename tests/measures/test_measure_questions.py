"""Every measure names the questions that it reads: all of them, and no others."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import priced
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.errors import InputFaults
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measured
from vendor_eval.measures.measures import measure
from vendor_eval.questionnaire.expertise import REFERENCES
from vendor_eval.questionnaire.security import CERTIFICATES, CONTROLS, TRUST_CRITERIA
from vendor_eval.questionnaire.sheet import Form, Question, Table
from vendor_eval.rules.criteria import Measurement
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "agents_tested": {"language": "de"},
    "automation": {"kind": "attended"},
    "cefr_level": {"language": "de", "channel": "voice"},
    "certificate": {"name": "iso27001"},
    "committed_saving": {"year": 2},
    "committed_share": {"year": 2},
    "control": {"question": "access_mfa"},
    "control_coverage": {"domain": "access", "partial": 50},
    "credit_at_risk_share": {"level": "answered"},
    "governance": {"indicator": "rule_of_law"},
    "governance_estimate": {"indicator": "rule_of_law"},
    "language_hours": {"language": "de"},
    "least_control_coverage": {"partial": 50, "blanks": "no"},
    "payback_months": {"never": 99},
    "quality_programme": {"partial": 50},
    "service_level_offered": {"level": "answered"},
    "shoring_share": {"shore": "onshore"},
    "sites_covered": {"name": "iso27001"},
    "soc2": {"gap_months": 6, "bridge_months": 3, "criteria": TRUST_CRITERIA[:2]},
    "soc2_sites_covered": {"gap_months": 24},
    "speaker_share": {"language": "de"},
}
"""What each measure is taken with here, where it needs parameters."""
SERVICE = {
    "country": "DE",
    "time_zone": "Europe/Berlin",
    "working_hours": "08:00-18:00",
    "working_days": ("mon", "tue", "wed", "thu", "fri"),
    "nearshore": {"hours_apart": 2},
    "levels": ({"id": "answered", "label": "Calls answered within 20 seconds"},),
    "channels": ({"id": "voice", "languages": {"de": "B2", "en": "B1"}, "hours": "08:00-20:00"},),
}


def rules(**commercial: Any) -> Rules:
    """Rules under which every measure can be taken."""
    typed = priced.rules(**commercial).model_dump(exclude_defaults=True)
    dates = {"as_of": date(2026, 11, 20), "start": date(2027, 1, 1)}
    return Rules.model_validate({**typed, **dates, "service": SERVICE})


BASELINE = {"fixed_a_month": 900.0, "a_transaction": 9.0, "indexation": 0.0}
VISIT = {"label": "Travel", "amount": 40.0, "paid": "once", "first_month": 1, "countries": ("PL",)}
OTHER_COSTS: Mapping[str, Any] = {
    "plain": {},
    "baseline": {"baseline": BASELINE, "staffing": "follows_volume"},
    "credits": {"credits_subtracted": 0.5, "staffing": "workload", "hours_per_transaction": 0.4},
    "travel": {"own_costs": {"travel": VISIT}, "staffing": "as_bid"},
}
"""Commercial terms under which different terms of a bid count."""


def taken(name: str) -> Any:
    """The measure of a name, with its parameters."""
    return measure(Measurement(name=name, parameters=dict(PARAMETERS.get(name, {}))))


def shown(name: str, shown: Response, under: Rules) -> Any:
    """What a measure finds and in which cells, or the faults it finds there."""
    try:
        found: Measured = taken(name)(Facts(shown, under))
    except InputFaults as error:
        return error.faults
    except KeyError:  # what every row must hold is left out
        return None
    return found.value, found.cells


def answers(asked: Question) -> st.SearchStrategy[Any]:
    """Some answers of a field's kind, blank at times, or out of its bounds."""
    match asked.kind:
        case "choice":
            kind = st.sampled_from(asked.allowed)
        case "count" | "number" | "money":
            kind = st.sampled_from([0.0, 1.0, 2.0, 40.0, 2019.0, 2025.0, 1e6])
        case "share":
            kind = st.sampled_from([0.0, 0.05, 0.5, 2.0])
        case "date":
            kind = st.sampled_from([date(2025, 3, 1), date(2026, 9, 30), date(2028, 1, 31)])
        case "country":
            kind = st.sampled_from(["DE", "PL", "PH"])
        case "language":
            kind = st.sampled_from(["de", "en"])
        case _:
            texts = {"currency": "EUR", "shifts": "06:00-22:00", "hours": "08:00-20:00"}
            texts |= {"sites": "all sites", "channel": "voice", "time_zone": "Europe/Warsaw"}
            ends = "currency" if asked.id.endswith("currency") else asked.id
            kind = st.just(texts.get(ends, "Kraków"))
    return kind if asked.needed else st.none() | kind


def rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table, each with what is needed."""
    return st.lists(st.fixed_dictionaries({f.id: answers(f) for f in table.fields}), max_size=3)


def parts() -> list[Form | Table]:
    """Every part that some measure reads."""
    from vendor_eval.questionnaire.expertise import EXPERTISE_PARTS
    from vendor_eval.questionnaire.languages import languages_table
    from vendor_eval.questionnaire.pricing import LINES, TERMS
    from vendor_eval.questionnaire.service_levels import service_levels_form
    from vendor_eval.questionnaire.sites import SITES

    levels = service_levels_form(rules())
    return [
        LINES,
        TERMS,
        levels,
        SITES,
        languages_table(rules()),
        CERTIFICATES,
        CONTROLS,
        *EXPERTISE_PARTS,
    ]


@st.composite
def bids(draw: st.DrawFn) -> Response:
    """A response to every part: anything that can be read from cells."""
    forms, tables = {}, {}
    for part in parts():
        if isinstance(part, Table):
            tables[part.id] = draw(rows(part))
        else:
            forms[part.id] = {f.id: draw(answers(f)) for f in part.fields}
    return response(forms=forms, tables=tables)


@pytest.fixture(scope="module")
def example(data: Path) -> Any:
    """The shipped example, read."""
    return read(data / "customer-support")


def test_the_example_shows_the_same_from_the_questions_of_each_measure_alone(example: Any) -> None:
    assert len(example.responses) == 6
    for measurement, bid in product(example.rules.measures, example.responses):
        reading = measure(measurement)
        left = bid.limited(reading.questions(example.rules))
        whole, limited = (reading(Facts(each, example.rules)) for each in (bid, left))
        assert (limited.value, limited.cells) == (whole.value, whole.cells), measurement.name


@given(bid=bids(), terms=st.sampled_from(sorted(OTHER_COSTS)))
def test_a_measure_reads_nothing_but_its_questions(bid: Response, terms: str) -> None:
    under = rules(**OTHER_COSTS[terms])
    for name in MEASURES:
        left = bid.limited(taken(name).questions(under))
        assert shown(name, left, under) == shown(name, bid, under), name


def full() -> Response:
    """A response that answers every question with something that counts."""
    site = {"country": "PL", "city": "Kraków", "head_count": 40.0, "shifts": "06:00-22:00"}
    held = {"sites": "Kraków", "scope": "support", "issuer": "TÜV"}
    held |= {"valid_from": date(2025, 10, 1), "valid_to": date(2027, 9, 30)}
    iso = {"certificate": "ISO 27001", "type": "independent"}
    soc2 = {"certificate": "SOC 2", "type": "Type II", "trust_criteria": TRUST_CRITERIA[0]}
    soc2 |= {"valid_to": date(2026, 9, 30), "bridge_to": date(2026, 10, 31)}
    grades = {field.id: "yes" for field in CONTROLS.fields}
    promise = {"commitment": "Bots", "from_year": 1.0, "amount": 9.0, "currency": "EUR"}
    promise |= {"share": 0.02, "contractual": "yes", "priced": "yes"}
    referred = {"client": "Shop", "sector": "retail", "fte": 60.0, "from_year": 2019.0}
    referred |= {"until_year": 2024.0, "may_check": "yes", "checked": "confirmed"}
    assert {field.id for field in REFERENCES.fields} - set(referred) == {"process"}
    tongue = {"language": "de", "level": "C1", "agents": 9.0, "hours": "08:00-20:00"}
    terms = priced.TERMS | {"at_risk": 0.1, "productive_hours": 1600.0, "terms_currency": "EUR"}
    return response(
        forms={
            "price_terms": terms | {"exit_charge": 10.0, "double_running": 1.0},
            "controls": grades,
            "service_levels": {
                "answered_offered": 85.0,
                "answered_measured_over": "a month",
                "answered_credit": 0.02,
            },
            "expertise": {"attrition": 0.2, "ramp_weeks": 6.0, "automation_attended": "pilot"},
            "quality": {f"quality_{n}": "yes" for n in QUALITY},
        },
        tables={
            "price_lines": [priced.line("per_fte_month", 3000.0, quantity=40.0)],
            "sites": [site | {"time_zone": "Europe/Warsaw"}],
            "languages": [tongue | {"channel": "voice"}],
            "certificates": [held | iso, held | soc2],
            "references": [referred],
            "commitments": [promise],
        },
    )


QUALITY = ("sampling", "calibration", "coaching", "customers", "independent")


@pytest.mark.parametrize("name", MEASURES.names())
def test_a_measure_names_no_question_that_it_could_do_without(name: str) -> None:
    """A question counts where leaving it out changes the value or the cells; price terms apart.

    Which of those count depends on what else is offered, as the volume band.
    """
    under, bid = rules(**OTHER_COSTS["baseline"]), full()
    asked = taken(name).questions(under)
    whole = shown(name, bid, under)
    given = {f"{form}.{id}" for form, answers in bid.forms.items() for id in answers}
    given |= {f"{t}.{id}" for t, entries in bid.tables.items() for row in entries for id in row}
    unused = {
        question
        for question in asked
        if question in given or "." not in question
        if shown(name, bid.limited(_without(question, given)), under) == whole
    }
    assert unused == set()


def _without(question: str, given: set[str]) -> set[str]:
    return {each for each in given if each != question and each.partition(".")[0] != question}
