"""Letters to the vendors: safe names, nothing but text, and not a word about anybody else."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.cases import bid, case, line, site
from make.hostile import HOSTILE
from make.letters import LOW, faulty, written
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.letters import CALM, HEADING, escaped, file_names, verbatim
from vendor_eval.errors import one_line
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.results import write
from vendor_eval.tender.tender import Tender

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
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


def test_a_vendor_that_the_buyer_excluded_is_asked_nothing() -> None:
    rfp = case(faulty("Alder", "5..6", "140 x"), bid("Birch", "5..6"))
    closed = replace(rfp.proposals, excluded={"Alder": "Late"})
    assert list(every_letter(rfp, evaluate(rfp.rules, closed))) == ["birch.md"]
