"""scorecard.xlsx keeps hostile text as text, and gives the same bytes each time."""

import io
import re
import zipfile

import pytest

from make.hostile import HOSTILE
from make.scorecard_books import HEADER, assessed, book, formulas
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.outputs.scorecard.book import safe
from vendor_eval.tender.tender import Tender


def test_typed_text_is_never_a_formula_an_error_or_a_link(case: Tender) -> None:
    opened = book(case)
    for sheet, cell, typed in formulas(opened):
        assert "cmd|" not in typed, (sheet.title, cell.coordinate)
        assert not re.match(r"=(1\+1|x|u|Skill|type_3)$", typed), (sheet.title, cell.coordinate)
    cells = [cell for sheet in opened for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "e" for cell in cells)
    odd = [c for c in cells if c.data_type == "s" and str(c.value).startswith(tuple("=+-@"))]
    assert len(odd) > 20
    assert all(cell.quotePrefix for cell in odd)
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert links
    assert all(link.target is None and link.location.startswith("Scales!A") for link in links)


def test_hostile_names_and_answers_stay_text(case: Tender) -> None:
    answers = case.proposals.answers.iloc[[1] * len(HOSTILE)].copy()
    answers.index, answers["soc"] = HOSTILE, HOSTILE
    hostile = Tender(case.rules, type(case.proposals)(answers, "proposals.csv"), None, case.files)
    sheet = book(hostile)["Performance"]
    names = list(sheet[HEADER])[5:]
    readings = next(line for line in sheet.iter_rows() if line[3].value == "soc")[5:]
    for cells in (names, readings):
        assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
        assert [str(cell.value) for cell in cells] == [safe(text) for text in sorted(HOSTILE)]


def test_what_xml_forbids_is_replaced_and_what_excel_would_decode_is_escaped(case: Tender) -> None:
    renamed = case.proposals.answers.rename(index={"+1": "a\ufffe\x00b", "-1": "two\nlines"})
    opened = book(Tender(case.rules, type(case.proposals)(renamed, "p"), None, case.files))
    names = [cell.value for cell in opened["Values"][HEADER]]
    assert "a\ufffd\ufffdb" in names
    assert "two\nlines" in names
    assert "_x005F_x0041_" in names


def test_the_same_evaluation_gives_the_same_bytes_whatever_the_clock(
    case: Tender, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scorecard_workbook(case, assessed(case))
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert scorecard_workbook(case, assessed(case)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
