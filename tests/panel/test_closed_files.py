"""No command opens a closed price file: every process is watched, kernels included."""

import json
from pathlib import Path

import pytest

from make import mostly_more
from make.envelopes import envelope_folder, locked_envelope
from make.opened_files import opened_by

COMMANDS: dict[str, list[str]] = {
    "check": ["check", "FOLDER", "--letters", "letters"],
    "next": ["next", "FOLDER"],
    "seal": ["seal", "FOLDER"],
    "template": ["template", "FOLDER", "--out", "out/response.xlsx"],
    "score": ["score", "FOLDER"],
    "score of one envelope": ["score", "FOLDER", "--envelope", "quality"],
    "run": ["run", "FOLDER", "--out", "report"],
    "run of one envelope": ["run", "FOLDER", "--envelope", "quality", "--out", "quality"],
    "run of the panel": ["run", "FOLDER", "--notebook", "panel", "--out", "panel"],
    "moderate": ["moderate", "FOLDER", "--out", "agenda.xlsx"],
    "sheets": ["sheets", "FOLDER", "--out", "sheets2"],
    "lock": ["lock", "FOLDER", "quality"],
    "stress": ["stress", "FOLDER"],
    "answer": ["answer", "FOLDER", "--vendor", "Alder"],
    "batch": ["batch", "FOLDER", "--out", "nights"],
    "batch by forks": ["batch", "FOLDER", "--out", "forks", "--engine", "fork"],
}
START = "from vendor_eval.lab.start import start_page; print(start_page('.').markup)"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("closed")
    locked_envelope(place)
    (place / "out").mkdir()
    return place


QUICK = ("check", "next", "score", "score of one envelope", "run of one envelope", "answer")


@pytest.mark.parametrize("command", mostly_more(COMMANDS, *QUICK))
def test_no_command_opens_a_closed_price_file(command: str, place: Path) -> None:
    words = [str(place / "folder") if word == "FOLDER" else word for word in COMMANDS[command]]
    words = ["-m", "vendor_eval", *words]
    code, opened, said = opened_by(words, place, "price.csv", "quality.csv")
    assert code in (0, 2, 5), said
    # a run works on a copy, in which an empty file stands for what is closed
    assert str(place / "folder/proposals/price.csv") not in opened
    # the watch sees what is opened
    read = str(place / "folder/proposals/quality.csv") in opened
    assert read == (command not in ("seal", "template", "stress"))


def test_the_start_page_opens_no_closed_price_file(place: Path) -> None:
    code, opened, said = opened_by(["-c", START], place, "price.csv", "quality.csv")
    assert code == 0, said
    assert "Open the envelope" in said
    assert set(opened) == {str(place / "folder/proposals/quality.csv")}


def test_a_run_of_one_envelope_shows_no_price_and_hashes_the_receipt(place: Path) -> None:
    report = place / "quality"
    if not report.exists():
        words = ["-m", "vendor_eval", "run", str(place / "folder"), "--envelope", "quality"]
        assert opened_by([*words, "--out", "quality"], place, "price.csv")[0] == 0
    manifest = json.loads((report / "manifest.json").read_bytes())
    receipt = json.loads((place / "folder/scores/log.jsonl").read_text().splitlines()[1])["body"]
    assert manifest["inputs"]["proposals/price.csv"] == f"sha256:{receipt['sha256']}"
    results = json.loads((report / "results.json").read_bytes())
    assert (results["envelope"], results["recommendation"]) == ("quality", None)
    page = (report / "report.html").read_text("utf-8")
    assert "nothing is recommended" in page
    for price in ("151.7", "133.1", "121.9"):
        assert price not in page


def test_a_void_receipt_opens_no_price_file(tmp_path: Path) -> None:
    folder = envelope_folder(tmp_path)
    words = ["-m", "vendor_eval", "void", str(folder), "2", "--why", "Another tender's."]
    code, opened, said = opened_by(words, tmp_path, "price.csv")
    assert code == 0, said
    assert opened == []
    assert (folder / "private/void/line-2-price.csv").exists()


def test_the_opening_is_what_opens_it(tmp_path: Path) -> None:
    folder = locked_envelope(tmp_path)
    words = ["-m", "vendor_eval", "open", str(folder), "price", "--by", "chair"]
    code, opened, said = opened_by(words, tmp_path, "price.csv")
    assert code == 0, said
    assert str(folder / "proposals/price.csv") in opened
