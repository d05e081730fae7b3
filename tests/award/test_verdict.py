"""The word for how firm a first place is, and the share that is shown with it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.builders import assessed, rules
from vendor_eval.award.verdict import RobustnessCheck, capped, earned, share_of_100

FLAG, TICK, SHOWN = (RobustnessCheck("volumes", ok, "") for ok in (False, True, None))


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1.0, "firm"),
        (0.96, "firm"),
        # 0.95 is within three standard errors, 3 x sqrt(0.95 x 0.05 / 200,000) = 0.0015
        (0.9514, "sensitive"),
        (0.9516, "firm"),
        (0.95, "sensitive"),
        (0.76, "sensitive"),
        # 3 x sqrt(0.75 x 0.25 / 200,000) = 0.0029
        (0.7528, "too close"),
        (0.7531, "sensitive"),
        (0.5, "too close"),
        (0.0, "too close"),
    ],
)
def test_a_share_earns_the_lower_word_within_three_standard_errors(share: float, word: str) -> None:
    assert earned(share, 200_000) == word


def test_few_draws_do_not_earn_a_higher_word_than_many() -> None:
    assert earned(0.96, 200_000) == "firm"
    assert earned(0.96, 1_000) == "sensitive"  # 3 x sqrt(0.96 x 0.04 / 1,000) = 0.019


def test_a_flag_leaves_nothing_firm_and_lowers_nothing_else() -> None:
    assert capped("firm", [TICK, SHOWN]) == "firm"
    assert capped("firm", [TICK, FLAG]) == "sensitive"
    assert capped("sensitive", [FLAG, FLAG]) == "sensitive"
    assert capped("too close", [FLAG]) == "too close"


@given(st.integers(0, 200_000))
def test_the_shown_share_is_rounded_down_and_fits_its_word(count: int) -> None:
    share = count / 200_000
    shown = share_of_100(share, 200_000)
    assert shown <= 100 * share
    assert (shown == 100) == (count == 200_000)
    assert shown <= {"firm": 100, "sensitive": 94, "too close": 74}[earned(share, 200_000)]
    assert shown >= math.floor(100 * share) - 1


@pytest.mark.parametrize(
    ("offers", "least", "first", "word"),
    [
        # each rival is ahead in 1 of 32, so that somebody is in about 1 of 16
        ({"B": "0..62", "C": "0..62"}, 60 / 62, (60 / 62) ** 2, "firm"),
        # the second in the ranking is never ahead, and the third in 1 of 5
        ({"B": 50, "C": "0..75"}, 0.8, 0.8, "sensitive"),
    ],
)
def test_the_word_rests_on_the_rival_that_is_ahead_most_often(
    offers: dict[str, object], least: float, first: float, word: str
) -> None:
    bids = {"A": {"cost": 60}} | {v: {"cost": answer} for v, answer in offers.items()}
    result = assessed(bids, rules({"cost": 1}, procedure="public"))
    assert result.reruns is not None
    assert result.reruns.ahead.min() == pytest.approx(least, abs=0.003)
    assert result.reruns.first("A") == pytest.approx(first, abs=0.003)
    assert result.recommendation.verdict == word


def test_a_rival_level_in_every_rerun_is_not_told_apart() -> None:
    typed = rules({"cost": 0, "q": 1, "z": 1}, tie_break=("cost",))
    result = assessed({"A": {"cost": 60, "q": 5, "z": 5}, "B": {"cost": 50, "q": 5, "z": 5}}, typed)
    assert result.reruns is not None
    assert result.reruns.ahead.tolist() == [0.0]
    award = result.recommendation
    assert (award.vendor, award.verdict, award.rivals_not_told_apart) == ("A", "too close", ("B",))


def test_the_weights_alone_draw_no_error_of_judgement_and_no_stated_one() -> None:
    # A is ahead on every criterion, so that only an error could take the first place from it
    leaves = {"cost": 1, "marks": 1, "test": 1}
    typed = rules(leaves, robustness={"judgement_error": 5.0})
    rated = [c.model_copy(update={"error": 5.0}) if c.id == "test" else c for c in typed.criteria]
    typed = typed.model_copy(update={"criteria": tuple(rated)})
    offers = {"A": dict.fromkeys(leaves, 51), "B": dict.fromkeys(leaves, 50)}
    result = assessed(offers, typed, draws=2_000)
    assert result.near_weights.first("A") < 0.8
    assert result.weights_alone is not None
    assert result.weights_alone.first("A") == 1


def test_nothing_is_awarded_where_the_first_gives_no_price_though_others_do() -> None:
    priced = (1, {"linear": {"worst": 200.0, "best": 100.0}})
    typed = rules({"cost": priced, "q": 9})
    [cost, other] = typed.criteria
    typed = typed.model_copy(
        update={"criteria": (cost.model_copy(update={"missing": "worst"}), other)}
    )
    result = assessed({"A": {"cost": "", "q": 90}, "B": {"cost": 150, "q": 10}}, typed)
    assert result.evaluation.winner == "A"
    assert result.recommendation.verdict == "none"
    result = assessed({"A": {"cost": 150, "q": 90}, "B": {"cost": "", "q": 10}}, typed)
    assert result.recommendation.verdict != "none"
