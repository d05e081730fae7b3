"""Which unknown matters: worked by hand, and against evaluating one answer after another."""

from dataclasses import asdict
from itertools import pairwise
from json import dumps

import numpy as np
import pytest

from make.builders import five_criteria, rules
from make.unknowns import Bids, asked, gate, may_miss
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.evaluation.evaluation import evaluate


def test_an_evaluation_without_an_unknown_asks_nothing() -> None:
    assert open_answers(evaluate(*five_criteria())) == ()


def test_a_range_is_worth_what_the_lead_changes_hands_for() -> None:
    # A is 50 throughout; B is uniform on 30..60, 45 at its midpoint: E max = 50 + 1/3 x 5
    [found] = asked(rules({"a": 1}), {"A": {"a": 50}, "B": {"a": "30..60"}})
    assert (found.vendor, found.kind, found.about, found.found) == ("B", "range", ("a",), "30..60")
    assert (found.could_change, found.to, found.turns_at) == (True, ("B",), 50.0)
    assert found.evpi == pytest.approx(5 / 3, abs=1e-9)
    assert found.expected_loss == pytest.approx(5 / 3, abs=1e-9)


def test_a_likely_number_makes_a_range_triangular() -> None:
    # density above 50 is (60 - x) / 450 on 30..30..60: a cubic over the last ten points
    [found] = asked(rules({"a": 1}), {"A": {"a": 50}, "B": {"a": "30..30..60"}})
    assert found.evpi == pytest.approx(10**3 / 6 / 450, abs=1e-9)


def test_a_likely_number_at_the_midpoint_is_still_triangular() -> None:
    bids = {"A": {"a": 50}, "B": {"a": "40..50..60"}, "C": {"a": "40..60"}}
    worth = {q.vendor: q.evpi for q in asked(rules({"a": 1}), bids)}
    assert worth == {"B": pytest.approx(10 / 6, abs=1e-9), "C": pytest.approx(2.5, abs=1e-9)}


def test_a_missing_answer_is_taken_as_any_value_alike() -> None:
    # B is 30 + 0.5 v for v uniform on 0..100 against 60; at v = 0 it loses, on average it is 55
    typed = may_miss(rules({"a": 1, "b": 1}), "b")
    [found] = asked(typed, {"A": {"a": 60, "b": 60}, "B": {"a": 60, "b": ""}})
    assert (found.kind, found.to, found.turns_at) == ("missing", ("B",), 60.0)
    assert found.expected_loss == pytest.approx(0.4 * 10, abs=1e-9)
    assert found.evpi == pytest.approx(0.4 * 10, abs=1e-9)


def test_keeping_to_the_winner_may_cost_more_than_choosing_by_expectation() -> None:
    # scored 0 the missing answer loses; on average B is ahead, so only the list's order by the
    # loss of keeping to A tells that B must be asked
    typed = may_miss(rules({"a": 1, "b": 1}), "b")
    [found] = asked(typed, {"A": {"a": 40, "b": 40}, "B": {"a": 60, "b": ""}})
    assert found.evpi == pytest.approx(0.2 * 5, abs=1e-9)
    assert found.expected_loss == pytest.approx(0.8 * 20, abs=1e-9)


def test_a_range_under_a_ratio_is_integrated_to_nine_decimals() -> None:
    # the price is B's alone to know: value 100 x 10 / x for x uniform on 10..40, against 40
    typed = rules({"a": (1, "lowest_over_this"), "b": 0})
    bids: Bids = {"L": {"a": 10, "b": 0}, "B": {"a": "11..40", "b": 0}, "C": {"a": 25, "b": 0}}
    typed = rules({"a": (1, "lowest_over_this"), "b": (1, "identity")})
    bids["C"]["b"], bids["L"]["b"], bids["B"]["b"] = 70, 0, 60
    [found] = asked(typed, bids)
    # C: (40 + 70) / 2 = 55; B: (1000 / x + 60) / 2 is 55 at x = 20
    best = (500 * np.log(20 / 11) + 9 * 30 + 20 * 55) / 29
    mean = (500 * np.log(40 / 11) + 29 * 30) / 29
    assert found.turns_at == pytest.approx(20)
    assert found.evpi == pytest.approx(best - max(mean, 55), abs=1e-9)


def test_an_answer_that_jumps_at_its_very_end_could_change_the_winner() -> None:
    typed = rules({"a": (1, {"steps": {"at_least": ((9.0, 80.0),), "below": 10.0}})})
    [found] = asked(typed, {"A": {"a": 5}, "B": {"a": "5..9"}, "C": {"a": "1..8"}})[:1]
    assert (found.vendor, found.to, found.turns_at, found.evpi) == ("B", ("B",), 9.0, 0.0)


def test_a_gate_is_given_no_probability_but_a_gain_if_passed() -> None:
    typed = rules({"a": 1}, gates=(gate("proof", equals="yes"),))
    bids = {
        "A": {"a": 50, "proof": "yes"},
        "B": {"a": 70, "proof": ""},
        "C": {"a": 90, "proof": "no"},
    }
    [found] = asked(typed, bids)
    assert (found.vendor, found.kind, found.about) == ("B", "gates", ("proof_gate",))
    assert (found.could_change, found.to) == (True, ("B",))
    assert (found.gain_if_passed, found.evpi) == (pytest.approx(20), None)


def test_a_vendor_that_enters_may_hand_the_first_place_to_another() -> None:
    # D's price of 60 halves what a low price is worth, so B overtakes A: a losing bid decides
    typed = rules(
        {"p": (4, "lowest_over_this"), "q": (6, "identity")}, gates=(gate("proof", equals="yes"),)
    )
    bids = {
        "A": {"p": 100, "q": 50, "proof": "yes"},
        "B": {"p": 108, "q": 54, "proof": "yes"},
        "D": {"p": 60, "q": 10, "proof": ""},
    }
    [found] = asked(typed, bids)
    assert (found.vendor, found.to) == ("D", ("B",))
    assert found.gain_if_passed == pytest.approx(54.6222 - 54.0, abs=1e-3)


def test_what_an_undecided_vendor_is_asked_presumes_its_gates() -> None:
    typed = may_miss(rules({"a": 1, "b": 1}, gates=(gate("proof", equals="yes"),)), "b")
    bids = {"A": {"a": 50, "b": 50, "proof": "yes"}, "B": {"a": 45, "b": "", "proof": ""}}
    gates, missing = sorted(asked(typed, bids), key=lambda question: question.kind)
    assert not gates.could_change
    assert (missing.presumes, missing.turns_at) == (("proof_gate",), pytest.approx(55))
    assert missing.expected_loss == pytest.approx(0.45 * 22.5 / 2, abs=1e-9)


def test_values_with_which_a_branch_gate_fails_are_left_out() -> None:
    # B passes from b = 60 on, and from there it is uniform: 60 + (b - 60) / 2 against 70
    floor = {"id": "floor", "label": "F", "criterion": "b", "rule": {"at_least": 60.0}}
    typed = may_miss(rules({"a": 1, "b": 1}, gates=(floor,)), "b")
    bids = {"A": {"a": 70, "b": 70}, "B": {"a": 60, "b": ""}}
    missing = {q.kind: q for q in asked(typed, bids)}["missing"]
    assert missing.turns_at == pytest.approx(80)
    assert missing.evpi == pytest.approx(0.5 * 5, abs=1e-9)


def test_numbers_with_which_a_gate_on_the_same_range_fails_are_left_out() -> None:
    typed = rules({"a": 1}, gates=(gate("a", at_most=60.0),))
    bids = {"A": {"a": 50}, "B": {"a": "40..80"}}
    ranges = {q.kind: q for q in asked(typed, bids)}["range"]
    assert ranges.evpi == pytest.approx(0.5 * 5, abs=1e-9)


def test_without_an_eligible_vendor_the_gates_are_asked_for() -> None:
    typed = rules({"p": (1, "lowest_over_this")}, gates=(gate("proof", equals="yes"),))
    [found] = asked(typed, {"A": {"p": 50, "proof": ""}, "B": {"p": 60, "proof": "no"}})
    assert (found.could_change, found.to, found.gain_if_passed) == (True, ("A",), None)


def test_a_lone_vendor_has_unknowns_that_change_nothing() -> None:
    [found] = asked(rules({"a": 1}), {"A": {"a": "10..90"}})
    assert (found.could_change, found.evpi) == (False, 0.0)


def test_identical_vendors_tie_until_one_of_them_is_asked() -> None:
    bids = {"A": {"a": 50}, "B": {"a": "40..60"}}
    [found] = asked(rules({"a": 1}), bids)
    assert (found.to, found.evpi) == (("A", "B"), pytest.approx(2.5, abs=1e-9))


def test_a_criterion_without_weight_is_not_worth_asking_about() -> None:
    typed = rules({"b": 0, "a": 1})
    [found] = asked(typed, {"A": {"a": 50, "b": "0..100"}, "B": {"a": 40, "b": 3}})
    assert (found.could_change, found.evpi, found.expected_loss) == (False, 0.0, 0.0)


def test_the_tie_break_of_the_rules_decides_here_too() -> None:
    typed = rules({"a": 1, "b": 1, "c": 0}, tie_break=("c",))
    bids = {"A": {"a": 50, "b": 50, "c": 1}, "B": {"a": 50, "b": 50, "c": "0..4"}}
    [found] = asked(typed, bids)
    assert (found.to, found.turns_at) == (("A", "B"), 1.0) or found.to == ("A",)
    assert found.evpi == 0.0


def test_questions_can_be_written_as_json() -> None:
    found = asked(rules({"a": 1}), {"A": {"a": 50}, "B": {"a": "30..60"}})
    assert '"turns_at": 50.0' in dumps([asdict(question) for question in found], allow_nan=False)


def test_questions_come_in_the_order_of_what_they_are_worth() -> None:
    typed = rules({"a": 1}, gates=(gate("proof", equals="yes"),))
    bids = {
        "A": {"a": 50, "proof": "yes"},
        "B": {"a": "30..60", "proof": "yes"},
        "C": {"a": "10..20", "proof": "yes"},
        "D": {"a": 70, "proof": ""},
    }
    found = asked(typed, bids)
    assert [question.vendor for question in found] == ["D", "B", "C"]
    assert all(one.value >= other.value for one, other in pairwise(found))
