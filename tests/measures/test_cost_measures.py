"""The measures of cost: what they find, why they find nothing, and how the rules use them."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make import ROOT
from make.priced import FLAT, bid, line, rules, support
from vendor_eval.errors import InputFaults
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.measures.faults import measure_faults
from vendor_eval.measures.measure import MEASURES, Measured
from vendor_eval.measures.measures import answered
from vendor_eval.questionnaire.pricing import BASES, COMPONENTS, INSTEAD, ON_TOP, TERMS
from vendor_eval.rules.rules import Rules

WORKED = json.loads((ROOT / "tests/worked/worked_examples.json").read_text("utf-8"))["costs"]
HOUSE = {"fixed_a_month": 10_000.0, "a_transaction": 5.0, "indexation": 0.0}
COSTS = (
    "total_cost",
    "first_year_cost",
    "cost_per_transaction",
    "savings",
    "payback_months",
    "price_per_productive_hour",
    "fixed_share",
    "exit_cost_share",
    "price_indexation",
    "service_credit_at_risk",
)


def found(name: str, response: Any, typed: Rules, **parameters: Any) -> Measured:
    """What a measure finds."""
    return MEASURES[name].model_validate(parameters)(Facts(response, typed))


def value(name: str, response: Any, typed: Rules, **parameters: Any) -> Any:
    """The number a measure finds."""
    return found(name, response, typed, **parameters).value


def offered(**terms: Any) -> Any:
    """20,000 before the start, 6,000 a month, and 2 a transaction."""
    lines = (
        line("once", 20_000, first_month=0),
        line("per_month", 6000, indexation=0.1),
        line("per_transaction", 2),
    )
    return bid(*lines, **terms)


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
    told = found("total_cost", single, typed, money="present_value", volumes="low")
    assert told.value == pytest.approx(100)
    assert told.note == "over 12 months, present value at the volumes of 'low'"


def test_savings_and_payback_are_counted_against_the_baseline() -> None:
    typed = rules(baseline=HOUSE)
    # 15,000 a month in house against 8,000: 7,000 saved each month, 20,000 spent before the start
    assert value("savings", offered(), typed) == pytest.approx(12 * 7000 - 20_000)
    assert value("payback_months", offered(), typed) == 3
    assert value("payback_months", bid(line("per_month", 100)), typed) == 0


def test_savings_that_the_charge_on_exit_takes_back_have_not_paid_back() -> None:
    typed = rules(baseline=HOUSE)
    leaving = offered(exit_charge=70_000, terms_currency="EUR")
    told = found("payback_months", leaving, typed)
    assert told.value is None
    assert told.note.startswith("not paid back within the 12 months of the term; the parameter")
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
    assert found("price_per_productive_hour", bid(staff), typed).note == (
        "the productive hours per FTE are not given"
    )
    assert "nothing is priced by FTE or hour" in (
        found("price_per_productive_hour", offered(), typed).note
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
    assert "nothing is a share" in found("exit_cost_share", bid(line("once", 0)), rules()).note


def test_indexation_is_weighted_by_the_first_year_s_charges() -> None:
    # 10 % on 72,000 and nothing on 24,000
    assert value("price_indexation", offered(), rules()) == pytest.approx(7.5)
    typed = rules(inflation={"EUR": 0.02}, timing="end")
    real = bid(line("per_month", 100), prices_are="real")
    assert found("price_indexation", real, typed).value == pytest.approx(2)


def test_service_credits_at_risk_are_counted_on_an_average_month() -> None:
    # (6,000 + 2 x 1,000) x 12 % x 25 %
    told = found("service_credit_at_risk", offered(at_risk=0.12), rules(), allocation=0.25)
    assert told.value == pytest.approx(240)
    assert found("service_credit_at_risk", offered(), rules()).value is None


def test_a_measure_names_the_cells_it_was_counted_from_and_no_others() -> None:
    response = offered(at_risk=0.1, productive_hours=1800)
    places = {cell.place for cell in found("total_cost", response, rules()).cells}
    assert "Alder.xlsx!price_lines!price3" in places
    assert "Alder.xlsx!price_terms!exit_charge" in places
    assert not {p for p in places if "at_risk" in p or "productive_hours" in p}


def test_quantities_that_a_vendor_assumes_and_the_rules_do_not_count_are_named() -> None:
    assumed = bid(line("per_transaction", 2, quantity=700), line("per_fte_month", 9, quantity=3))
    told = found("total_cost", assumed, rules(staffing="as_bid"))
    assert told.value == 12 * (2000 + 27)
    assert told.note.endswith("; the rules' quantities count, not Alder.xlsx!price_lines!quantity1")
    places = {cell.place for cell in told.cells}
    assert "Alder.xlsx!price_lines!quantity1" not in places
    assert "Alder.xlsx!price_lines!quantity2" in places


def test_a_bid_that_cannot_be_priced_is_blank_with_the_reason() -> None:
    told = found("total_cost", offered(exit_charge=None), rules())
    assert told.value is None
    assert told.note == "no charge on exit is given; 0 if there is none"
    assert told.cells


CRITERIA: tuple[dict[str, Any], ...] = (
    {
        "id": "cost",
        "label": "Cost",
        "weight": 1,
        "measure": "total_cost",
        "value": {"linear": {"worst": 200_000.0, "best": 50_000.0}},
    },
)


def measured(**more: Any) -> Rules:
    """Rules whose price is the measured total cost."""
    typed = rules().model_dump(exclude={"criteria", "price"}, exclude_defaults=True)
    return Rules.model_validate(typed | {"price": "total_cost", "criteria": CRITERIA} | more)


def test_the_measured_total_can_be_the_price_that_is_weighed() -> None:
    typed = measured()
    assert list(measure_faults(typed)) == []
    other = bid(line("per_month", 10_000), vendor="Birch")
    evaluation = evaluate(typed, answered(typed, facts_of(typed, [offered(), other])))
    assert evaluation.ranking == ("Alder", "Birch")
    assert evaluation.price("Alder") == 116_000
    assert evaluation.scores["Alder"] == pytest.approx((200 - 116) / 150)


BAND: dict[str, Any] = {
    "band_baseline": 1000, "dead_band": 0.05, "band_convention": "slice", "arc_price": 7,
    "rrc_price": 5, "band_currency": "EUR",
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "severity"),
    [
        (bid(line("per_transaction", 2), line("per_transaction", 1), vendor="Birch"), "fault"),
        (bid(line("per_transaction", 2, item="0-25,000"), vendor="Birch"), "question"),
        (bid(line("per_transaction", 2), vendor="Birch", **BAND), "question"),
    ],
    ids=["charged twice", "perhaps a tier", "band or price"],
)
def test_a_bid_whose_prices_mean_two_things_stops_its_own_vendor_alone(
    asked: Any, severity: str
) -> None:
    typed, clear = measured(), bid(line("per_transaction", 2), vendor="Birch")
    before = evaluate(typed, answered(typed, facts_of(typed, [offered(), clear])))
    after = evaluate(typed, answered(typed, facts_of(typed, [offered(), asked])))
    assert after.status("Birch") == "incomplete"
    assert {f.severity for f in after.proposals.faults["Birch"]} == {severity}
    assert after.ranking == ("Alder",)
    assert after.scores["Alder"] == before.scores["Alder"]


def test_every_currency_without_a_rate_is_a_fault_of_its_bid_once() -> None:
    typed = measured(
        gates=({"id": "y", "label": "Y", "measure": "fixed_share", "rule": {"at_least": 0}},)
    )
    strange = [
        bid(line("per_month", 1, currency=currency), vendor=vendor)
        for vendor, currency in (("Alder", "XAU"), ("Birch", "EUR"), ("Cedar", "PLN"))
    ]
    found = answered(typed, facts_of(typed, strange))
    assert {v: [fault.place for fault in told] for v, told in found.faults.items()} == {
        "Alder": ["Alder.xlsx!price_lines!currency1"],
        "Cedar": ["Cedar.xlsx!price_lines!currency1"],
    }
    evaluation = evaluate(typed, found)
    assert [evaluation.status(v) for v in ("Alder", "Birch", "Cedar")] == [
        *("incomplete", "eligible", "incomplete")
    ]


def test_a_measure_of_volumes_that_the_rules_do_not_give_is_a_fault_of_the_rules() -> None:
    leaf = CRITERIA[0] | {"measure": {"total_cost": {"volumes": "bse"}}}
    typed = measured(criteria=(leaf,), price="total_cost(volumes=bse)")
    assert list(measure_faults(typed)) == [
        (
            ("criteria", 0, "measure"),
            "'total_cost': the rules give no volume forecast 'bse'; did you mean 'base'?",
        )
    ]


def test_a_measure_against_the_baseline_needs_one_in_the_rules() -> None:
    leaf = CRITERIA[0] | {"measure": "savings"}
    [(at, message)] = measure_faults(measured(criteria=(leaf,), price="savings"))
    assert at == ("criteria", 0, "measure")
    assert message == "'savings' needs 'commercial.baseline', which the rules do not give"


NUMBERS = st.one_of(
    st.none(),
    st.integers(-2, 40).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["10..20", "", "n/a"]),
)
ROWS = st.fixed_dictionaries(
    {
        "item": st.just("x"),
        "basis": st.sampled_from(BASES),
        "component": st.sampled_from(COMPONENTS),
        "price": NUMBERS,
        "currency": st.sampled_from(["EUR", "PLN", "XAU", None]),
    },
    optional=dict.fromkeys(("quantity", "volume_share", "indexation"), NUMBERS)
    | {n: st.integers(0, 40).map(float) for n in ("first_month", "last_month")}
    | {n: st.integers(0, 3).map(float) | NUMBERS for n in ("tier_from", "tier_to")}
    | {"tier_prices": st.sampled_from(["marginal", "all units", None])},
)
CHOICES = {
    "prices_are": st.sampled_from(["nominal", "real", None]),
    "band_convention": st.sampled_from(["cliff", "slice", None]),
    "band_replaces": st.sampled_from([INSTEAD, ON_TOP, None]),
    "band_currency": st.sampled_from(["EUR", "PLN", None]),
    "terms_currency": st.sampled_from(["EUR", "PLN", None]),
}
FORM = st.fixed_dictionaries(
    {}, optional={field.id: CHOICES.get(field.id, NUMBERS) for field in TERMS.fields}
)
ANY_RULES = (rules(), support(), rules(months=1, volumes={}, forecast=None))


@given(st.lists(ROWS, max_size=3), FORM, st.sampled_from(ANY_RULES))
@settings(max_examples=150)
def test_whatever_was_typed_a_measure_finds_a_finite_number_or_says_why_not(
    rows: list[Any], terms: dict[str, Any], typed: Rules
) -> None:
    response = bid(*rows, countries=("IN",), **terms)
    for name in COSTS:
        try:
            told = found(name, response, typed)
        except InputFaults:
            continue  # a currency without a rate is no price
        assert told.note
        assert told.value is None or math.isfinite(float(told.value))
