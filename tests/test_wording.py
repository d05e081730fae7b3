"""Numbers in words, rounded in the direction that claims less."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval import wording
from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.wording.numbers import nine_decimals


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


scores = st.one_of(
    st.floats(min_value=0, max_value=1), st.integers(0, 2000).map(lambda n: n / 2000)
)


@given(scores, scores)
def test_a_lead_is_rounded_to_the_nearest_and_is_that_of_the_shown_scores_or_finer(
    one: float, other: float
) -> None:
    first, second = max(one, other), min(one, other)
    shown = wording.lead(first, second)
    margin = 100 * (first - second)
    if shown.startswith("less than"):
        assert 0 < margin < 0.005 + 1e-9
        return
    figure = shown.removesuffix(" points")
    assert abs(float(figure) - margin) <= 0.5 * 10.0 ** -len(figure.partition(".")[2]) + 1e-9
    if len(figure.partition(".")[2]) == 1:
        between = float(wording.points(first)) - float(wording.points(second))
        assert float(figure) == pytest.approx(between)
        assert (float(figure) == 0) == (round(margin, 9) == 0)


@given(st.floats(min_value=-1, max_value=1), st.integers(0, 3))
def test_halves_are_rounded_away_from_nothing(number: float, decimals: int) -> None:
    shown = wording.rounded(number, decimals)
    assert abs(float(shown) - number) <= 0.5 * 10.0**-decimals + 1e-9
    assert wording.rounded(-number, decimals) == -shown
    assert [wording.points(share) for share in (0.0005, 0.7365, 0.73649999)] == [
        *("0.1", "73.7", "73.6")
    ]


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_an_interval_is_shown_within_itself_and_its_ends_in_order(one: float, other: float) -> None:
    low, high = sorted((one, other))
    shown = wording.percents_within(low, high).replace("\u00a0%", "").split(" to ")
    first, last = (float(end) / 100 for end in shown)
    assert low - 1e-9 <= first <= low + 0.001 + 1e-9
    assert high - 0.001 - 1e-9 <= last <= high + 1e-9
    assert first <= last or high - low < 1e-7


def test_a_narrow_interval_has_as_many_digits_as_keep_its_ends_in_order() -> None:
    assert wording.percents_within(0.0562, 0.0568) == "5.62\u00a0% to 5.68\u00a0%"
    assert wording.percents_within(0.0112, 0.05696) == "1.2\u00a0% to 5.6\u00a0%"
    assert wording.percent_above(0.05696) == "5.7\u00a0%"


def test_a_share_that_is_not_nothing_is_not_said_to_be_none_of_100() -> None:
    shares = (0.0, 0.004, 0.01, 0.7564, 1.0)
    assert [wording.times_of_100(share) for share in shares] == [
        *("0 of 100", "fewer than 1 of 100", "1 of 100", "75 of 100", "100 of 100")
    ]


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
    assert wording.difference(0.0003) == "+0.03 points"
    assert wording.difference(-0.000005) == "\u22120.0005 points"
    assert wording.difference(-0.075) == "\u22127.5 points"
    assert wording.lead(0.5004, 0.5) == "0.04 points"
    assert wording.lead(0.50004, 0.5) == "less than 0.01 points"
    assert wording.lead(0.75462, 0.74724) == "0.74 points"  # shown as 75.5 and 74.7
    assert wording.lead(0.5, 0.5) == "0.0 points"
    assert wording.points_distinct(0.6399, 0.64) == "63.99"
    assert wording.points_distinct(0.64, 0.6399) == "64.00"
    assert wording.points_distinct(0.64, 0.64) == "64.0"
    assert wording.points_distinct(0.64, 0.7) == "64.0"
    assert (wording.in_100(0.0), wording.in_100(0.0001), wording.in_100(0.9999)) == (
        *("0", "<1", "99"),
    )


def test_a_part_of_a_number_reads_as_english_for_none_one_both_and_all() -> None:
    read = {(n, of): wording.part_of(n, of, "bid") for of in (1, 2, 3) for n in range(of + 1)}
    assert read == {
        (0, 1): "no bid",
        (1, 1): "the one bid",
        (0, 2): "none of the 2 bids",
        (1, 2): "1 of 2 bids",
        (2, 2): "both bids",
        (0, 3): "none of the 3 bids",
        (1, 3): "1 of 3 bids",
        (2, 3): "2 of 3 bids",
        (3, 3): "all 3 bids",
    }


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_a_number_is_shown_to_six_digits_and_never_with_zeros_at_its_end(number: float) -> None:
    shown = wording.number(number)
    assert float(shown.replace(",", "")) == pytest.approx(number, rel=5.1e-6)
    assert "." not in shown or not shown.endswith(("0", "."))


def test_lists_counts_and_ranks_read_as_english() -> None:
    assert wording.listed(["A"]) == "A"
    assert wording.listed(["A", "B"]) == "A and B"
    assert wording.listed(["A", "B", "C"]) == "A, B and C"
    assert wording.listed("ABCDE", at_most=3) == "A, B, C and 2 more"
    assert wording.listed("ABCDE") == "A, B, C, D and E"
    assert wording.either(["A"]) == "A"
    assert wording.either("ABC") == "A, B or C"
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
        (-3.2, "EUR", "\u2212€3.20"),
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


@pytest.mark.parametrize(
    ("number", "plain", "digits", "grouped", "whole", "decimal"),
    [
        (0.1 + 0.2, "0.30000000000000004", "0.3", "0.3", "0", "0.3"),
        (104_400.0, "104400", "104400", "104,400", "104,400", "104,400"),
        (1234.5, "1234.5", "1234.5", "1,234.5", "1,234", "1,234.5"),
        (1e15, "1000000000000000.0", "1e+15", "1e+15", *["1,000,000,000,000,000"] * 2),
    ],
)
def test_a_number_has_as_many_digits_as_its_reader_wants(
    number: float, plain: str, digits: str, grouped: str, whole: str, decimal: str
) -> None:
    assert wording.plain(number) == plain
    assert wording.digits(number) == digits
    assert wording.grouped(number) == grouped
    assert wording.whole(number) == whole
    assert wording.decimal(number) == decimal


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6))
def test_parts_of_an_amount_add_up_to_it_as_it_is_shown(parts: list[float]) -> None:
    shown = wording.parts_shown(parts)
    exact = [float(nine_decimals(part)) for part in parts]
    total = wording.money_shown(float(sum(map(nine_decimals, parts))))
    assert math.fsum(shown) == pytest.approx(total, abs=1e-6)
    unit = 1 if abs(total) >= 1000 else 0.01
    assert all(abs(a - b) < unit + 1e-6 for a, b in zip(shown, exact, strict=True))


def test_the_larger_remainder_takes_the_unit_that_is_left() -> None:
    # 1,000.4 + 830.4 = 1,830.8, shown as 1,831: one unit is left for the first of equals
    assert wording.parts_shown((1000.4, 830.4)) == (1001, 830)
    assert wording.parts_shown((1000.3, 830.4)) == (1000, 831)


@given(st.integers(0, 10**10), st.floats(-1e-6, 1e-6))
def test_an_amount_rounded_outwards_is_not_moved_by_float_noise(cents: int, noise: float) -> None:
    amount = cents / 100
    assert wording.money_above(amount + noise, "EUR") == wording.money_above(amount, "EUR")
    assert wording.floored_amount(amount + noise, 2) == pytest.approx(amount, abs=1e-9)


@given(st.floats(0.02, 1e9))
def test_an_amount_rounded_outwards_is_enough(amount: float) -> None:
    step = 1.0 if amount >= 1000 else 0.01
    below = wording.floored_amount(amount, 0 if amount >= 1000 else 2)
    assert amount - step - 1e-3 * step <= below <= amount + 1e-3 * step


def test_halves_of_an_amount_to_three_digits_are_rounded_up_despite_float_noise() -> None:
    # 4,500 a point of value at a weight of 0.4, from either side
    both = {wording.money_about(x, "EUR") for x in (11_250.0, 11_250.000000000002)}
    assert both == {"about \u20ac11,300"}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_of_any_size_is_written(x: float) -> None:
    for text in (wording.number(x), wording.number_apart(x, 1.0)):
        assert any(character.isdigit() for character in text)


@given(st.floats(-1e24, 1e24))
def test_an_amount_of_any_size_is_written(x: float) -> None:
    ways = (wording.money_about, wording.money_whole, wording.money_brief, wording.money_above)
    for text in (write(x, "EUR") for write in ways):
        assert any(character.isdigit() for character in text)
    assert len(wording.parts_shown((x, 1.0))) == 2
