"""Numbers in words, rounded in the direction that claims less."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval import wording
from vendor_eval.methods import METHODS


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (104_400, "EUR", "€104,400"),
        (57.33, "USD", "$57.33"),
        (21_140_179.9, "USD", "$21,140,179.90"),
        (0, "EUR", "€0"),
        (0.5, "EUR", "€0.50"),
        (0.00042, "EUR", "€0.000420"),
        (800, "XXX", "800"),
        (1200, "CHF", "CHF\u00a01,200"),
        (2_000_000, "JPY", "¥2,000,000"),
    ],
)
def test_money_shows_its_currency_and_cents_only_where_there_are_any(
    amount: float, currency: str, shown: str
) -> None:
    assert wording.money(amount, currency) == shown


@given(st.floats(min_value=0, max_value=100))
def test_a_lead_is_never_rounded_up(margin: float) -> None:
    shown = wording.ahead(margin)
    claimed = 0.0 if shown.startswith("less than") else float(shown.split()[0])
    assert claimed <= margin + 1e-9
    assert margin - claimed < 0.1 + 1e-9


@given(st.floats(min_value=0, max_value=1))
def test_bounds_are_rounded_away_from_what_they_exclude(share: float) -> None:
    below = float(wording.percent_below(share).split("\u00a0")[0]) / 100
    above = float(wording.percent_above(share).split("\u00a0")[0]) / 100
    assert below <= share + 1e-9 <= above + 2e-9


def test_a_bound_close_to_an_end_is_not_shown_as_the_end() -> None:
    assert wording.percent_below(0.0004) == "0.04\u00a0%"
    assert wording.percent_above(0.9999) == "99.99\u00a0%"
    assert wording.percent_below(0.3470149) == "34.7\u00a0%"
    assert wording.percent_above(0.3470149) == "34.8\u00a0%"


@given(st.integers(min_value=0, max_value=10_000))
def test_of_100_is_rounded_down_but_not_by_float_noise(count: int) -> None:
    assert wording.of_100(count / 10_000) == str(count // 100)
    assert math.floor(0.29 * 100) == 28  # what it guards against
    assert wording.of_100(0.29) == "29"


def test_small_differences_are_not_shown_as_nothing() -> None:
    assert wording.difference(0.0003) == "+less than 0.1"
    assert wording.difference(-0.075) == "\u22127.5"
    assert wording.ahead(0.04) == "less than 0.1 points"
    assert wording.ahead(0.0) == "0.0 points"


def test_lists_counts_and_ranks_read_as_english() -> None:
    assert wording.listed(["A"]) == "A"
    assert wording.listed(["A", "B"]) == "A and B"
    assert wording.listed(["A", "B", "C"]) == "A, B and C"
    assert wording.listed(list("ABCDE")) == "A, B, C and 2 more"
    assert [wording.counted(n, "vendor") for n in (1, 2)] == ["1 vendor", "2 vendors"]
    assert [wording.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th")
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (12_345_678, "EUR", "€12.3m"),
        (999_999, "EUR", "€1m"),
        (412_345, "CHF", "CHF\u00a0412k"),
        (-1_234_567, "EUR", "\u2212€1.23m"),
        (2.5e9, "EUR", "€2.5bn"),
        (999, "EUR", "€999"),
        (0.5, "EUR", "€0.50"),
        (0, "EUR", "€0"),
    ],
)
def test_a_brief_amount_keeps_three_digits(amount: float, currency: str, shown: str) -> None:
    assert wording.money_brief(amount, currency) == shown


def test_a_whole_amount_shows_cents_only_below_a_thousand() -> None:
    assert wording.money_whole(1234.56, "EUR") == "€1,235"
    assert wording.money_whole(-1234.56, "EUR") == "\u2212€1,235"
    assert wording.money_whole(12.345, "EUR") == "€12.35"


def test_names_that_were_typed_are_shown_in_words() -> None:
    assert wording.titled("experts_first") == "Experts first"
    assert wording.method_name("topsis") == "TOPSIS"
    assert wording.method_name("promethee2") == "PROMETHEE II"
    assert wording.method_name("cocoso") == "CoCoSo"
    assert wording.method_name("weighted_sum") == "Weighted sum"
    assert not any("_" in wording.method_name(name) for name in METHODS)
    assert len({wording.method_name(name) for name in METHODS}) == len(METHODS.names())


def test_a_long_name_is_cut_after_a_word() -> None:
    assert wording.brief("Short enough", 12) == "Short enough"
    assert wording.brief("CAELUM RESEARCH CORPORATION", 20) == "CAELUM RESEARCH\u2026"
    assert wording.brief("Donaudampfschifffahrt", 10) == "Donaudamp\u2026"
    assert len(wording.brief("A, B & Co and everybody else", 8)) <= 8


def test_the_criteria_that_are_left_are_counted() -> None:
    assert wording.other_criteria(13, 5) == "Each of the 13 other criteria"
    assert wording.other_criteria(13, 0) == "Each of the 13 criteria"
    assert wording.other_criteria(1, 5) == "The other criterion"
    assert wording.other_criteria(1, 0) == "The criterion"
