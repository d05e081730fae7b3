"""Volume bands and credits that no vendor can mean: asked about, never taken as a price."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import bid, cash_flow, line, rules
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.questionnaire.pricing import ON_TOP

TERM: dict[str, Any] = {"months": 24, "volumes": {"base": {"by_year": (33_000.0, 35_000.0)}}}
BAND: dict[str, Any] = {
    "band_baseline": 33_000, "dead_band": 0.05, "band_convention": "slice", "arc_price": 7,
    "rrc_price": 5, "band_currency": "EUR",
}  # fmt: skip


def questions(*lines: Any, typed: Any = None, **terms: Any) -> list[Fault]:
    """What is asked of a bid of these lines and terms."""
    try:
        cash_flow(bid(*lines, **terms), typed or rules(**TERM))
    except InputFaults as asked:
        return list(asked.faults)
    return []


def places(faults: list[Fault]) -> list[str]:
    """The cells of some faults, each of them a question to the vendor."""
    assert {(fault.severity, fault.audience) for fault in faults} == {("question", "vendor")}
    return [fault.place.rpartition("!")[2] for fault in faults]


def test_a_year_s_volume_as_the_baseline_of_a_band_is_asked_about() -> None:
    # 12 x 33,000; RRC 5 would make 240,000 - 5 x (396,000 x 0.95 - 33,000) a month of it, below 0
    asked = questions(line("per_month", 240_000), **BAND | {"band_baseline": 396_000})
    assert places(asked) == ["band_baseline"]
    # the forecast is the buyer's to tell
    assert "33" not in asked[0].message
    assert "35" not in asked[0].message


@given(st.floats(1, 1e6))
def test_a_baseline_is_asked_about_just_beyond_three_times_or_a_third_of_every_month(
    baseline: float,
) -> None:
    asked = questions(line("per_month", 1e9), **BAND | {"band_baseline": baseline})
    assert bool(asked) == (not 11_000 <= baseline <= 105_000)


def test_a_band_within_the_reach_of_any_forecast_is_sound() -> None:
    high = TERM["volumes"] | {"high": {"monthly": 140_000.0, "growth": 0.0}}
    typed = rules(**TERM | {"volumes": high})
    fee = line("per_month", 1e9)
    assert questions(fee, typed=typed, **BAND | {"band_baseline": 396_000}) == []


@pytest.mark.parametrize(
    ("lines", "terms", "cells"),
    [
        # below the band by 0.95 x 60,000 - 33,000 = 24,000, so a credit of 120,000
        ([line("per_month", 100_000)], BAND | {"band_baseline": 60_000},
         ["band_baseline", "rrc_price"]),
        ([line("per_transaction", 1)],
         BAND | {"band_baseline": 60_000, "band_replaces": ON_TOP}, ["band_baseline", "rrc_price"]),
        ([line("per_month", 4000), line("per_month", -5000, component="other")], {}, ["price2"]),
        ([line("per_month", 4000), line("once", -60_000, first_month=0)], {}, ["price2"]),
        ([line("per_month", -10)], {}, ["price1"]),
    ],
)  # fmt: skip
def test_charges_below_0_are_asked_about_at_what_brings_them_there(
    lines: list[Any], terms: dict[str, Any], cells: list[str]
) -> None:
    assert places(questions(*lines, **terms)) == cells


@pytest.mark.parametrize(
    ("lines", "terms"),
    [
        ([line("per_month", 150_000)], BAND | {"band_baseline": 60_000}),
        ([line("per_month", 4000), line("per_month", -500, component="other")], {}),
        # a credit at the signing is less than what the first year costs
        ([line("per_month", 4000), line("once", -20_000, first_month=0)], {}),
        ([line("per_month", 0)], {}),
    ],
)
def test_credits_within_what_is_charged_are_sound(lines: list[Any], terms: dict[str, Any]) -> None:
    assert questions(*lines, **terms) == []
