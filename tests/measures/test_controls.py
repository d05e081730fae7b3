"""Coverage of controls: over what applies, a partial answer counting what the rules say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from make.evidence import graded, taken
from make.responses import response
from vendor_eval.measures.graded_answers import grade_counts
from vendor_eval.questionnaire.grades import GRADES
from vendor_eval.questionnaire.security import CONTROL_DOMAINS, CONTROLS, domain_questions

ACCESS = domain_questions("access")
EVERY = {field.id: "yes" for field in CONTROLS.fields}


def access(*grades: str, **parameters: Any) -> Any:
    shown = graded(dict(zip(ACCESS, grades, strict=False)))
    return taken("control_coverage", shown, domain="access", **{"partial": 50, **parameters})


def test_a_partial_answer_counts_what_the_rules_say_and_nothing_is_built_in() -> None:
    answers = ("yes", "yes", "partial", "no", "no")
    assert access(*answers, partial=50).value == pytest.approx(50)  # (2 + 0.5) of 5
    assert access(*answers, partial=0).value == pytest.approx(40)
    assert access(*answers, partial=100).value == pytest.approx(60)
    with pytest.raises(ValidationError, match="partial"):
        taken("control_coverage", graded(EVERY), domain="access")


def test_what_does_not_apply_is_counted_neither_as_yes_nor_as_no() -> None:
    assert access("yes", "yes", "no", "no", "not applicable").value == pytest.approx(50)


def test_a_domain_where_nothing_applies_shows_nothing_rather_than_0_or_100() -> None:
    found = access(*["not applicable"] * 5)
    assert found.value is None
    assert found.note == "no question applies"
    assert len(found.cells) == 5
    assert access(*["not applicable"] * 5, blanks="no").value is None


def test_a_blank_leaves_the_coverage_open_and_is_told() -> None:
    found = access("yes", "yes", "yes", "yes")
    assert found.value is None
    assert found.note == f"4 yes; blank: {ACCESS[-1]}"


def test_a_blank_counts_as_no_only_where_the_rules_say_so() -> None:
    found = access("yes", "yes", "yes", "yes", blanks="no")
    assert found.value == pytest.approx(80)
    assert "blank" in found.note


def test_the_least_covered_domain_is_named() -> None:
    shown = graded(EVERY | dict.fromkeys(domain_questions("suppliers"), "partial"))
    found = taken("least_control_coverage", shown, partial=25)
    assert found.value == pytest.approx(25)
    assert found.note == "Suppliers and subcontractors: 2 partial"


def test_the_least_coverage_passes_over_domains_where_nothing_applies() -> None:
    shown = graded(EVERY | dict.fromkeys(domain_questions("workplace"), "not applicable"))
    assert taken("least_control_coverage", shown, partial=0).value == 100
    nothing = graded(dict.fromkeys(EVERY, "not applicable"))
    found = taken("least_control_coverage", nothing, partial=0)
    assert (found.value, found.note) == (None, "no question on controls applies")


def test_one_blank_anywhere_leaves_the_least_coverage_open() -> None:
    shown = graded({id: grade for id, grade in EVERY.items() if id != "data_rest"})
    found = taken("least_control_coverage", shown, partial=0)
    assert (found.value, found.note) == (None, f"1 of {len(EVERY)} answers are blank: data_rest")
    assert taken("least_control_coverage", shown, partial=0, blanks="no").value == 80


def test_evidence_is_counted_over_the_controls_said_to_be_in_place() -> None:
    answers = {"access_mfa": "yes", "access_review": "yes", "data_rest": "no", "data_cards": "yes"}
    found = taken("control_evidence", graded(answers, evidence=["access_mfa", "data_rest"]))
    assert found.value == pytest.approx(100 / 3)
    assert found.note == "evidence is named for 1 of 3"
    assert "Alder.xlsx!controls!access_mfa_evidence" in {cell.place for cell in found.cells}


def test_without_a_yes_there_is_no_share_with_evidence() -> None:
    assert taken("control_evidence", graded({"access_mfa": "no"})).value is None
    assert taken("control_evidence", response()).value is None


def test_one_control_can_be_asked_for_by_itself() -> None:
    shown = graded({"access_mfa": "partial"}, evidence=["access_mfa"])
    found = taken("control", shown, question="access_mfa")
    assert (found.value, len(found.cells)) == ("partial", 2)
    bare = taken("control", graded({"access_mfa": "yes"}), question="access_mfa")
    assert bare.note == "no evidence is named for it"
    assert taken("control", shown, question="access_review").value is None


def test_an_unknown_domain_or_question_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(ValidationError, match="did you mean 'access'"):
        taken("control_coverage", graded(EVERY), domain="acces", partial=0)
    with pytest.raises(ValidationError, match="did you mean 'access_mfa'"):
        taken("control", graded(EVERY), question="access_mfaa")


def test_every_question_has_an_id_of_its_own_that_begins_with_its_domain() -> None:
    ids = [field.id for field in CONTROLS.fields]
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(q for domain in CONTROL_DOMAINS for q in domain_questions(domain))
    assert 20 <= len(ids) <= 30
    assert all(field.allowed == GRADES for field in CONTROLS.fields)


ANSWERS = st.lists(st.sampled_from(GRADES), min_size=1, max_size=4)


@given(answers=ANSWERS, partial=st.floats(0, 100), blanks=st.sampled_from(["unknown", "no"]))
def test_adding_an_answer_that_does_not_apply_never_changes_coverage(
    answers: list[str], partial: float, blanks: str
) -> None:
    def coverage(*grades: str) -> float | None:
        asked = dict(zip(ACCESS, grades, strict=False))
        return grade_counts(graded(asked), "controls", asked).coverage(partial, blanks)

    assert coverage(*answers) == coverage(*answers, "not applicable")


@given(answers=st.permutations([*GRADES, "yes"]), partial=st.floats(0, 100))
def test_which_question_of_a_domain_gets_which_answer_never_matters(
    answers: list[str], partial: float
) -> None:
    assert access(*answers, partial=partial).value == pytest.approx((200 + partial) / 4)


@given(answers=st.lists(st.sampled_from(GRADES), min_size=5, max_size=5), at=st.integers(0, 4))
def test_a_yes_in_place_of_any_other_answer_never_lowers_coverage(
    answers: list[str], at: int
) -> None:
    before = access(*answers, partial=30).value
    better = access(*answers[:at], "yes", *answers[at + 1 :], partial=30).value
    assert before is None or better >= before
