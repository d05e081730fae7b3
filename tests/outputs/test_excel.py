"""scorecard.xlsx: what is typed stays text or number, everything else is a live formula.

No spreadsheet program is needed here: these tests hold the workbook's structure. Its formulas were
recomputed by LibreOffice, and agreed with results.json, when they were written.
"""

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from make.scorecard_books import HEADER, RULES, TABLE, assessed, book, formula, formulas, row
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.scorecard import plan as plan_module
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.rules.values.function import VALUE_FUNCTIONS
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

SHEETS = ["Scorecard", "Weights", "Performance", "Values", "Scales", "Gates", "Read me"]
# What every Excel since 2007 and LibreOffice know; newer names would need a prefix in the file.
KNOWN = re.compile(
    "AND|AVERAGE|COUNT|COUNTIFS?|EXACT|IF|ISNUMBER|LOOKUP|MAX|MEDIAN|MIN|NA|OR|ROUND|ROWS"
    "|SUBSTITUTE|SUM|SUMPRODUCT|VALUE"
)


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[HEADER] if cell.value == heading)


def test_the_sheets_have_fixed_names_and_an_order(case: Tender) -> None:
    assert book(case).sheetnames == SHEETS


@pytest.mark.parametrize("scenario", [None, "other"])
def test_every_formula_is_whole_known_everywhere_and_reads_cells_that_exist(
    case: Tender, scenario: str | None
) -> None:
    opened = book(case, scenario)
    for sheet, cell, typed in formulas(opened):
        tokens = Tokenizer(typed).items
        opening = [t for t in tokens if t.subtype == Token.OPEN]
        assert len(opening) == sum(t.subtype == Token.CLOSE for t in tokens), typed
        functions = {t.value.rstrip("(") for t in opening if t.type == Token.FUNC}
        assert all(map(KNOWN.fullmatch, functions)), typed
        for token in tokens:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                name, _, cells = token.value.rpartition("!")
                there = opened[name] if name else sheet
                _, _, right, bottom = range_boundaries(cells)
                assert right <= there.max_column, (sheet.title, cell.coordinate, typed)
                assert bottom <= there.max_row, (sheet.title, cell.coordinate, typed)


def test_no_formula_reads_itself_however_indirectly(case: Tender) -> None:
    opened = book(case)
    reads: dict[tuple[str, int, int], set[tuple[str, int, int]]] = {}
    for sheet, cell, typed in formulas(opened):
        operands = reads.setdefault((sheet.title, cell.row, cell.column), set())
        for token in Tokenizer(typed).items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                name, _, cells = token.value.rpartition("!")
                left, top, right, bottom = range_boundaries(cells)
                operands |= {
                    (name or sheet.title, r, c)
                    for r in range(top, bottom + 1)
                    for c in range(left, right + 1)
                }
    while ready := [cell for cell, read_ in reads.items() if not read_ & reads.keys()]:
        for cell in ready:
            del reads[cell]
    assert reads == {}


def test_values_scores_ranks_states_and_weights_are_all_formulas(case: Tender) -> None:
    opened = book(case)
    vendors = list(case.proposals.vendors)
    for name in ("Values", "Gates"):
        sheet = opened[name]
        first = column(sheet, vendors[0])
        for line in sheet.iter_rows(min_row=HEADER + 1, min_col=first):
            states = sheet.cell(line[0].row, 3).value == "state"
            mixed = states and sheet.cell(line[0].row, 2).value == "mixed"
            if name == "Values" or (states and not mixed):
                assert all(cell.data_type == "f" for cell in line)
    ranking = opened["Scorecard"]
    for heading in ("Rank", "Status", "Score", "Price (EUR)"):
        at = column(ranking, heading)
        cells = [ranking.cell(r, at) for r in range(HEADER + 2, HEADER + 2 + len(vendors))]
        assert all(cell.data_type == "f" for cell in cells)
    for heading in ("Weight in the whole", "Share among siblings"):
        at = column(opened["Weights"], heading)
        assert all(
            c[0].data_type == "f" for c in opened["Weights"].iter_rows(6, min_col=at, max_col=at)
        )


def test_numbers_are_numbers_and_levels_are_text(case: Tender) -> None:
    sheet = book(case)["Performance"]
    at = column(sheet, "#REF!")
    assert sheet.cell(row(sheet, "cost"), at).value == 6.5
    assert sheet.cell(row(sheet, "skill.years"), at).value == 5
    level = sheet.cell(row(sheet, "skill.level"), at)
    assert (level.value, level.data_type, level.number_format) == ("=x", "s", "@")


def test_an_answer_that_two_criteria_read_is_typed_once(case: Tender) -> None:
    sheet = book(case)["Performance"]
    at = column(sheet, "#REF!")
    home = sheet.cell(row(sheet, "rel.a"), at)
    assert home.value == 90
    for path in ("rel.b", "rel.c", "rel.d", "rel.e"):
        assert f"${home.column_letter}${home.row}" in str(sheet.cell(row(sheet, path), at).value)


def test_a_midpoint_is_the_formula_of_its_two_ends(case: Tender) -> None:
    sheet = book(case)["Performance"]
    at = column(sheet, "=cmd|' /C calc'!A0")
    likely = str(sheet.cell(row(sheet, "skill.years"), at).value)
    ends = [sheet[name.replace("$", "")].value for name in re.findall(r"\$[A-Z]+\$\d+", likely)]
    assert ends == [4, 8]


def test_weights_stand_as_they_were_typed(case: Tender) -> None:
    sheet = book(case)["Weights"]
    at = column(sheet, "Weight typed")
    assert [sheet.cell(row(sheet, p), at).value for p in ("skill", "cost", "rel.a")] == [30, 50, 1]


def test_a_scenarios_weights_stand_beside_the_rules_own(case: Tender) -> None:
    sheet = book(case, "other")["Weights"]
    at, own = column(sheet, "Weight in other"), column(sheet, "Weight in the rules")
    assert (
        sheet.cell(row(sheet, "skill"), at).value,
        sheet.cell(row(sheet, "skill"), own).value,
    ) == (1, 30)
    named = sheet.cell(row(sheet, "skill"), own + 2).coordinate
    assert sheet[named].value is None
    floor = formula(sheet.cell(row(sheet, "skill.years"), own + 2))
    share = sheet.cell(row(sheet, "skill.years"), own + 1)
    assert floor == f"=${share.column_letter}${share.row}"  # gates keep the rules' own weights


def test_every_value_function_has_a_formula() -> None:
    assert [name for name in VALUE_FUNCTIONS if not VALUE_FUNCTIONS[name].formula] == []


def test_a_value_function_without_a_formula_is_written_as_its_points(
    case: Tender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VALUE_FUNCTIONS["piecewise"], "formula", "")
    opened = book(case)
    sheet = opened["Values"]
    cell = sheet.cell(row(sheet, "skill.pw"), column(sheet, "#REF!"))
    assert cell.value == pytest.approx(64)
    scales = opened["Scales"]
    assert [scales.cell(row(scales, "skill.pw") + n, 5).value for n in range(3)] == [0, 5, 9]


def test_a_gate_on_a_criterion_is_left_open_by_a_range_here_too(case: Tender) -> None:
    sheet = book(case)["Gates"]
    least = next(r for r in range(HEADER, 40) if sheet.cell(r, 3).value == "points, least")
    cells = [sheet.cell(least + n, column(sheet, "=cmd|' /C calc'!A0")).value for n in (0, 1)]
    # 4..8 years of 9 are a fifth of the branch's weights, the rest of it is certain
    expected = [20 * 4 / 9 + 20 * 48 / 100 + 8, 20 * 8 / 9 + 20 * 48 / 100 + 8]
    assert cells == pytest.approx(expected)
    sure = sheet.cell(least, column(sheet, "-1"))
    assert sure.data_type == "f"


def test_formulas_are_recomputed_on_opening_since_none_has_a_stored_result(case: Tender) -> None:
    written = scorecard_workbook(case, assessed(case))
    assert load_workbook(io.BytesIO(written)).calculation.fullCalcOnLoad
    results = load_workbook(io.BytesIO(written), data_only=True)
    for sheet, cell, _ in formulas(load_workbook(io.BytesIO(written))):
        assert results[sheet.title][cell.coordinate].value is None


def test_every_sheet_prints_on_a4_across_with_its_headings_on_each_page(case: Tender) -> None:
    for sheet in book(case):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.freeze_panes is not None
        assert sheet.print_title_cols is not None


def test_vendors_stand_as_ranked_and_those_not_ranked_below(case: Tender) -> None:
    assessment = assessed(case)
    sheet = book(case)["Scorecard"]
    at = column(sheet, "Vendor")
    count = len(case.proposals.vendors)
    names = [sheet.cell(r, at).value for r in range(HEADER + 2, HEADER + 2 + count)]
    ranking = [name.replace("_x0041_", "_x005F_x0041_") for name in assessment.evaluation.ranking]
    assert names[: len(ranking)] == ranking
    assert len(set(names)) == count


def test_the_read_me_says_what_it_was_made_from(case: Tender) -> None:
    sheet = book(case, "other")["Read me"]
    said = {cells[0].value: cells[1].value for cells in sheet.iter_rows(min_row=HEADER)}
    assert said["Title"] == "=1+1"
    assert said["Notice"] == "+notice"
    assert said["Scenario"] == "other"
    assert re.fullmatch(r"sha256:[0-9a-f]{64} \(not sealed\)", said["Rules"])
    assert said["Read: proposals.csv"] == f"sha256:{case.files[1].sha256}"
    assert set(SHEETS) - set(said) == {"Read me"}


def test_more_vendors_than_a_sheet_has_columns_are_refused(
    case: Tender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_module, "LAST_COLUMN", 10)
    with pytest.raises(VendorEvalError, match="found 6 vendors; allowed: 5 at most"):
        scorecard_workbook(case, assessed(case))


def test_without_a_gate_everybody_is_eligible_and_without_an_eligible_one_nobody_is_ranked(
    tmp_path: Path,
) -> None:
    open_rules = RULES[: RULES.index("gates:")] + RULES[RULES.index("criteria:") :]
    for rules, table in ((open_rules, TABLE), (RULES, TABLE.replace("type_", "none_"))):
        (tmp_path / "evaluation.yaml").write_text(rules)
        (tmp_path / "proposals.csv").write_text(table)
        opened = book(read(tmp_path))
        assert opened.sheetnames == SHEETS
