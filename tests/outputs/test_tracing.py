"""Every number traces to the cells it was read from: in the report, results.json and scorecard."""

import io
import json
import re
import zipfile

import pytest
from openpyxl import load_workbook

from make.cases import LEAF, bid, case, site
from make.hostile import HOSTILE
from vendor_eval.award.result import Result
from vendor_eval.clarifications import clarifications_of
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.outputs.results import results_json
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.report.clarifications import checks_table, clarifications_table
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.report.intake import blanks_table, files_table, intake_screen
from vendor_eval.report.numbers import origins_table
from vendor_eval.report.places import places_table
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.tender import Tender

GATE = {"id": "soc2", "label": "SOC 2", "answer": "soc2", "rule": {"equals": "type_2"}}


class Staff(Measure):
    """The head-count of all sites."""

    unit = "FTE"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(["sites"])

    def __call__(self, facts: Facts) -> Measured:
        cells = tuple(row["head_count"] for row in facts.response.rows("sites"))
        total = sum(cell.number for cell in cells)
        return Measured(total, cells, f"the sum of {len(cells)} sites")


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> tuple[Tender, Result]:
    """Two bids under rules that take a measure of many cells."""
    monkeypatch.setitem(MEASURES._known, "staff_for_test", Staff)
    staff = {"id": "staff", "label": "Staff", "weight": 1, "measure": "staff_for_test"}
    linear = {"linear": {"worst": 0, "best": 100}}
    tender = case(
        bid("Alder", 6_111_785.680319997, sites=[site(head_count=40), site("PT", 10)]),
        bid("Birch", 7_000_000, sites=[site(head_count=30)], answers={"soc2": "type_2"}),
        criteria=(LEAF, {**staff, "value": linear}),
        gates=(GATE,),
    )
    return tender, tender.evaluate(draws=10)


def test_results_say_from_which_cells_and_by_which_measure(
    traced: tuple[Tender, Result],
) -> None:
    vendors = json.loads(results_json(*traced))["vendors"]
    assert vendors["Alder"]["criteria"]["staff"]["performance"] == 50
    assert vendors["Alder"]["criteria"]["staff"]["measure"] == "staff_for_test"
    assert vendors["Alder"]["criteria"]["staff"]["from"] == [
        "Alder.xlsx!sites!head_count1",
        "Alder.xlsx!sites!head_count2",
    ]
    assert vendors["Birch"]["criteria"]["cost"]["from"] == ["Birch.xlsx!answers!cost"]
    assert "measure" not in vendors["Birch"]["criteria"]["cost"]
    assert vendors["Birch"]["gates"]["soc2"]["from"] == ["Birch.xlsx!answers!soc2"]
    assert vendors["Alder"]["gates"]["soc2"] == {"state": "unknown", "found": None, "from": []}


def test_the_report_shows_value_way_and_cells_of_every_number(
    traced: tuple[Tender, Result],
) -> None:
    page = origins_table(traced[1]).markup.replace("<wbr>", "")
    row = "<tr>.*?Staff.*?50.*?the sum of 2 sites.*?"
    cells = "Alder.xlsx!sites!head_count1 \u201c40\u201d, head_count2 \u201c10\u201d"
    assert re.search(row + re.escape(cells), page)
    assert "nothing at Alder.xlsx!Answers!soc2" in page
    assert page.count("<table>") == 2
    assert '<td class="short">6111785.68032</td>' in page


def test_the_scorecard_notes_the_cells_beside_each_answer(
    traced: tuple[Tender, Result],
) -> None:
    content = scorecard_workbook(*traced)
    book = load_workbook(io.BytesIO(content))
    notes = [c.comment.text for row in book["Performance"].iter_rows() for c in row if c.comment]
    assert "Alder.xlsx!sites!head_count1\nAlder.xlsx!sites!head_count2\nthe sum of 2 sites" in notes
    assert scorecard_workbook(*traced) == content
    # other programs find comments by the names that Excel gives their parts
    names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} <= names


def test_answers_from_a_table_have_no_origins_and_results_are_as_before() -> None:
    tender = case(bid("Alder"), bid("Birch"))
    plain = Tender(
        tender.rules, type(tender.proposals)(tender.proposals.answers, "x.csv"), None, ()
    )
    judged = plain.evaluate(draws=10)
    assert origins_table(judged).markup == ""
    leaf = json.loads(results_json(plain, judged))["vendors"]["Alder"]["criteria"]["cost"]
    assert not {"from", "measure"} & set(leaf)


def test_what_a_vendor_typed_is_escaped_in_every_table_of_the_intake() -> None:
    sites = [site("PL", city=text, shifts=text) for text in HOSTILE]
    tender = case(
        bid(HOSTILE[0], "900..1000", sites=sites, languages=[{"language": "de", "level": "C1"}]),
        bid(HOSTILE[30]),
    )
    judged = tender.evaluate(draws=10)
    asked = clarifications_of(tender, judged.evaluation)
    parts = (
        clarifications_table(asked),
        checks_table(asked),
        origins_table(judged),
        first_screen_html(intake_screen(tender, asked)),
        files_table(tender),
        blanks_table(tender),
        places_table(tender.rules, tender.facts),
    )
    names = "div|table|caption|thead|tbody|tr|th|td|p|h1|h3|dl|dt|dd|ol|li|i|b|small|span|header"
    names += "|details|summary|wbr"
    ours = rf"</?(?:{names})(?: [^<>]*)?>"
    for part in parts:
        assert part.markup
        assert re.findall(r"<[^>]*>", re.sub(ours, "", part.markup)) == []
        assert "<img" not in part.markup
