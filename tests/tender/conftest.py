"""What tests of folders and of decisions begin with."""

from pathlib import Path

import pytest

from make import decided
from make.two_files import RULES, TABLE, Messages, opened
from vendor_eval.errors import InputFaults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules alone, on which decisions are tried."""
    (tmp_path / "evaluation.yaml").write_text(decided.RULES, "utf-8")
    return tmp_path


@pytest.fixture
def messages(tmp_path: Path) -> Messages:
    """The faults of a folder with these two files, one line each."""

    def faults(rules: str | bytes = RULES, table: str | bytes = TABLE) -> list[str]:
        try:
            case = opened(tmp_path, rules, table)
        except InputFaults as error:
            return [str(fault) for fault in error.faults]
        return [str(fault) for faults in case.vendor_faults.values() for fault in faults]

    return faults
