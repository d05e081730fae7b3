"""Components of a total cost: staff, bands, gain shares, the baseline, our own costs, credits."""

import pytest

from make.costs_by_hand import BAND, HOUSE, OWN, parts, total, zloty
from make.priced import FLAT, bid, cash_flow, line, rules
from vendor_eval.measures.costs.offers import NotPriced


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
