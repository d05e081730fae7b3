"""Total cost over the term: every component by hand, and what always holds."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.costs_by_hand import BAND, HOUSE, OWN, parts, total, zloty
from make.priced import FLAT, bid, cash_flow, line, rules
from vendor_eval.errors import InputFaults
from vendor_eval.measures.costs.forecasts import monthly_volumes, steady
from vendor_eval.measures.costs.offers import NotPriced
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP
from vendor_eval.rules.commercial import Forecast


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
