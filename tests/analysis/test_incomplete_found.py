"""Incomplete bids as check, the scorecard and the response workbooks of the example show them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from make import ROOT
from make.incomplete import ROWS, RULES, folder
from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.cli import main
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender.folder import read

SUPPORT = ROOT / "data" / "customer-support"


def run(*arguments: str | Path) -> Any:
    """A command as it is typed."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_check_prints_every_fault_and_fails_for_the_buyers_alone(tmp_path: Path) -> None:
    faulty = folder(tmp_path, {**ROWS, "D": "x,40,EU"})
    checked = run("check", faulty)
    assert checked.exit_code == 0
    assert "vendor-eval: D: 1 fault\nvendor-eval:   proposals.csv!D!q: found 'x'" in checked.stderr
    assert checked.stderr.endswith("4 proposals read, faults or needed answers in D\n")
    assert run("check", faulty, "--strict").exit_code == 2
    assert run("score", faulty, "--strict").exit_code == 2
    assert run("score", faulty).exit_code == 0
    assert run("run", faulty, "--strict", "--out", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()
    assert run("score", folder(tmp_path, {"D": "x,40,EU"})).exit_code == 3


def test_check_tells_every_fault_as_json(tmp_path: Path) -> None:
    told = run("check", folder(tmp_path, {**ROWS, "D": "x,40,EU"}), "--format", "json")
    assert json.loads(told.stdout) == [
        {
            "place": "proposals.csv!D!q",
            "found": "found 'x'",
            "allowed": "a number such as 1234.5, or a range such as 10..20 or 10..12..20",
            "vendor": "D",
            "audience": "buyer",
            "severity": "fault",
        }
    ]
    (tmp_path / "proposals.csv").write_text("vendor,q,law\nD,x,EU\n")
    told = run("check", tmp_path, "--format", "json")
    assert told.exit_code == 2
    assert [(f["place"], f["vendor"]) for f in json.loads(told.stdout)] == [
        ("proposals.csv:1", None),
        ("proposals.csv!D!q", "D"),
    ]


def test_a_fault_in_one_layer_hides_none_in_another(tmp_path: Path) -> None:
    sealed = folder(tmp_path, ROWS)
    assert run("seal", sealed).exit_code == 0
    folder(tmp_path, {**ROWS, "D": "x,40", "E": "5 %,40,EU"}, RULES.replace("id: q", "id: Q1"))
    folder(tmp_path, {**ROWS, "D": "x,40", "E": "5 %,40,EU"}, RULES + "methods: [topsys]\n")
    (tmp_path / "judgements.yaml").write_text("stakeholders: nobody\n")
    told = run("check", tmp_path)
    assert told.exit_code == 4
    for place in (
        "evaluation.yaml:10: ",
        "seal.json: the rules were changed",
        "proposals.csv:5: found 3 cells",
        "proposals.csv!E!q: found '5 %'",
        "judgements.yaml:1: ",
    ):
        assert place in told.stderr


@pytest.fixture(scope="module")
def support(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The customer-support example with one workbook broken and one with several faults."""
    at = tmp_path_factory.mktemp("support")
    (at / "proposals").mkdir()
    for path in (SUPPORT / "evaluation.yaml", *sorted((SUPPORT / "proposals").glob("*.xlsx"))):
        (at / path.relative_to(SUPPORT)).write_bytes(path.read_bytes())
    aurora = at / "proposals" / "Aurora Service.xlsx"
    book = load_workbook(io.BytesIO(aurora.read_bytes()))
    book["Pricing"]["E6"] = "2.190 or so"
    book["Read me"]["A40"] = "Our remark"
    book.save(aurora)
    (at / "proposals" / "Dorado Dialogue - RFP EMEA.xlsx").write_bytes(b"not a workbook")
    return at


def test_a_price_line_that_cannot_be_read_is_not_left_out_of_the_price(support: Path) -> None:
    case = read(support)
    evaluation = evaluate(case.rules, case.proposals)
    assert evaluation.having("incomplete") == ("Aurora Service", "Dorado Dialogue - RFP EMEA")
    assert evaluation.price("Aurora Service") is None
    [fault] = case.vendor_faults["Aurora Service"]
    assert (fault.place, fault.audience) == ("Aurora Service.xlsx!Pricing!E6", "vendor")
    # what does not depend on the price line is measured all the same
    path = case.rules.price_path
    rows = evaluation.proposals.rows["Aurora Service"]
    leaves = evaluation.tree.leaves
    faulty = {leaves[m] for m in range(len(leaves)) if evaluation.faulty[rows, m]}
    assert path in faulty
    assert faulty < set(leaves)


def test_a_broken_workbook_leaves_a_vendor_of_its_files_name_incomplete(support: Path) -> None:
    case = read(support)
    told = case.vendor_faults["Dorado Dialogue - RFP EMEA"]
    assert [fault.place for fault in told] == ["Dorado Dialogue - RFP EMEA.xlsx"]
    evaluation = evaluate(case.rules, case.proposals)
    row = evaluation.proposals.rows["Dorado Dialogue - RFP EMEA"]
    assert evaluation.faulty[row].all()
    assert rank_range(evaluation, "Dorado Dialogue - RFP EMEA") == (1, 5)


def test_a_workbook_refused_unread_is_copied_for_the_run_and_stops_its_vendor_alone(
    support: Path, tmp_path: Path
) -> None:
    from vendor_eval.runs import _snapshot

    (tmp_path / "proposals").mkdir()
    for path in (support / "evaluation.yaml", support / "proposals" / "Eridanus.xlsx"):
        (tmp_path / path.relative_to(support)).write_bytes(path.read_bytes())
    with (tmp_path / "proposals" / "Gargantua.xlsx").open("wb") as file:
        file.truncate(10_000_001)
    copy = tmp_path / "copy"
    digests = _snapshot(read(tmp_path), tmp_path, copy)
    assert sorted(digests) == [
        "evaluation.yaml", "proposals/Eridanus.xlsx", "proposals/Gargantua.xlsx"
    ]  # fmt: skip
    for at in (tmp_path, copy):
        [fault] = read(at).vendor_faults["Gargantua"]
        assert str(fault).startswith("proposals/Gargantua.xlsx: found 10000001 bytes; allowed: ")


def test_files_that_name_no_vendor_stand_under_separate_names(support: Path) -> None:
    from vendor_eval.bids.proposal import SourceFile
    from vendor_eval.bids.twins import one_each
    from vendor_eval.tender.bids import every_response

    sound = (support / "proposals" / "Eridanus.xlsx").read_bytes()
    names = ("eridanus support.xlsx", "\u200b.xlsx", "Eridanus.xlsx", "x\u202ey" * 30 + ".xlsx")
    files = [SourceFile(f"proposals/{name}", b"broken") for name in names]
    files[2] = SourceFile("proposals/Eridanus.xlsx", sound)
    responses, faults = one_each(every_response(files, read(support).rules))
    assert faults == []
    vendors = [response.vendor for response in responses]
    assert {"Eridanus Support", "eridanus support (2)"} < set(vendors)
    assert len(set(vendors)) == len(files)
    assert all(len(vendor) <= 60 and vendor.isprintable() for vendor in vendors)


def test_the_scorecard_keeps_an_incomplete_vendor_out_of_the_ranking(
    support: Path,
) -> None:
    from vendor_eval.outputs.scorecard import scorecard_workbook

    case = read(support)
    book = load_workbook(io.BytesIO(scorecard_workbook(case, case.evaluate(draws=50))))
    gates, values = book["Gates"], book["Values"]
    heads = {cell.value: cell.column for row in gates.iter_rows() for cell in row}
    [status] = [row[0].row for row in gates.iter_rows() if row[0].value == "Status"]
    column = heads["Aurora Service"]
    assert str(gates.cell(status, column).value).endswith('"excluded","incomplete")')
    assert str(gates.cell(status, heads["Borealis Contact"]).value).endswith('"undecided"))')
    [price] = [row[0].row for row in values.iter_rows() if row[1].value == case.rules.price_path]
    assert str(values.cell(price, column).value).startswith("=IF(OR(Performance!")
