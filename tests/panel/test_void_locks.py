"""A lock that became void: the first screen and the results state it, and which levels changed."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from make.declarations import declare_in, declaring_rules, interest, others_declare
from make.panels import (
    AGREED_ON,
    LEVELS_GIVEN,
    REASON,
    BookEdit,
    agreed_book,
    panel_folder,
    scored_book,
)
from vendor_eval.award.comparison import compared
from vendor_eval.award.comparison_words import comparison_sentence
from vendor_eval.award.open import open_entry
from vendor_eval.cli import main
from vendor_eval.errors import InputFaults
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.outputs.results import results_record
from vendor_eval.panel.log import LOG
from vendor_eval.panel.moderation import agenda, agreement_faults
from vendor_eval.panel.values import with_levels
from vendor_eval.panel.void_locks import changes_between_locks, locked_again
from vendor_eval.report.before_award import next_steps
from vendor_eval.report.first_screen import award_screen
from vendor_eval.report.panel import agreed_sentence, first_section
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import agreed, declared, locked, panel_of, scored

LEFT_ON, AGAIN_ON = date(2026, 11, 28), date(2026, 11, 30)
Level = Callable[[str, str], object]
FOUND = "Locked on 2026-11-26, and again on 2026-11-30, as e3 withdrew on 2026-11-28."


def three(*_: str) -> object:
    return 3


def towards_alder(vendor: str, criterion: str) -> object:
    return 5 if (vendor, criterion) == ("Alder", "approach") else 3


def left_folder(place: Path, reads: Sequence[str] = ("approach", "security")) -> Path:
    """The folder once e3, who reads these criteria, withdrew after the lock."""
    typed = declaring_rules()
    typed["panel"]["evaluators"][2]["criteria"] = list(reads)
    folder = panel_folder(place / "folder", typed)
    *books, blank = evaluator_workbooks(folder, place / "out")
    for book in books:
        scored_book(book, book.stem)
        declare_in(book)
    scored(folder, books)
    others_declare(folder, blank)
    agenda = written_agenda(folder, place / "agenda.xlsx")
    agreed_book(agenda, present="e1, e2, e3" if len(reads) > 1 else "e1, e2")
    agreed(folder, agenda)
    locked(folder, by="chair", on=AGREED_ON)
    copy = Path(shutil.copyfile(blank, place / "e3.xlsx"))
    leaving = {"Birch": interest("actual", "withdrawn")}
    declared(folder, [declare_in(copy, leaving, "e3", LEFT_ON)])
    return folder


def locked_again_folder(place: Path, level: Level) -> Path:
    """The folder once those who are left agreed again, and locked."""
    folder = left_folder(place)
    second = written_agenda(folder, place / "second.xlsx")
    agreed_book(second, level)
    with BookEdit(second, "Agenda", {}, "agenda") as book:
        for row in book.rows():
            book.put(row, "Present (ids)", "e1, e2")
            book.put(row, "Evidence for a level that nobody gave", "Proposal, page 12")
    agreed(folder, second)
    locked(folder, by="chair", on=AGAIN_ON)
    return folder


def test_levels_that_change_after_a_lock_that_became_void_are_stated_first_and_leave_it_open(
    tmp_path: Path,
) -> None:
    folder = locked_again_folder(tmp_path, towards_alder)
    tender = read(folder)
    result = tender.evaluate(draws=200)
    assert result.verdict == "open"
    [entry] = result.recommendation.open
    assert (entry.vendor, entry.kind, entry.to) == ("Alder", "locked_again", ("Cedar",))
    screen = award_screen(tender, result)
    assert "somebody else must confirm the changed level of Alder first" in screen.sentence
    facts = {heading: text for _, heading, text in screen.facts}
    changed = "6 levels were agreed again and 1 level changed when totals could be known"
    said = f"{FOUND} {changed}: Alder on Approach (3 to 5)."
    assert facts["Locked again"] == f"{said} By the levels of the earlier lock, Cedar was first."
    assert next_steps(tender, result)[0].startswith("Have the changed levels confirmed by somebody")
    assert said in str(first_section(tender, draws=200).parts[0].markup)
    done = CliRunner().invoke(main, ["score", str(folder)])
    record = json.loads(done.stdout)
    assert record["recommendation"]["verdict"] == "open"
    [open_] = record["recommendation"]["open"]
    assert open_["says"] == (
        "1 level of Alder changed when totals could be known; before that Cedar was first."
    )
    [void] = record["panel"]["void_locks"]
    assert (void["locked_on"], void["withdrew"], void["on"]) == ("2026-11-26", "e3", "2026-11-28")
    assert (void["agreed_again"], void["place"].split(":")[0]) == (6, LOG)
    moved = {"vendor": "Alder", "criterion": "approach", "before": 3, "now": 5}
    assert void["changed"] == [moved]


def test_a_comparison_names_a_changed_level_as_the_panels_and_not_as_the_vendors(
    tmp_path: Path,
) -> None:
    runs = []
    for name, level in (("one", three), ("other", towards_alder)):
        tender = read(locked_again_folder(tmp_path / name, level))
        result = tender.evaluate(draws=20)
        runs.append(json.loads(json.dumps(results_record(tender, result))))
    comparison = compared(*runs)
    assert [cause.kind for cause in comparison.causes] == ["levels"]
    assert comparison.causes[0].says == "the levels that the panel gave Alder changed"
    said = comparison_sentence(comparison)
    assert said.startswith("Alder replaces Cedar")
    assert "because Alder\u2019s level on approach changed from 3 to 5 (scores/log.jsonl:" in said


def test_a_change_that_leaves_the_same_vendor_first_leaves_the_verdict_open_too(
    tmp_path: Path,
) -> None:
    lower = {("Alder", "security"): 1}
    tender = read(locked_again_folder(tmp_path, lambda *item: lower.get(item, 3)))
    result = tender.evaluate(draws=200)
    assert (result.verdict, result.evaluation.leaders) == ("open", ("Cedar",))
    [entry] = result.recommendation.open
    assert entry.to == ()
    assert open_entry(result, entry) == "1 level of Alder changed when totals could be known."


def test_a_manifest_error_that_decides_is_not_put_down_to_the_earlier_lock(
    tmp_path: Path,
) -> None:
    lower = {("Alder", "security"): 1}
    tender = read(locked_again_folder(tmp_path, lambda *item: lower.get(item, 3)))
    record: Any = tender.panel
    item = record.items["Birch", "approach"]
    corrected = replace(item, correction=replace(item.agreement, level="5"))
    record = replace(record, items=record.items | {item.key: corrected})
    evaluation = evaluate(tender.rules, with_levels(tender.proposals, record))
    # by the levels of either lock Cedar is first; at level 5 Birch has 64 + 0.4 x 40 = 80 points
    assert evaluation.leaders == ("Birch",)
    [entry] = changes_between_locks(record, evaluation)
    assert (entry.vendor, entry.kind, entry.to) == ("Alder", "locked_again", ())


def test_where_no_level_changed_it_says_so_and_the_verdict_stays(tmp_path: Path) -> None:
    tender = read(locked_again_folder(tmp_path, three))
    result = tender.evaluate(draws=200)
    assert result.recommendation.open == ()
    facts = {heading: text for _, heading, text in award_screen(tender, result).facts}
    assert facts["Locked again"] == (
        f"{FOUND} No level changed between the two locks; "
        "6 levels were agreed again when totals could be known."
    )


def test_marks_of_who_withdrew_are_counted_apart(tmp_path: Path) -> None:
    record = read(left_folder(tmp_path)).panel
    assert record is not None
    given = "2 evaluators gave 12 marks on 6 items; e3 withdrew, and 6 marks do not count."
    assert agreed_sentence(record).startswith(given)


def test_check_says_that_a_lock_is_void_before_there_is_another(tmp_path: Path) -> None:
    folder = left_folder(tmp_path)
    said = CliRunner().invoke(main, ["check", str(folder)]).output
    assert "The lock of 2026-11-26 became void, as e3 withdrew on 2026-11-28." in said


def test_a_mean_that_changes_as_somebody_leaves_is_stated_in_points(tmp_path: Path) -> None:
    typed = declaring_rules()
    typed["panel"]["agreed"] = "mean"
    folder = panel_folder(tmp_path / "folder", typed)
    *books, blank = evaluator_workbooks(folder, tmp_path / "out")
    for book in books:
        scored_book(book, book.stem)
        declare_in(book)
    scored(folder, books)
    others_declare(folder, blank)
    locked(folder, by="chair", on=AGREED_ON)
    copy = Path(shutil.copyfile(blank, tmp_path / "e3.xlsx"))
    leaving = {"Birch": interest("actual", "withdrawn")}
    declared(folder, [declare_in(copy, leaving, "e3", LEFT_ON)])
    locked(folder, by="chair", on=AGAIN_ON)
    [void] = locked_again(read(folder).panel)
    # Alder on approach: (60 + 60 + 85) / 3, then (60 + 60) / 2
    assert "Alder on Approach (68.3 points to 60.0 points)" in void.sentence
    assert read(folder).evaluate(draws=200).verdict == "open"
    assert void.leaders(read(folder).evaluation)


def test_after_a_void_lock_only_what_the_one_who_left_had_a_part_in_is_agreed_again(
    tmp_path: Path,
) -> None:
    folder = left_folder(tmp_path, reads=("approach",))
    record = panel_of(read(folder))
    assert {item.criterion for item in agenda(record)} == {"approach"}
    said = {"reason": "R.", "present": ("e1", "e2"), "evidence": ""}
    fixed, free = record.items["Alder", "security"], record.items["Alder", "approach"]
    [(field, message)] = agreement_faults(fixed, record, level="4", **said)
    assert field == "level"
    lock = record.void_locks[0][0].n
    assert message == (
        f"the level was locked on line {lock} of the log, and nobody who withdrew had a part in "
        "it; allowed: the level as it was agreed"
    )
    assert not list(agreement_faults(free, record, level="3", **said))
    # the same again adds nothing and is no fault
    as_it_was = {"reason": REASON, "present": ("e1", "e2"), "evidence": ""}
    assert not list(agreement_faults(fixed, record, level="3", **as_it_was))


def test_after_a_void_lock_no_mark_is_replaced(tmp_path: Path) -> None:
    folder = left_folder(tmp_path)
    *books, _ = evaluator_workbooks(folder, tmp_path / "again")
    book = next(book for book in books if book.stem == "e1")
    declare_in(book)
    changed = {key: [5 for _ in levels] for key, levels in LEVELS_GIVEN.items()}
    scored_book(book, "e1", changed)
    with BookEdit(book, "Scores", {}, "marks") as edit:
        for row in edit.rows():
            edit.put(row, "Reason for a change", "We read it again.")
    lines = len(panel_of(read(folder)).log.entries)
    with pytest.raises(InputFaults) as raised:
        scored(folder, [book])
    assert "and the panel was locked on line" in str(raised.value.faults[0])
    assert "allowed: the mark as it was" in str(raised.value.faults[0])
    assert len(panel_of(read(folder)).log.entries) == lines
