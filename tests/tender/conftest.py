"""What tests of decisions begin with."""

from pathlib import Path

import pytest

from make.decided import RULES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules alone, on which decisions are tried."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    return tmp_path
