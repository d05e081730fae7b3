"""Exchange rates: totals at other ones, and the warning where a constant one flatters a bid."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import bid, cash_flow, line, rules, support, support_bids
from vendor_eval.measures.costs.comparisons import comparison
from vendor_eval.measures.costs.exchange import at_exchange_rates, exchange_risk
from vendor_eval.outputs.warnings import every_warning, exchange_risk_sentence
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read

PLN = {"PLN": {"rate": 0.25, "as_of": date(2026, 11, 20), "source": "constructed"}}


def two_years(**commercial: Any) -> Rules:
    """Rules in euro for 24 months, with a rate for the zloty."""
    return rules(months=24, exchange=PLN, **commercial)


def test_the_total_of_a_bid_whose_foreign_prices_rise_is_shown_at_other_rates() -> None:
    offered = bid(
        line("per_month", 4000, currency="PLN"),
        line("per_month", 500, component="technology"),
        indexation_labour=0.05,
    )
    risk = exchange_risk(cash_flow(offered, two_years()))
    assert risk is not None
    # 12 x 1,000 EUR and 12 x 1,050 EUR in zloty; 24 x 500 EUR in euro, which no rate moves
    assert risk.total == pytest.approx(24_600 + 12_000)
    assert risk.at_lower_rates == pytest.approx(0.9 * 24_600 + 12_000)
    assert risk.at_higher_rates == pytest.approx(1.1 * 24_600 + 12_000)
    sentence = exchange_risk_sentence(risk, two_years()).replace("\u00a0", " ")
    assert sentence == (
        "Alder's prices rise by up to 5 % a year in PLN, while the rules assume constant exchange "
        "rates. Its total of €36,600 would be €34,140 at rates 10 % lower and €39,060 at "
        "rates 10 % higher."
    )


@pytest.mark.parametrize(
    "offered",
    [
        bid(line("per_month", 4000, currency="PLN")),
        bid(line("per_month", 4000), indexation_labour=0.05),
        # paid at once, or in the first year alone, nothing rises
        bid(line("once", 4000, currency="PLN"), indexation_labour=0.05),
        bid(
            line("per_month", 4000, currency="PLN", last_month=12),
            line("per_month", 900, first_month=13),
            indexation_labour=0.05,
        ),
    ],
    ids=["no rise", "euro", "once", "first year"],
)
def test_a_bid_without_rising_foreign_prices_is_not_warned_of(offered: Any) -> None:
    assert exchange_risk(cash_flow(offered, two_years())) is None


def test_real_prices_rise_with_the_inflation_of_their_currency() -> None:
    typed = two_years(inflation={"PLN": 0.04, "EUR": 0.02}, timing="mid")
    offered = bid(line("per_month", 4000, currency="PLN"), prices_are="real")
    for component in ("labour", "technology", "other"):
        offered.forms["price_terms"].pop(f"indexation_{component}", None)  # type: ignore[attr-defined]
    risk = exchange_risk(cash_flow(offered, typed))
    assert risk is not None
    assert risk.rises == {"PLN": 0.04}


def test_arc_and_rrc_in_another_currency_rise_with_labour() -> None:
    band: dict[str, Any] = {
        "band_baseline": 1000, "dead_band": 0.1, "band_convention": "slice", "arc_price": 7,
        "rrc_price": 5, "band_currency": "PLN",
    }  # fmt: skip
    fees = line("per_month", 4000, component="other")
    risk = exchange_risk(cash_flow(bid(fees, indexation_labour=0.03, **band), two_years()))
    assert risk is not None
    assert risk.rises == {"PLN": 0.03}


@given(st.floats(0.5, 2))
def test_rates_move_what_is_paid_in_other_currencies_in_proportion(factor: float) -> None:
    moved = at_exchange_rates(support(), factor)
    for response in support_bids()[:5]:
        before, after = (cash_flow(response, typed) for typed in (support(), moved))
        currencies = {line.currency for line, _ in before.bid.offer.lines}
        if currencies == {"EUR"}:
            assert after.nominal.total == before.nominal.total
    # Deodar charges in rupees alone: its charges move, and our own costs do not
    [deodar] = [r for r in support_bids() if r.vendor == "Deodar"]
    flows = [cash_flow(deodar, typed) for typed in (support(), moved)]
    charged = [sum(money.total for money in flow.charges.values()) for flow in flows]
    assert charged[1] == pytest.approx(factor * charged[0])
    assert sum(m.total for m in flows[1].own.values()) == pytest.approx(
        sum(m.total for m in flows[0].own.values())
    )


def test_the_rules_that_are_given_keep_their_rates() -> None:
    typed = two_years()
    at_exchange_rates(typed, 0.9)
    assert typed.commercial is not None
    assert typed.commercial.exchange["PLN"].rate == 0.25


def test_the_main_example_warns_of_the_bids_in_zloty_and_dollars_and_of_no_excluded_one() -> None:
    case = read("data/customer-support")
    sentences = [w for w in every_warning(case, case.evaluate(draws=100)) if "PLN" in w]
    assert [w.partition(" rise ")[0] for w in sentences] == ["Borealis Contact's prices"]
    total = comparison(case.rules, case.facts).totals["Borealis Contact"]
    assert f"Its total of €{total:,.0f} would be" in sentences[0]
    every = every_warning(case, case.evaluate(draws=100))
    assert not any(w.startswith("Prices of Fornax") for w in every)
