"""Letters to the vendors: safe names, nothing but text, and not a word about anybody else."""

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from make import ROOT
from make.cases import LEAF, bid, case, line, site
from make.hostile import HOSTILE
from make.priced import FLAT, TERMS
from vendor_eval.bids.response import Response
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.letters import CALM, HEADING, escaped, file_names, verbatim
from vendor_eval.errors import Fault, one_line
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.results import write
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")


def written(rfp: Tender) -> dict[str, str]:
    """The letters about a case."""
    return every_letter(rfp, evaluate(rfp.rules, rfp.proposals))


LOW = {"abnormally_low": {"below_mean_of_others": 20.0, "below_estimate": 15.0}}
CLARIFY = {
    **LOW,
    "estimate": 7_654_321.0,
    "tolerance": 5.0,
    "loaded_wage_month": {"PL": 2345.0},
    "loaded_wage_source": "Secret Survey",
}


def tender() -> Tender:
    """Three bids, the first of which raises every question about prices and quantities."""
    sites, lines = [site(head_count=40)], [line("per_fte_month", 30, price=1111)]
    low = bid("Alder", 5_111_111, sites=sites, price_lines=lines)
    return case(low, bid("Birch", 8_222_222), bid("Cedar", 8_333_333), clarify=CLARIFY)


def test_a_letter_tells_nothing_of_other_vendors_or_of_the_buyers_own_figures() -> None:
    [(name, text)] = written(tender()).items()
    assert name == "alder.md"
    assert "seems low" in text
    assert "5111111" in text  # its own price
    secrets = ["Birch", "Cedar", "8222222", "8333333", "8,222,222", "8,333,333"]
    secrets += ["8,277,778", "8277777.5", "7,654,321", "7654321", "2,345", "2345", "Secret Survey"]
    assert [secret for secret in secrets if secret in text] == []
    assert (
        re.findall(r"\d+(?:\.\d+)? %|\bmean\b|\brank|\bfirst\b|\bscore\b", text.replace(CALM, ""))
        == []
    )


@given(prices=st.lists(st.integers(9_000_001, 9_999_999), min_size=2, max_size=6, unique=True))
def test_whatever_the_others_bid_the_letter_stays_the_same(prices: list[int]) -> None:
    first = bid("Alder", 5_000_000)
    others = [bid(f"Rival{n}", price) for n, price in enumerate(prices)]
    calm = [bid("Rival0", 9_500_000), bid("Rival1", 9_500_000)]
    rival_bids, base = (
        case(first, *others, clarify=LOW | {"estimate": 1.0}),
        case(first, *calm, clarify=LOW | {"estimate": 1.0}),
    )
    assert written(rival_bids)["alder.md"] == written(base)["alder.md"]


def test_letters_are_the_same_whatever_the_order_of_the_bids() -> None:
    rfp = tender()
    turned = case(*reversed(rfp.responses), clarify=CLARIFY)
    assert written(rfp) == written(turned)


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=12, unique=True))
def test_every_vendor_has_a_file_of_its_own_with_a_safe_name(vendors: list[str]) -> None:
    names = file_names(vendors)
    assert set(names) == set(vendors)
    assert len(set(names.values())) == len(vendors)
    for name in names.values():
        assert WORD.fullmatch(name)
        assert len(name) <= 80
    assert file_names(reversed(vendors)) == names


def test_names_that_come_to_the_same_or_to_nothing_are_told_apart() -> None:
    assert file_names(["Fjord Oppgjør AS", "Łódź Straße"]) == {
        "Fjord Oppgjør AS": "fjord-oppgjor-as.md",
        "Łódź Straße": "lodz-strasse.md",
    }
    vendors = ["Ålder", "alder", "ALDER!", "Alder 2", "名称", "../../etc", "CON", "con", "nul.md"]
    assert file_names(vendors) == {
        "../../etc": "etc.md",
        "ALDER!": "alder.md",
        "Alder 2": "alder-2.md",
        "CON": "vendor-con.md",
        "alder": "alder-3.md",
        "con": "vendor-con-2.md",
        "nul.md": "nul-md.md",
        "Ålder": "alder-4.md",
        "名称": "vendor.md",
    }


PLUGINS = ["table", "url", "strikethrough", "footnotes", "task_lists", "math", "superscript"]
MARKDOWN = mistune.create_markdown(escape=False, plugins=PLUGINS)
OURS = re.compile(r"</?(?:h1|h2|p|code|table|thead|tbody|tr|th|td)>")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_vendor_typed_is_text_in_every_markdown(text: str) -> None:
    vendor = " ".join(text.split()) or "Alder"
    rfp = case(bid(vendor, "900..1000", sites=[]), title=text[:100] or "A title")
    [letter] = written(rfp).values()
    for cell in (escaped(text), verbatim(text)):
        page = str(MARKDOWN(letter)) + str(MARKDOWN(f"| a | b |\n|---|---|\n| {cell} | {cell} |\n"))
        assert re.findall(r"<[^>]*>", OURS.sub("", page)) == []
        assert page.count("<h1>") == 1
        # one row of two cells, whatever stands in them
        assert page.count("<td>") == page.count("<tr>") * 2 - 4


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_vendor_typed_is_shown_as_it_stands(text: str) -> None:
    for shown in (escaped(text), verbatim(text)):
        page = str(MARKDOWN(f"So: {shown} it ends"))
        [inside] = re.findall(r"<p>So: (.*) it ends</p>", page)
        assert unescape(re.sub("</?code>", "", inside)) == one_line(text)


@given(st.text(alphabet="ab1 `|\\_*#$~^{}[]<>&@:/.!-", min_size=1, max_size=12))
def test_no_mixture_of_marks_becomes_markup(text: str) -> None:
    for cell in (escaped(text), verbatim(text)):
        page = str(MARKDOWN(f"| a | b |\n|---|---|\n| x{cell}x | y |\n"))
        assert re.findall(r"<[^>]*>", OURS.sub("", page)) == []
        assert page.count("<td>") == 2


@pytest.mark.parametrize(
    "text",
    ["cygnus_assist", "$ 12,500.00", "C# at ~5 desks", "2.190,00 EUR", "Rabat (MA), 24/7", "10^6"],
)
def test_no_backslash_stands_where_none_is_needed(text: str) -> None:
    assert escaped(text) == text


def test_places_and_what_stands_there_are_set_as_they_are_typed() -> None:
    assert verbatim("cygnus_assist.xlsx!Pricing!E6") == "`cygnus_assist.xlsx!Pricing!E6`"
    assert verbatim("$ 17.90") == "`$ 17.90`"
    assert verbatim("a`b") == r"a\`b"
    assert verbatim("a|b") == r"a\|b"
    assert verbatim("") == ""
    [letter] = written(tender()).values()
    assert "| `Alder.xlsx!sites!head_count1` | `40` |" in letter


def test_questions_of_one_check_stand_under_one_heading() -> None:
    rows = [{"language": code, "level": "C1", "site": "Porto"} for code in ("de", "fr")]
    [letter] = written(case(bid(sites=[site()], languages=rows))).values()
    assert re.findall("^## .*", letter, re.MULTILINE) == ["## 1. Languages and sites"]
    assert re.findall(r"^1\.\d You offer \w+", letter, re.MULTILINE) == [
        "1.1 You offer German",
        "1.2 You offer French",
    ]


def test_a_new_letter_takes_the_place_of_an_earlier_one_and_touches_nothing_else(
    tmp_path: Path,
) -> None:
    rfp = tender()
    place = tmp_path / "clarifications"
    place.mkdir()
    (place / "old-vendor.md").write_text(f"{HEADING}Old Vendor\n", "utf-8")
    (place / "notes.md").write_text("my own notes\n", "utf-8")
    write(rfp, rfp.evaluate(draws=10), tmp_path)
    assert sorted(path.name for path in place.iterdir()) == ["alder.md", "notes.md"]
    assert (place / "alder.md").read_text("utf-8") == written(rfp)["alder.md"]


def test_where_nobody_is_asked_anything_there_is_no_folder(tmp_path: Path) -> None:
    rfp = case(bid("Alder"), bid("Birch"))
    write(rfp, rfp.evaluate(draws=10), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.json", "scorecard.xlsx"]


ODD = st.text(alphabet="\u0416\u03a8|*<_`", min_size=2, max_size=6)
"""Names that no word of a letter holds, and that stand within one another; markup among them."""


def faulty(vendor: str, cost: object, message: str) -> Response:
    """A bid with a fault in a cell that may be put to the vendor, and one for the buyer alone."""
    offered = bid(vendor, cost)
    place = f"{offered.source}!Answers!E6"
    faults = (
        Fault(place, f"found {message!r}; allowed: an amount", vendor, "vendor"),
        Fault(offered.source, "may be the same bid as another", vendor, "buyer"),
    )
    return replace(offered, faults=faults)


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


def test_a_vendor_that_the_buyer_excluded_is_asked_nothing() -> None:
    rfp = case(faulty("Alder", "5..6", "140 x"), bid("Birch", "5..6"))
    closed = replace(rfp.proposals, excluded={"Alder": "Late"})
    assert list(every_letter(rfp, evaluate(rfp.rules, closed))) == ["birch.md"]


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
