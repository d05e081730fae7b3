"""A blank is asked about at its own cell, and so is a price that the rules cannot count."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from make.priced import TERMS, line
from make.response_books import fill, saved
from vendor_eval.clarifications.asking import equally_asked, every_letter
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.stages.order import advice
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.pricing import COMPONENTS, LINES
from vendor_eval.questionnaire.pricing import TERMS as PRICE_TERMS
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.request import questionnaire
from vendor_eval.tender.sealing import new_seal

RULES = """\
title: T
decision: Which one?
currency: EUR
price: total_cost
criteria:
  - {id: c, label: Total cost, weight: 1, measure: total_cost,
     value: {linear: {worst: 1000000, best: 0}}}
commercial:
  months: 12
  money: nominal
  volumes: {base: {monthly: 1000, growth: 0}}
  forecast: base
"""
BASELINE = "  baseline: {fixed_a_month: 9000, a_transaction: 1, indexation: 0}\n"
TIER = {"item": "Contacts", "tier_prices": "marginal"}
TIERS = [
    line("per_transaction_tier", 8, **TIER, tier_from=0, tier_to=600),
    line("per_transaction_tier", 7, **TIER, tier_from=601),
]
BAND = {
    "band_baseline": 1000, "dead_band": 0.1, "band_convention": "slice", "arc_price": 5,
    "rrc_price": 4, "band_currency": "EUR",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules alone."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    (tmp_path / "proposals").mkdir()
    return tmp_path


def send(
    folder: Path,
    lines: list[Mapping[str, Any]],
    asked: Questionnaire | None = None,
    vendor: str = "Alder",
    **terms: Any,
) -> None:
    """Puts the workbook of a vendor into the folder."""
    rules = read_rules(folder)
    asked = asked or questionnaire(rules)
    given = {"price_terms": TERMS | terms}
    book = fill(workbook(asked, rules), asked, vendor, given, {"price_lines": lines})
    (folder / "proposals" / f"{vendor}.xlsx").write_bytes(saved(book))


def faults(folder: Path) -> list[Fault]:
    """What stops Alder's bid."""
    return [fault for fault in read(folder).vendor_faults.get("Alder", ()) if fault.stops]


def letters(folder: Path) -> str:
    """Every letter, one after another."""
    case = read(folder)
    return "\n".join(every_letter(case, evaluate(case.rules, case.proposals)).values())


def test_a_tier_is_asked_about_at_its_blank_cell_and_corrected_there(folder: Path) -> None:
    blank = {"tier_prices": None}
    send(folder, [TIERS[0] | blank, TIERS[1] | blank])
    # columns B item, C basis, ... K tier from, L tier to, M what the price is for; rows from 6 on
    met = faults(folder)
    assert [fault.place for fault in met] == [f"Alder.xlsx!Pricing!M{n}" for n in (6, 7)]
    assert {fault.severity for fault in met} == {"question"}
    signed = "by: Ann, approved_by: Bob, on: 2026-11-24, reason: As agreed"
    (folder / "attachments").mkdir()
    (folder / "attachments" / "a.txt").write_text("all units", "utf-8")
    entries = "".join(
        f'- {{kind: correction, vendor: Alder, at: "{fault.place}", found: "", value: all units, '
        f"ground: answer, proof: attachments/a.txt, {signed}}}\n"
        for fault in met
    )
    (folder / "decisions.yaml").write_text(entries, "utf-8")
    case = read(folder)
    # 1,000 a month fall in the second tier: 1,000 x 7 x 12
    assert evaluate(case.rules, case.proposals).price("Alder") == 84_000


def test_a_choice_about_a_band_is_asked_for_at_its_blank_cell(folder: Path) -> None:
    send(folder, [line("per_transaction", 8)], **BAND)
    [fault] = faults(folder)
    at = [n for n, field in enumerate(PRICE_TERMS.fields) if field.id == "band_replaces"]
    assert fault.place.startswith("Alder.xlsx!Price terms!E")
    assert at
    send(
        folder,
        [line("per_transaction", 8)],
        **BAND,
        band_replaces="on top of prices per transaction",
    )
    assert faults(folder) == []


def test_a_needed_price_term_is_asked_for_at_its_blank_cell(folder: Path) -> None:
    send(folder, [line("per_month", 9000)], exit_charge=None)
    [fault] = faults(folder)
    assert fault.place.startswith("Alder.xlsx!Price terms!E")
    assert (fault.audience, fault.severity) == ("vendor", "question")
    assert fault.message == "no charge on exit is given; 0 if there is none; allowed: an answer"
    assert "total_cost" not in letters(folder)
    assert equally_asked(read(folder)) == ()  # the only vendor is asked, so there is nothing to say


def test_a_bid_without_price_lines_is_asked_at_their_sheet(folder: Path) -> None:
    send(folder, [])
    places = {fault.place for fault in faults(folder)}
    assert places == {"Alder.xlsx!Pricing"}
    assert "total_cost" not in letters(folder)


def test_without_a_baseline_no_share_of_savings_is_asked_for(folder: Path) -> None:
    names = {"price_terms.gain_share", "price_terms.double_running"}
    assert not names & questionnaire(read_rules(folder)).questions
    (folder / "evaluation.yaml").write_text(RULES + BASELINE, "utf-8")
    assert names <= questionnaire(read_rules(folder)).questions


@pytest.mark.parametrize(("share", "sound"), [(0.0, True), (0.2, False)])
def test_a_share_of_savings_without_a_baseline_is_asked_about_unless_it_is_0(
    folder: Path, share: float, sound: bool
) -> None:
    # a workbook that was made before the rules gave up their baseline
    asked = every_question(read_rules(folder))
    kept = Questionnaire(tuple(p for p in asked.parts if p.id in (LINES.id, PRICE_TERMS.id)))
    send(folder, [line("per_month", 9000)], kept, gain_share=share, double_running=None)
    case = read(folder)
    if sound:
        assert evaluate(case.rules, case.proposals).price("Alder") == 108_000
        return
    [fault] = faults(folder)
    assert (fault.place.partition("!E")[0], fault.audience) == ("Alder.xlsx!Price terms", "vendor")
    asked_about = "the request states no costs of today, of whose savings a share is asked"
    assert fault.message == f"{asked_about}; allowed: 0, for none"
    assert asked_about in letters(folder)


def test_a_floor_of_a_share_of_0_is_due_without_a_baseline(folder: Path) -> None:
    asked = every_question(read_rules(folder))
    kept = Questionnaire(tuple(p for p in asked.parts if p.id in (LINES.id, PRICE_TERMS.id)))
    terms = {"gain_share": 0, "gain_share_floor": 500, "terms_currency": "EUR"}
    send(folder, [line("per_month", 9000)], kept, double_running=None, **terms)
    case = read(folder)
    # 12 x 9,000, and 500 for the year
    assert evaluate(case.rules, case.proposals).price("Alder") == 108_500


def test_a_currency_that_the_rules_do_not_compare_is_asked_about(folder: Path) -> None:
    send(folder, [line("per_month", 9000, currency="SEK")])
    [fault] = faults(folder)
    assert fault.audience == "vendor"
    assert "for which the request states no exchange rate" in fault.message
    assert "'SEK', for which the request states no exchange rate" in letters(folder)


REAL = {"prices_are": "real", **dict.fromkeys(f"indexation_{c}" for c in COMPONENTS)}
CANNOT_PRICE = [
    (line("per_month", 9000), REAL, "E"),
    (line("per_fte_month", 4000, quantity=3), {}, "C6"),
    (line("per_month", 9000), {"gain_share": 0.5}, "E"),
    (line("per_month", 9000, currency="SEK"), {}, "F6"),
]


@pytest.mark.parametrize(("priced", "terms", "cell"), CANNOT_PRICE)
def test_what_the_rules_cannot_price_is_asked_of_the_vendor_also_under_a_seal(
    folder: Path, priced: Mapping[str, Any], terms: Any, cell: str
) -> None:
    new_seal(folder, read_rules(folder), on=date(2026, 11, 20), bids=())
    asked = every_question(read_rules(folder))
    kept = Questionnaire(tuple(p for p in asked.parts if p.id in (LINES.id, PRICE_TERMS.id)))
    send(folder, [priced], kept, double_running=None, **terms)
    [fault] = faults(folder)
    assert (fault.audience, fault.place.startswith("Alder.xlsx!Pric")) == ("vendor", True)
    assert fault.place.rpartition("!")[2].startswith(cell)
    assert fault.found.removeprefix("found ") in letters(folder)
    assert not {"rules", "evaluation.yaml"} & set(str(fault).split())
    assert equally_asked(read(folder)) == ()
    advised = advice(folder)
    assert [need.vendor for need in advised.needs] == ["Alder"]
    assert "--letters" in str(advised.command)


@pytest.mark.parametrize("more", ["", "  staffing: as_bid\n", "  inflation: {EUR: 0.02}\n"])
def test_the_template_offers_only_what_the_rules_can_price(folder: Path, more: str) -> None:
    (folder / "evaluation.yaml").write_text(f"{RULES}  timing: mid\n{more}", "utf-8")
    parts = {part.id: part for part in questionnaire(read_rules(folder)).parts}
    offered = {f.id: f.allowed for part in parts.values() for f in part.fields}
    assert ("real" in offered["prices_are"]) is ("inflation" in more)
    explained = {f.id: f.help for part in parts.values() for f in part.fields}["prices_are"]
    assert explained.startswith("nominal: paid as entered")
    assert ("real: " in explained) is ("inflation" in more)
    assert ("per_fte_month" in offered["basis"]) is ("staffing" in more)
    for basis in offered["basis"]:
        tier = {"tier_from": 0, "tier_prices": "marginal"} if basis.endswith("tier") else {}
        people = {"quantity": 3} if basis.startswith("per_fte") or "hour" in basis else {}
        for prices_are in offered["prices_are"]:
            terms = REAL if prices_are == "real" else {}
            send(folder, [line(basis, 9) | tier | people], double_running=None, **terms)
            assert faults(folder) == [], basis


def test_faults_of_tiers_hide_no_shares_of_other_lines(folder: Path) -> None:
    twice = [line("per_transaction", 4, component="technology") for _ in range(2)]
    send(folder, [TIERS[0] | {"tier_prices": None}, TIERS[1], *twice])
    messages = [fault.message for fault in faults(folder)]
    assert sum("for 200 % of the transactions" in message for message in messages) == 2
    asked = "it is open which transactions this tier's price is for"
    assert any(asked in message for message in messages)


@pytest.mark.parametrize(
    ("shares", "sound"),
    [
        ((0.3333, 0.3333, 0.3333), True),  # each may be 0.005 % more
        ((0.333, 0.333, 0.333), True),
        ((0.3333, 0.3333, 0.333), True),
        ((0.3333, 0.3333, 0.32), False),
        ((0.33, 0.33, 0.33), False),  # whole per cent are taken to be exact
        ((0.5, 0.3, 0.3), False),
    ],
)
def test_shares_add_up_as_far_as_their_digits_say(
    folder: Path, shares: tuple[float, ...], sound: bool
) -> None:
    send(folder, [line("per_transaction", 8, item=f"I{s}", volume_share=s) for s in shares])
    assert (faults(folder) == []) is sound
