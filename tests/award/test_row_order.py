"""The order of the rows of proposals.csv moves no digit of results.json."""

import csv
import io
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vendor_eval as ve
from make import ROOT
from make.random_trees import typed_rules
from vendor_eval.bids.proposal import Proposals
from vendor_eval.outputs.results import results_json
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

CASES = sorted(
    path.parent.name
    for path in (ROOT / "data").glob("*/proposals.csv")
    if not (path.parent / "scores").exists()  # a locked panel holds the file as it was
)
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        "identity",
        {"linear": {"worst": 5.0, "best": 60.0}},
        "lowest_over_this",
        {"linear_range": {"direction": "max"}},
        {"mean_based": {"direction": "min", "points_per_percent": 1.5}},
    ]
)


def written(folder: Path, rows: list[list[str]]) -> bytes:
    """The results of the folder with these rows as its proposals, but for the files' hash."""
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    (folder / "proposals.csv").write_text(file.getvalue(), "utf-8")
    case = read(folder)
    content = results_json(case, case.evaluate(draws=500))
    return re.sub(rb'"inputs_hash": "[^"]*"', b"", content)


@pytest.mark.parametrize("name", CASES)
def test_shuffled_rows_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(ROOT / "data" / name, folder)
    with (folder / "proposals.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    first = written(folder, [header, *rows])
    random.Random(1).shuffle(rows)
    assert written(folder, [header, *rows]) == first
    assert written(folder, [header, *reversed(rows)]) == first


@settings(max_examples=40)
@given(typed_rules(VALUES), st.data())
def test_no_order_of_random_bids_moves_a_digit(rules: Rules, data: st.DataObject) -> None:
    answer = st.floats(1, 100).map(lambda x: f"{x:.3f}")
    vendors = data.draw(st.integers(2, 6))
    columns = {
        column: data.draw(st.lists(answer, min_size=vendors, max_size=vendors))
        for column in rules.answers
    }
    order = data.draw(st.permutations(range(vendors)))
    frame = pd.DataFrame(columns, [f"V{n}" for n in range(vendors)], dtype=object)
    contents = []
    for answers in (frame, frame.iloc[order]):
        proposals = Proposals(answers, "proposals.csv")
        judged = ve.evaluate(rules, proposals, draws=50)
        contents.append(results_json(Tender(rules, proposals, None, ()), judged))
    assert contents[0] == contents[1]
