"""Sentences say over what they hold: which weights, which side of an edge, which price.

Every evaluation is constructed and its numbers are worked out by hand alongside.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from make.builders import assessed, rules
from vendor_eval.award.result import Result
from vendor_eval.cli import main
from vendor_eval.report.negotiation import negotiation_sentence, to_win_table
from vendor_eval.report.price import price_change
from vendor_eval.report.summary import summary_of
from vendor_eval.report.sureness import anywhere_sentence
from vendor_eval.report.weight_changes import (
    intervals_sentence,
    weight_changes_sentence,
    weight_changes_table,
)
from vendor_eval.rules.rules import Rules


def leaf(name: str, weight: float = 1, value: object = "identity") -> dict[str, object]:
    """A leaf that reads the answer of its own name."""
    return {
        "id": name,
        "label": name.title(),
        "answer": name,
        "weight": weight,
        "value": value,
        "missing": "worst",
    }


def branched() -> Rules:
    """Service, of speed and care alike, and the price, alike."""
    service = {"id": "service", "label": "Service", "weight": 1}
    service["criteria"] = (leaf("speed"), leaf("care"))
    typed = {"title": "T", "decision": "D", "currency": "EUR", "price": "price"}
    return Rules.model_validate(typed | {"criteria": (service, leaf("price"))})


def within() -> Result:
    """X has 60 and 60 at the top, Y 50 and 59; but Y has 90 on care, where X has 30.

    With t of the service on care X leads by (80 - 140 t + 1) / 2, which is 0 at t = 81 / 140.
    """
    bids = {
        "X": {"speed": 90, "care": 30, "price": 60},
        "Y": {"speed": 10, "care": 90, "price": 59},
    }
    return assessed(bids, branched(), draws=200)


def test_a_weight_within_a_branch_that_changes_the_winner_is_not_passed_over() -> None:
    judged = within()
    assert summary_of(judged).change.startswith(
        "No top-level weight changes the winner; "
        "within Service, Speed (now 50\u00a0%): first down to 42.2\u00a0%, then Y leads."
    )
    sentence = intervals_sentence(judged)
    assert sentence.endswith(
        "No single top-level weight changes the winner; "
        "the weights of Speed and Care within their groups do."
    )
    assert judged.weight_intervals["service.care"].high == pytest.approx(81 / 140)


def test_first_under_no_top_level_weights_is_not_called_first_under_none() -> None:
    # with everything on care Y has 90 and X 30
    judged = within()
    assert judged.potentially_optimal == {"X": True, "Y": True}
    sentence = (
        "Y cannot be first by top-level weights alone, only if weights within a group of criteria "
        "change too."
    )
    assert weight_changes_sentence(judged) == sentence
    assert anywhere_sentence(judged).endswith(sentence)
    assert "no top-level weights put it first" in weight_changes_table(judged).markup


def test_the_weight_to_move_is_the_difference_of_the_weights_that_are_shown() -> None:
    # of quality w X leads by 40 w - 50 (1 - w), which is 0 at w = 5 / 9, so 4 / 90 of 0.6 moves
    bids = {"X": {"quality": 80, "price": 20}, "Y": {"quality": 40, "price": 70}}
    leaves = (leaf("quality", 60), leaf("price", 40))
    typed = {"title": "T", "decision": "D", "currency": "EUR", "price": "price"}
    judged = assessed(bids, Rules.model_validate(typed | {"criteria": leaves}), draws=200)
    shown = weight_changes_table(judged).markup.replace("\u00a0", " ")
    assert "Quality 55.5 % (now 60 %), Price 44.5 % (now 40 %)" in shown
    assert "4.5 %" in shown  # 60 - 55.5
    assert "rounded so that it suffices" in shown
    assert "each rounded down" in anywhere_sentence(judged)


def test_only_where_no_weight_of_the_tree_does_is_it_said_that_none_does() -> None:
    bids = {
        "X": {"speed": 90, "care": 90, "price": 60},
        "Y": {"speed": 10, "care": 80, "price": 59},
    }
    judged = assessed(bids, branched(), draws=200)
    assert "No single weight, moved anywhere" in summary_of(judged).change
    assert intervals_sentence(judged).endswith(
        "No single weight changes the winner, at any level of the criteria."
    )
    assert weight_changes_sentence(judged) == (
        "Y cannot be first under any weights, at any level of the criteria."
    )


def test_with_one_criterion_nothing_is_said_of_weights() -> None:
    judged = assessed({"X": {"a": 2}, "Y": {"a": 1}}, rules({"a": 1}), draws=10)
    assert "eight" not in summary_of(judged).change
    assert intervals_sentence(judged) == ("There is one criterion, so there is no weight to move.")


EDGE = {"steps": {"at_least": ((900_000.0, 40.0),), "below": 80.0}}
"""80 points under 900,000, 40 from there on."""


def test_a_price_cut_that_wins_only_beyond_an_edge_is_worded_so() -> None:
    # at 950,000 and at 900,000 Y has (40 + 60) / 2 = 50, under it (80 + 60) / 2 = 70; X has 60
    typed = rules({"price": (1, EDGE), "quality": 1})
    bids = {"X": {"price": 950_000, "quality": 80}, "Y": {"price": 950_000, "quality": 60}}
    judged = assessed(bids, typed, draws=10)
    cut = "more than €50k cheaper (a price below €900,000)"
    assert price_change(judged, "Y") == cut
    assert f"Or Y {cut}." in summary_of(judged).change
    assert negotiation_sentence(judged).startswith(f"Y is at least level with X if {cut}.")
    assert cut.replace("€50k", "€50,000") in to_win_table(judged).markup
    at, under = ({**bids, "Y": {"price": p, "quality": 60}} for p in (900_000, 899_999.99))
    assert assessed(at, typed, draws=10).recommendation.vendor == "X"
    assert assessed(under, typed, draws=10).recommendation.vendor == "Y"


def test_at_the_edge_itself_any_lower_price_wins() -> None:
    typed = rules({"price": (1, EDGE), "quality": 1})
    bids = {"X": {"price": 950_000, "quality": 80}, "Y": {"price": 900_000, "quality": 60}}
    cut = price_change(assessed(bids, typed, draws=10), "Y")
    assert cut == "cheaper (a price below €900,000)"


def unpriced(*firsts: str) -> Result:
    """Vendors of 50 points that left the price blank, and one of 25 points at a price of 50."""
    typed = Rules.model_validate(
        {"title": "T", "decision": "D", "currency": "EUR", "price": "price"}
        | {"criteria": (leaf("price"), leaf("quality"))}
    )
    bids = {name: {"price": None, "quality": 100} for name in firsts}
    return assessed(bids | {"Z": {"price": 50, "quality": 0}}, typed, draws=10)


@pytest.mark.parametrize(
    ("firsts", "said"),
    [
        (("A",), "No award: A is first but gives no price."),
        (("A", "B"), "No award: A and B tie without a price."),
    ],
)
def test_a_first_vendor_without_a_price_is_no_award(firsts: tuple[str, ...], said: str) -> None:
    judged = unpriced(*firsts)
    assert judged.recommendation.verdict == "none"
    assert summary_of(judged).sentence == said


def test_a_tie_in_which_one_gives_a_price_is_still_a_tie() -> None:
    judged = assessed(
        {"A": {"price": None, "quality": 100}, "B": {"price": 100, "quality": 0}},
        Rules.model_validate(
            {"title": "T", "decision": "D", "currency": "EUR", "price": "price"}
            | {"criteria": (leaf("price"), leaf("quality"))}
        ),
        draws=10,
    )
    assert judged.recommendation.verdict == "too close"


FOLDER = """\
title: T
decision: D
currency: EUR
price: price
criteria:
  - {id: price, label: Price, weight: 1, answer: price, value: identity, missing: worst}
  - {id: quality, label: Quality, weight: 1, answer: quality, value: identity}
"""


@pytest.mark.parametrize(("price", "code"), [("", 3), ("10", 0)])
def test_a_pipeline_ends_with_three_where_the_first_gives_no_price(
    tmp_path: Path, price: str, code: int
) -> None:
    (tmp_path / "evaluation.yaml").write_text(FOLDER, "utf-8")
    table = f"vendor,price,quality\nA,{price},100\nB,50,0\n"
    (tmp_path / "proposals.csv").write_text(table, "utf-8")
    done = CliRunner().invoke(main, ["score", str(tmp_path), "-p", "draws=10"])
    assert done.exit_code == code, done.stderr
    assert (json.loads(done.stdout)["recommendation"]["verdict"] == "none") == (code == 3)
