"""Total cost over the term: every component by hand, and what always holds."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import FLAT, bid, cash_flow, line, rules
from vendor_eval.errors import InputFaults
from vendor_eval.measures.costs.forecasts import monthly_volumes, steady
from vendor_eval.measures.costs.offers import NotPriced
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP
from vendor_eval.rules.commercial import Forecast


def total(response: Any, typed: Any, **more: Any) -> float:
    """The total cost as the rules state it."""
    return cash_flow(response, typed, **more).stated().total


def parts(response: Any, typed: Any) -> dict[str, float]:
    """The nominal total of each component."""
    return {name: m.total for name, m in cash_flow(response, typed).parts.items()}


def test_a_mixed_price_is_the_sum_of_its_lines() -> None:
    offered = bid(
        line("once", 5000, first_month=0),
        line("per_month", 2000),
        line("per_fte_month", 3000, quantity=4),
        line("per_productive_hour", 20, quantity=100, last_month=6),
        line("per_transaction", 1.5),
    )
    # 12 x 2,000; 12 x 4 x 3,000; 6 x 100 x 20; 12 x 1,000 x 1.5
    assert parts(offered, rules(staffing="as_bid")) == pytest.approx(
        {
            "once": 5000,
            "per_month": 24_000,
            "per_fte_month": 144_000,
            "per_productive_hour": 12_000,
            "per_transaction": 18_000,
        }
    )


def test_a_table_has_a_row_a_month_from_before_the_start_and_a_column_a_component() -> None:
    table = cash_flow(bid(line("once", 5, first_month=0), line("per_month", 2)), rules()).table()
    assert table.shape == (13, 2)
    assert table["once"].tolist() == [5] + [0] * 12
    assert table["per_month"].tolist() == [0] + [2] * 12


@pytest.mark.parametrize(
    ("forecast", "monthly"),
    [
        ({"monthly": 100.0, "growth": 0.1}, [100] * 12 + [110] * 2),
        ({"by_year": (100.0, 90.0)}, [100] * 12 + [90] * 2),
        ({"by_month": tuple(float(n) for n in range(14))}, list(range(14))),
    ],
)
def test_a_forecast_gives_the_volume_of_each_month(forecast: Any, monthly: list[float]) -> None:
    by_month = monthly_volumes(Forecast.model_validate(forecast), 14)
    assert by_month == pytest.approx([0, *monthly])


def test_volumes_follow_the_scenario_that_is_named() -> None:
    typed = rules(volumes=FLAT | {"high": {"monthly": 1500.0, "growth": 0.0}})
    half = line("per_transaction", 1, volume_share=0.5, component="other")
    offered = bid(line("per_transaction", 2), half, line("per_month", 0, component="other"))
    assert total(offered, typed) == pytest.approx(12 * 1000 * 2.5)
    assert total(offered, typed, volumes="high") == pytest.approx(12 * 1500 * 2.5)
    with pytest.raises(NotPriced, match="no forecast 'hihg'; did you mean 'high'"):
        cash_flow(offered, typed, volumes="hihg")


def test_prices_rise_each_year_by_the_line_s_rate_else_the_bid_s_else_the_rules_own() -> None:
    typed = rules(months=24, indexation={"EUR": {"labour": 0.05}})
    assert total(bid(line("per_month", 100)), typed) == 2400  # the bid says 0
    unsaid = bid(line("per_month", 100), indexation_labour=None)
    assert total(unsaid, typed) == pytest.approx(1200 + 1200 * 1.05)
    assert total(bid(line("per_month", 100), indexation_labour=0.02), typed) == pytest.approx(
        1200 + 1200 * 1.02
    )
    own = bid(line("per_month", 100, indexation=0.1), indexation_labour=0.02)
    assert total(own, typed) == pytest.approx(1200 + 1200 * 1.1)


def test_each_component_rises_by_its_own_indexation() -> None:
    offered = bid(
        line("per_month", 100),
        line("per_month", 100, component="technology"),
        indexation_labour=0.04,
        indexation_technology=-0.03,
    )
    assert total(offered, rules(months=24)) == pytest.approx(2400 + 1200 * 1.04 + 1200 * 0.97)


def test_an_indexation_that_nobody_gives_leaves_the_bid_unpriced() -> None:
    offered = bid(line("per_month", 100), indexation_labour=None)
    with pytest.raises(NotPriced, match="no indexation of labour in EUR is given; 0 if there is"):
        cash_flow(offered, rules(months=24))
    assert total(offered, rules(months=12)) == 1200  # nothing rises within the first year


INFLATED: dict[str, Any] = {"inflation": {"EUR": 0.02, "PLN": 0.06}, "timing": "end"}


def zloty() -> dict[str, Any]:
    """An exchange rate as typed."""
    return {"PLN": {"rate": 0.25, "as_of": date(2026, 11, 20), "source": "a central bank"}}


def test_real_prices_are_paid_with_the_stated_inflation_of_their_currency() -> None:
    offered = bid(
        line("once", 100, currency="PLN", first_month=12),
        line("once", 100, first_month=12),
        prices_are="real",
    )
    typed = rules(exchange=zloty(), **INFLATED)
    # one year on: 100 PLN are 106 PLN, at 0.25; 100 EUR are 102 EUR
    assert total(offered, typed) == pytest.approx(26.5 + 102)
    # in money of the start the euro are 100 again; the zloty rose by more than prices did here
    assert cash_flow(offered, typed).stated("real").total == pytest.approx(26.5 / 1.02 + 100)


def test_real_prices_with_an_indexation_are_asked_about_and_not_priced() -> None:
    offered = bid(line("per_month", 100), prices_are="real", indexation_labour=0.03)
    with pytest.raises(NotPriced, match="prices are real, yet labour is to rise"):
        cash_flow(offered, rules(**INFLATED))


def test_real_prices_without_a_stated_inflation_are_not_priced() -> None:
    with pytest.raises(NotPriced, match="prices are stated as real") as raised:
        cash_flow(bid(line("per_month", 100), prices_are="real"), rules())
    [reason] = raised.value.reasons
    assert reason.endswith("states no inflation of EUR and not when in a month they are paid")
    with pytest.raises(NotPriced, match=r"the request states no inflation of EUR$"):
        cash_flow(bid(line("per_month", 100), prices_are="real"), rules(timing="end"))


def test_a_currency_without_a_rate_is_a_fault_at_its_cell() -> None:
    offered = bid(line("per_month", 1), line("per_month", 1, currency="PLM"))
    with pytest.raises(InputFaults) as raised:
        cash_flow(offered, rules(exchange=zloty()))
    assert str(raised.value) == (
        "Alder.xlsx!price_lines!currency2: found 'PLM', for which the request states no exchange "
        "rate; allowed: 'EUR' or 'PLN'"
    )


def test_everything_that_is_lacking_is_told_at_once() -> None:
    offered = bid(
        line("per_fte_month", 100),
        line("per_transaction", 1, quantity=5, component="other"),
        indexation_labour=None,
        exit_charge=None,
        gain_share=0.2,
    )
    with pytest.raises(NotPriced) as raised:
        cash_flow(offered, rules(months=24))
    assert raised.value.reasons == (
        "no indexation of labour in EUR is given; 0 if there is none",
        "found 'per_fte_month', and the request does not say how people are counted",
        "no charge on exit is given; 0 if there is none",
        "the request states no costs of today, of whose savings a share is asked",
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"quantity": "10..20"}, "quantity1 holds '10..20', not one number"),
        ({"price": None}, "has no price"),
        ({"quantity": 3}, "holds a quantity of 3, but a price per_month is for all of it"),
        ({"first_month": 13}, "months 13 to 12 of 12: in none"),
        ({"first_month": 5, "last_month": 4}, "months 5 to 4 of 12: in none"),
        ({"volume_share": 1.5}, "holds 1.5, which is no volume share"),
    ],
)
def test_a_line_that_is_no_price_is_told_with_its_cell(row: Any, reason: str) -> None:
    with pytest.raises(NotPriced, match=reason):
        cash_flow(bid(line("per_month", 100) | row), rules())


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"prices_are": None}, "no cell states whether prices are nominal or real"),
        ({"arc_price": 1}, "the volume band lacks 'band_baseline', 'dead_band'"),
        ({"gain_share": 1.2}, "holds 1.2; allowed: a share up to 100 %"),
        ({"gain_share_floor": 5, "gain_share": 0.1, "gain_share_cap": 4}, "below its floor"),
        ({"gain_share_cap": 4}, "but not the share"),
        ({"double_running": -1}, "holds -1; allowed: at least 0"),
        ({"exit_charge": 9}, "currency of the amounts among the terms is not given"),
        ({"double_running": 2}, "no costs of today, which would run on alongside"),
    ],
)
def test_terms_that_are_none_are_told(terms: Any, reason: str) -> None:
    with pytest.raises(NotPriced, match=reason):
        cash_flow(bid(line("per_month", 100), **terms), rules())


def test_a_response_without_price_lines_is_not_priced_and_not_free() -> None:
    with pytest.raises(NotPriced, match=r"Alder\.xlsx holds no price lines"):
        cash_flow(bid(), rules())


def test_fte_and_hours_as_bid_stay_whatever_the_volume() -> None:
    typed = rules(staffing="as_bid", volumes=FLAT | {"low": {"monthly": 100.0, "growth": 0.0}})
    offered = bid(line("per_fte_month", 3000, quantity=4))
    assert total(offered, typed, volumes="low") == total(offered, typed) == 12 * 4 * 3000


def test_fte_may_follow_the_volume_from_the_forecast_s_first_month() -> None:
    half = {"low": {"monthly": 500.0, "growth": 0.0}}
    typed = rules(staffing="follows_volume", volumes=FLAT | half)
    offered = bid(line("per_fte_month", 3000, quantity=4))
    assert total(offered, typed) == 144_000
    assert total(offered, typed, volumes="low") == 72_000


def test_fte_by_workload_need_more_heads_where_an_fte_yields_fewer_hours() -> None:
    typed = rules(staffing="workload", hours_per_transaction=0.5)
    # 1,000 transactions take 500 h a month; an FTE yields 1,800 / 12 = 150 h or 1,500 / 12 = 125 h
    for productive, fte in ((1800, 10 / 3), (1500, 4.0)):
        offered = bid(line("per_fte_month", 3000), productive_hours=productive)
        assert total(offered, typed) == pytest.approx(12 * fte * 3000)
    assert total(bid(line("per_productive_hour", 20)), typed) == pytest.approx(12 * 500 * 20)
    with pytest.raises(NotPriced, match="productive hours per FTE are not given"):
        cash_flow(bid(line("per_fte_month", 3000)), typed)


BAND: dict[str, Any] = {
    "band_baseline": 1000,
    "dead_band": 0.05,
    "band_convention": "cliff",
    "arc_price": 2.0,
    "rrc_price": 1.6,
    "rrc_factor": 0.9,
    "band_currency": "EUR",
}


def test_volumes_outside_the_band_are_charged_or_credited_month_by_month() -> None:
    typed = rules(volumes={"base": {"by_month": (1000.0, 1050.0, 1150.0, 900.0) + (1000.0,) * 8}})
    table = cash_flow(bid(line("per_month", 200), **BAND), typed).table()
    # 150 x 2.0 above, 100 x 1.6 x 0.9 below; 1,050 is still inside
    assert table["volume_band"].tolist() == pytest.approx([0, 0, 0, 300, -144] + [0] * 8)


def test_arc_and_rrc_rise_with_the_indexation_of_labour() -> None:
    typed = rules(months=24, volumes={"base": {"monthly": 1200.0, "growth": 0.0}})
    offered = bid(line("per_month", 100, component="other"), **BAND, indexation_labour=0.05)
    assert parts(offered, typed)["volume_band"] == pytest.approx(12 * 400 * (1 + 1.05))


def test_no_fewer_transactions_are_charged_than_were_committed() -> None:
    typed = rules(volumes=FLAT | {"low": {"monthly": 600.0, "growth": 0.0}})
    offered = bid(line("per_transaction", 2), minimum_commitment=0.8)
    assert total(offered, typed, volumes="low") == pytest.approx(12 * 800 * 2)
    assert total(offered, typed) == pytest.approx(12 * 1000 * 2)


HOUSE = {"fixed_a_month": 10_000.0, "a_transaction": 5.0, "indexation": 0.0}


def test_the_floor_of_a_gain_share_is_due_though_the_share_is_nothing() -> None:
    terms = {"gain_share": 0.0, "gain_share_floor": 2000, "terms_currency": "EUR"}
    offered = bid(line("per_month", 11_000), **terms)
    fees = cash_flow(offered, rules(months=24, baseline=HOUSE)).table()["gain_share"]
    assert fees[fees != 0].to_dict() == {12: 2000, 24: 2000}


def test_a_gain_share_is_paid_on_each_year_s_savings_in_its_last_month() -> None:
    typed = rules(months=18, baseline=HOUSE)
    offered = bid(
        line("once", 50_000, first_month=0),
        line("per_month", 11_000),
        gain_share=0.25,
        gain_share_floor=2000,
        gain_share_cap=10_000,
        terms_currency="EUR",
    )
    # in house 15,000 a month, so 4,000 saved: a year 48,000, of which a quarter is 12,000, capped;
    # half a year 24,000, of which a quarter is 6,000, and half a year's cap 5,000
    fees = cash_flow(offered, typed).table()["gain_share"]
    assert fees[fees != 0].to_dict() == {12: 10_000, 18: 5000}


def test_floor_and_cap_in_another_currency_hold_in_that_currency() -> None:
    typed = rules(baseline=HOUSE, exchange=zloty())
    terms = {"gain_share": 0.25, "gain_share_cap": 30_000, "terms_currency": "PLN"}
    # a quarter of 12 x 4,000 EUR is 12,000 EUR; the cap of 30,000 PLN is 7,500 EUR
    components = parts(bid(line("per_month", 11_000), **terms), typed)
    assert components["gain_share"] == pytest.approx(7500)


def test_the_baseline_runs_on_beside_the_vendor_for_as_long_as_is_said() -> None:
    typed = rules(baseline=HOUSE, double_running=1.0)
    offered = bid(line("per_month", 100), double_running=2.5)
    assert parts(offered, typed)["double_running"] == pytest.approx(2.5 * 15_000)
    unsaid = bid(line("per_month", 100), double_running=None)
    assert parts(unsaid, typed)["double_running"] == pytest.approx(15_000)
    with pytest.raises(NotPriced, match="months of double running are not given"):
        cash_flow(unsaid, rules(baseline=HOUSE))


OWN: dict[str, Any] = {
    "knowledge_transfer": {
        "label": "Knowledge transfer", "amount": 30_000.0, "paid": "once", "first_month": 0,
    },
    "retained": {
        "label": "Retained organisation", "amount": 1000.0, "paid": "monthly",
        "first_month": 1, "last_month": 24, "indexation": 0.03,
    },
    "travel": {
        "label": "Travel", "amount": 500.0, "paid": "monthly",
        "first_month": 1, "last_month": 6, "indexation": 0.0, "countries": ("IN", "PH"),
    },
}  # fmt: skip


def test_our_own_costs_stand_beside_the_vendor_s() -> None:
    typed = rules(months=24, own_costs=OWN)
    near = parts(bid(line("per_month", 100), countries=("PL",)), typed)
    far = parts(bid(line("per_month", 100), countries=("PL", "IN")), typed)
    assert near == pytest.approx(
        {
            "per_month": 2400,
            "own_costs.knowledge_transfer": 30_000,
            "own_costs.retained": 12_000 * 2.03,
        }
    )
    assert far == pytest.approx(near | {"own_costs.travel": 3000})
    with pytest.raises(NotPriced, match="no delivery site is given"):
        cash_flow(bid(line("per_month", 100)), typed)


@pytest.mark.parametrize("name", ["exit", "per_month", "double_running", "gain_share"])
def test_an_own_cost_named_as_a_charge_is_stands_alongside_it(name: str) -> None:
    own = {name: {"label": "Ours", "amount": 500.0, "paid": "once", "first_month": 0}}
    typed = rules(own_costs=own, baseline=HOUSE)
    terms = {"double_running": 1, "exit_charge": 70, "gain_share": 0.5, "terms_currency": "EUR"}
    offered = bid(line("per_month", 100), **terms)
    before = total(offered, rules(baseline=HOUSE))
    assert total(offered, typed) == pytest.approx(before + 500)


def test_a_charge_on_exit_is_paid_in_the_last_month() -> None:
    offered = bid(line("per_month", 100), exit_charge=4000, terms_currency="PLN")
    table = cash_flow(offered, rules(exchange=zloty())).table()
    assert table["exit"].tolist() == [0] * 12 + [1000]


def test_service_credits_are_taken_off_only_where_the_rules_say_so() -> None:
    offered = bid(line("once", 900), line("per_month", 1000), at_risk=0.12)
    assert total(offered, rules()) == 12_900
    # a quarter of the 12 % at risk, on the running charges alone
    assert total(offered, rules(credits_subtracted=0.25)) == pytest.approx(12_900 - 360)
    with pytest.raises(NotPriced, match="charge at risk as service credits is not given"):
        cash_flow(bid(line("per_month", 1000)), rules(credits_subtracted=0.25))


def test_a_present_value_of_the_whole_by_hand() -> None:
    typed = rules(money="present_value", timing="end", discount={"rate": 0.1, "money": "nominal"})
    offered = bid(line("once", 100, first_month=0), line("once", 110, first_month=12))
    assert total(offered, typed) == pytest.approx(200)
    # in the middle of the month half a month less is discounted: 110 / 1.1^(11.5 / 12)
    mid = rules(money="present_value", timing="mid", discount={"rate": 0.1, "money": "nominal"})
    assert total(offered, mid) == pytest.approx(100 + 110 / 1.1 ** (11.5 / 12))


def test_a_real_discount_rate_discounts_money_of_the_start() -> None:
    terms: dict[str, Any] = {"money": "present_value", **INFLATED}
    nominal = (1.03 * 1.02) - 1
    offered = bid(line("per_month", 100))
    by_real = total(offered, rules(**terms, discount={"rate": 0.03, "money": "real"}))
    by_nominal = total(offered, rules(**terms, discount={"rate": nominal, "money": "nominal"}))
    assert by_real == pytest.approx(by_nominal)


def test_amounts_beyond_every_tender_are_told_and_never_infinite() -> None:
    with pytest.raises(NotPriced, match="beyond those of any tender"):
        cash_flow(bid(line("per_transaction", 1e14)), rules())
    with pytest.raises(NotPriced, match=r"price1 holds 1e\+300, which is beyond every tender"):
        cash_flow(bid(line("per_transaction", 1e300)), rules())


REPLACES = st.sampled_from([INSTEAD, ON_TOP])


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1), REPLACES)
def test_within_a_band_the_cost_is_linear_in_the_volume(
    fixed: float, price: float, where: float, replaces: str
) -> None:
    lines = (line("per_month", fixed), line("per_transaction", price))
    offered = bid(*lines, **BAND, band_replaces=replaces)
    typed = rules()
    inside = 950 + 100 * where
    totals = [total(offered, typed, volumes=steady(v, 12)) for v in (950, 1050, inside)]
    between = totals[0] + where * (totals[1] - totals[0])
    assert totals[2] == pytest.approx(between, rel=1e-9, abs=1e-6)


@given(st.floats(0, 3000), st.floats(0.5, 4), st.sampled_from(["cliff", "slice"]), REPLACES)
def test_every_component_is_in_the_total_and_none_twice(
    volume: float, months: float, convention: str, replaces: str
) -> None:
    typed = rules(baseline=HOUSE, own_costs=OWN, months=24)
    offered = bid(
        line("per_month", 5000, indexation=0.02),
        line("per_transaction", 2, last_month=20),
        countries=("IN",),
        double_running=months,
        gain_share=0.2,
        minimum_commitment=0.5,
        exit_charge=100,
        terms_currency="EUR",
        **(BAND | {"band_convention": convention, "band_replaces": replaces}),
    )
    flow = cash_flow(offered, typed, volumes=steady(volume, 24))
    table = flow.table()
    assert np.isfinite(table.to_numpy()).all()
    assert table.to_numpy().sum() == pytest.approx(flow.nominal.total)
