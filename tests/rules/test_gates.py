"""Gates: what they pass, fail and leave open, and which bids and answers a gate keeps out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from make.builders import rules
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules


def gate(rule: Mapping[str, Any], **reads: str) -> dict[str, Any]:
    return {"id": "g", "label": "G", "rule": dict(rule)} | (reads or {"answer": "x"})


def states(rule: Mapping[str, Any], answers: list[str], **more: Any) -> list[str]:
    """How one gate on an answer stands for vendors who answered so."""
    typed = rules({"cost": 1}, gates=(gate(rule),), **more)
    offers = {f"v{n}": {"cost": 50, "x": answer} for n, answer in enumerate(answers)}
    passages = evaluate(typed, proposals(offers)).screening.passages
    return [passages[vendor]["g"].state for vendor in offers]


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ({"equals": "yes"}, "yes|Yes|no|", "pass fail fail unknown"),
        ({"one_of": ("a", "b")}, "a|b|c|", "pass pass fail unknown"),
        ({"equals": 2.0}, "2|2.0|3|1..3|", "pass pass fail fail unknown"),
        (
            {"at_least": 60.0},
            "60|59.9|50..59|50..60|60..70|",
            "pass fail fail unknown pass unknown",
        ),
        ({"at_most": 60.0}, "60|60.1|61..70|60..70|50..60|", "pass fail fail unknown pass unknown"),
        ({"not_before": date(2027, 1, 1)}, "2027-01-01|2026-12-31|", "pass fail unknown"),
        ({"not_before": "start"}, "2027-01-01|2026-12-31|", "pass fail unknown"),
        ({"not_before": "as_of"}, "2026-12-31|2026-11-19|", "pass fail unknown"),
    ],
)
def test_a_gate_on_an_answer_passes_fails_or_stays_unknown(
    rule: dict[str, Any], answers: str, expected: str
) -> None:
    dates = {"as_of": date(2026, 11, 20), "start": date(2027, 1, 1)}
    assert states(rule, answers.split("|"), **dates) == expected.split()


@pytest.mark.parametrize(
    ("bound", "a", "b", "expected"),
    [
        ({"at_least": 60.0}, 80, 40, "pass"),  # 60 points
        ({"at_least": 60.0}, 80, 39, "fail"),
        ({"at_least": 60.0}, 100, None, "unknown"),  # 50 to 100 points
        ({"at_least": 60.0}, 10, None, "fail"),  # 5 to 55 points
        ({"at_least": 40.0}, 80, None, "pass"),  # 40 to 90 points
        ({"at_least": 40.0}, None, None, "unknown"),
        ({"at_least": 0.0}, None, None, "pass"),
        ({"at_most": 60.0}, 100, None, "unknown"),
        ({"at_most": 45.0}, 100, None, "fail"),
        ({"at_most": 60.0}, 20, None, "pass"),
        ({"at_most": 100.0}, None, None, "pass"),
    ],
)
def test_a_gate_on_a_branch_is_unknown_where_the_blanks_at_0_and_at_100_leave_it_open(
    bound: dict[str, float], a: float | None, b: float | None, expected: str
) -> None:
    passage = branch(bound, {"V": {"cost": 50, "a": a, "b": b}}).screening.passages["V"]["g"]
    assert passage.state == expected
    blanks = {"branch.a": a, "branch.b": b}
    assert passage.blank == tuple(path for path, answer in blanks.items() if answer is None)
    # the points that count, a blank as 0; or what they may be, where that decides
    least = ((a or 0) + (b or 0)) / 2
    most = ((100 if a is None else a) + (100 if b is None else b)) / 2
    assert passage.found == (f"{least:g}..{most:g}" if expected == "unknown" else least)


def branch(bound: Mapping[str, float], offers: Mapping[str, Mapping[str, Any]]) -> Evaluation:
    """An evaluation with a branch of two equal leaves, a gate on it, and a price."""
    leaf = {"weight": 1, "value": "identity"}
    leaves = tuple(leaf | {"id": n, "label": n, "answer": n, "missing": "worst"} for n in "ab")
    node = {"id": "branch", "label": "Branch", "weight": 1, "criteria": leaves}
    cost = leaf | {"id": "cost", "label": "Cost", "answer": "cost"}
    scenarios = {"only_a": {"weights": {"branch.a": 1, "branch.b": 0}}}
    gates = (gate(bound, criterion="branch"),)
    return evaluate(nested((node, cost), gates=gates, scenarios=scenarios), proposals(offers))


def nested(criteria: tuple[Mapping[str, Any], ...], **more: Any) -> Rules:
    """Rules over a tree of criteria, of which the answer `cost` is the price."""
    typed = {"title": "T", "decision": "Which one?", "currency": "EUR", "price": "cost"}
    return Rules.model_validate(typed | {"criteria": criteria} | more)


def test_gates_hold_in_every_scenario_as_under_the_rules_own_weights() -> None:
    stated = branch({"at_least": 60}, {"V": {"cost": 50, "a": 100, "b": 0}})
    other = evaluate(stated.rules, stated.proposals, scenario="only_a")
    assert other.values.loc["V", "branch"] == 1
    assert stated.status("V") == other.status("V") == "excluded"
    assert other.shadow_ranks == {"V": 1}


def test_float_noise_decides_no_gate() -> None:
    leaves = tuple(
        {"id": n, "label": n, "weight": w, "answer": n, "value": "identity"}
        for n, w in {"a": 0.1, "b": 0.2, "cost": 0.7}.items()
    )
    whole = {"id": "all", "label": "All", "weight": 1, "criteria": leaves}
    for bound in ({"at_least": 70.3}, {"at_most": 70.3}):
        typed = nested((whole,), gates=(gate(bound, criterion="all"),))
        evaluation = evaluate(typed, proposals({"V": {"a": 70.3, "b": 70.3, "cost": 70.3}}))
        assert evaluation.status("V") == "eligible"


def test_one_failed_gate_excludes_and_otherwise_one_unknown_one_leaves_undecided() -> None:
    gates = tuple(
        {"id": n, "label": n, "answer": n, "rule": {"equals": "y"}} for n in ("g", "h", "i")
    )
    offers = {
        "".join(answers): {"cost": 50, **dict(zip("ghi", answers, strict=True))}
        for answers in ("yyy", "yy ", " ny", "n y", "   ", "nnn")
    }
    evaluation = evaluate(rules({"cost": 1}, gates=gates), proposals(offers))
    statuses = {vendor: evaluation.status(vendor) for vendor in offers}
    assert statuses == {
        "yyy": "eligible",
        "yy ": "undecided",
        " ny": "excluded",
        "n y": "excluded",
        "   ": "undecided",
        "nnn": "excluded",
    }


def test_a_blank_is_a_fault_but_for_an_excluded_vendor_who_then_has_no_score() -> None:
    typed = rules({"cost": 1, "a": 1}, gates=(gate({"equals": "y"}),))
    offers: dict[str, dict[str, Any]] = {
        "Good": {"cost": 50, "a": 50, "x": "y"},
        "Out": {"cost": 50, "a": None, "x": "n"},
    }
    evaluation = evaluate(typed, proposals(offers))
    assert list(evaluation.scores.index) == ["Good"]
    assert evaluation.shadow_ranks == {}
    assert evaluation.status("Out") == "excluded"
    assert "Out" not in evaluation.faults
    for undecided in ("y", ""):
        asked = evaluate(typed, proposals(offers | {"Out": offers["Out"] | {"x": undecided}}))
        assert asked.status("Out") == "incomplete"
        [question] = asked.faults["Out"]
        assert str(question) == "proposals!Out!a: blank: 'A'; allowed: an answer"
        assert question.severity == "question"


def test_a_blank_that_may_be_missing_scores_the_worst_and_is_listed() -> None:
    offers = {"A": {"cost": 50, "a": 60, "b": None}, "B": {"cost": 50, "a": 60, "b": 0}}
    evaluation = branch({"at_least": 0}, offers)
    assert evaluation.values.loc["A", "branch.b"] == 0
    assert evaluation.scores["A"] == evaluation.scores["B"]
    assert evaluation.missing == (("A", "branch.b"),)


def test_a_relative_measure_is_taken_over_the_eligible_vendors_alone() -> None:
    typed = rules({"cost": (1, "lowest_over_this")}, gates=(gate({"equals": "y"}),))
    offers = {
        n: {"cost": c, "x": x} for n, c, x in [("A", 80, "y"), ("B", 100, "y"), ("C", 1, "n")]
    }
    evaluation = evaluate(typed, proposals(offers))
    assert evaluation.values["cost"].to_dict() == {"A": 1, "B": 0.8, "C": 1}
    assert evaluation.shadow_ranks == {"C": 1}


def test_without_an_eligible_vendor_a_relative_value_is_null() -> None:
    typed = rules({"cost": (1, "lowest_over_this")}, gates=(gate({"equals": "y"}),))
    evaluation = evaluate(
        typed, proposals({"A": {"cost": 80, "x": "n"}, "B": {"cost": 0, "x": ""}})
    )
    assert evaluation.scores.empty
    assert (evaluation.ranking, dict(evaluation.shadow_ranks)) == ((), {})
