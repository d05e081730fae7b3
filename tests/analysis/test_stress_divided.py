"""The stress test of a price per point: what it warns of is true of its bids, floors heeded."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from make import examples
from vendor_eval.analysis.stress.dummies import Dummies
from vendor_eval.analysis.stress.trial import StressTest, stress_test
from vendor_eval.rules.consistency import inconsistencies
from vendor_eval.rules.rules import Rules

FUNCTIONS: tuple[Any, ...] = (
    "identity",
    {"linear": {"worst": 0, "best": 50}},
    {"steps": {"at_least": ((10, 15), (30, 90)), "below": 5}},
    {"levels": {"plan": 20, "running": 60, "best": 100}},
)
CAP = {"id": "cap", "label": "P", "answer": "price", "rule": {"at_most": 1000}}


def divided(functions: tuple[Any, ...] = ("identity", "identity"), **more: Any) -> Rules:
    """Rules that divide a price by the points of a branch, with a limit on the price."""
    leaves = tuple(
        {"id": f"c{n}", "label": f"C{n}", "weight": n + 1, "answer": f"a{n}", "value": function}
        for n, function in enumerate(functions)
    )
    per_point = {"quality": ("quality",), **more.pop("rule", {})}
    typed: dict[str, Any] = {
        **{"title": "T", "decision": "Which?", "currency": "EUR", "price": "price"},
        "criteria": ({"id": "quality", "label": "Quality", "weight": 1, "criteria": leaves},),
        "award_rule": {"price_per_point": per_point},
        "gates": (CAP, *more.pop("gates", ())),
    }
    return Rules.model_validate(typed | more)


def warned(tested: StressTest) -> bool:
    """Whether an almost empty bid is said to win."""
    return "empty-bid-wins" in [warning.id for warning in tested.warnings]


def figures(tested: StressTest) -> list[str]:
    """What is said of a bid at half the price."""
    return [figure.says for figure in tested.figures if figure.id == "empty-bid-wins"]


@examples(quick=40, further=200)
@given(st.data())
def test_an_almost_empty_bid_that_is_said_to_win_is_eligible_and_first(data: st.DataObject) -> None:
    functions = tuple(data.draw(st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=3)))
    paths = ["quality", *(f"quality.c{n}" for n in range(len(functions)))]
    named, bound = st.sampled_from(paths), st.integers(1, 90)
    more: dict[str, Any] = {}
    if data.draw(st.booleans()):
        floor = {"id": "floor", "label": "F", "criterion": data.draw(named)}
        more["gates"] = (floor | {"rule": {"at_least": data.draw(bound)}},)
    if data.draw(st.booleans()):
        more["knock_out"] = {"criterion": data.draw(named), "below": data.draw(bound)}
    if data.draw(st.booleans()):
        more["shortlist"] = {"criterion": data.draw(named), "best": data.draw(st.integers(1, 3))}
        more["stress"] = {"vendors": data.draw(st.integers(1, 4))}
    if data.draw(st.booleans()):
        more["rule"] = {"least_quality": data.draw(bound)}
    rules = divided(functions, **more)
    if any(inconsistencies(rules)):
        return
    for warning in stress_test(rules).warnings:
        if warning.id == "empty-bid-wins":
            evaluation = Dummies(rules).evaluated(warning.example.rows)
            assert evaluation.ranking[:2] == ("Almost empty bid", "Good bid")
            assert 0 < 100 * evaluation.scores["Almost empty bid"] <= 20.0 + 1e-9


def test_a_floor_under_the_quality_raises_what_an_almost_empty_bid_has() -> None:
    floor = {"id": "floor", "label": "F", "criterion": "quality.c1", "rule": {"at_least": 50}}
    assert warned(stress_test(divided()))
    assert not warned(stress_test(divided(gates=(floor,))))  # (20 + 2 x 50) / 3 is 40 points


def test_a_knock_out_takes_the_points_of_an_almost_empty_bid() -> None:
    knocked = divided(knock_out={"criterion": "quality", "below": 30})
    assert not warned(stress_test(knocked))  # no points: last, at any price


def test_a_shortlist_leaves_an_almost_empty_bid_out() -> None:
    listed = divided(shortlist={"criterion": "quality", "best": 1})
    assert not warned(stress_test(listed))


def test_at_half_the_price_no_fewer_points_than_the_least_win() -> None:
    said = "At half the price a bid wins against one with 60 points of quality from {} points on"
    for least, needed in ((20, 30), (30, 30), (55, 55)):
        rules = divided(rule={"least_quality": least})
        assert figures(stress_test(rules)) == [said.format(needed)]
    assert figures(stress_test(divided(rule={"least_quality": 60}))) == []
