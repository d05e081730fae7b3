"""What rules may say about how firm a result must be, and which criteria count as judged."""

import pytest

from vendor_eval.rules.robustness import CONCENTRATIONS, Robustness
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.rules_file import read_rules_file

HEAD = "title: T\ndecision: D?\ncurrency: EUR\nprice: cost\ncriteria:\n"
PLAN = "  - {id: plan, label: Plan, weight: 30, answer: plan, value: identity}\n"
COST = (
    "  - {id: cost, label: Cost, weight: 70, answer: cost, value: {linear: {worst: 10, best: 0}}}\n"
)
OLD = HEAD + PLAN + COST
# what the rules above had before any of these keys existed
FINGERPRINT = "sha256:e895ef89a4b651f7670f4778d615de50d5739336f4ebc3590079d4e8e86c7c90"
KEYS, MEANT = "allowed: 'weights' or 'judgement_error'", "did you mean 'judgement_error'?"
WEIGHTS = "allowed: 'tight', 'usual', 'wide' or a number from 1 to 1,000,000"


def read(text: str) -> Rules:
    """The rules of a text without faults."""
    rules, faults, _ = read_rules_file(text.encode())
    assert faults == []
    assert rules is not None
    return rules


def faults(text: str) -> list[str]:
    """Every fault of a text, with its line."""
    return [f"{fault.place}: {fault.message}" for fault in read_rules_file(text.encode())[1]]


def with_plan(more: str, *, value: str = "identity", reads: str = "answer: plan") -> str:
    """The rules with a first criterion of another kind."""
    plan = f"  - {{id: plan, label: Plan, weight: 30, {reads}, value: {value}{more}}}\n"
    return HEAD + plan + COST


@pytest.mark.parametrize(
    ("typed", "concentration"),
    [("tight", 200.0), ("usual", 80.0), ("wide", 30.0), ("40", 40.0), ("12.5", 12.5), ("1", 1.0)],
)
def test_weights_are_a_preset_or_a_number(typed: str, concentration: float) -> None:
    held = read(f"{OLD}robustness: {{weights: {typed}}}\n").robustness
    assert held.concentration == concentration
    assert held.preset == (typed if typed in CONCENTRATIONS else None)
    assert (held.judgement_error, held.error_from) == (3.0, "default")


def test_rules_that_say_nothing_mean_usual_weights_and_three_points() -> None:
    assert read(OLD).robustness == Robustness()
    assert Robustness().concentration == CONCENTRATIONS["usual"] == 80.0
    assert Robustness().judgement_error == 3.0


@pytest.mark.parametrize("typed", ["0", "2.5", "50"])
def test_a_judgement_error_is_in_points_and_said_to_come_from_the_rules(typed: str) -> None:
    held = read(f"{OLD}robustness: {{judgement_error: {typed}}}\n").robustness
    assert (held.judgement_error, held.error_from) == (float(typed), "rules")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("{weights: narrow}", f"robustness.weights: found 'narrow'; {WEIGHTS}"),
        ("{weights: wid}", f"robustness.weights: found 'wid'; did you mean 'wide'?; {WEIGHTS}"),
        ("{weights: 0.5}", f"robustness.weights: found 0.5; {WEIGHTS}"),
        ("{weights: -80}", f"robustness.weights: found -80; {WEIGHTS}"),
        ("{weights: 2000000}", f"robustness.weights: found 2000000; {WEIGHTS}"),
        ("{weights: true}", f"robustness.weights: found True; {WEIGHTS}"),
        ("{weights: .inf}", f"robustness.weights: found inf; {WEIGHTS}"),
        ("{weights: .nan}", f"robustness.weights: found nan; {WEIGHTS}"),
        ("{judgement_error: -1}", "robustness.judgement_error: found -1; allowed: at least 0"),
        ("{judgement_error: 60}", "robustness.judgement_error: found 60; allowed: at most 50"),
        ("{judgement_error: some}", "robustness.judgement_error: found 'some'; allowed: a number"),
        (
            "{judgment_error: 3}",
            f"robustness.judgment_error: unknown key 'judgment_error'; {MEANT}; {KEYS}",
        ),
        (
            "{spread: 0.25}",
            f"robustness.spread: unknown key 'spread'; {KEYS}",
        ),
        ("usual", "robustness: found 'usual'; allowed: keys with their values"),
    ],
)
def test_what_is_not_allowed_is_one_fault_with_its_line(typed: str, fault: str) -> None:
    assert faults(f"{OLD}robustness: {typed}\n") == [f"evaluation.yaml:8: {fault}"]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (", error: 0", "error: found 0; allowed: above 0"),
        (", error: -2", "error: found -2; allowed: above 0"),
        (", error: much", "error: found 'much'; allowed: a number"),
        (", judged: maybe", "judged: found 'maybe'; allowed: true or false"),
        (", judged: 1", "judged: found 1; allowed: true or false"),
        (", judge: true", "judge: unknown key 'judge'; did you mean 'judged'?; allowed: "),
    ],
)
def test_a_leafs_error_is_above_0_and_judged_is_true_or_false(more: str, fault: str) -> None:
    [said] = faults(with_plan(more))
    assert said.startswith(f"evaluation.yaml:6: criteria.0.{fault}")


@pytest.mark.parametrize("key", ["judged: true", "judged: false", "error: 2"])
def test_a_branch_is_not_judged_and_has_no_error_its_leaves_do(key: str) -> None:
    leaf = "{id: a, label: A, weight: 1, answer: plan, value: identity}"
    branch = f"  - {{id: plan, label: Plan, weight: 30, {key}, criteria: [{leaf}]}}\n"
    name = key.partition(":")[0]
    [said] = faults(HEAD + branch + COST)
    assert said.startswith(f"evaluation.yaml:6: criteria.0: found both 'criteria' and '{name}'; ")


@pytest.mark.parametrize(
    "same",
    [
        "",
        "robustness: {}\n",
        "robustness: {weights: usual}\n",
        "robustness: {judgement_error: 3}\n",
        "robustness: {weights: usual, judgement_error: 3.0}\n",
    ],
)
def test_defaults_leave_the_fingerprint_of_older_rules_as_it_was(same: str) -> None:
    assert fingerprint(read(OLD + same)) == FINGERPRINT


def test_every_other_choice_is_another_fingerprint() -> None:
    texts = [
        OLD,
        *(f"{OLD}robustness: {{{key}}}\n" for key in ("weights: wide", "weights: 30")),
        f"{OLD}robustness: {{judgement_error: 5}}\n",
        *(with_plan(more) for more in (", judged: false", ", judged: true", ", error: 3")),
    ]
    assert len({fingerprint(read(text)) for text in texts}) == len(texts)


LINEAR = "{linear: {worst: 0, best: 100}}"


@pytest.mark.parametrize(
    ("value", "more", "judged"),
    [
        ("identity", "", True),
        (LINEAR, "", False),
        (LINEAR, ", unit: points", True),
        (LINEAR, ", unit: 'points of 10'", True),
        (LINEAR, ", unit: Marks", True),
        (LINEAR, ", unit: score", True),
        (LINEAR, ", unit: rating", True),
        ("this_over_highest", ", unit: points", True),
        (LINEAR, ", unit: years", False),
        (LINEAR, ", unit: percentage points", False),
        (LINEAR, ", judged: true", True),
        ("{levels: {poor: 0, good: 100}}", "", False),
        ("{levels: {poor: 0, good: 100}}", ", judged: true", True),
        ("identity", ", judged: false", False),
        (LINEAR, ", unit: points, judged: false", False),
    ],
)
def test_an_answer_in_points_is_judged_unless_the_rules_say_otherwise(
    value: str, more: str, judged: bool
) -> None:
    rules = read(with_plan(more, value=value))
    assert rules.is_judged(rules.criteria[0]) is judged


@pytest.mark.parametrize("more", ["", ", unit: points", ", judged: false"])
@pytest.mark.parametrize("value", ["identity", LINEAR])
def test_the_price_is_never_judged(value: str, more: str) -> None:
    cost = f"  - {{id: cost, label: Cost, weight: 70, answer: cost, value: {value}{more}}}\n"
    rules = read(HEAD + PLAN + cost)
    assert [rules.is_judged(leaf) for leaf in rules.criteria] == [True, False]


def test_a_measure_in_points_is_no_persons_judgement() -> None:
    reads = "measure: corruption_perceptions"
    rules, _, _ = read_rules_file(with_plan(", unit: points", value=LINEAR, reads=reads).encode())
    assert rules is not None
    assert not rules.is_judged(rules.criteria[0])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (with_plan(", judged: true, error: 5"), "found both 'judged' and 'error'"),
        (with_plan(", error: 500"), "found an error of 500 points; allowed: at most 50"),
        (OLD.replace("cost, value", "cost, judged: true, value"), "a price is never judged"),
    ],
)
def test_what_would_be_passed_over_is_a_fault(text: str, fault: str) -> None:
    [found] = faults(text)
    assert fault in found


def test_an_error_under_a_relative_function_is_in_the_answers_unit_and_may_be_large() -> None:
    assert read(with_plan(", error: 5000", value="this_over_highest")).criteria[0].error == 5000


@pytest.mark.parametrize("unit", ["% points", "percentage points", "basis points"])
def test_points_of_a_percentage_are_no_judgement(unit: str) -> None:
    linear = "{linear: {worst: 0, best: 10}}"
    rules = read(with_plan(f", unit: '{unit}'", value=linear))
    assert not rules.is_judged(rules.criteria[0])
