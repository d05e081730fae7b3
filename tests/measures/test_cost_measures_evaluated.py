"""Measures of cost in an evaluation: weighed, blank with a reason, or a fault."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.measured_costs import COSTS, CRITERIA, measured, offered, result
from make.priced import bid, line, rules, support
from vendor_eval.errors import InputFaults
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.faults import measure_faults
from vendor_eval.measures.measures import answered
from vendor_eval.questionnaire.pricing import BASES, COMPONENTS, INSTEAD, ON_TOP, TERMS
from vendor_eval.rules.rules import Rules


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
    table = answered(typed, facts_of(typed, strange))
    assert {v: [fault.place for fault in faults] for v, faults in table.faults.items()} == {
        "Alder": ["Alder.xlsx!price_lines!currency1"],
        "Cedar": ["Cedar.xlsx!price_lines!currency1"],
    }
    evaluation = evaluate(typed, table)
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
            measured = result(name, response, typed)
        except InputFaults:
            continue  # a currency without a rate is no price
        assert measured.note
        assert measured.value is None or math.isfinite(float(measured.value))
