"""Fixtures of several modules of this room."""

from pathlib import Path

import pytest

from make.scorecard_books import RULES, TABLE
from make.stages import vendor_eval
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new evaluation, in a working directory of its own."""
    monkeypatch.chdir(tmp_path)
    assert vendor_eval("new", "my tender").exit_code == 0
    return Path("my tender")


@pytest.fixture
def written(begun: Path) -> Path:
    """An evaluation whose rules are written; no bid is in the folder."""
    rules = begun / "evaluation.yaml"
    rules.write_text(rules.read_text("utf-8").replace("title: Customer", "title: Our"), "utf-8")
    (begun / "proposals.csv").unlink()
    return begun


@pytest.fixture
def case(tmp_path: Path) -> Tender:
    """The small evaluation of the scorecard, read."""
    (tmp_path / "evaluation.yaml").write_text(RULES)
    (tmp_path / "proposals.csv").write_text(TABLE)
    return read(tmp_path)
