"""The evaluations kept in `data/`, as tests read them."""

import csv
import re
import shutil
from pathlib import Path

import pandas as pd

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


def in_one_table(folder: Path, place: Path) -> Path:
    """A copy of an evaluation with two envelopes of tables, its bids in one table and no log."""
    copy = Path(shutil.copytree(folder, place))
    tables = [
        pd.read_csv(copy / "proposals" / f"{id}.csv", dtype=str) for id in ("quality", "price")
    ]
    joined = tables[0].merge(tables[1], how="left")
    joined.to_csv(copy / "proposals.csv", index=False, lineterminator="\n")
    for gone in ("proposals", "scores"):
        shutil.rmtree(copy / gone)
    rules = copy / "evaluation.yaml"
    text = re.sub(r"envelopes:\n(  .*\n)+", "", rules.read_text("utf-8"))
    rules.write_text(text, "utf-8")
    return copy
