"""Attachments are hashed and listed, never read, and no link leads out of the folder."""

import hashlib
import json
import os
from pathlib import Path
from shutil import rmtree

import pytest
from click.testing import CliRunner

from make.running import invoked
from vendor_eval.cli import main
from vendor_eval.errors import InputFaults
from vendor_eval.tender.folder import read

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - {id: cost, label: Cost, weight: 1, answer: cost, value: {linear: {worst: 9, best: 0}}}
"""
OFFER = b"%PDF \xff\x00 one"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small evaluation with an attachment of one vendor."""
    place = tmp_path / "tender"
    (place / "attachments" / "Alder").mkdir(parents=True)
    (place / "evaluation.yaml").write_text(RULES, "utf-8")
    (place / "proposals.csv").write_text("vendor,cost\nAlder,5\nBirch,6\n", "utf-8")
    (place / "attachments" / "Alder" / "offer.pdf").write_bytes(OFFER)
    return place


def test_attachments_are_listed_by_name_with_their_hash(folder: Path) -> None:
    (folder / "attachments" / "letter.txt").write_bytes(b"")
    (folder / "attachments" / ".DS_Store").write_bytes(b"x")
    listed = read(folder).attachments
    assert [(a.name, a.size, a.sha256) for a in listed] == [
        ("attachments/letter.txt", 0, hashlib.sha256(b"").hexdigest()),
        ("attachments/Alder/offer.pdf", len(OFFER), hashlib.sha256(OFFER).hexdigest()),
    ]


def test_attachments_of_no_vendor_are_noted(folder: Path) -> None:
    for name in ("Unknown Co", "BIRCH Ltd.", "al-der", "Aldr"):
        (folder / "attachments" / name).mkdir()
        (folder / "attachments" / name / "a.pdf").write_bytes(OFFER)
    assert read(folder).notes == (
        "attachments/Aldr/: no vendor of this name has a bid; did you mean 'Alder'?",
        "attachments/Unknown Co/: no vendor of this name has a bid",
    )


def test_no_link_is_followed_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    os.symlink(tmp_path / "secret.txt", folder / "attachments" / "link.txt")
    os.symlink(tmp_path / "elsewhere", folder / "attachments" / "place")
    with pytest.raises(InputFaults) as caught:
        read(folder)
    assert [(f.place, f.audience) for f in caught.value.faults] == [
        ("attachments/link.txt", "buyer"),
        ("attachments/place", "buyer"),
    ]
    assert all("leads out of the folder" in fault.message for fault in caught.value.faults)


def test_a_link_in_a_circle_is_a_fault_and_ends(folder: Path) -> None:
    os.symlink(folder / "attachments", folder / "attachments" / "again")
    with pytest.raises(InputFaults) as caught:
        read(folder)
    assert [fault.place for fault in caught.value.faults] == ["attachments/again"]


def test_a_run_names_attachments_in_its_manifest(folder: Path, tmp_path: Path) -> None:
    done = invoked("run", folder, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    digest = hashlib.sha256(OFFER).hexdigest()
    assert manifest["inputs"]["attachments/Alder/offer.pdf"] == f"sha256:{digest}"
    assert "offer.pdf" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert not (tmp_path / "out" / "tender").exists()


CIRCLES = ["attachments/a.pdf", "proposals/a.xlsx", "proposals/a.pdf", "attachments", "proposals"]


@pytest.mark.parametrize("name", [*CIRCLES, "seal.json", "decisions.yaml", "judgements.yaml"])
@pytest.mark.parametrize("command", ["check", "next", "seal"])
def test_links_in_a_circle_are_one_fault_for_every_command(
    tmp_path: Path, name: str, command: str
) -> None:
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    if not name.startswith("proposals"):
        (tmp_path / "proposals.csv").write_text("vendor,cost\nAlder,5\n", "utf-8")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.symlink(tmp_path / name, tmp_path / name)
    done = CliRunner().invoke(main, [command, str(tmp_path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    if command != "seal" or name == "seal.json":  # which reads nothing else but the rules
        assert done.output.count("found a link that leads to nothing") == 1, done.output
        assert name in done.output


@pytest.mark.parametrize(
    "name", ["seal.json", "proposals.csv", "judgements.yaml", "decisions.yaml", "evaluation.yaml"]
)
def test_what_has_a_files_name_and_cannot_be_read_as_one_is_a_fault(
    folder: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "elsewhere").write_bytes(b"[]")
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    assert told(folder) == [f"{name}: found a folder; allowed: a file"]
    sealed = CliRunner().invoke(main, ["seal", str(folder)])
    assert (sealed.exit_code == 2) is (name in ("seal.json", "evaluation.yaml")), sealed.output
    assert isinstance(sealed.exception, SystemExit | None), sealed.exception
    if name != "seal.json":
        (folder / "seal.json").unlink(missing_ok=True)
    (folder / name).rmdir()
    os.symlink(tmp_path / "elsewhere", folder / name)
    link = "found a link that leads out of the folder"
    assert told(folder) == [f"{name}: {link}; allowed: the file itself"]


@pytest.mark.parametrize("name", ["attachments", "proposals"])
def test_a_folder_that_is_a_file_or_elsewhere_is_one_fault(
    folder: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    for n in range(3):
        (tmp_path / "elsewhere" / f"{n}.xlsx").write_bytes(b"x")
    rmtree(folder / name, ignore_errors=True)
    (folder / name).write_bytes(b"x")
    assert told(folder) == [f"{name}: found a file; allowed: a folder"]
    (folder / name).unlink()
    os.symlink(tmp_path / "elsewhere", folder / name)
    link = "found a link that leads out of the folder"
    assert told(folder) == [f"{name}: {link}; allowed: the folder itself"]


def told(folder: Path) -> list[str]:
    """Every fault of a folder."""
    with pytest.raises(InputFaults) as caught:
        read(folder)
    return [str(fault) for fault in caught.value.faults]
