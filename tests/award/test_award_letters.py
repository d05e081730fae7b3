"""Award letters: numbers as in the results, nothing of other losers, every item or what lacks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from make.awards import (
    TABLE,
    awarded,
    documents,
    example,
    letters,
    proceeding,
    tables,
    word_text,
)
from vendor_eval.award.forms import form_names, letter_form
from vendor_eval.award.letter import award_letter, letter_cases
from vendor_eval.outputs.documents.award_folder import AwardDocuments, award_documents
from vendor_eval.outputs.documents.markdown_text import escaped
from vendor_eval.outputs.results import results_record
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import LettersFile
from vendor_eval.tender.tender import Tender


@dataclass(frozen=True)
class Support:
    """The constructed example with an award, read once for each procedure, and its record."""

    folder: Path
    tenders: Mapping[str, Tender]
    record: Any

    def documents(self, form: str = "uk_2023") -> AwardDocuments:
        """Its documents by a form."""
        tender = self.tenders[letter_form(form).procedure]
        return award_documents(tender, self.folder, letter_form(form), self.record)


@pytest.fixture(scope="module")
def support(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Support:
    place = tmp_path_factory.mktemp("support") / "cs"
    folder = example(data, "customer-support", place, "Aurora Service")
    tenders = {
        letter_form(form).procedure: read(proceeding(folder, form))
        for form in ("uk_2023", "private")
    }
    tender = tenders["private"]
    return Support(folder, tenders, results_record(tender, tender.evaluate()))


# what letters say


def shown_scores(text: str, caption: str) -> list[list[str]]:
    """The rows of the table of scores that follows a caption."""
    after = text.partition(f"{caption}\n")[2]
    return next(tables(after))[1:]


def holds(rows: list[list[str]], criteria: dict[str, Any]) -> None:
    """That a table of scores shows the numbers of one vendor in `results.json`, in order."""
    assert len(rows) == len(criteria)
    for row, node in zip(rows, criteria.values(), strict=True):
        weight, points, weighted = row[1:]
        assert float(weight.removesuffix(" %")) == pytest.approx(100 * node["weight"], abs=0.05001)
        assert float(points) == pytest.approx(node["value"], abs=0.05001)
        assert float(weighted) == pytest.approx(node["contribution"], abs=0.05001)


@pytest.mark.parametrize("form", form_names())
def test_the_numbers_in_letters_are_those_of_the_results(form: str, support: Support) -> None:
    written, record = support.documents(form), support.record
    for vendor, text in letters(written).items():
        theirs = record["vendors"][vendor]
        if theirs["status"] != "eligible":
            assert "Your total" not in text
            continue
        holds(shown_scores(text, "Your scores"), theirs["criteria"])
        if total := re.search(r"Your total: ([\d.]+) of 100", text):
            assert float(total[1]) == pytest.approx(theirs["score"], abs=0.05001)
        said = re.findall(r"scores ([\d.]+) out of 100", text.partition("## Why")[0])
        leaves = [n for n in theirs["criteria"].values() if "performance" in n]
        explained = form != "eu_2014" or vendor != "Aurora Service"  # reasons of a rejection
        assert [float(x) for x in said[: len(leaves)]] == explained * [
            pytest.approx(leaf["value"], abs=0.05001) for leaf in leaves
        ]
    if form == "uk_2023":
        text = letters(written)["Borealis Contact"]
        winner = record["vendors"]["Aurora Service"]
        holds(shown_scores(text, "Scores of the successful tender"), winner["criteria"])


def test_the_word_file_holds_the_same_texts_as_the_markdown(support: Support) -> None:
    files = support.documents().files()
    text, plain = (
        word_text(files["letters/borealis-contact.docx"]),
        files["letters/borealis-contact.md"],
    )
    for said in re.findall(r"[\d.]+ of 100 points", plain.decode()):
        assert said in text


PRICES = {row.split(",")[0]: row.split(",")[1] for row in TABLE.splitlines()[1:]}


@pytest.mark.parametrize("form", form_names())
def test_no_letter_names_another_loser_its_rank_or_its_price(form: str, tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f"), form)
    texts = letters(written)
    assert list(texts) == ["Al", "Alder", "Alder Ltd Services", "Birch"]
    for vendor, text in texts.items():
        without = (
            text.replace("Alder Ltd Services", "\0") if vendor == "Alder Ltd Services" else text
        )
        for other in set(PRICES) - {vendor, "Alder"}:
            # the example's addresses hold "al" before the at sign, which names nobody
            assert not re.search(rf"(?<!\w){other}(?![\w@])", without), (vendor, other)
            price = f"{int(PRICES[other]):,}"
            assert price not in text, (vendor, other)
        assert not re.search(r"\brank\b|\b[1234](st|nd|rd|th)\b", text)


def test_the_winner_is_told_so_and_nothing_of_anybody_else(tmp_path: Path) -> None:
    text = letters(documents(awarded(tmp_path / "f")))["Alder"]
    assert "decided to award the contract to you" in text
    assert "The successful tender" not in text


def test_a_private_letter_names_the_winner_and_none_of_its_points(tmp_path: Path) -> None:
    text = letters(documents(awarded(tmp_path / "f"), "private"))["Al"]
    assert "The successful supplier is Alder." in text
    assert text.count(" out of 100") == 3


def test_an_excluded_vendor_reads_its_gate_and_no_scores(support: Support) -> None:
    text = letters(support.documents())["Fornax Service Desk"]
    assert "SOC 2 Type II report at all sites: required 'Type II at all sites'" in text
    assert "found: Type I only (Certificates B7" in text
    assert text.count("excluded and not ranked; scores are not part of this notice") == 1
    assert not re.search(r"[Tt]here is no total|not ranked:", text)


@pytest.mark.parametrize("form", form_names())
def test_scores_of_who_is_not_ranked_are_not_applicable_in_letter_and_checklist(
    form: str, support: Support
) -> None:
    written = support.documents(form)
    for vendor in ("Eridanus Support", "Fornax Service Desk"):
        items = {i["id"]: i for i in written.checklist["letters"][vendor]}
        scores = [
            items[item.id]
            for item in letter_form(form).items
            if item.fills in ("own.scores", "own.total", "own.explanations", "winner.advantages")
        ]
        for item in scores:
            assert (item["place"], item["missing"]) == (None, None)
            assert "not ranked" in item["not_applicable"]
            assert "counsel to confirm" in item["not_applicable"]
        assert letters(written)[vendor].count("scores are not part of this notice") == 1
    ranked = written.checklist["letters"]["Borealis Contact"]
    assert not any(item["not_applicable"] for item in ranked)


def test_agreed_reasons_are_repeated_word_for_word(data: Path, tmp_path: Path) -> None:
    tender = read(data / "customer-support-panel")
    first = tender.evaluation.leaders[0]
    folder = example(data, "customer-support-panel", tmp_path / "p", first)
    award = folder / "decisions.yaml"
    award.write_text(award.read_text("utf-8").replace("Committee", "moderator"), "utf-8")
    written = documents(folder, "private")
    panel = read(folder).panel
    assert panel is not None
    for (vendor, path), item in panel.items.items():
        if tender.evaluation.status(vendor) == "eligible" and item.agreement:
            assert escaped(item.agreement.reason) in letters(written)[vendor], (vendor, path)


def test_a_judged_level_without_an_agreed_reason_is_missing(data: Path) -> None:
    tender = read(data / "customer-support-panel")
    assert tender.panel is not None
    bare = {i.key: replace(i, agreement=None) for i in tender.panel.items.values()}
    evaluation = tender.evaluation
    without = replace(tender)
    without.__dict__["record"] = replace(tender.panel, items=bare)
    form, first = letter_form("private"), evaluation.ranking[0]
    written = map(award_letter, letter_cases(without, evaluation, form, LettersFile()))
    [letter] = [each for each in written if each.vendor == first]
    lacks = {item.item.id: item.lacking for item in letter.items if item.lacking}
    assert f"an agreed reason, or reasons.{first}.quality.approach" in str(lacks["own_reasons"])


@pytest.mark.parametrize("form", form_names())
def test_a_price_is_stated_with_what_is_charged_and_our_own_costs(
    form: str, support: Support
) -> None:
    written, award = support.documents(form), support.record["recommendation"]
    text = letters(written)["Aurora Service"]
    if form == "eu_2014":  # a notification to the winner states no prices
        return
    charged, own = re.findall(r"€([\d,]+) is what you charge and €([\d,]+) is our own costs", text)[
        0
    ]
    assert float(charged.replace(",", "")) == pytest.approx(award["contract_value"], abs=0.5)
    assert float(own.replace(",", "")) == pytest.approx(award["own_costs"], abs=1)
    assert "1 PLN is 0.235 EUR" in letters(written)["Borealis Contact"]
    assert "1 PLN" not in text
    assert charged not in letters(written)["Borealis Contact"]  # this price is withheld
    report = word_text(written.files()["award-report.docx"])
    assert f"€{charged} is what Aurora Service charges and €{own} is our own costs" in report


def test_what_was_done_about_a_flagged_check_is_asked_for(
    support: Support, data: Path, tmp_path: Path
) -> None:
    folder = example(data, "customer-support", tmp_path / "cs", "Aurora Service")
    assert support.documents().lacking == ()
    entered = (folder / "letters.yaml").read_text("utf-8")
    (folder / "letters.yaml").write_text(re.sub(r"checks:\n.*\n", "", entered), "utf-8")
    [fault] = documents(folder).lacking
    assert (
        str(fault)
        == "letters.yaml: award report: checks.volumes: missing: what was done about the check"
    )
