"""The response workbook that is sent out: what is in it, what is not, and who may type where."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from make.response_books import ASKED, RULES, saved
from make.running import invoked
from vendor_eval.outputs.template.template import response_template, workbook
from vendor_eval.questionnaire.answers import answers_form
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.request import questionnaire

SECRET = Rules.model_validate(
    {
        "title": "=cmd|' /C calc'!A1",
        "decision": "Who answers the phone?",
        "currency": "EUR",
        "price": "cost",
        "criteria": (
            {"id": "cost", "label": "Total cost", "answer": "cost", "unit": "EUR",
             "weight": 918273, "value": {"linear": {"worst": 827364, "best": 736455}}},
            {"id": "english", "label": "+English", "answer": "english", "weight": 645546,
             "value": {"levels": {"C1": 97.53, "B1": 13.57, "A2, at least": 24.68}}},
        ),
        "gates": (
            {"id": "sites", "label": "@Sites", "answer": "sites", "rule": {"at_least": 554637}},
            {"id": "soc2", "label": "SOC 2 report", "answer": "soc2",
             "rule": {"one_of": ("type_two_only",)}},
            {"id": "valid", "label": "Valid until", "answer": "valid",
             "rule": {"not_before": "as_of"}},
        ),
        "as_of": date(2031, 12, 24),
        "scenarios": {"hidden_scenario": {"weights": {"cost": 1, "english": 1}}},
    }
)  # fmt: skip


def opened(content: bytes) -> Workbook:
    """The workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(content))


def test_the_sheets_are_those_of_the_questionnaire() -> None:
    book = workbook(ASKED, RULES)
    assert book.sheetnames == ["Read me", "Answers", "Pricing", "Sites", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    assert [c.value for c in book["Answers"][5]] == [
        "answers", "Question", "Unit", "Allowed answers", "Answer", "Evidence"
    ]  # fmt: skip
    assert [c.value for c in book["Answers"][8]][:4] == [
        "level", "English of the agents", None, "B1, B2, C1"
    ]  # fmt: skip
    assert [c.value for c in book["Sites"][6]][:4] == [
        "sites", "Country *", "City", "Head-count (FTE) *"
    ]  # fmt: skip


def test_the_same_rules_give_the_same_bytes() -> None:
    assert response_template(SECRET) == response_template(SECRET)
    infos = zipfile.ZipFile(io.BytesIO(response_template(SECRET))).infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_tells_how_answers_are_judged() -> None:
    parts = zipfile.ZipFile(io.BytesIO(response_template(SECRET)))
    whole = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    for secret in ("918273", "827364", "736455", "645546", "97.53", "13.57", "24.68", "554637"):
        assert secret not in whole
    assert "hidden_scenario" not in whole
    assert "2031" not in whole
    allowed = [
        c.value for row in opened(response_template(SECRET))["Answers"].iter_rows() for c in row
    ]
    assert "A2, at least, B1, C1" in allowed  # in the alphabet's order, not the rules'


def test_words_that_a_gate_accepts_are_printed_and_offered_with_a_way_to_say_no() -> None:
    book = opened(response_template(SECRET))
    [row] = [r for r in book["Answers"].iter_rows() if r[0].value == "soc2"]
    assert row[3].value.startswith("type_two_only, none of these. SOC 2: an auditor")
    [rule] = [
        v for v in book["Answers"].data_validations.dataValidation if row[4].coordinate in v.cells
    ]
    assert (rule.type, rule.formula1) == ("list", '"type_two_only,none of these"')
    assert rule.showErrorMessage


ACCEPTED = [
    ([{"equals": "signed"}], ("signed", "none of these")),
    ([{"one_of": ("b", "a")}], ("a", "b", "none of these")),  # the alphabet's order
    ([{"one_of": ("yes", 3.0)}], ("3", "yes", "none of these")),
    ([{"one_of": ("a", "b")}, {"equals": "c"}], ("a", "b", "c", "none of these")),
    ([{"one_of": ("none of these", "x")}], ("none of these", "x")),
    ([{"equals": 3.0}], ()), ([{"one_of": (3.0, 4.5)}], ()), ([{"at_most": 3.0}], ()),
    ([{"not_before": "as_of"}], ()),
]  # fmt: skip


@pytest.mark.parametrize(("conditions", "choices"), ACCEPTED)
def test_a_gates_words_are_choices_and_its_numbers_and_days_are_not_told(
    conditions: list[dict[str, object]], choices: tuple[str, ...]
) -> None:
    gates = tuple(
        {"id": f"g{n}", "label": "G", "answer": "g", "rule": rule}
        for n, rule in enumerate(conditions)
    )
    asked = answers_form(Rules.model_validate({**SECRET.model_dump(), "gates": gates}))
    assert asked.fields[-1].id == "g"
    assert asked.fields[-1].allowed == choices


def test_only_answer_cells_are_unlocked() -> None:
    book = opened(saved(workbook(ASKED, RULES)))
    open_cells = {
        sheet.title: {c.coordinate for row in sheet.iter_rows() for c in row
                      if not c.protection.locked}
        for sheet in book
    }  # fmt: skip
    assert all(sheet.protection.sheet for sheet in book)
    assert open_cells["Read me"] == {"C4"}
    assert open_cells["Answers"] == {f"{c}{n}" for c in "EF" for n in range(6, 12)}
    assert open_cells["Sites"] == {f"{c}{n}" for c in "BCDE" for n in range(7, 13)}
    assert open_cells["Lists"] == set()
    assert book.security.lockStructure


def test_text_that_looks_like_a_formula_is_text() -> None:
    book = opened(response_template(SECRET))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    typed = {str(cell.value): cell for cell in cells if cell.value}
    for text in ("=cmd|' /C calc'!A1", "+English", "@Sites"):
        assert typed[text].quotePrefix, text


def test_drop_downs_hold_what_is_allowed() -> None:
    book = workbook(ASKED, RULES)
    rules = {
        str(v.sqref): (v.type, v.formula1, v.showErrorMessage)
        for sheet in book
        for v in sheet.data_validations.dataValidation
    }
    assert rules["E8"] == ("list", '"B1,B2,C1"', True)
    countries = [c.value for c in book["Lists"]["A"]][1:]
    assert rules["B7:B12"] == ("list", f"Lists!$A$2:$A${len(countries) + 1}", False)
    assert {"Poland", "Türkiye", "Côte d’Ivoire"} <= set(countries)
    assert rules["D7:D12"][0] == "whole"
    assert "E6" not in rules  # a number or a range: anything may be typed


@pytest.mark.parametrize("choice", ["one, two", 'a "quoted" one', "x" * 300])
def test_a_choice_that_no_list_in_a_cell_can_hold_stands_on_a_sheet(choice: str) -> None:
    asked = Questionnaire(
        (Form("f", "F", "F", (Question("q", "Q", "choice", "", (choice, "b")),)),)
    )
    book = workbook(asked, RULES)
    [rule] = book["F"].data_validations.dataValidation
    assert rule.formula1 == "Lists!$A$2:$A$3"
    assert [c.value for c in book["Lists"]["A"]][1:] == [choice, "b"]


def test_the_fingerprint_is_printed_and_carried() -> None:
    book = opened(response_template(SECRET))
    mark = fingerprint(SECRET)
    assert mark in [c.value for row in book["Read me"].iter_rows() for c in row]
    carried = {p.name: p.value for p in book.custom_doc_props.props}
    version = questionnaire(SECRET).version
    assert carried == {"vendor_eval_rules": mark, "vendor_eval_questions": version}
    name = book.defined_names["vendor_eval_rules"]
    assert (name.attr_text, name.hidden) == (f'"{mark}"', True)


def test_help_is_shown_at_the_cells_it_is_for_and_under_their_table() -> None:
    book = workbook(ASKED, RULES)
    prompts = [v.prompt for v in book["Pricing"].data_validations.dataValidation if v.prompt]
    assert "Three letters, such as EUR" in prompts
    lines = [cell.value for cell in book["Pricing"]["A"]]
    assert "Currency: three letters, such as EUR" in lines


def test_the_template_holds_no_comment_so_that_every_comment_is_its_vendors() -> None:
    for sheet in opened(response_template(SECRET)):
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == []


def test_every_sheet_prints_on_a4() -> None:
    for sheet in workbook(questionnaire(SECRET), SECRET):
        if sheet.sheet_state == "visible":
            assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
            assert sum(d.width for d in sheet.column_dimensions.values()) < 230, sheet.title


def test_the_command_line_writes_a_template_and_overwrites_none(tmp_path: Path) -> None:
    assert invoked("new", "eval", cwd=tmp_path).exit_code == 0
    done = invoked("template", "eval", "--out", "sent.xlsx", cwd=tmp_path)
    assert (done.exit_code, done.stdout) == (0, "sent.xlsx\n")
    assert opened((tmp_path / "sent.xlsx").read_bytes())["Read me"]["B4"].value == "Vendor's name"
    again = invoked("template", "eval", "--out", "sent.xlsx", cwd=tmp_path)
    assert again.exit_code == 2
    assert re.match("vendor-eval: --out sent.xlsx: this file exists; allowed", again.stderr)
    lost = invoked("template", "eval", "--out", "no/sent.xlsx", cwd=tmp_path)
    assert lost.exit_code == 2
    assert "cannot be written" in lost.stderr
