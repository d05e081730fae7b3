"""Attachments are hashed and listed, never read, and no link leads out of the folder."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from running import vendor_eval

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
    found = read(folder).attachments
    assert [(a.name, a.size, a.sha256) for a in found] == [
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
    done = vendor_eval("run", folder, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    digest = hashlib.sha256(OFFER).hexdigest()
    assert manifest["inputs"]["attachments/Alder/offer.pdf"] == f"sha256:{digest}"
    assert "offer.pdf" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert not (tmp_path / "out" / "tender").exists()
