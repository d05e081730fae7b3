"""The scorecard under other award rules: what ranks stands in it, live; nothing else does."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from make.awards_by_price import FEE, cheapest, per_point
from make.builders import assessed
from vendor_eval.award.result import Result
from vendor_eval.outputs.scorecard import scorecard_workbook

OFFERS = {
    "Alder": {"craft": 80, "art": 60, FEE: 100},
    "Birch": {"craft": 60, "art": 90, FEE: 80},
    "Cedar": {"craft": 99, "art": 99, FEE: 300},
    "Dogwood": {"craft": 99, "art": 99, FEE: None},
}


def divided() -> Result:
    """An evaluation by price per point, one vendor of it without a price."""
    return assessed(OFFERS, per_point({"craft": 60.0, "art": 40.0}), draws=200)


def by_price() -> Result:
    """The same vendors where the lowest price wins."""
    offers = {vendor: {FEE: row[FEE]} for vendor, row in OFFERS.items()}
    return assessed(offers, cheapest(), draws=200)


def sheet(result: Result, place: Path) -> Worksheet:
    """The sheet that ranks, with its formulas."""
    place.write_bytes(scorecard_workbook(result.tender, result))
    return load_workbook(place)["Scorecard"]


def test_a_price_per_point_has_its_column_and_ranks(tmp_path: Path) -> None:
    page = sheet(divided(), tmp_path / "s.xlsx")
    head = [cell.value for cell in page[5]]
    assert head[3:6] == ["Quality", "Price (EUR)", "Price of a point"]
    assert "Quality over price, as it ranks" in head


def test_where_the_lowest_price_wins_nothing_is_weighed_or_scored(tmp_path: Path) -> None:
    page = sheet(by_price(), tmp_path / "s.xlsx")
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["Scorecard", "Performance", "Gates", "Read me"]
    assert [cell.value for cell in page[5]][:4] == ["Rank", "Vendor", "Status", "Price (EUR)"]
    readme = " ".join(str(cell.value) for row in book["Read me"].iter_rows() for cell in row)
    assert "points" not in readme
    assert "weight" not in readme.replace("the rules' own weights", "")


@pytest.mark.more
@pytest.mark.parametrize("made", [divided, by_price])
def test_a_spreadsheet_program_counts_the_same_ranks_and_prices(
    made: Callable[[], Result], tmp_path: Path
) -> None:
    result = made()
    sheet(result, tmp_path / "s.xlsx")
    for form, source in (("ods", "s.xlsx"), ("xlsx", "out/s.ods")):
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", form, "--outdir", str(tmp_path / "out"), source]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    rows = load_workbook(tmp_path / "out/s.xlsx", data_only=True)["Scorecard"].iter_rows(
        min_row=7, values_only=True
    )
    counted = {row[1]: row for row in rows}
    evaluation = result.evaluation
    assert {v: row[0] for v, row in counted.items() if row[0]} == dict(evaluation.ranks)
    for vendor in evaluation.ranking if evaluation.divisor is not None else ():
        each = evaluation.price_per_point(vendor)
        assert counted[vendor][5] == pytest.approx(each, rel=1e-12)
