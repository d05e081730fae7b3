"""Letters about what cannot be read or stops a bid: whole, at its cell, about nobody else."""

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from make import ROOT
from make.cases import LEAF, bid, case, line
from make.letters import LOW, faulty, written
from make.priced import FLAT, TERMS
from vendor_eval.bids.response import Response
from vendor_eval.clarifications.letters import file_names
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP
from vendor_eval.tender.folder import read

ODD = st.text(alphabet="\u0416\u03a8|*<_`", min_size=2, max_size=6)
"""Names that no word of a letter holds, and that stand within one another; markup among them."""


@given(
    st.lists(ODD, min_size=2, max_size=5, unique=True),
    st.lists(st.text(alphabet="@#~1", max_size=6), min_size=5, max_size=5),
)
def test_no_letter_names_another_vendor_its_file_or_its_price(
    names: list[str], texts: list[str]
) -> None:
    names = [*names, f"{names[0]}\u03a8\u03a8"]  # a name that holds another, as Alder holds Al
    names = list(dict.fromkeys(names))
    prices = [f"{n + 2}7{n}0{n}3.5" for n in range(len(names))]
    bids = [
        faulty(name, f"{price}..9000000", text)
        for name, price, text in zip(names, prices, [*texts, "x"], strict=False)
    ]
    rfp = case(*bids, clarify=LOW | {"estimate": 9e9})
    files, sent = file_names(names), written(rfp)
    assert len(sent) == len(names)
    for name, price in zip(names, prices, strict=True):
        letter = unescape(sent[files[name]]).replace("\\", "")
        own = letter.replace(name.replace("\\", ""), "")
        assert "may be the same bid" not in letter
        for other, its_price in zip(names, prices, strict=True):
            if other != name:
                assert other not in own
                assert its_price not in letter
        assert price in letter or f"{name}.xlsx" in letter


@given(st.lists(ODD, min_size=1, max_size=4, unique=True), st.integers(1, 10**6))
def test_a_letter_does_not_change_with_the_other_bids(names: list[str], price: int) -> None:
    first = faulty("Alder", "100..200", "1 OO")
    others = [faulty(name, price + n, "other") for n, name in enumerate(names)]

    def own(*bids: Response) -> str:
        return written(case(*bids))["alder.md"]

    assert own(first, *others) == own(first)


def test_what_cannot_be_read_comes_first_and_says_what_can_be() -> None:
    [letter] = written(case(faulty("Alder", 5, "140 x"), bid("Birch"))).values()
    assert "## 1. What we cannot read for certain" in letter
    assert "| `Alder.xlsx!Answers!E6` |  | '140 x' | an amount |" in letter
    assert "where does it say so?" in letter


@pytest.mark.parametrize("procedure", ["private", "public"])
def test_in_a_public_procedure_nothing_may_be_added_to_a_proposal(procedure: str) -> None:
    leaf = LEAF | {"missing": "worst"}
    rfp = case(bid("Alder", None), bid("Birch"), procedure=procedure, criteria=(leaf,))
    [letter] = written(rfp).values()
    public = procedure == "public"
    assert ("Nothing that it offers can\nbe changed" in letter) is public
    assert ("Does it answer elsewhere, and where?" in letter) is public
    assert ("Please answer it." in letter) is not public
    assert ("what it should contain" in letter) is not public


BAND: dict[str, Any] = {
    "band_baseline": 900, "dead_band": 0.1, "band_convention": "slice", "arc_price": 1.0,
    "rrc_price": 1.0, "band_currency": "EUR",
}  # fmt: skip
PRICED = {key: value for key, value in LEAF.items() if key != "answer"}
PRICED |= {"missing": "fault", "measure": "total_cost"}
COMMERCIAL = {"months": 12, "money": "nominal", "volumes": FLAT, "forecast": "base"}


def priced(*lines: dict[str, Any], **terms: object) -> str:
    """The letter about a bid whose price is counted from these lines and terms."""
    stated = TERMS | terms
    rfp = case(
        bid("Alder", price_lines=list(lines), price_terms=stated),
        criteria=(PRICED,), price="total_cost", commercial=COMMERCIAL,
    )  # fmt: skip
    return written(rfp)["alder.md"]


def test_a_question_that_stops_a_bid_is_asked_whole_at_the_cell_it_is_about() -> None:
    tiers = [
        line("per_transaction_tier", price=9, tier_from=0, tier_to=500),
        line("per_transaction_tier", price=8, tier_from=501),
    ]
    letter = priced(*tiers, **BAND)
    rows = re.findall("^\\| `.*", letter, re.MULTILINE)
    choice, band = rows
    assert choice == (
        "| `Alder.xlsx!price_lines!tier_prices1`, `tier_prices2` | The tier's price is for | "
        "blank, so that it is open which transactions this tier's price is for | "
        "'marginal' or 'all units' |"
    )
    assert band.startswith("| `Alder.xlsx!price_terms!band_replaces` | Outside the band, ARC and")
    assert band.endswith(
        "| blank, and there is a volume band (Alder.xlsx!price_terms!band_baseline) alongside "
        f"prices per transaction | {INSTEAD!r} or {ON_TOP!r} |"
    )
    assert "Until the points under 1 are settled" in letter
    assert "No question by itself" not in letter


def test_one_fault_at_several_cells_is_asked_about_once() -> None:
    stacked = [line("per_transaction", price=9 - n, item=f"to {n}0,000") for n in (1, 2, 3)]
    letter = priced(*stacked)
    assert letter.count("300 %") == 1
    assert "look like volume tiers" in letter
    assert "| `Alder.xlsx!price_lines!basis1`, `basis2`, `basis3` |" in letter


def test_a_letter_names_no_measure_as_a_place() -> None:
    letter = priced()
    assert "| Price lines | Alder.xlsx holds no price lines | " in letter
    assert "total_cost" not in letter


@pytest.mark.parametrize("procedure", ["private", "public"])
def test_in_a_public_procedure_a_range_is_no_occasion_to_commit_to_something_new(
    procedure: str,
) -> None:
    [letter] = written(case(bid("Alder", "5..6"), procedure=procedure)).values()
    public = procedure == "public"
    assert ("does your proposal commit you to, and where does it say so?" in letter) is public
    assert ("Which single number do you commit to?" in letter) is not public


def test_in_a_workbook_the_blank_cells_themselves_are_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "customer-support", tmp_path / "support")
    name = "cygnus_assist.xlsx"
    book = load_workbook(tmp_path / "support" / "proposals" / name)
    lines, terms = book["Pricing"], book["Price terms"]
    for row, (first, last) in enumerate([(0, 20_000), (20_001, None)], start=6):
        tier = ["Contacts", "per_transaction_tier", "labour", 5, "USD", None, None, None, None]
        for column, value in enumerate([*tier, first, last], start=2):
            lines.cell(row, column).value = value
    for cell, value in {"E11": 30_000, "E12": 0.1, "E13": "slice", "E14": 2, "E15": 1}.items():
        terms[cell] = value
    terms["E17"] = "USD"
    book.save(tmp_path / "support" / "proposals" / name)
    rfp = read(tmp_path / "support")
    letter = written(rfp)["cygnus-assist.md"]
    assert "| `cygnus_assist.xlsx!Pricing!M6`, `M7` | The tier's price is for | blank" in letter
    assert "| `cygnus_assist.xlsx!Price terms!E18` | " in letter
    assert {terms["A18"].value, lines["M5"].value} == {"band_replaces", "The tier's price is for"}
