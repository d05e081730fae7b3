"""Months of the term in which a component of a bid has no price: asked about, never free."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import bid, cash_flow, line, rules
from vendor_eval.errors import Fault, InputFaults

TWO_YEARS: dict[str, Any] = {
    "months": 24,
    "staffing": "as_bid",
    "volumes": {"base": {"by_year": (33_000.0, 35_000.0)}},
}


def questions(*lines: Any, **commercial: Any) -> list[Fault]:
    """What is asked of a bid of these lines over two years."""
    try:
        cash_flow(bid(*lines), rules(**TWO_YEARS | commercial))
    except InputFaults as asked:
        return list(asked.faults)
    return []


def months(first: int | None, last: int | None, price: float = 7.5, **more: Any) -> dict[str, Any]:
    """A price per transaction in some months."""
    basis = more.pop("basis", "per_transaction")
    return line(basis, price, first_month=first, last_month=last, **more)


HONEST = {
    "a fee for each year": [
        months(1, 12, 240_000, basis="per_month"),
        months(13, 24, 250_000, basis="per_month"),
    ],
    "a price for each year": [months(1, 12), months(13, 24, 7.8)],
    "a price for the whole term": [months(None, None)],
    "a term longer than asked for": [months(1, 36)],
    "a team that grows": [
        months(first, last, 4000, basis="per_fte_month", quantity=fte)
        for first, last, fte in ((1, 1, 20), (2, 3, 40), (4, None, 60))
    ],
    "people first, then transactions": [
        months(1, 3, 4000, basis="per_fte_month", quantity=60), months(4, None),
    ],
    "a price that a fee follows": [months(1, 12), months(13, 24, 9000, basis="per_month")],
    "support of the ramp-up": [
        months(None, None), months(1, 3, 9000, basis="per_month", component="other"),
    ],
    "a surcharge of the ramp-up": [months(None, None), months(1, 3, 0.5, component="other")],
    "single fees": [
        months(None, None), line("once", 90_000, first_month=0),
        line("once", 20_000, first_month=13, component="technology"),
    ],
    "two components": [months(None, None), months(None, None, 0.4, component="technology")],
    "a fee in twelve instalments": [
        months(None, None), months(1, 12, 9000, basis="per_month", component="other"),
    ],
    "a tool from the second year on": [
        months(None, None), months(13, None, 9000, basis="per_month", component="technology"),
    ],
    "free months": [months(1, 12), months(13, 14, 0), months(15, 24)],
    "a month before the start": [months(0, None, 9000, basis="per_month")],
}  # fmt: skip


@pytest.mark.parametrize("lines", HONEST.values(), ids=HONEST)
def test_a_sound_layout_of_months_raises_no_question(lines: list[Any]) -> None:
    assert questions(*lines) == []


@pytest.mark.parametrize(
    ("lines", "says", "places"),
    [
        ([months(1, 12), months(15, 24)], "months 13 to 14;", ["last_month1", "first_month2"]),
        ([months(None, 12)], "months 13 to 24;", ["last_month1"]),
        ([months(4, None)], "months 1 to 3;", ["first_month1"]),
        ([months(1, 12), months(14, 24)], "month 13;", ["last_month1", "first_month2"]),
        ([months(1, 12, 240_000, basis="per_month")], "months 13 to 24;", ["last_month1"]),
        ([months(2, 5), months(9, 20)], "months 1, 6 to 8, 21 to 24;",
         ["first_month1", "last_month1", "first_month2", "last_month2"]),
        # another component has a price there, and the work has none
        ([months(1, 12), months(None, None, 9000, basis="per_month", component="technology")],
         "no price of labour holds in the months 13 to 24;", ["last_month1"]),
        ([months(1, 12, 240_000, basis="per_month"),
          months(None, None, 9000, basis="per_month", component="technology")],
         "no price of labour holds in the months 13 to 24;", ["last_month1"]),
        ([months(None, None), months(1, 12, 0.4, component="technology")],
         "no price of technology holds in the months 13 to 24;", ["last_month2"]),
        ([months(None, None), months(1, 6, 90, basis="per_month", component="other"),
          months(9, 24, 90, basis="per_month", component="other")],
         "no price of other holds in the months 7 to 8;", ["last_month2", "first_month3"]),
        # a single charge is no price of the months
        ([months(4, None), line("once", 90_000, first_month=1)], "months 1 to 3;",
         ["first_month1"]),
    ],
)  # fmt: skip
def test_months_without_a_price_are_asked_about_at_the_cells_around_them(
    lines: list[Any], says: str, places: list[str]
) -> None:
    asked = questions(*lines)
    assert {fault.place.rpartition("!")[2] for fault in asked} == set(places)
    assert len({fault.message for fault in asked}) == 1
    assert says in asked[0].message
    assert {(fault.severity, fault.audience) for fault in asked} == {("question", "vendor")}


def test_months_in_which_no_forecast_has_transactions_need_no_price() -> None:
    later = {"base": {"by_month": (0.0,) * 3 + (33_000.0,) * 21}}
    assert questions(months(4, None), volumes=later) == []
    both = later | {"early": {"by_year": (20_000.0, 33_000.0)}}
    assert len(questions(months(4, None), volumes=both)) == 1


@given(st.lists(st.tuples(st.integers(1, 24), st.integers(1, 24)), min_size=1, max_size=5))
def test_a_bid_of_one_component_is_asked_just_where_a_month_has_no_price(
    spans: list[tuple[int, int]],
) -> None:
    spans = [(min(span), max(span)) for span in spans]
    asked = questions(*(months(first, last, 9000, basis="per_month") for first, last in spans))
    priced = {month for first, last in spans for month in range(first, last + 1)}
    assert bool(asked) == (priced != set(range(1, 25)))
