"""Pricing models and money over time: worked examples, hand calculations, and what always holds."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from vendor_eval.measures.costs.money import (
    DiscountRate,
    Inflation,
    MixedMoney,
    Money,
    step_index,
    years,
)
from vendor_eval.outputs.catalogue import ACROSS_LINES, catalogue_entries
from vendor_eval.questionnaire.pricing import BASES
from vendor_eval.questionnaire.pricing_models.lines import Line, Usage, line_amounts
from vendor_eval.questionnaire.pricing_models.outcome import GainShare, service_credit
from vendor_eval.questionnaire.pricing_models.tier import Tier
from vendor_eval.questionnaire.pricing_models.volume_band import VolumeBand

WORKED = json.loads((ROOT / "tests/worked/worked_examples.json").read_text("utf-8"))["costs"]


def band(convention: Any, **more: float) -> VolumeBand:
    """The worked example's band, under either convention."""
    typed = {name: WORKED["volume_band"][name] for name in ("baseline", "dead_band", "arc", "rrc")}
    return VolumeBand(**(typed | {"z": WORKED["volume_band"]["z"]} | more), convention=convention)


def test_the_worked_band_charges_the_whole_deviation_once_it_is_outside() -> None:
    for volume, charge in WORKED["volume_band"]["expected"].items():
        assert band("cliff").charges(np.array([float(volume)])) == pytest.approx([charge]), volume


def test_a_sliced_band_charges_only_what_is_beyond_its_edge() -> None:
    # 11,500 is 1,000 above 10,500, at 2.0 each; 9,000 is 500 below 9,500, at 1.6 x 0.9 each
    assert band("slice").charges(np.array([11500.0, 9000.0])) == pytest.approx([2000, -720])


def test_the_edges_of_a_band_belong_to_it() -> None:
    for convention in ("cliff", "slice"):
        assert band(convention).charges(np.array([9500.0, 10500.0])).tolist() == [0, 0]


@given(st.floats(1, 1e6), st.floats(0, 0.9), st.floats(0, 100), st.floats(0, 100))
def test_only_a_cliff_jumps_at_the_edge(
    baseline: float, dead: float, arc: float, rrc: float
) -> None:
    typed = {"baseline": baseline, "dead_band": dead, "arc": arc, "rrc": rrc, "z": 1.0}
    high, step = band("cliff", **typed).edges[1], 1e-9 * baseline
    outside = np.array([high + step])
    # beyond the edge the slice charges for the step alone, the cliff for the dead band as well
    assert band("slice", **typed).charges(outside)[0] <= 1.01 * arc * step + 1e-9
    jump = arc * (high - baseline)
    assert band("cliff", **typed).charges(outside)[0] == pytest.approx(jump, abs=2 * arc * step)


def test_the_worked_service_credit_is_a_level_s_part_of_the_charge_at_risk() -> None:
    example = WORKED["service_credit"]
    credit = service_credit(
        example["monthly_charge"], at_risk=example["at_risk"], allocation=example["allocation"]
    )
    assert credit == pytest.approx(example["expected"])


# By hand: months 0 to 3; in months 1 to 3 the service takes 100 transactions, 2 FTE, 300 hours.
MODELS: dict[str, list[float]] = {
    "once": [0, 0, 7, 0],
    "per_month": [0, 0, 7, 7],
    "per_fte_month": [0, 0, 14, 14],
    "per_productive_hour": [0, 0, 2100, 2100],
    "per_transaction": [0, 0, 700, 700],
    # 40 of the 100 fall within the tier
    "per_transaction_tier": [0, 0, 280, 280],
}


@pytest.mark.parametrize("basis", BASES)
def test_every_basis_a_vendor_may_choose_has_a_pricing_model(basis: str) -> None:
    used = np.array([0.0, 1, 1, 1])
    asked = Line(
        "x",
        basis,
        "labour",
        7.0,
        "EUR",
        first_month=2,
        last_month=3,
        tier=Tier(60, 200, "marginal"),
    )
    assert line_amounts(asked, Usage(100 * used, 2 * used, 300 * used)).tolist() == MODELS[basis]


def test_every_pricing_model_says_in_a_line_what_it_is() -> None:
    listed = [e for e in catalogue_entries() if e.kind == "pricing model"]
    assert [e.name for e in listed] == sorted([*BASES, *ACROSS_LINES])
    for entry in listed:
        assert entry.about.endswith("."), entry.name


def test_a_gain_share_stays_between_its_floor_and_its_cap() -> None:
    share = GainShare(0.3, floor=10.0, cap=50.0)
    # 30 % of 100 is 30; of 20 it is 6, below the floor; of 400 it is 120, above the cap
    assert share.fees(np.array([100.0, 20, 400, -80]), np.ones(4)).tolist() == [30, 10, 50, 10]
    # half a year has half a floor and half a cap: 30 % of 10 is 3, of 400 it is 120
    assert share.fees(np.array([10.0, 400]), np.full(2, 0.5)).tolist() == [5, 25]
    assert GainShare(0.3).fees(np.array([1e6, -1e6]), np.ones(2)).tolist() == [3e5, 0]


def test_an_index_steps_up_on_each_anniversary_of_the_start() -> None:
    index = step_index(25, 0.1)
    assert index[:13].tolist() == [1] * 13
    assert index[13:25] == pytest.approx([1.1] * 12)
    assert index[25] == pytest.approx(1.21)


@pytest.mark.parametrize(
    ("timing", "expected"),
    [("start", [0, 0, 1 / 12]), ("mid", [0, 0.5 / 12, 1.5 / 12]), ("end", [0, 1 / 12, 2 / 12])],
)
def test_payments_fall_at_the_moment_of_the_month_that_is_stated(
    timing: Any, expected: list[float]
) -> None:
    assert years(2, timing) == pytest.approx(expected)


def euro(*amounts: float, basis: Any = "nominal") -> Money:
    """Amounts in euro from month 0 on."""
    return Money(np.array(amounts, dtype=float), basis, "EUR")


def test_a_present_value_by_hand() -> None:
    # 100 before the start counts in full; 110 at the end of month 12, at 10 % a year, is 100
    paid = euro(100, *[0] * 11, 110)
    rate = DiscountRate(0.1, "nominal", years(12, "end"))
    assert paid.discounted(rate).total == pytest.approx(200)


def test_real_and_nominal_money_are_never_in_one_sum() -> None:
    real, nominal = euro(1, 2, basis="real"), euro(1, 2)
    inflation = Inflation(0.02, "EUR", years(1, "end"))
    with pytest.raises(MixedMoney, match=r"real EUR cannot be added to nominal EUR"):
        nominal + real
    with pytest.raises(MixedMoney, match=r"nominal EUR cannot be set against real EUR"):
        real - nominal
    assert (real.nominal(inflation) + nominal).basis == "nominal"


def test_two_currencies_are_never_in_one_sum() -> None:
    dollars = Money(np.ones(2), "nominal", "USD")
    with pytest.raises(MixedMoney, match="nominal USD cannot be added to nominal EUR"):
        euro(1, 1) + dollars
    assert (dollars.exchanged(0.5, "EUR") + euro(1, 1)).total == 3
    with pytest.raises(MixedMoney, match="USD does not rise with prices in EUR"):
        dollars.real(Inflation(0.02, "EUR", years(1, "end")))


def test_money_is_discounted_at_a_rate_for_that_money_alone() -> None:
    rate = DiscountRate(0.05, "real", years(1, "end"))
    with pytest.raises(MixedMoney, match="nominal money cannot be discounted at a rate for real"):
        euro(1, 1).discounted(rate)
    discounted = euro(1, 1, basis="real").discounted(rate)
    with pytest.raises(MixedMoney, match="a present value is neither"):
        discounted.real(Inflation(0.02, "EUR", years(1, "end")))


AMOUNTS = st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40)
RATES = st.floats(-0.2, 0.5)
TIMINGS = st.sampled_from(["start", "mid", "end"])


@given(AMOUNTS, TIMINGS)
def test_at_a_rate_of_nothing_the_present_value_is_the_sum(
    amounts: list[float], timing: Any
) -> None:
    rate = DiscountRate(0.0, "nominal", years(len(amounts) - 1, timing))
    assert euro(*amounts).discounted(rate).total == pytest.approx(sum(amounts), abs=1e-3)


@given(AMOUNTS, RATES, TIMINGS)
def test_real_money_comes_back_from_nominal_unchanged(
    amounts: list[float], rate: float, timing: Any
) -> None:
    inflation = Inflation(rate, "EUR", years(len(amounts) - 1, timing))
    real = euro(*amounts, basis="real")
    there_and_back = real.nominal(inflation).real(inflation)
    assert there_and_back.basis == "real"
    assert there_and_back.amounts == pytest.approx(real.amounts, rel=1e-12)
    assert real.real(inflation) is real


@given(AMOUNTS, st.floats(0.001, 1000))
def test_a_currency_comes_back_from_another_unchanged(amounts: list[float], rate: float) -> None:
    back = euro(*amounts).exchanged(rate, "USD").exchanged(1 / rate, "EUR")
    assert back.currency == "EUR"
    assert back.amounts == pytest.approx(np.array(amounts), rel=1e-12)


@given(AMOUNTS, RATES, RATES, TIMINGS)
def test_a_present_value_is_the_same_in_real_and_in_nominal_money(
    amounts: list[float], discount: float, rate: float, timing: Any
) -> None:
    times = years(len(amounts) - 1, timing)
    inflation, real = Inflation(rate, "EUR", times), euro(*amounts, basis="real")
    by_real = DiscountRate(discount, "real", times)
    # Fisher 1930: 1 + n = (1 + r)(1 + inflation)
    by_nominal = DiscountRate((1 + discount) * (1 + rate) - 1, "nominal", times)
    value = real.discounted(by_real).total
    slack = 1e-9 * (1 + np.abs(real.discounted(by_real).amounts).sum())
    assert real.nominal(inflation).discounted(by_nominal).total == pytest.approx(value, abs=slack)
