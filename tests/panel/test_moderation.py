"""The agenda, what a meeting agrees, the chair's decisions, and the lock."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.panels import (
    AGREED_ON,
    LEVELS_GIVEN,
    REASON,
    TABLE,
    BookEdit,
    agreed_book,
    agreed_folder,
    locked_folder,
    panel_folder,
    panel_rules,
    scored_book,
    scored_folder,
)
from vendor_eval.errors import InputFaults, LogBroken, NotReady, VendorEvalError
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel.log import LOG
from vendor_eval.panel.moderation import agenda, names_in
from vendor_eval.tender.folder import read
from vendor_eval.tender.log_file import stored_log
from vendor_eval.tender.panel_log import agreed, locked, scored
from vendor_eval.tender.tender import Tender

LATER = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return scored_folder(tmp_path)


@pytest.fixture
def paper(folder: Path, tmp_path: Path) -> Path:
    path = written_agenda(folder, tmp_path / "meeting.xlsx")
    agreed_book(path)
    return path


def edit(path: Path) -> BookEdit:
    return BookEdit(path, "Agenda", {}, "agenda")


def needs(folder: Path) -> str:
    return "\n".join(map(str, read(folder).panel_needs))


def test_the_agenda_goes_by_spread_times_weight_then_by_vendor(folder: Path) -> None:
    record = read(folder).panel
    assert record is not None
    assert [item.key for item in agenda(record)] == [
        ("Birch", "approach"),  # 2 steps x 40
        ("Alder", "approach"),  # 1 step x 40
        ("Cedar", "approach"),
        ("Cedar", "security"),  # 2 steps x 20
        ("Alder", "security"),
        ("Birch", "security"),
    ]


def test_what_a_meeting_agreed_is_in_the_log_and_is_the_value(folder: Path, paper: Path) -> None:
    log, lines, warnings = agreed(folder, paper)
    assert warnings == ()
    assert len(lines) == 6
    assert lines[0].line.on == AGREED_ON
    assert lines[0].text("reason") == REASON
    assert lines[0].body.present == ("e1", "e2", "e3")
    assert needs(folder) == ""
    assert agreed(folder, paper)[:2] == (log, ())


Change = Callable[[BookEdit, int], Any]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda b, n: b.put(n, "Reason for the vendor", None),
            "!Agenda!J10: no reason is given; allowed: why this level, in words for the vendor",
        ),
        (
            lambda b, n: b.put(n, "Present (ids)", "e1"),
            "the marks lie 2 steps apart; allowed: at least 2 of those who agreed it",
        ),
        (lambda b, n: b.put(n, "Present (ids)", "e1, e7"), "unknown id 'e7'; allowed: 'e1', 'e2'"),
        (lambda b, n: b.put(n, "Agreed level", 5), "no evaluator gave '5'; given: '1' or '4'"),
        (lambda b, n: b.put(n, "Agreed level", "3-4"), "found '3-4'"),
        (lambda b, n: b.put(n, "Agreed level", None), "no level is agreed; allowed: a level"),
        (lambda b, n: b.put(n, "Vendor", "Cedar"), "appears here again, after meeting.xlsx!Agenda"),
        (lambda b, n: b.sheet.cell(5, 3).__setattr__("value", None), "is blank; allowed: when it"),
        (lambda b, n: b.sheet.cell(6, 3).__setattr__("value", None), "who recorded it"),
    ],
)
def test_an_agreement_that_lacks_something_is_refused_at_its_cell(
    folder: Path, paper: Path, change: Change, message: str
) -> None:
    with edit(paper) as book:
        change(book, book.header + 1)
    before = (folder / LOG).read_bytes()
    with pytest.raises(InputFaults) as raised:
        agreed(folder, paper)
    assert message in str(raised.value)
    assert (folder / LOG).read_bytes() == before


def test_a_level_that_nobody_gave_needs_the_evidence_and_is_marked(
    folder: Path, paper: Path
) -> None:
    with edit(paper) as book:
        book.put(book.header + 1, "Agreed level", 5)
        book.put(book.header + 1, "Evidence for a level that nobody gave", "Proposal, page 31")
    _, [line, *_], _ = agreed(folder, paper)
    assert line.text("evidence") == "Proposal, page 31"
    record = read(folder).panel
    assert record is not None
    assert [key for key, item in record.items.items() if item.outside] == [("Birch", "approach")]


def test_a_level_between_those_given_is_not_outside(folder: Path, paper: Path) -> None:
    agreed(folder, paper)  # Birch on approach: 1, 4 and 4 were given, 3 is agreed
    record = read(folder).panel
    assert record is not None
    assert not record.items["Birch", "approach"].outside


def test_a_mark_that_changes_after_the_meeting_makes_the_agreed_level_stale(
    folder: Path, paper: Path, tmp_path: Path
) -> None:
    agreed(folder, paper)
    [e1, *_] = evaluator_workbooks(folder, tmp_path / "late", round_name="late")
    with BookEdit(e1, "Scores", {"scored_on": LATER}, "marks") as book:
        book.put(book.header + 1, "Level", 4)
        book.put(book.header + 1, "Reason for a change", "The answer to question 7 arrived.")
    scored(folder, [e1])
    assert "a mark for Alder on 'approach' changed after the level was agreed" in needs(folder)
    with pytest.raises(NotReady):
        locked(folder, by="chair", on=LATER)
    second = written_agenda(folder, tmp_path / "second.xlsx")
    agreed_book(second, lambda *_: 4)
    _, [line], _ = agreed(folder, second)
    assert (line.body.vendor, line.body.level, line.body.replaces) == ("Alder", "4", 20)
    assert needs(folder) == ""


def test_nobody_moderates_what_is_not_scored(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    e1, e2, _ = evaluator_workbooks(folder, tmp_path / "out")
    for path in (e1, e2):
        scored_book(path, path.stem)
    scored(folder, [e1, e2])
    assert needs(folder).count("e3 has not scored") == 2
    record = read(folder).panel
    assert record is not None
    assert agenda(record) == ()


def test_a_criterion_with_too_few_evaluators_waits_for_the_chair(tmp_path: Path) -> None:
    typed = panel_rules()
    typed["panel"]["evaluators"][2]["criteria"] = ["security"]
    folder = scored_folder(tmp_path, typed=typed)
    assert "2 of at least 3 evaluators read 'approach'" in needs(folder)
    paper = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(paper)
    with BookEdit(paper, "Chair", {}, "chair") as book:
        assert [book.at(n, "Criterion") for n in book.rows()] == ["approach"]
        book.put(book.header + 1, "Why fewer evaluators are enough, for all vendors alike", REASON)
    agreed(folder, paper)
    assert needs(folder) == ""
    assert [entry.kind for entry in stored_log(folder, read(folder).rules).entries][-1] == "chair"


# Birch on approach: 85, 10 and 60 points; by hand (85 + 10 + 60) / 3, and the middle one
@pytest.mark.parametrize(("how", "points"), [("mean", 155 / 3), ("median", 60.0)])
def test_a_mean_or_a_median_is_of_points_and_is_warned_of(
    tmp_path: Path, how: str, points: float
) -> None:
    typed = panel_rules()
    typed["panel"]["agreed"] = how
    folder = scored_folder(tmp_path, LEVELS_GIVEN | {("e3", "approach"): [4, 3, 3]}, typed=typed)
    with pytest.raises(VendorEvalError, match=f"the rules take the {how} of the marks"):
        written_agenda(folder, tmp_path / "agenda.xlsx")
    locked(folder, by="chair", on=AGREED_ON)
    tender = read(folder)
    assert tender.evaluation.performance["approach"].likely[1] == pytest.approx(points)
    assert any(f"take the {how}" in warning for warning in tender.warnings)


def test_the_lock_comes_once_and_ends_all_scoring(tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    with pytest.raises(InputFaults, match="the panel was locked on line 25"):
        locked(folder, by="chair", on=LATER)
    paper = tmp_path / "sheets" / "e1.xlsx"
    with BookEdit(paper, "Scores", {}, "marks") as book:
        book.put(book.header + 1, "Level", 5)
        book.put(book.header + 1, "Reason for a change", "Too late.")
    with pytest.raises(InputFaults, match="the panel was locked on line 25 of the log"):
        scored(folder, [paper])
    with pytest.raises(VendorEvalError, match="was locked"):
        written_agenda(folder, tmp_path / "late.xlsx")
    with pytest.raises(VendorEvalError, match="was locked"):
        evaluator_workbooks(folder, tmp_path / "late")


def test_a_vendor_that_comes_after_the_lock_breaks_it(tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    assert read(folder).evaluate().evaluation.ranking
    (folder / "proposals.csv").write_text(f"{TABLE}Dogwood,Later.,Later.,110\n", "utf-8")
    with pytest.raises(LogBroken, match=r"proposals\.csv: is not the file on which the panel"):
        read(folder)


def test_only_the_lock_makes_levels_count(tmp_path: Path) -> None:
    folder = agreed_folder(tmp_path)
    before = read(folder)
    assert before.evaluation.ranking == ()
    assert before.evaluation.scores.empty
    with pytest.raises(NotReady, match="the panel is not locked"):
        before.evaluate()
    locked(folder, by="chair", on=AGREED_ON)
    evaluation = read(folder).evaluate().evaluation
    # approach 60 and security 60 of 100 points for all; cost 50, 70 and 80 points
    assert dict(100 * evaluation.scores) == pytest.approx({"Alder": 56, "Birch": 64, "Cedar": 68})


def test_a_level_names_the_line_of_the_log_that_it_comes_from(tmp_path: Path) -> None:
    tender = read(locked_folder(tmp_path))
    origin = tender.proposals.origins["Birch", "panel(approach)"]
    assert origin.place == f"{LOG}:19"
    assert origin.cells == ((f"{LOG}:19", "3"),)


def test_a_gate_on_a_judged_criterion_is_decided_by_the_agreed_level(tmp_path: Path) -> None:
    typed = panel_rules()
    gate = {"label": "G", "criterion": "approach"}
    typed["gates"] = [
        {"id": "points", "rule": {"at_least": 60}, **gate},
        {"id": "levels", "rule": {"one_of": ["4", "5"]}, **gate},
    ]
    folder = agreed_folder(tmp_path, typed=typed)
    states = _states(read(folder))
    assert set(states.values()) == {("unknown", "unknown")}
    locked(folder, by="chair", on=AGREED_ON)
    assert set(_states(read(folder)).values()) == {("pass", "fail")}


def _states(tender: Tender) -> dict[str, tuple[str, ...]]:
    passages = tender.evaluation.screening.passages
    return {v: tuple(p.state for p in held.values()) for v, held in passages.items()}


@given(st.lists(st.sampled_from(["e1", "e2", "chair"]), max_size=6))
def test_names_are_read_however_they_are_separated(names: list[str]) -> None:
    expected = tuple(dict.fromkeys(names))
    for separator in (", ", ";", "\n", " "):
        assert names_in(separator.join(names)) == expected
