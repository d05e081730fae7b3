"""Checks: what contradicts itself is asked about at its cells, what agrees is left alone."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.cases import LEAF, bid, case, line, site
from make.checks import LOW, WAGES, WITHIN_5_PERCENT, asked, cells, outcome, tender, unmade
from make.hostile import HOSTILE
from vendor_eval.bids.response import Response
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.buyer import BusiestInterval, BuyerExpectations
from vendor_eval.clarifications.check import CHECKS
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.rules_file import read_rules_file
from vendor_eval.tender.tender import Tender

# prices


def priced(price: float, *countries: str, basis: str = "per_fte_month", **more: Any) -> Tender:
    """A case of one vendor with sites in these countries and one price of labour."""
    sites = [site(country) for country in countries]
    response = bid(sites=sites, price_lines=[line(basis, 40, price=price, **more)])
    return case(response, clarify=WAGES)


def test_a_price_below_the_loaded_wage_is_asked_about_without_naming_the_wage() -> None:
    rfp = priced(2000, "PL")
    questions = outcome("loaded_wage", rfp).asked["Alder"]
    assert [cell for question in questions for cell in question.cells] == [
        ("Alder.xlsx!price_lines!price1", "2000")
    ]
    assert "2,100" not in questions[0].question
    assert "2,100 in Poland (Our survey 2026)" in questions[0].note
    assert asked("loaded_wage", priced(2100, "PL")) == []


def test_the_lowest_wage_of_the_countries_delivered_from_counts() -> None:
    assert asked("loaded_wage", priced(2000, "PL", "IN")) == []
    assert len(asked("loaded_wage", priced(600, "PL", "IN"))) == 1


def test_an_hours_price_is_compared_with_an_hours_wage() -> None:
    # 2,100 a month x 12 / 1,560 hours = 16.15 an hour
    for price, questions in ((16.1, 1), (16.2, 0)):
        lines = [line("per_productive_hour", 40, price=price)]
        terms = {"productive_hours": 1560}
        response = bid(sites=[site("PL")], price_lines=lines, price_terms=terms)
        assert len(asked("loaded_wage", case(response, clarify=WAGES))) == questions


def test_without_a_wage_or_a_rate_the_check_says_so() -> None:
    assert unmade("loaded_wage", priced(2, "PL", "MA")) == ("no loaded wage is stated for Morocco",)
    [why] = unmade("loaded_wage", priced(2, "IN", currency="INR"))
    assert "no exchange rate for INR" in why
    rates = BuyerExpectations(rates={"INR": 0.01})
    assert len(asked("loaded_wage", priced(60_000, "IN", currency="INR"), rates)) == 1
    assert asked("loaded_wage", priced(70_000, "IN", currency="INR"), rates) == []


def test_a_price_far_below_the_mean_of_the_others_is_asked_about() -> None:
    rfp = tender(800, 1000, 1000, **LOW)
    [question] = outcome("abnormally_low", rfp).asked["Alder"]
    assert question.note == "20 % below the mean of the 2 other bids, 1,000 EUR"
    assert question.cells == (("Alder.xlsx!answers!cost", "800"),)
    assert asked("abnormally_low", tender(801, 1000, 1000, **LOW)) == []
    # its own price is not in the mean: 25 % below 1,000, though 18 % below all three's 917
    assert len(asked("abnormally_low", tender(750, 1000, 1000, **LOW))) == 1


class Counted(Measure):
    """The price of all lines, and as much again that the buyer pays for by itself."""

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(["price_lines"])

    def __call__(self, facts: Facts) -> Measured:
        prices = [row["price"] for row in facts.response.rows("price_lines")]
        return Measured(2 * sum(cell.number for cell in prices), facts.response.cells)


def test_a_price_that_is_counted_is_stated_in_no_letter_and_asked_about_at_its_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(MEASURES._known, "counted", Counted)
    low, high = [line("once", price=3000), line("once", price=1000)], [line("once", price=9000)]
    bids = [bid("Alder", price_lines=low), bid("B", price_lines=high), bid("C", price_lines=high)]
    counted = {key: part for key, part in LEAF.items() if key != "answer"} | {"measure": "counted"}
    rfp = case(*bids, clarify=LOW, criteria=(counted,), price="counted")
    [question] = outcome("abnormally_low", rfp).asked["Alder"]
    assert question.question.startswith("Your price seems low for what is asked.")
    assert re.findall(r"\d", question.question) == []
    assert question.note.startswith("counted as 8,000 EUR: 55.5 % below the mean")
    assert cells("abnormally_low", rfp) == ["price_lines!price1", "price_lines!price2"]


def test_a_price_that_is_typed_is_stated_as_it_is_typed() -> None:
    [question] = asked("abnormally_low", tender("800..810", 2000, 2000, **LOW))
    assert question.startswith("Your price, stated as \u201c800..810\u201d, seems low")


def test_a_mean_needs_two_others_and_says_so() -> None:
    assert asked("abnormally_low", tender(1, 1000, **LOW)) == []
    few = "a mean needs 2, and there is {} with a price, not excluded"
    assert unmade("abnormally_low", tender(1, 1000, **LOW)) == (few.format("1 other bid"),)
    assert unmade("abnormally_low", tender(1, **LOW)) == (few.format("no other bid"),)


def test_a_bid_that_is_excluded_moves_no_mean() -> None:
    gate = {"id": "in_time", "label": "In time", "answer": "late", "rule": {"equals": "no"}}
    bids = [
        bid(name, price, answers={"late": late})
        for name, price, late in (
            ("Alder", 800, "no"),
            ("Birch", 990, "no"),
            ("Cedar", 990, "no"),
            ("Dogwood", 9000, "yes"),
        )
    ]
    assert asked("abnormally_low", case(*bids, clarify=LOW, gates=(gate,))) == []


def test_a_price_below_the_buyers_own_estimate_is_asked_about() -> None:
    rule = {"abnormally_low": {"below_estimate": 15.0}, "estimate": 1000.0}
    [question] = outcome("abnormally_low", tender(850, **rule)).asked["Alder"]
    assert question.note == "15 % below the buyer's estimate, 1,000 EUR"
    assert asked("abnormally_low", tender(851, **rule)) == []


# what holds for all checks


def test_without_thresholds_no_check_that_needs_one_is_made_and_each_says_why() -> None:
    rfp = case(bid(sites=[site()], price_lines=[line("per_fte_month", 1)]))
    questions = clarifications_of(rfp, evaluate(rfp.rules, rfp.proposals))
    needing = [o for o in questions.outcomes if o.check.needs]
    assert len(needing) == 6
    for each in needing:
        assert each.why is not None
        assert all(need in each.why for need in each.check.needs)
    assert len(questions) == 0


def test_every_check_says_in_a_sentence_what_it_compares() -> None:
    for name in CHECKS:
        assert CHECKS[name].about.endswith("."), name
        assert CHECKS[name].label


def test_no_question_changes_a_score_a_status_or_the_ranking() -> None:
    strict = {"tolerance": 0.0, **WAGES, **LOW}
    bids = [
        bid("Alder", 10, sites=[site()], price_lines=[line("per_fte_month", 1, price=1)]),
        bid("Birch", 100),
        bid("Cedar", 100),
    ]
    asking, silent = case(*bids, clarify=strict), case(*bids)
    assert len(clarifications_of(asking, evaluate(asking.rules, asking.proposals))) == 3
    assert len(clarifications_of(silent, evaluate(silent.rules, silent.proposals))) == 0
    one, other = (evaluate(rfp.rules, rfp.proposals) for rfp in (asking, silent))
    assert one.ranking == other.ranking == ("Alder", "Birch", "Cedar")
    assert one.scores.equals(other.scores)
    assert [one.status(v) for v in one.vendors] == ["eligible"] * 3


NUMBERS = st.sampled_from([0.0, 1e-15, 0.5, 1.0, 40.0, 1e15])
TEXTS = st.sampled_from([*HOSTILE[::9], "24/7", "08:00-16:00", "Lisbon", "PT"])
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
BASES = st.sampled_from(
    ["once", "per_fte_month", "per_productive_hour", "per_transaction", "per_transaction_tier"]
)


def rows_of(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A few rows, whose cells are given or blank but for those that a row must hold."""
    needed = {"country", "head_count", "language", "level", "certificate", "basis", "item"}
    needed |= {"component", "price", "currency"}
    blank = {n: c if n in needed else st.none() | c for n, c in columns.items()}
    return st.lists(st.fixed_dictionaries(blank), max_size=3)


RESPONSES = st.builds(
    bid,
    cost=NUMBERS,
    sites=rows_of(
        country=st.sampled_from(["PL", "PT"]), city=TEXTS, head_count=NUMBERS, shifts=TEXTS
    ),
    languages=rows_of(
        language=st.just("de"), level=st.just("C1"), agents=NUMBERS, site=TEXTS, hours=TEXTS
    ),
    certificates=rows_of(certificate=TEXTS, scope=TEXTS, sites=TEXTS, valid_to=DAYS),
    price_lines=rows_of(
        item=TEXTS,
        basis=BASES,
        component=st.sampled_from(["labour", "technology"]),
        price=NUMBERS,
        currency=st.sampled_from(["EUR", "INR"]),
        quantity=NUMBERS,
        first_month=NUMBERS,
        last_month=NUMBERS,
        volume_share=NUMBERS,
    ),
    price_terms=st.fixed_dictionaries({"productive_hours": NUMBERS, "band_baseline": NUMBERS}),
)


@given(RESPONSES)
def test_whatever_a_response_holds_each_check_asks_something_or_says_why_not(
    response: Response,
) -> None:
    wages = {"loaded_wage_month": {"PL": 2100.0, "PT": 1900.0}, "loaded_wage_source": "Us"}
    clarify = {**WITHIN_5_PERCENT, **wages, **LOW}
    rfp = case(response, bid("B", 9), bid("C", 9), clarify=clarify, start=date(2027, 1, 1))
    expected = BuyerExpectations(
        BusiestInterval(100, 30, 180, 0.8, 20, shrinkage=0.3), (1.0, 2.0), {"EUR": 1.0}
    )
    questions = clarifications_of(rfp, evaluate(rfp.rules, rfp.proposals), expected=expected)
    places = {cell.place for cell in response.cells}
    for _, question in questions.to("Alder"):
        assert question.question.endswith(("?", "."))
        assert {place for place, _ in question.cells} <= places
        assert not re.search(r"\b(?:nan|inf)\b", question.question + question.note)
    assert [o.check.label for o in questions.outcomes if o.why] == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tolerance: 100", "found 100; allowed: below 100"),
        ("loaded_wage_month: {Poland: 2100}", "found the key 'Poland'; allowed: two letters"),
        ("loaded_wage_month: {PL: 0}", "found 0; allowed: above 0"),
        ("loaded_wage_month: {PL: 2100}", "without 'loaded_wage_source'; say whose"),
        ("abnormally_low: {}", "allowed: 'below_mean_of_others', 'below_estimate' or both"),
        ("abnormally_low: {below_estimate: 15}", "needs 'estimate', the buyer's own"),
        ("tolerence: 5", "did you mean 'tolerance'?"),
    ],
)
def test_thresholds_that_mean_nothing_are_faults_with_their_line(typed: str, sentence: str) -> None:
    rules = f"""\
title: T
decision: D?
currency: EUR
price: cost
clarify:
  {typed}
criteria:
  - {{id: cost, label: Cost, weight: 1, answer: cost, value: {{linear: {{worst: 9, best: 5}}}}}}
"""
    _, [fault], _ = read_rules_file(rules.encode())
    assert sentence in fault.message
    assert fault.place in ("evaluation.yaml:5", "evaluation.yaml:6")
