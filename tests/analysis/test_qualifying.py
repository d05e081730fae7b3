"""What keeps a vendor out, and what it would take once it is in."""

from datetime import date

import pytest

from make.builders import rules
from vendor_eval.analysis.required_changes.changes import Change, to_win
from vendor_eval.analysis.required_changes.qualifying import to_qualify
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate

GATES = (
    {"id": "soc2", "label": "Report", "answer": "soc2", "rule": {"one_of": ("type_1", "type_2")}},
    {"id": "floor", "label": "Floor", "criterion": "b", "rule": {"at_least": 30.0}},
    {"id": "iso", "label": "Certificate", "answer": "iso", "rule": {"not_before": "start"}},
    {"id": "staff", "label": "Staff", "answer": "staff", "rule": {"at_most": 250.0}},
    {"id": "law", "label": "Law", "answer": "law", "rule": {"equals": "EU"}},
)


def gated() -> Evaluation:
    typed = rules({"a": 1, "b": 1}, gates=GATES, start=date(2027, 1, 1))
    good = {"soc2": "type_2", "iso": "2027-05-01", "staff": 100, "law": "EU"}
    return evaluate(
        typed,
        proposals(
            {
                "A": good | {"a": 60, "b": 60},
                "B": good | {"a": 90, "b": 20, "soc2": "none", "iso": "2026-05-01"},
                "C": good | {"a": 90, "b": 80, "law": "", "staff": "200..300"},
                "D": good | {"a": 10, "b": 40},
            }
        ),
    )


def test_each_gate_that_is_not_passed_is_told_with_what_it_asks() -> None:
    found = to_qualify(gated())
    assert list(found) == ["B", "C"]
    told = [(h.gate, h.state, h.asks, h.found) for h in found["B"].hurdles]
    assert told == [
        ("soc2", "fail", "'type_1' or 'type_2'", "none"),
        ("floor", "fail", "at least 30 points", 20.0),
        ("iso", "fail", "not before 2027-01-01 (the service start)", "2026-05-01"),
    ]
    assert [(h.gate, h.state, h.asks, h.found) for h in found["C"].hurdles] == [
        ("staff", "unknown", "at most 250", "200..300"),
        ("law", "unknown", "'EU'", None),
    ]
    assert (found["B"].status, found["C"].status) == ("excluded", "undecided")


def test_once_qualified_a_vendor_has_its_shadow_rank_and_a_way_to_win() -> None:
    found = to_qualify(gated())
    assert (found["B"].shadow_rank, found["C"].shadow_rank) == (2, 1)
    assert found["B"].to_win["b"] == Change(pytest.approx(10), 20.0, pytest.approx(30))
    assert found["C"].to_win == {"a": Change(0, 90.0, 90.0), "b": Change(0, 80.0, 80.0)}


def test_an_excluded_vendor_without_a_score_is_told_its_gates_alone() -> None:
    typed = rules({"a": 1, "b": 1}, gates=GATES[:1])
    bids = {"A": {"a": 1, "b": 1, "soc2": "type_1"}, "B": {"a": "", "b": 1, "soc2": "none"}}
    [(_, found)] = to_qualify(evaluate(typed, proposals(bids))).items()
    assert (found.shadow_rank, found.to_win, len(found.hurdles)) == (None, {}, 1)


def test_a_vendor_that_qualifies_counts_in_the_relative_values() -> None:
    typed = rules({"price": (1, "lowest_over_this"), "q": 1}, gates=GATES[:1])
    bids = {
        "A": {"price": 100, "q": 80, "soc2": "type_1"},
        "B": {"price": 125, "q": 60, "soc2": "type_1"},
        "C": {"price": 80, "q": 30, "soc2": "none"},
    }
    evaluation = evaluate(typed, proposals(bids))
    change = to_qualify(evaluation)["C"].to_win["price"]
    open_to_all = typed.model_copy(update={"gates": ()})
    assert change == to_win(evaluate(open_to_all, proposals(bids)))["C"]["price"]
    assert change is not None
    moved = evaluate(open_to_all, proposals(bids | {"C": bids["C"] | {"price": change.to}}))
    others = max(moved.scores["A"], moved.scores["B"])
    assert moved.scores["C"] == pytest.approx(others, abs=1e-11)


def test_without_an_eligible_vendor_qualifying_is_winning() -> None:
    typed = rules({"a": 1}, gates=GATES[:1])
    found = to_qualify(evaluate(typed, proposals({"A": {"a": 10, "soc2": "none"}})))["A"]
    assert (found.shadow_rank, found.to_win) == (1, {"a": Change(0, 10.0, 10.0)})
