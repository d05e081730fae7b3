"""Rankings along a share and the map of winners, against reweighting point by point."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make import examples
from make.builders import five_criteria, rules
from make.random_trees import evaluations, leaders, ranks, scores_at, shares_with
from vendor_eval.analysis.sensitivity.along import Lead, leads_along, rankings_along
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.sensitivity.winners import Region, winner_map
from vendor_eval.bids.proposal import proposals
from vendor_eval.errors import UnknownName, VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation, evaluate


def siblings(evaluation: Evaluation, path: str) -> list[str]:
    tree = evaluation.tree
    parent = tree.parents[tree.at(path)]
    return [p for p, q in zip(tree.paths, tree.parents, strict=True) if q == parent]


@given(evaluations(), st.data())
def test_the_ranking_along_a_share_is_what_reweighting_gives(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(evaluation.tree.paths))
    along = rankings_along(evaluation, path)
    if len(siblings(evaluation, path)) == 1:
        [segment] = along.segments
        assert (segment.low, segment.high) == (1, 1)
        assert segment.ranks == ranks(dict(evaluation.scores * 100))
        return
    assert [s.low for s in along.segments] == [0, *(s.high for s in along.segments[:-1])]
    assert along.segments[-1].high == 1
    for segment in along.segments:
        for part in (0.01, 0.5, 0.99):
            share = segment.low + part * (segment.high - segment.low)
            found = ranks(scores_at(evaluation, shares_with(evaluation, {path: share})))
            assert found == segment.ranks


@given(evaluations(), st.data())
def test_who_leads_along_a_share_is_who_leads_in_the_ranking_along_it(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(evaluation.tree.paths))
    leads = leads_along(evaluation, path)
    if len(siblings(evaluation, path)) == 1:
        assert leads == ()
        return
    merged: list[Lead] = []
    for segment in rankings_along(evaluation, path).segments:
        if merged and merged[-1].vendors == segment.leaders:
            merged[-1] = Lead(merged[-1].low, segment.high, segment.leaders)
        else:
            merged.append(Lead(segment.low, segment.high, segment.leaders))
    assert [lead.vendors for lead in leads] == [lead.vendors for lead in merged]
    ends = [(lead.low, lead.high) for lead in leads]
    assert np.array(ends) == pytest.approx(np.array([(o.low, o.high) for o in merged]), abs=1e-9)


@given(evaluations(), st.data())
def test_the_ends_of_the_lines_are_the_scores_there(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(evaluation.tree.paths))
    assume(len(siblings(evaluation, path)) > 1)
    ends = rankings_along(evaluation, path).ends
    for share in (0, 1):
        scores = scores_at(evaluation, shares_with(evaluation, {path: float(share)}))
        assert {v: end[share] for v, end in ends.items()} == pytest.approx(scores, abs=1e-8)


@given(evaluations())
def test_the_winners_segments_span_its_interval(evaluation: Evaluation) -> None:
    for path, interval in weight_intervals(evaluation).items():
        along = rankings_along(evaluation, path)
        held = [s for s in along.segments if evaluation.winner in s.leaders]
        held = [s for s in held if s.low <= interval.high and s.high >= interval.low]
        if interval.low < interval.high:
            assert min(s.low for s in held) == pytest.approx(interval.low, abs=1e-9)
            assert max(s.high for s in held) == pytest.approx(interval.high, abs=1e-9)


def test_the_worked_crossings_stand_in_order() -> None:
    along = rankings_along(evaluate(*five_criteria()), "expertise")
    assert [segment.leaders for segment in along.segments] == [("A",), ("A",), ("B",), ("B",)]
    assert [round(segment.high, 4) for segment in along.segments[:-1]] == [0.2953, 0.347, 0.4118]
    assert along.segments[0].ranking == ("A", "C", "B")


def test_three_lines_through_one_point_cross_once() -> None:
    bids = {"X": {"a": 0, "b": 90}, "Y": {"a": 90, "b": 0}, "Z": {"a": 60, "b": 30}}
    bids["W"] = {"a": 45, "b": 45}
    along = rankings_along(evaluate(rules({"a": 0.2, "b": 0.8}), proposals(bids)), "a")
    assert along.segments[0].high == pytest.approx(0.5)
    assert [s.ranking for s in along.segments] == [("X", "W", "Z", "Y"), ("Y", "Z", "W", "X")]


def test_a_tie_at_an_end_makes_no_segment_of_its_own() -> None:
    bids = {"X": {"a": 50, "b": 40}, "Y": {"a": 60, "b": 40}}
    along = rankings_along(evaluate(rules({"a": 1, "b": 1}), proposals(bids)), "a")
    assert [s.ranking for s in along.segments] == [("Y", "X")]


def within(region: Region, point: tuple[float, float]) -> float:
    """How far inside a convex polygon a point lies: below 0 outside."""
    corners = np.array(region.vertices)
    sides = np.roll(corners, -1, axis=0) - corners
    turn = np.sign(np.cross(np.append(sides[0], 0), np.append(sides[1], 0))[2])
    to = np.array(point) - corners
    return float((turn * (sides[:, 0] * to[:, 1] - sides[:, 1] * to[:, 0])).min())


@examples(quick=25, further=200)
@given(evaluations(), st.data())
def test_the_map_names_the_winner_that_reweighting_gives(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    first = data.draw(st.sampled_from(evaluation.tree.paths))
    others = [path for path in siblings(evaluation, first) if path != first]
    assume(len(others) > 1)
    second = data.draw(st.sampled_from(others))
    found = winner_map(evaluation, first, second)
    assert sum(region.part for region in found.regions) == pytest.approx(1, abs=1e-9)
    for region in found.regions:
        for x, y in region.vertices:
            assert min(x, y, 1 - x - y) >= -1e-12
            shares = shares_with(evaluation, {first: x, second: y})
            assert set(region.vendors) <= leaders(scores_at(evaluation, shares), 1e-7)
    for i in range(9):
        for j in range(9 - i):
            x, y = (i + 1 / 3) / 9, (j + 1 / 3) / 9
            ahead = leaders(scores_at(evaluation, shares_with(evaluation, {first: x, second: y})))
            inside = [region for region in found.regions if within(region, (x, y)) > 1e-9]
            assert all(set(region.vendors) <= ahead for region in inside)
            assert len(inside) == 1 or any(abs(within(r, (x, y))) <= 1e-9 for r in found.regions)


@given(evaluations())
def test_the_map_over_two_siblings_is_a_segment(evaluation: Evaluation) -> None:
    for path in evaluation.tree.paths:
        family = siblings(evaluation, path)
        if len(family) == 2 and path == family[0]:
            found = winner_map(evaluation, *family)
            along = rankings_along(evaluation, path)
            assert sum(region.part for region in found.regions) == pytest.approx(1)
            assert all(x + y == pytest.approx(1) for r in found.regions for x, y in r.vertices)
            for region in found.regions:
                spans = [s for s in along.segments if s.leaders == region.vendors]
                length = sum(s.high - s.low for s in spans)
                assert region.part == pytest.approx(length, abs=1e-9)


def test_siblings_that_all_weigh_nothing_share_equally() -> None:
    typed = rules({"a": 1, "b": 1, "c": 0, "d": 0})
    bids = {"X": {"a": 50, "b": 60, "c": 0, "d": 0}, "Y": {"a": 40, "b": 40, "c": 60, "d": 100}}
    found = winner_map(evaluate(typed, proposals(bids)), "a", "b")
    assert found.today == (0.5, 0.5)
    # along a = 0 they meet where 60 b = 40 b + 80 (1 - b), along b = 0 where 50 a = ... likewise
    shares = {region.vendors: set(region.vertices) for region in found.regions}
    assert (0.0, pytest.approx(0.8)) in [v for v in shares["X",] if v[0] == 0]
    assert (pytest.approx(8 / 9), 0.0) in [v for v in shares["X",] if v[1] == 0]


def test_a_share_of_one_gives_way_to_siblings_that_weigh_nothing() -> None:
    evaluation = evaluate(
        rules({"a": 1, "b": 0}), proposals({"X": {"a": 80, "b": 0}, "Y": {"a": 60, "b": 60}})
    )
    held = weight_intervals(evaluation)
    assert (held["a"].low, held["a"].below) == (pytest.approx(0.75), "Y")
    assert (held["b"].high, held["b"].above) == (pytest.approx(0.25), "Y")


def test_vendors_alike_all_over_the_map_share_a_region() -> None:
    same = dict(zip("abc", (50, 60, 70), strict=True))
    bids = {"Y": same, "X": same, "Z": dict.fromkeys("abc", 10)}
    found = winner_map(evaluate(rules(dict.fromkeys("abc", 1)), proposals(bids)), "a", "b")
    assert [(region.vendors, region.part) for region in found.regions] == [(("X", "Y"), 1)]


def test_one_vendor_has_the_whole_map_and_no_vendor_has_none() -> None:
    typed = rules(dict.fromkeys("abc", 1))
    row = dict.fromkeys("abc", 10)
    [region] = winner_map(evaluate(typed, proposals({"X": row})), "a", "c").regions
    assert set(region.vertices) == {(1, 0), (0, 1), (0, 0)}
    gate = {"id": "g", "label": "G", "criterion": "a", "rule": {"at_least": 50.0}}
    nobody = evaluate(
        rules(dict.fromkeys("abc", 1), gates=(gate,)), proposals({"X": row, "Y": row})
    )
    assert winner_map(nobody, "a", "c").regions == ()
    assert rankings_along(nobody, "a").segments[0].ranks == {}
    assert weight_intervals(nobody) == {}


def test_a_path_that_is_not_there_or_not_a_sibling_is_refused() -> None:
    evaluation = evaluate(*five_criteria())
    with pytest.raises(UnknownName, match="did you mean 'expertise'"):
        rankings_along(evaluation, "expertize")
    with pytest.raises(UnknownName, match="did you mean 'cost'"):
        winner_map(evaluation, "expertise", "costs")
    with pytest.raises(VendorEvalError, match="two different criteria of one parent"):
        winner_map(evaluation, "cost", "cost")
