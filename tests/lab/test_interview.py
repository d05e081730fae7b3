"""The interview at the screen: the same judgements, shares and pictures as from a file."""

import contextlib
import io
import shutil
from pathlib import Path

import pytest

from make import ROOT
from vendor_eval.elicitation.elicitation import elicited
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.lab.explorer import Explorer
from vendor_eval.lab.interview import CONTROLS, Interview
from vendor_eval.rules.judgements import Judgement
from vendor_eval.tender.folder import read
from vendor_eval.tender.judgements_file import judgements_of

CASE = read(ROOT / "data" / "customer-support")
TOLD = elicited(evaluate(CASE.rules, CASE.proposals), CASE.judgements)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the evaluation that may be written to."""
    return Path(shutil.copytree(ROOT / "data" / "customer-support", tmp_path / "copy"))


@pytest.fixture
def interview(folder: Path):
    with contextlib.redirect_stdout(io.StringIO()):
        yield Interview(TOLD, folder)


def test_each_form_that_can_be_typed_can_be_asked_for() -> None:
    assert set(CONTROLS) == set(Judgement.model_fields)


def test_every_control_says_what_it_asks_with_the_real_ends(interview: Interview) -> None:
    interview.node.value = "cost"
    said = [control.description for control in interview.questions.children]
    assert said[0] == "Total cost over three years (from €23,000,000 to €13,000,000)"
    for form in CONTROLS:
        interview.form.value = form
        assert all(control.description for control in interview.questions.children)


def test_a_moved_slider_is_a_new_weight_set_beside_the_others(interview: Interview) -> None:
    interview.controls["cost"].value = 40
    top = {"expertise": 100, "cost": 40, "security": 100, "location": 100, "language": 100}
    given = CASE.judgements.model_dump(exclude_unset=True)
    mine = {"name": "New stakeholder", "top": {"swing": top}}
    typed = {"stakeholders": [*given["stakeholders"], mine]}
    from_file = elicited(TOLD.agreed, judgements_of(CASE, typed))
    assert [one.stakeholder for one in interview.elicitation.sets] == [
        *("Operations", "Finance", "Data protection", "New stakeholder")
    ]
    assert interview.elicitation.sets[-1].weights == from_file.sets[-1].weights


def test_saving_adds_the_stakeholder_and_leaves_every_other_byte(
    interview: Interview, folder: Path
) -> None:
    before = (folder / "judgements.yaml").read_bytes()
    interview.form.value = "pairwise"
    interview.controls["expertise", "cost"].value = -3
    interview.node.value = "language"
    interview.form.value = "rank_sum"
    interview.name.value = "Legal"
    interview.save.click()
    assert "Saved as Legal" in interview.kept.value
    assert (folder / "judgements.yaml").read_bytes().startswith(before)
    saved = read(folder)
    assert [one.name for one in saved.judgements.stakeholders][-1] == "Legal"
    assert set(saved.judgements.stakeholders[-1].judged) == {"", "language"}
    weights = elicited(saved.evaluation, saved.judgements).sets[-1].weights
    assert weights == interview.elicitation.sets[-1].weights == interview.weights
    interview.save.click()
    assert "already" in interview.kept.value


def test_without_a_file_of_judgements_saving_makes_one(interview: Interview, folder: Path) -> None:
    (folder / "judgements.yaml").unlink()
    interview.controls["cost"].value = 40
    interview.save.click()
    assert [one.name for one in read(folder).judgements.stakeholders] == ["New stakeholder"]


def test_a_faulty_file_of_judgements_is_left_alone(interview: Interview, folder: Path) -> None:
    (folder / "judgements.yaml").write_text("stakeholders: [{name: X, top: {}}]", "utf-8")
    before = (folder / "judgements.yaml").read_bytes()
    interview.save.click()
    assert "Not saved" in interview.kept.value
    assert (folder / "judgements.yaml").read_bytes() == before


def test_the_judged_weights_can_be_tried_in_the_explorer(folder: Path) -> None:
    explorer = Explorer(CASE.evaluate(draws=500), folder)
    with contextlib.redirect_stdout(io.StringIO()):
        interview = Interview(TOLD, folder, explorer)
        interview.controls["cost"].value = 40
        interview.explore.click()
    assert explorer.weights["cost"] == pytest.approx(interview.weights["cost"])
    assert explorer.ranking == list(interview.elicitation.sets[-1].evaluation.ranking)


def test_contradicting_comparisons_are_told_at_once(interview: Interview) -> None:
    interview.form.value = "pairwise"
    assert "Consistency ratio 0.00." in interview.status.value
    interview.controls["expertise", "cost"].value = 9
    interview.controls["cost", "security"].value = 9
    interview.controls["expertise", "security"].value = -9
    assert "above 0.1: ask again" in interview.status.value
    assert "To revisit first" in interview.status.value


def test_what_cannot_be_is_said_and_leaves_the_last_good_answer(interview: Interview) -> None:
    before = interview.elicitation
    interview.controls["expertise"].value = 95
    for name in ("cost", "security", "location"):
        interview.controls[name].value = 95
    good = interview.elicitation
    assert good is not before
    interview.controls["language"].value = 95
    assert "allowed: 100 for the swing that is worth most" in interview.status.value
    assert interview.elicitation is good
    interview.form.value = "best_worst"
    interview.controls["best", "cost"].value = 3
    assert "at most the 1 between best and worst" in interview.status.value


def test_a_name_that_is_taken_is_refused(interview: Interview) -> None:
    interview.name.value = "finance"
    assert "appears here twice" in interview.status.value
