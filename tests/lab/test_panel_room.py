"""The moderation room: a whole panel by notebook alone, also in JupyterLab itself."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from make import axe, jupyter
from make.panels import (
    AGREED_ON,
    COMMENT,
    LEVELS_GIVEN,
    REASON,
    SCORED_ON,
    panel_folder,
    panel_rules,
    scored_book,
    scored_folder,
)
from vendor_eval.errors import VendorEvalError
from vendor_eval.lab.panel_room import MEETING, PanelRoom
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks
from vendor_eval.panel.log import witness_line
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.log_file import stored_log
from vendor_eval.tender.panel_log import scored

VENDORS = ("Alder", "Birch", "Cedar")


def agree(room: PanelRoom, **other: str) -> None:
    """Enters an agreed level for the item that is shown, and records it."""
    said = {"level": "3", "reason": REASON, "present": "e1, e2", "evidence": ""} | other
    for name, value in said.items():
        getattr(room, name).value = value
    room.record.click()


def test_nobody_scores_in_the_room_before_they_have_declared(tmp_path: Path) -> None:
    typed = panel_rules()
    typed["panel"]["declarations"] = True
    folder = panel_folder(tmp_path / "folder", typed)
    room = PanelRoom(folder)
    room.who.value = "e1"
    room.level.value, room.reason.value = "3", COMMENT
    room.record.click()
    assert "E1 has declared nothing of Alder" in room.message.value
    assert stored_log(folder, read_rules(folder)).entries == ()


def test_a_whole_panel_is_run_in_the_room_alone_and_its_log_verifies(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    room = PanelRoom(folder)
    room.day.value = SCORED_ON
    for evaluator in ("e1", "e2", "e3"):
        room.who.value = evaluator
        for _ in range(6):
            item = room.items[0]
            level = LEVELS_GIVEN[evaluator, item.criterion][VENDORS.index(item.vendor)]
            room.level.value = str(level)
            room.reason.value = f"{COMMENT} {evaluator} {item.key}"
            room.record.click()
        assert "Recorded on line" in room.message.value
    room.who.value = ""
    room.day.value = AGREED_ON
    while room.items:
        agree(room)
    assert [child.description for child in room.form.children][-1] == "Lock the panel"
    room.lock.click()
    assert "Lock the panel? No level can be agreed after that" in room.message.value
    assert not stored_log(folder, read_rules(folder)).of_kind("locked")
    room.not_yet.click()
    assert [child.description for child in room.form.children][-1] == "Lock the panel"
    room.lock.click()
    room.lock_now.click()
    assert "Locked on line 25" in room.message.value
    assert room.form.children == ()
    log = stored_log(folder, read_rules(folder))
    [code] = re.findall(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", room.message.value)
    assert witness_line(log, code) == 25
    scores = read(folder).evaluate(draws=100).evaluation.scores
    # as by workbook alone: tests/panel/test_moderation.py
    assert dict(100 * scores) == pytest.approx({"Alder": 56, "Birch": 64, "Cedar": 68})


def test_the_reason_is_never_filled_in_for_people(tmp_path: Path) -> None:
    room = PanelRoom(scored_folder(tmp_path))
    for item in room.items:
        room.item.value = item.key
        entered = (room.level.value, room.reason.value, room.present.value, room.evidence.value)
        assert entered == ("", "", "", "")


def test_before_somebody_says_who_enters_no_mark_is_shown(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    books = evaluator_workbooks(folder, tmp_path / "out")
    for path in books[:2]:
        scored_book(path, path.stem)
    scored(folder, books[:2])
    room = PanelRoom(folder)
    assert room.items == ()
    shown = [child.description for child in room.form.children if child is not room.how_to]
    assert shown[0] == "Who enters"
    assert COMMENT not in room.about.value
    assert [name for name, _ in room.who.options][:2] == ["Choose who enters", MEETING]
    room.who.value = "e3"
    assert COMMENT not in room.about.value
    assert room.level.value == ""


def test_an_evaluator_sees_their_own_marks_alone_and_the_meeting_all(tmp_path: Path) -> None:
    room = PanelRoom(scored_folder(tmp_path))
    assert room.item.value == ("Birch", "approach")
    for evaluator in ("e1", "e2", "e3"):
        assert f"{COMMENT} {evaluator}, approach, 1." in room.about.value
    assert "We begin in May." in room.about.value
    room.who.value = "e2"
    room.item.value = ("Birch", "approach")
    assert "e1, approach" not in room.about.value
    assert "Your mark so far" in room.about.value
    assert f"{COMMENT} e2, approach, 1." in room.about.value
    assert room.level.value == "1"
    assert room.reason.value == f"{COMMENT} e2, approach, 1."


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"level": ""}, "No level is chosen"),
        ({"reason": " "}, "No reason is given"),
        ({"present": "e1"}, "marks lie 2 steps apart"),
        ({"level": "5"}, "No evaluator gave"),
        ({"present": "e1, x"}, "Unknown id"),
    ],
)
def test_what_an_agreement_lacks_is_said_and_nothing_is_recorded(
    tmp_path: Path, other: dict[str, str], message: str
) -> None:
    folder = scored_folder(tmp_path)
    before = stored_log(folder, read_rules(folder))
    room = PanelRoom(folder)
    agree(room, **other)
    assert message in room.message.value
    assert stored_log(folder, read_rules(folder)) == before


def test_what_was_recorded_elsewhere_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    one, other = PanelRoom(folder), PanelRoom(folder)
    agree(one)
    agree(other)
    assert "somebody added lines since it was read" in other.message.value
    assert len(stored_log(folder, read_rules(folder)).entries) == 19


def test_what_vendors_and_evaluators_wrote_is_escaped(tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    table = f"vendor,approach,security,cost\nAlder,{hostile},Yes.,150\nBirch,B.,B.,130\n"
    folder = panel_folder(tmp_path / "folder", table=table)
    room = PanelRoom(folder)
    room.who.value = "e1"
    room.item.value = ("Alder", "approach")
    assert "<img" not in room.about.value
    assert "&lt;img" in room.about.value


def test_rules_without_a_panel_have_no_room(tmp_path: Path) -> None:
    typed = panel_rules()
    del typed["panel"], typed["scales"], typed["criteria"][:2]
    with pytest.raises(VendorEvalError, match="the rules have no 'panel'"):
        PanelRoom(panel_folder(tmp_path / "f", typed, "vendor,cost\nAlder,150\n"))


# in JupyterLab


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with a panel that has scored and not met."""
    home = tmp_path_factory.mktemp("panel-home")
    folder = scored_folder(home / "made")
    shutil.copytree(folder, home / "data" / "customer-support-panel")
    return home


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[jupyter.Lab]:
    """JupyterLab in that directory."""
    with jupyter.started(home) as lab:
        yield lab


@pytest.fixture(scope="module")
def room(chromium: Browser, lab: jupyter.Lab) -> Locator:
    """The room in the notebook, every cell run."""
    page = chromium.new_page(viewport={"width": 1400, "height": 900})
    notebook = jupyter.opened(page, lab, "lab/data/customer-support-panel/panel.ipynb")
    return jupyter.run_all(page, notebook, ".ve-room")


@pytest.mark.more
def test_a_level_is_agreed_with_a_reason_and_recorded_in_jupyterlab(
    room: Locator, home: Path
) -> None:
    expect(room).to_contain_text("18 of 18 marks given")
    expect(room).to_contain_text("We begin in May.")
    room.get_by_label("Level", exact=True).select_option("3 Meets it")
    room.get_by_role("button", name="Record").click()
    expect(room).to_contain_text("No reason is given")
    room.get_by_label("Reason for the vendor").fill(REASON)
    room.get_by_label("Present (ids)").fill("e1, e2, chair")
    room.get_by_label("On which day").fill("2026-11-26")
    room.get_by_role("button", name="Record").click()
    expect(room).to_contain_text("Recorded on line 19")
    folder = home / "data" / "customer-support-panel"
    log = stored_log(folder, read_rules(folder))
    [agreed] = log.of_kind("agreed")
    assert (agreed.body.vendor, agreed.body.level) == ("Birch", "3")  # type: ignore[attr-defined]
    assert agreed.text("reason") == REASON
    assert agreed.line.on == AGREED_ON
    expect(room).to_contain_text(log.code)


@pytest.mark.more
def test_the_room_has_no_serious_accessibility_violation(room: Locator) -> None:
    page: Page = room.page
    assert axe.serious(page, ".ve-room") == []
