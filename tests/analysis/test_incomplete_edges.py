"""What an incomplete vendor may come to be: at either end, in a tie, behind a gate, unweighed."""

from typing import Any

from make.builders import assessed, rules
from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate

MEAN = {"mean_based": {"direction": "min", "points_per_percent": 1}}
GATES = ({"id": "law", "label": "Law", "answer": "law", "rule": {"equals": "EU"}},)


def test_who_could_be_first_is_looked_for_at_both_ends_of_a_faulty_answer() -> None:
    """A price earns 50 points, and 1 for each per cent below the mean; z counts twice.

    Without C the mean is 115: A has 63.0 + 80, B 37.0 + 100, so A is first. With C at 300 the mean
    is 176.7: A has 93.4 + 80, B 76.4 + 100, so B is before A. C itself has 0 + 0 + 2 z: 200 with
    z at 100, which is more than either, and 0 with z at 0.
    """
    typed = rules({"p": (1, MEAN), "q": 1, "z": 2})
    offers: dict[str, dict[str, Any]] = {
        "A": {"p": 100, "q": 80, "z": 0},
        "B": {"p": 130, "q": 100, "z": 0},
    }
    assert assessed(offers, typed, draws=20).recommendation.vendor == "A"
    late = {"C": {"p": 300, "q": 0, "z": "x"}}
    [entry] = assessed(offers | late, typed, draws=20).recommendation.open
    assert (entry.vendor, entry.to) == ("C", ("B", "C"))


def test_who_could_only_tie_for_first_is_not_said_to_be_first() -> None:
    # A has 75 points; D has 25 to 75
    offers: dict[str, dict[str, Any]] = {"A": {"a": 50, "b": 100}, "D": {"a": 50, "b": "x"}}
    [entry] = assessed(offers, rules({"a": 1, "b": 1}), draws=20).recommendation.open
    assert (entry.vendor, entry.to) == ("D", ())


def test_a_gate_is_open_only_where_its_vendor_could_be_first() -> None:
    typed = rules({"a": 1}, gates=GATES)

    def opened(points: int) -> list[tuple[str, str]]:
        offers = {"A": {"a": 50, "law": "EU"}, "B": {"a": points, "law": ""}}
        found = assessed(offers, typed, draws=20)
        assert found.evaluation.status("B") == "undecided"
        return [(entry.vendor, entry.kind) for entry in found.recommendation.open]

    assert opened(40) == []
    assert opened(60) == [("B", "gate")]


def test_a_relative_function_without_weight_leaves_nothing_open() -> None:
    offers: dict[str, dict[str, Any]] = {
        "A": {"p": 10, "q": 50},
        "B": {"p": 20, "q": 60},
        "C": {"p": "x", "q": 10},
    }
    for weight, ranks in ((0, (3, 3)), (1, (1, 3))):
        typed = rules({"p": (weight, "lowest_over_this"), "q": 1})
        assert rank_range(evaluate(typed, proposals(offers)), "C") == ranks


def test_no_blank_of_an_excluded_vendor_is_asked_about() -> None:
    typed = rules({"a": 1, "b": 1}, gates=GATES)

    def asked(law: str) -> dict[str, list[str]]:
        offers = {"A": {"a": 1, "b": 1, "law": "EU"}, "B": {"a": 1, "b": "", "law": law}}
        faults = evaluate(typed, proposals(offers)).faults
        return {vendor: [f.severity for f in met] for vendor, met in faults.items()}

    assert asked("EU") == {"B": ["question"]}
    assert asked("US") == {}


def test_blanks_that_are_scored_0_are_those_of_vendors_that_can_be_ranked() -> None:
    leaves = [
        {"id": c, "label": c, "weight": 1, "answer": c, "value": "identity", "missing": "worst"}
        for c in "ab"
    ]
    typed = rules({"a": 1}, gates=GATES).model_copy()
    typed = type(typed).model_validate(
        typed.model_dump(exclude_unset=True) | {"criteria": tuple(leaves)}
    )
    offers: dict[str, dict[str, Any]] = {
        "A": {"a": 1, "b": "", "law": "EU"},
        "B": {"a": 1, "b": "", "law": ""},
        "C": {"a": "x", "b": "", "law": "EU"},
        "D": {"a": 1, "b": "", "law": "US"},
    }
    found = evaluate(typed, proposals(offers))
    assert [found.status(v) for v in "ABCD"] == ["eligible", "undecided", "incomplete", "excluded"]
    assert found.missing == (("A", "b"), ("B", "b"))
