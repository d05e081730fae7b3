"""Items whose text contradicts how their price is charged are asked about, and no others."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import bid, cash_flow, line, rules
from vendor_eval.bids.decisions import GROUNDS, Ground
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.measures.costs.item_volumes import volume_range
from vendor_eval.measures.costs.item_words import words_in

TERM: dict[str, Any] = {
    "months": 24,
    "staffing": "as_bid",
    "volumes": {"base": {"by_year": (33_000.0, 35_000.0)}},
}
BASES = ("once", "per_month", "per_fte_month", "per_productive_hour", "per_transaction")


def questions(*lines: Any) -> list[Fault]:
    """What is asked of a bid of these lines over two years."""
    try:
        cash_flow(bid(*lines), rules(**TERM))
    except InputFaults as asked:
        return list(asked.faults)
    return []


def priced(item: str, basis: str, price: float = 690, **more: Any) -> dict[str, Any]:
    """A line with this text."""
    quantity = {"quantity": 60} if basis in ("per_fte_month", "per_productive_hour") else {}
    return line(basis, price, item=item) | quantity | more


def tier(item: str, first: int, last: int | None, **more: Any) -> dict[str, Any]:
    """A tier with this text."""
    return priced(
        item, "per_transaction_tier", 8, tier_from=first, tier_to=last, tier_prices="marginal",
        **more,
    )  # fmt: skip


CONTRADICTIONS = [
    ("Contacts, price per 100", "per_transaction"),
    ("Contacts (EUR per 1,000)", "per_transaction"),
    ("Price / 1000 contacts", "per_transaction"),
    ("EUR 690 per 100 contacts", "per_transaction"),
    ("Price per thousand e-mails", "per_transaction"),
    ("Contacts, bundle of 100", "per_transaction"),
    ("Fee per 1,000 contacts", "per_month"),
    ("Service fee p.a.", "per_month"),
    ("Service fee 2,640,000 EUR a year", "per_month"),
    ("Service fee 2.64m/year", "per_month"),
    ("Service fee 240k p.a.", "per_month"),
    ("Annual fee", "per_month"),
    ("Platform (yearly)", "per_month"),
    ("Fee per 12 months", "per_month"),
    ("Quarterly fee", "per_month"),
    ("Day rate of an agent, daily rate", "per_fte_month"),
    ("Agent, per FTE and year", "per_fte_month"),
    ("Agents, hourly rate", "per_fte_month"),
    ("Agents, rate per hour", "per_month"),
    ("Agents, monthly rate", "per_productive_hour"),
    ("Contacts, per month", "per_transaction"),
    ("Monthly fee", "once"),
    ("Licence per agent", "per_month"),
    ("Price per contact", "per_month"),
    ("Training per agent", "once"),
    ("Option: chatbot (optional)", "per_month"),
    ("Interpreter if required", "per_transaction"),
]


@pytest.mark.parametrize(("item", "basis"), CONTRADICTIONS)
def test_an_item_that_contradicts_its_basis_is_asked_about(item: str, basis: str) -> None:
    asked = questions(priced(item, basis))
    assert {(fault.severity, fault.audience) for fault in asked} == {("question", "vendor")}
    assert [fault.place.rpartition("!")[2] for fault in asked] == ["item1"]


AGREEMENTS = [
    ("Contacts", "per_transaction"),
    ("Price per contact", "per_transaction"),
    ("Contacts, year 1", "per_transaction"),
    ("Contacts, invoiced monthly", "per_transaction"),
    ("Calls and e-mails, 24/7, 365 days a year", "per_transaction"),
    ("Chat/e-mail", "per_transaction"),
    ("Contacts, per call centre site", "per_transaction"),
    ("Contacts (prices 2027/2028)", "per_transaction"),
    ("Agents, team leads included", "per_fte_month"),
    ("Agent, per FTE and month", "per_fte_month"),
    ("Agents (160 hours per month)", "per_fte_month"),
    ("Agents, 8 hours a day, 5 days per week", "per_fte_month"),
    ("Agents 24h a day", "per_fte_month"),
    ("Agents, 1,600 productive hours per year", "per_fte_month"),
    ("Team leads, 1 per 12 agents", "per_fte_month"),
    ("Team leads, one per 12 FTE", "per_fte_month"),
    ("Agents, indexation 3 % p.a.", "per_fte_month"),
    ("Agents (rise of 2 % per year from year 2)", "per_fte_month"),
    ("Agents, annual leave covered", "per_fte_month"),
    ("Productive hours", "per_productive_hour"),
    ("Rate per agent hour", "per_productive_hour"),
    ("Hourly rate", "per_productive_hour"),
    ("Productive hours, 12,000 hours per month", "per_productive_hour"),
    ("Monthly fee", "per_month"),
    ("Service fee per month", "per_month"),
    ("The whole service", "per_month"),
    ("Platform and telephony", "per_month"),
    ("Fee for 400,000 contacts a year", "per_month"),
    ("Package of 5,000 contacts", "per_month"),
    ("Monthly reports and quarterly business reviews", "per_month"),
    ("Management, two visits a year", "per_month"),
    ("Prices reviewed annually", "per_month"),
    ("Service, annual price adjustment included", "per_month"),
    ("Evening and day team", "per_month"),
    ("Service every day", "per_month"),
    ("Support at 8 p.m. as well", "per_month"),
    ("A quarter of the team on site", "per_month"),
    ("Lump sum", "per_month"),
    ("Platform, without optional modules", "per_month"),
    ("Adoption of the tools", "per_month"),
    ("Total service fee", "per_month"),
    ("Total cost of ownership platform", "per_month"),
    ("Transition", "once"),
    ("Set-up and one-off training, 3 months", "once"),
]


@pytest.mark.parametrize(("item", "basis"), AGREEMENTS)
def test_an_item_that_agrees_with_its_basis_raises_no_question(item: str, basis: str) -> None:
    assert questions(priced(item, basis)) == []


@given(
    st.sampled_from(["per", "each", "every", "PER", "Per"]),
    st.sampled_from(["10", "50", "100", "1,000", "1.000", "1 000", "1\u202f000", "1'000", "1k"]),
    st.sampled_from(["", " contacts", " calls", " e-mails", " tickets handled"]),
    st.sampled_from(["Price ", "Contacts, EUR ", "Tel. (EUR 690) ", "Year 1: price "]),
)
def test_any_spelling_of_a_price_for_several_transactions_is_asked_about(
    per: str, number: str, noun: str, before: str
) -> None:
    assert questions(priced(f"{before}{per} {number}{noun}", "per_transaction")) != []


@given(
    st.sampled_from(
        ["p.a.", "p. a.", "per annum", "per year", "a year", "/year", "/ yr", "annual", "(yearly)",
         "PER YEAR", "per\u00a0year", "per 12 months"]
    ),
    st.sampled_from(["Service fee", "Platform", "Agents", "Year 2: fee", "EUR 2,640,000"]),
    st.sampled_from(BASES[1:]),
)  # fmt: skip
def test_any_spelling_of_a_year_is_asked_about_whatever_is_charged_more_often(
    words: str, before: str, basis: str
) -> None:
    assert questions(priced(f"{before} {words}", basis)) != []


@given(
    st.sampled_from(["per month", "a month", "/month", "monthly", "(per\u00a0month)", "MONTHLY"]),
    st.sampled_from(["Service fee", "Platform", "Agents", "Year 2: fee", "EUR 240,000"]),
    st.sampled_from(BASES),
)
def test_any_spelling_of_a_month_is_asked_about_just_where_nothing_is_charged_by_it(
    words: str, before: str, basis: str
) -> None:
    asked = questions(priced(f"{before} {words}", basis))
    assert bool(asked) == (basis not in ("per_month", "per_fte_month"))


@given(st.text(max_size=60), st.sampled_from(BASES))
def test_any_text_can_be_an_item(item: str, basis: str) -> None:
    words_in(item)
    volume_range(item)


def test_a_price_of_0_contradicts_nothing() -> None:
    free = priced("Option: chatbot, per year", "per_month", 0)
    assert questions(priced("Contacts", "per_transaction"), free) == []


@pytest.mark.parametrize(
    ("column", "ground", "asked"),
    [("price", "answer", 0), ("basis", "answer", 0), ("price", "reading", 1),
     ("currency", "answer", 1)],
)  # fmt: skip
def test_what_the_vendor_answered_of_a_line_is_not_asked_again(
    column: str, ground: Ground, asked: int
) -> None:
    offered = bid(priced("Contacts, price per 100", "per_transaction"))
    row = dict(offered.tables["price_lines"][0])
    row[column] = replace(row[column], note=f"'7' corrected to '8': {GROUNDS[ground]}")
    offered = replace(offered, tables={**offered.tables, "price_lines": (row,)})
    if asked:
        with pytest.raises(InputFaults, match="per 100"):
            cash_flow(offered, rules(**TERM))
    else:
        assert cash_flow(offered, rules(**TERM)).nominal.total > 0


# totals and single charges


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ([("Contacts", "per_transaction", {}), ("TOTAL per month", "per_month", {})], True),
        ([("Contacts", "per_transaction", {}),
          ("Total per month", "per_month", {"component": "other"})], True),
        ([("Agents", "per_fte_month", {}), ("Platform", "per_month", {"component": "technology"}),
          ("Sum of both", "per_month", {"component": "other"})], True),
        ([("Agents", "per_fte_month", {}), ("Total labour", "per_month", {})], True),
        ([("Total labour", "per_fte_month", {}),
          ("Platform", "per_month", {"component": "technology"})], False),
        ([("Total of year 1", "per_month", {"last_month": 12}),
          ("Total of year 2", "per_month", {"first_month": 13})], False),
        ([("Total monthly fee", "per_month", {}), ("Transition", "once", {})], False),
        ([("Total of single charges", "once", {}), ("Transition", "once", {}),
          ("Agents", "per_fte_month", {})], True),
        # a charge for each year, paid at its start
        ([("Contacts", "per_transaction", {}), ("Licence p.a.", "once", {"first_month": 1}),
          ("Licence p.a.", "once", {"first_month": 13})], False),
        ([("Contacts", "per_transaction", {}), ("Licence p.a.", "once", {})], True),
    ],
)  # fmt: skip
def test_a_total_on_top_of_what_it_adds_up_is_asked_about(
    lines: list[tuple[str, str, dict[str, Any]]], asked: bool
) -> None:
    assert bool(questions(*(priced(item, basis, **more) for item, basis, more in lines))) == asked


# tiers


@pytest.mark.parametrize(
    ("first", "second", "edge"),
    [
        ("0-25,000", "above 25,000", 25_000),
        ("0 - 25.000 contacts", "25.001 and more", 25_000),
        ("0 to 25k", "25k+", 25_000),
        ("up to 25,000", "from 25,001", 25_000),
        ("first 25,000 contacts per month", "> 25 000 per month", 25_000),
        ("Tier 1: 0-25,000", "Tier 2 (more than 25,000)", 25_000),
        ("0-300,000 contacts a year", "above 300,000 contacts a year", 25_000),
        ("0-300,000 p.a.", "over 300,000 p.a.", 25_000),
        ("0-75,000 a quarter", "above 75,000 per quarter", 25_000),
        ("Contacts, tier 1", "Contacts, tier 2", 25_000),
        ("Contacts 2027-2028", "Contacts, 08:00-20:00, 8-20 h", 25_000),
    ],
)
def test_volumes_in_the_items_of_tiers_are_those_of_their_cells(
    first: str, second: str, edge: int
) -> None:
    assert questions(tier(first, 0, edge), tier(second, edge + 1, None)) == []
    if volume_range(first):
        asked = questions(tier(first, 0, 40_000), tier(second, 40_001, None))
        cells = {fault.place.rpartition("!")[2] for fault in asked}
        assert cells == {"item1", "item2"}


def test_a_year_s_volumes_as_the_tiers_of_a_month_are_asked_about() -> None:
    lines = (
        tier("0-300,000 contacts a year", 0, 300_000),
        tier("above 300,000 contacts a year", 300_001, None),
    )
    assert len(questions(*lines)) == 2


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["-", " - ", " to ", "\u2013"]))
def test_a_range_is_read_as_it_is_written(low: int, more: int, word: str) -> None:
    low, high = 1000 * low, 1000 * (low + more)
    assert volume_range(f"{low:,}{word}{high:,} contacts") == (low, high)
    assert volume_range(f"{low // 1000}{word}{high // 1000}k") == (low, high)
