"""The measures of cost: what they find, why they find nothing, and how the rules use them."""

import json
from typing import Any

import pytest

from make import ROOT
from make.measured_costs import COSTS, offered, result
from make.priced import FLAT, bid, line, rules
from vendor_eval.measures.measure import MEASURES
from vendor_eval.rules.rules import Rules

WORKED = json.loads((ROOT / "tests/worked/worked_examples.json").read_text("utf-8"))["costs"]
HOUSE = {"fixed_a_month": 10_000.0, "a_transaction": 5.0, "indexation": 0.0}


def value(name: str, response: Any, typed: Rules, **parameters: Any) -> Any:
    """The number a measure finds."""
    return result(name, response, typed, **parameters).value


def test_every_measure_of_cost_says_its_unit_and_in_a_line_what_it_finds() -> None:
    for name in COSTS:
        assert MEASURES[name].unit, name
        assert MEASURES[name].about.endswith("."), name


def test_total_and_first_year_and_what_a_transaction_costs() -> None:
    typed = rules(months=24, baseline=HOUSE)
    # 20,000 + 12 x 6,000 + 12 x 6,600 + 24 x 2,000
    assert value("total_cost", offered(), typed) == pytest.approx(219_200)
    assert value("first_year_cost", offered(), typed) == pytest.approx(116_000)
    assert value("cost_per_transaction", offered(), typed) == pytest.approx(219_200 / 24_000)


def test_a_measure_takes_the_volumes_and_the_money_it_is_told() -> None:
    typed = rules(
        volumes=FLAT | {"low": {"monthly": 500.0, "growth": 0.0}},
        timing="end",
        inflation={"EUR": 0.02},
        discount={"rate": 0.1, "money": "nominal"},
    )
    single = bid(line("once", 110, first_month=12), line("per_transaction", 0))
    assert value("total_cost", offered(), typed, volumes="low") == pytest.approx(104_000)
    assert value("total_cost", single, typed) == 110
    assert value("total_cost", single, typed, money="real") == pytest.approx(110 / 1.02)
    measured = result("total_cost", single, typed, money="present_value", volumes="low")
    assert measured.value == pytest.approx(100)
    assert measured.note == "over 12 months, present value at the volumes of 'low'"


def test_savings_and_payback_are_counted_against_the_baseline() -> None:
    typed = rules(baseline=HOUSE)
    # 15,000 a month in house against 8,000: 7,000 saved each month, 20,000 spent before the start
    assert value("savings", offered(), typed) == pytest.approx(12 * 7000 - 20_000)
    assert value("payback_months", offered(), typed) == 3
    assert value("payback_months", bid(line("per_month", 100)), typed) == 0


def test_savings_that_the_charge_on_exit_takes_back_have_not_paid_back() -> None:
    typed = rules(baseline=HOUSE)
    leaving = offered(exit_charge=70_000, terms_currency="EUR")
    measured = result("payback_months", leaving, typed)
    assert measured.value is None
    assert measured.note.startswith("not paid back within the 12 months of the term; the parameter")
    assert value("payback_months", leaving, typed, never=36.0) == 36


def test_a_productive_hour_is_dearer_where_an_fte_yields_fewer() -> None:
    typed = rules(staffing="as_bid")
    # 4 x 12 x 3,000 EUR over 4 x 1,800 h is 20; with 100 h a month at 40 more, (144,000 + 48,000)
    # over (7,200 + 1,200) h
    staff = line("per_fte_month", 3000, quantity=4)
    assert value("price_per_productive_hour", bid(staff, productive_hours=1800), typed) == 20
    hours = line("per_productive_hour", 40, quantity=100)
    both = bid(staff, hours, productive_hours=1800)
    assert value("price_per_productive_hour", both, typed) == pytest.approx(192_000 / 8400)
    # the worked example, computed apart: at 100 for an hour of 2,080 a year, and at 95
    worked = WORKED["productive_hour"]["expected"]
    for price, productive, expected in (
        (100, 2080, 100.0),
        (100, 1920, worked["at_1920_same_price"]),
        (95, 1920, worked["at_1920_minus_5_pct"]),
    ):
        fte = bid(line("per_fte_month", price * 2080 / 12, quantity=1), productive_hours=productive)
        hourly = value("price_per_productive_hour", fte, typed)
        assert hourly == pytest.approx(expected, abs=0.005)
    assert result("price_per_productive_hour", bid(staff), typed).note == (
        "the productive hours per FTE are not given"
    )
    assert "nothing is priced by FTE or hour" in (
        result("price_per_productive_hour", offered(), typed).note
    )


def test_what_does_not_move_with_the_volume_is_the_fixed_share() -> None:
    staff = line("per_fte_month", 1000, quantity=1)
    mixed = bid(line("per_month", 1000), line("per_transaction", 2), staff)
    # 12,000 fixed, 24,000 by transaction, 12,000 by FTE
    assert value("fixed_share", mixed, rules(staffing="as_bid")) == pytest.approx(50)
    assert value("fixed_share", mixed, rules(staffing="follows_volume")) == pytest.approx(25)


def test_the_charge_on_exit_is_a_share_of_the_total() -> None:
    leaving = bid(line("per_month", 1000), exit_charge=4000, terms_currency="EUR")
    assert value("exit_cost_share", leaving, rules()) == pytest.approx(25)
    assert value("exit_cost_share", offered(), rules()) == 0
    assert "nothing is a share" in result("exit_cost_share", bid(line("once", 0)), rules()).note


def test_indexation_is_weighted_by_the_first_year_s_charges() -> None:
    # 10 % on 72,000 and nothing on 24,000
    assert value("price_indexation", offered(), rules()) == pytest.approx(7.5)
    typed = rules(inflation={"EUR": 0.02}, timing="end")
    real = bid(line("per_month", 100), prices_are="real")
    assert result("price_indexation", real, typed).value == pytest.approx(2)


def test_service_credits_at_risk_are_counted_on_an_average_month() -> None:
    # (6,000 + 2 x 1,000) x 12 % x 25 %
    measured = result("service_credit_at_risk", offered(at_risk=0.12), rules(), allocation=0.25)
    assert measured.value == pytest.approx(240)
    assert result("service_credit_at_risk", offered(), rules()).value is None


def test_a_measure_names_the_cells_it_was_counted_from_and_no_others() -> None:
    response = offered(at_risk=0.1, productive_hours=1800)
    places = {cell.place for cell in result("total_cost", response, rules()).cells}
    assert "Alder.xlsx!price_lines!price3" in places
    assert "Alder.xlsx!price_terms!exit_charge" in places
    assert not {p for p in places if "at_risk" in p or "productive_hours" in p}


def test_quantities_that_a_vendor_assumes_and_the_rules_do_not_count_are_named() -> None:
    assumed = bid(line("per_transaction", 2, quantity=700), line("per_fte_month", 9, quantity=3))
    measured = result("total_cost", assumed, rules(staffing="as_bid"))
    assert measured.value == 12 * (2000 + 27)
    assert measured.note.endswith(
        "; the rules' quantities count, not Alder.xlsx!price_lines!quantity1"
    )
    places = {cell.place for cell in measured.cells}
    assert "Alder.xlsx!price_lines!quantity1" not in places
    assert "Alder.xlsx!price_lines!quantity2" in places


def test_a_bid_that_cannot_be_priced_is_blank_with_the_reason() -> None:
    measured = result("total_cost", offered(exit_charge=None), rules())
    assert measured.value is None
    assert measured.note == "no charge on exit is given; 0 if there is none"
    assert measured.cells
