"""What holds of certificates whatever vendors list: order, expiry and vague wording."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.evidence import AS_OF, certified, taken
from vendor_eval.measures.measure import MEASURES
from vendor_eval.measures.security.in_force import MISSING

DAYS = st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31))
ROWS = st.fixed_dictionaries(
    {
        "certificate": st.sampled_from(["ISO 27001", "SOC 2"]),
        "type": st.sampled_from([None, "Type I", "Type II", "independent", "self-assessment"]),
        "sites": st.sampled_from([None, "all sites", "Manila", "Krakow", "PH; PL", "Asia"]),
        "trust_criteria": st.sampled_from([None, "privacy", "security"]),
        "valid_from": DAYS,
        "valid_to": DAYS,
        "bridge_to": DAYS,
    }
)
MEASURED = [
    ("certificate", {"name": "iso27001"}),
    ("soc2", {"gap_months": 3, "bridge_months": 3, "criteria": ("privacy",)}),
    ("sites_covered", {"name": "iso27001"}),
    ("soc2_sites_covered", {"gap_months": 3}),
]


@pytest.mark.parametrize(("name", "parameters"), MEASURED)
@given(rows=st.lists(ROWS, max_size=4), data=st.data())
def test_the_order_of_certificates_never_matters(
    name: str, parameters: dict[str, Any], rows: list[dict[str, Any]], data: Any
) -> None:
    moved = data.draw(st.permutations(rows))
    measured, again = (taken(name, certified(*several), **parameters) for several in (rows, moved))
    assert measured.value == again.value
    assert (
        measured.value is None
        or isinstance(measured.value, float)
        or measured.value in (MEASURES[name].levels)
    )


@pytest.mark.parametrize(("name", "parameters"), MEASURED)
@given(rows=st.lists(ROWS, max_size=3), late=ROWS, days=st.integers(500, 2000))
def test_adding_an_expired_certificate_never_helps(
    name: str, parameters: dict[str, Any], rows: list[dict[str, Any]], late: Any, days: int
) -> None:
    expired = late | {
        "valid_from": None,
        "valid_to": AS_OF - timedelta(days=days),
        "bridge_to": None,
    }
    before = taken(name, certified({"certificate": "none"}, *rows), **parameters).value
    after = taken(name, certified({"certificate": "none"}, *rows, expired), **parameters).value
    levels = {"none", *MISSING}
    assert before == after or (before in levels and after in levels)


@given(rows=st.lists(ROWS, min_size=1, max_size=3))
def test_an_undecidable_scope_is_never_taken_for_cover(rows: list[dict[str, Any]]) -> None:
    vague = [row | {"sites": "wherever we work"} for row in rows]
    for name, parameters in MEASURED:
        value = taken(name, certified(*vague), **parameters).value
        assert value in (None, 0, "none", *MISSING), name
