"""The section on who disagrees: what decides, what nobody gave, and no evaluator's name."""

import html
import json
import re
from pathlib import Path

import pytest

from make import ROOT
from make.panels import BookEdit, agreed_book, built, locked_folder, panel_rules, scored_folder
from vendor_eval.outputs.evaluators.sheets import written_agenda
from vendor_eval.panel.agreement import EvaluatorFigures, evaluator_figures
from vendor_eval.report import panel
from vendor_eval.report.sections import Section
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import agreed, locked

SHROUT = json.loads((ROOT / "tests/worked/panels.json").read_text("utf-8"))["shrout_fleiss_1979"]


def text(section: Section) -> str:
    """What a section shows, without its tags."""
    markup = " ".join(part.markup for part in section.parts)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_it_says_what_decides_and_who_reads_it_again(tmp_path: Path) -> None:
    shown = text(panel.section(read(locked_folder(tmp_path)).evaluate(draws=500)))
    assert "3 evaluators gave 18 marks on 6 items." in shown
    assert "One evaluator's level decides who is first: Birch on Approach." in shown
    assert "Approach by somebody outside the panel" in shown
    assert "decides; at 4, Birch is first" in shown
    assert "The log was locked on 2026-11-26 with the code" in shown


def test_no_evaluator_is_named(tmp_path: Path) -> None:
    shown = text(panel.section(read(locked_folder(tmp_path)).evaluate(draws=500)))
    assert not re.findall(r"\be[123]\b", shown)


def test_a_level_that_nobody_gave_is_marked(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    paper = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(paper)
    with BookEdit(paper, "Agenda", {}, "agenda") as edit:
        edit.put(edit.header + 1, "Agreed level", 5)
        edit.put(edit.header + 1, "Evidence for a level that nobody gave", "Page 31")
    agreed(folder, paper)
    locked(folder, by="chair", on=read(folder).log.entries[0].line.on)  # type: ignore[union-attr]
    assert "5 (nobody gave it)" in text(panel.section(read(folder).evaluate(draws=500)))


def test_without_codes_that_came_back_the_order_is_said_to_be_asserted(tmp_path: Path) -> None:
    shown = text(panel.progress_section(read(scored_folder(tmp_path))))
    assert "the order of its lines is asserted, not evidenced" in shown
    shown = text(panel.section(read(locked_folder(tmp_path / "b")).evaluate(draws=500)))
    assert "workbooks that came back carry the code of line 18" in shown


def test_before_the_lock_there_is_progress_and_an_agenda_and_no_total(tmp_path: Path) -> None:
    tender = read(scored_folder(tmp_path))
    progress = text(panel.progress_section(tender))
    assert "e1 6 of 6" in progress
    assert "no level is agreed on 'approach' for Alder, Birch and Cedar" in progress
    assert "Birch Approach 2 steps a meeting" in text(panel.agenda_section(tender))
    assert text(panel.first_section(tender)) == ""
    assert text(panel.locked_section(tender)) == "No total is computed before the panel is locked."
    after = "Figures about one evaluator are shown after the lock."
    assert text(panel.evaluators_section(tender, show=True)) == after


def test_figures_about_evaluators_are_shown_to_whoever_asks_for_them_after_the_lock(
    tmp_path: Path,
) -> None:
    tender = read(locked_folder(tmp_path))
    unset = "Figures about one evaluator are shown if \u201cevaluator_figures\u201d is set."
    assert text(panel.evaluators_section(tender, show=False, draws=500)) == unset
    shown = text(panel.evaluators_section(tender, show=True, draws=500))
    assert shown.startswith("For the moderator alone: these are data about named staff.")
    assert "e2 Cedar Birch" in shown  # alone, and by the means of the others
    assert re.search(r"e1 [+-]\d+\.\d [+-]\d+\.\d", shown)


def test_alike_rankings_with_other_levels_are_said_to_be_just_that() -> None:
    typed = panel_rules()
    typed["scales"]["quality"]["levels"] = [
        {"level": n, "points": n * 10, "label": str(n), "means": str(n)} for n in range(11)
    ]
    typed["criteria"] = [typed["criteria"][0], typed["criteria"][2]]
    typed["panel"]["evaluators"] = [
        {"id": f"j{n}", "role": "Judge", "criteria": ["approach"]} for n in (1, 2, 3, 4)
    ]
    names = [f"S{n}" for n in range(1, 7)]
    marks = {
        (f"j{n}", name, "approach"): level
        for name, row in zip(names, SHROUT["x"], strict=True)
        for n, level in enumerate(row, start=1)
    }
    answers = {name: {"cost": "150"} for name in names}
    figures = evaluator_figures(*built(typed, answers, marks, {(n, "approach"): 5 for n in names}))
    said = panel.agreement_sentence(figures)
    assert said.startswith("Consistent ranking, no agreement in level (Kendall's W 0.89;")


@pytest.mark.parametrize(
    ("w", "alpha", "begins"),
    [
        (0.9, 0.8, "The evaluators rank the vendors alike and give much the same levels"),
        (0.3, 0.2, "The evaluators do not rank the vendors alike"),
        (None, 0.2, ""),
    ],
)
def test_agreement_is_said_in_words(w: float | None, alpha: float, begins: str) -> None:
    figures = EvaluatorFigures({}, w, {"quality": (alpha, None)})
    said = panel.agreement_sentence(figures)
    assert said.startswith(begins)
    assert bool(said) == bool(begins)


def test_rules_without_a_panel_show_nothing() -> None:
    tender = read(ROOT / "data" / "california-two-envelope")
    assert text(panel.section(tender.evaluate(draws=100))) == ""
    assert "no panel" in text(panel.progress_section(tender))
