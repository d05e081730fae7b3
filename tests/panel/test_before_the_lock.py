"""Nobody moderates towards a winner: no output before the lock holds a total or a rank."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from markupsafe import escape
from openpyxl import load_workbook

from make.panels import AGREED_ON, agreed_folder, scored_folder
from vendor_eval.cli import main
from vendor_eval.lab.contents import notebooks
from vendor_eval.lab.start import pristine, start_page
from vendor_eval.panel.log import LOG
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import locked

# costs at which no total has a round number of points
TABLE = (
    "vendor,approach,security,cost\n"
    "Alder,We send ten people.,We hold a certificate.,151.7\n"
    "Birch,We begin in May.,Data stay here.,133.1\n"
    "Cedar,We have done it twice.,Two keys for all.,121.9\n"
)
WORDS = re.compile(
    r"\b(rank\w*|winner\w*|winning|leads?|leader\w*|ahead|behind|totals?|best|first place|award)\b",
    re.IGNORECASE,
)
"""Words of who is ahead."""


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output + done.stderr


def cells(path: Path) -> str:
    book = load_workbook(path)
    values = (c.value for s in book.worksheets for r in s.iter_rows() for c in r)
    return "\n".join(str(value) for value in values if value is not None)


def outputs(folder: Path, place: Path) -> Iterator[tuple[str, str]]:
    """Every output there is before the lock, by what it is called."""
    for command in (["check"], ["check", "--format", "json"], ["next"]):
        yield " ".join(command), ve(command[0], folder, *command[1:])[1]
    yield "next as JSON", ve("next", folder, "--format", "json")[1]
    letters = place / "letters"
    yield "check --letters", ve("check", folder, "--letters", letters)[1]
    for letter in letters.glob("*"):
        yield letter.name, letter.read_text("utf-8")
    assert ve("sheets", folder, "--out", place / "again")[0] == 0
    for path in (place / "again").iterdir():
        yield path.name, cells(path)
    code, said = ve("moderate", folder, "--out", place / "again.xlsx")
    assert code == 0, said
    yield "agenda", cells(place / "again.xlsx")
    for command in ("score", "run"):
        code, said = ve(command, folder)
        assert code == 5, said
        yield command, said
    page = start_page(folder.parent).markup
    assert "18 of 18 marks given" in page
    for notebook in notebooks(pristine()):  # what a notebook is for says nothing of this evaluation
        for text in (notebook.purpose, notebook.title, notebook.path):
            page = page.replace(str(escape(text)), "")
    yield "start page", page
    yield "log", (folder / LOG).read_text("utf-8")


@pytest.mark.parametrize("stage", [scored_folder, agreed_folder])
def test_no_output_before_the_lock_holds_a_total_or_a_rank(stage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = stage(tmp_path, table=TABLE)
    said = dict(outputs(folder, tmp_path))
    if stage is scored_folder:
        folder = agreed_folder(tmp_path / "agreed", table=TABLE)
    locked(folder, by="chair", on=AGREED_ON)
    scores = read(folder).evaluation.scores
    totals = [f"{100 * score:.{digits}f}" for score in scores for digits in (1, 2)]
    assert all(len(total) > 3 for total in totals)
    for name, text in said.items():
        shown = text.replace("Nobody sees a total or a ranking", "")
        shown = re.sub(r"found no award|'award'", "", shown)
        assert not [total for total in totals if total in shown], name
        assert WORDS.findall(shown) == [], name


def test_score_and_run_before_the_lock_say_what_is_missing(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    code, said = ve("score", folder)
    assert code == 5
    assert "no level is agreed on 'approach' for Alder, Birch and Cedar" in said
    code, said = ve("run", folder, "--out", tmp_path / "report")
    assert code == 5
    assert "no level is agreed on 'security'" in said
    assert not (tmp_path / "report").exists()


def test_the_reasons_are_there_as_json(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    done = CliRunner().invoke(main, ["check", str(folder), "--format", "json"])
    assert done.exit_code == 5
    needs = json.loads(done.stdout)
    assert [need["found"] for need in needs] == [
        f"no level is agreed on {path!r} for Alder, Birch and Cedar"
        for path in ("approach", "security")
    ]
    assert {need["severity"] for need in needs} == {"question"}


def test_a_broken_log_ends_with_four_and_names_the_line(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    log = folder / LOG
    log.write_bytes(log.read_bytes().replace(b'"level":"4"', b'"level":"5"', 1))
    for command in ("check", "score", "run", "lock"):
        code, said = ve(command, folder)
        assert code == 4, said
        assert re.search(rf"line \d+ of {LOG} does not follow line \d+", said)


def test_a_witness_is_compared_by_check(tmp_path: Path) -> None:
    folder = agreed_folder(tmp_path)
    code_then = read(folder).log.code  # type: ignore[union-attr]
    assert ve("check", folder, "--witness", code_then)[0] == 0
    lines = (folder / LOG).read_bytes().splitlines(keepends=True)
    (folder / LOG).write_bytes(b"".join(lines[:-1]))
    code, said = ve("check", folder, "--witness", code_then)
    assert code == 4
    assert "the log was cut or written anew since it was sent out" in said
