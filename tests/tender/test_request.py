"""The questionnaire follows the rules: it asks what they read, what they name, and nothing else."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make.builders import rules
from make.response_books import fill, read, saved
from vendor_eval.bids.proposal import proposals
from vendor_eval.clarifications.check import CHECKS
from vendor_eval.measures.measures import measure
from vendor_eval.outputs.template.layout import ROOM
from vendor_eval.outputs.template.template import response_template, workbook
from vendor_eval.questionnaire.glossary import WORDS, explanations
from vendor_eval.questionnaire.insurance import INSURANCE
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Form, Table
from vendor_eval.questionnaire.standard import STANDARD_PARTS
from vendor_eval.report.standard_parts import standard_parts_table
from vendor_eval.rules.consistency import inconsistencies
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.folder import read_rules
from vendor_eval.tender.request import NEEDED, asked_only, questionnaire
from vendor_eval.tender.rules_file import read_rules_file
from vendor_eval.tender.tender import Tender

DATES = {"as_of": date(2026, 11, 20), "start": date(2027, 1, 1)}
LEVELS = ({"id": "answered", "label": "Calls answered within 20 seconds"},)
CHANNELS = ({"id": "voice", "languages": {"de": "B2"}, "hours": "08:00-20:00"},)
TERMS = {"months": 36, "money": "nominal"}


def under(*measures: Any, **more: Any) -> Rules:
    """Rules with a gate on each of these measures."""
    gates = tuple(
        {"id": f"g{n}", "label": "G", "measure": taken, "rule": {"at_least": 1.0}}
        for n, taken in enumerate(measures)
    )
    return rules({"cost": 1}, gates=gates, **DATES | more)


def asked(typed: Rules) -> dict[str, tuple[str, ...]]:
    """What is asked, by part, answers apart."""
    parts = questionnaire(typed).parts
    return {p.id: tuple(f.id for f in p.fields) for p in parts if p.id != "answers"}


def test_rules_that_read_answers_alone_ask_for_nothing_else() -> None:
    assert [part.id for part in questionnaire(rules({"cost": 1, "x": 1})).parts] == ["answers"]


CASES: list[tuple[Rules, dict[str, tuple[str, ...]]]] = [
    (under("attrition"), {"expertise": ("attrition",)}),
    (under({"control": {"question": "access_mfa"}}), {"controls": ("access_mfa",)}),
    (under("site_count"), {"sites": ("country", "city", "head_count")}),
    (
        under({"cefr_level": {"language": "de"}}),
        {"languages": ("language", "level", "agents", "channel")},
    ),
    (under("credit_at_risk_share"), {"price_terms": ("at_risk",)}),
    (
        under(service={"country": "DE", "levels": LEVELS}),
        {"service_levels": ("answered_offered", "answered_measured_over", "answered_credit")},
    ),
    (under(ask=("insurance",)), {"insurance": tuple(field.id for field in INSURANCE.fields)}),
]


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_what_is_asked_is_what_is_read_with_what_a_row_cannot_do_without(
    typed: Rules, expected: dict[str, Any]
) -> None:
    assert asked(typed) == expected


def test_every_question_that_a_measure_reads_is_asked(data: Path) -> None:
    typed = read_rules(data / "customer-support")
    parts = {part.id: part for part in questionnaire(typed).parts}
    for measurement in typed.measures:
        for question in measure(measurement).questions(typed):
            part, _, field = question.partition(".")
            assert field in {"", *(f.id for f in parts[part].fields)}, question


def test_what_clarify_and_service_compare_is_asked() -> None:
    assert {"price_lines", "sites", "price_terms"} == set(asked(under(clarify={"tolerance": 2})))
    spoken = asked(under(service={"country": "DE", "channels": CHANNELS}))
    assert spoken["languages"][-1] == "hours"
    assert "shifts" in spoken["sites"]


def test_every_threshold_of_a_check_of_workbooks_has_its_questions() -> None:
    parts = ("clarify.", "service.")
    needs = {n for name in CHECKS for n in CHECKS[name].needs if CHECKS[name].workbook}
    assert {need for need in needs if need.startswith(parts)} <= set(NEEDED)


def test_a_standard_part_that_is_unknown_or_named_twice_is_a_fault_with_a_hint() -> None:
    typed = under(ask=("insurance", "standing", "standing"))
    assert dict(inconsistencies(typed)) == {
        ("ask", 2): "'standing' appears here twice; allowed: once"
    }
    _, faults, _ = read_rules_file(b"title: Helpdesk\nask: [insurances]\n")
    unknown = "unknown standard part 'insurances'; did you mean 'insurance'?"
    assert ("evaluation.yaml:2", f"ask.0: {unknown}") in [(f.place, f.message) for f in faults]


def test_what_is_asked_in_addition_is_part_of_what_is_sealed() -> None:
    assert fingerprint(under()) != fingerprint(under(ask=("standing",)))


def test_ids_and_titles_of_all_that_can_be_asked_are_told_apart() -> None:
    every = every_question(under(service={"country": "DE", "levels": LEVELS}))
    assert len({part.id for part in every.parts}) == len(every.parts)
    assert len({part.title for part in every.parts}) == len(every.parts)
    for part in every.parts:
        assert len({field.id for field in part.fields}) == len(part.fields), part.id
        if isinstance(part, Table):
            labels = {field.label.casefold() for field in part.fields}
            assert len(labels) == len(part.fields), part.id


@pytest.mark.parametrize("name", sorted(STANDARD_PARTS))
def test_a_standard_part_asks_for_sheets_of_its_own_and_choices_for_every_choice(name: str) -> None:
    for part in STANDARD_PARTS[name].parts:
        assert part.sheet not in ("Answers", "Read me", "Lists")
        for field in part.fields:
            assert (field.kind == "choice") is bool(field.allowed), field.id


def test_answers_that_no_rule_reads_are_shown_with_their_cells() -> None:
    typed = under("attrition", ask=("automation", "insurance"))
    assert [part.id for part in asked_only(typed)] == ["automation", "automated_steps", "insurance"]
    now = questionnaire(typed)
    book = fill(
        workbook(now, typed),
        now,
        "Beta",
        {"answers": {"cost": 1.0}, "automation": {"ai_told": "yes", "automated_now": 0.25}},
        {"insurance": [{"cover": "none"}, {"cover": "other", "insurer": "<b>Allianz</b>"}]},
    )
    bid, faults = read(saved(book), now)
    assert faults == []
    assert bid is not None
    case = Tender(typed, proposals({"Beta": {"cost": 1}}), None, (), (bid,))
    markup = standard_parts_table(case).markup
    assert "Insurance cover: asked, and read by no rule" in markup
    assert "2. Insurer" in markup
    assert "&lt;b&gt;Allianz" in markup
    assert "Beta.xlsx!Automation!E" in markup.replace("<wbr>", "")
    assert standard_parts_table(Tender(under(), case.proposals, None, (), (bid,))).markup == ""


# --- what vendors are told -----------------------------------------------------------------------

FULL = under(
    "attrition",
    service={
        "country": "DE",
        "time_zone": "Europe/Berlin",
        "channels": CHANNELS,
        "levels": LEVELS,
        "peak": {
            "calls": 480,
            "interval_minutes": 30,
            "handling_seconds": 420,
            "answered_within_seconds": 20,
            "target_share": 0.8,
            "shrinkage": 0.314159,
        },
    },
    commercial=TERMS
    | {
        "volumes": {"base": {"by_year": (100_000, 102_000, 104_000)}},
        "forecast": "base",
        "exchange": {"PLN": {"rate": 0.271828, "as_of": date(2026, 11, 20), "source": "x"}},
        "baseline": {"fixed_a_month": 424242.0, "a_transaction": 5.6, "indexation": 0.03},
    },
    clarify={"estimate": 535353.0, "tolerance": 13.37},
    tender={
        "about": "Answering calls in German.",
        "contact": "Ms Buyer, buyer@example.com",
        "questions_until": date(2026, 11, 1),
        "deadline": date(2026, 11, 15),
        "deadline_time": "12:00",
    },
    ask=tuple(STANDARD_PARTS),
)


def test_vendors_are_told_what_they_need_in_order_to_answer() -> None:
    sheet = load_workbook(io.BytesIO(response_template(FULL)))["Read me"]
    printed = {row[1].value: row[2].value for row in sheet.iter_rows() if row[1].value}
    assert printed["What is bought"] == "Answering calls in German."
    assert printed["Contact"] == "Ms Buyer, buyer@example.com"
    assert printed["Questions until"] == "2026-11-01"
    assert printed["Return this workbook by"] == "2026-11-15, 12:00"
    assert printed["Service starts"] == "2027-01-01, for 36 months"
    assert printed["Currency"] == "bids are compared in EUR; prices may be stated in EUR and PLN"
    assert printed["Volume forecast: base"].startswith(
        "transactions a month: 100,000 in year 1, 102,"
    )
    assert printed["Service used in"] == "Germany; times are those of Europe/Berlin"
    assert printed["Channel: voice"] == "open 08:00-20:00; languages, each at least: German B2"
    assert "80 % are to be answered within 20 seconds" in printed["Busiest time"]


def test_nothing_that_the_buyer_keeps_to_itself_is_in_the_template() -> None:
    parts = zipfile.ZipFile(io.BytesIO(response_template(FULL)))
    whole = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    for secret in ("314159", "271828", "424242", "535353", "13.37"):
        assert secret not in whole


def test_currencies_channels_and_languages_are_offered_where_they_are_asked_back() -> None:
    book = workbook(questionnaire(FULL), FULL)

    def lists(sheet: str) -> set[str]:
        return {v.formula1 for v in book[sheet].data_validations.dataValidation if v.type == "list"}

    assert '"EUR,PLN"' in lists("Pricing")
    assert '"voice"' in lists("Languages")


def test_terms_are_explained_once_in_each_part_that_uses_them() -> None:
    terms = {part.id: part for part in every_question(FULL).parts}["price_terms"]
    explained = explanations(terms)
    assert explained["arc_price"].startswith("ARC: additional resource charge")
    assert explained["rrc_factor"].startswith("Z factor")
    assert "Dead band" in explained["dead_band"]
    every = " ".join(t for part in every_question(FULL).parts for t in explanations(part).values())
    assert [meaning for meaning in WORDS.values() if meaning not in every] == []


def test_explanations_are_printed_on_the_sheet_that_asks() -> None:
    book = workbook(questionnaire(FULL), FULL)
    texts = {name: " ".join(str(c.value) for r in book[name].iter_rows() for c in r if c.value)
             for name in book.sheetnames}  # fmt: skip
    assert "FTE: full-time equivalent" in texts["Sites"]
    assert "CEFR: Common European Framework" in texts["Languages"]
    assert "SOC 2: an auditor's report" in texts["Certificates"]


def test_every_sheet_is_legible_on_a4_with_its_header_on_each_page() -> None:
    for name, sheet in ((s.title, s) for s in workbook(questionnaire(FULL), FULL)):
        if sheet.sheet_state != "visible":
            continue
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        wide = sum(dimension.width for dimension in sheet.column_dimensions.values())
        smallest = min(c.font.size for row in sheet.iter_rows() for c in row if c.value)
        assert smallest * min(1, ROOM / wide) >= 9, name  # points, once fitted to the page
        if name != "Read me":
            header = sheet.print_title_rows.strip("$").partition(":")[0].strip("$")
            assert sheet.cell(int(header), 1).value in {p.id for p in questionnaire(FULL).parts}


def test_rows_are_high_enough_for_their_texts() -> None:
    sheet = workbook(questionnaire(FULL), FULL)["Price terms"]
    for row in sheet.iter_rows(min_row=6, max_col=4):
        for cell in row:
            width = sheet.column_dimensions[cell.column_letter].width
            lines = -(-len(str(cell.value or "")) // int(width))
            assert sheet.row_dimensions[cell.row].height >= 12.5 * lines


def test_forms_and_tables_are_all_there_is() -> None:
    assert {type(part) for part in every_question(FULL).parts} == {Form, Table}
