"""The evaluations kept in `data/`, as tests read them."""

import csv
from pathlib import Path

from make import ROOT
from vendor_eval.award.result import Result
from vendor_eval.tender.folder import read


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assessed(name: str, scenario: str | None = None) -> Result:
    """The assessment of one of the evaluations in `data/`."""
    case = read(ROOT / "data" / name)
    return case.evaluate(scenario=scenario)
