"""What letters show to others: quoted reasons, what withholding hides, and scales that compare."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.awards import LETTERS, RULES, awarded, documents, example, lacking, letters
from vendor_eval.award.disclosures import computable
from vendor_eval.award.forms import letter_form
from vendor_eval.award.prices_in_texts import NUMBER, readings
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.documents.award_folder import award_documents
from vendor_eval.tender.folder import read

ADDRESSED = "reasons: {Alder: {quality.team: You name the same people for Norden Post}}\n"


def test_a_reason_to_the_winner_is_quoted_to_others_and_reported(tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f", letters=LETTERS + ADDRESSED))
    texts = letters(written)
    quoted = "Our reason to the successful supplier: “You name the same people for Norden Post”"
    for loser in ("Al", "Alder Ltd Services", "Birch"):
        assert quoted in texts[loser]
    assert "\nYou name the same people for Norden Post\n" in texts["Alder"]
    assert "to the successful supplier" not in texts["Alder"]
    [warning] = written.checklist["warnings"]
    assert "address Alder as “you”, on quality.team" in warning
    assert "enter reasons_to_others.Alder" in warning
    assert written.lacking == ()


def test_a_text_for_other_readers_replaces_the_quotation_and_the_warning(tmp_path: Path) -> None:
    others = "reasons_to_others: {Alder: {quality.team: It names the same people}}\n"
    written = documents(awarded(tmp_path / "f", letters=LETTERS + ADDRESSED + others))
    text = letters(written)["Al"]
    assert "\nIt names the same people\n" in text
    assert "Norden Post" not in text
    assert written.checklist["warnings"] == []


def test_agreed_reasons_of_a_panel_are_quoted_with_their_author(data: Path, tmp_path: Path) -> None:
    folder = example(data, "customer-support-panel", tmp_path / "p", "Eridanus Care")
    award = folder / "decisions.yaml"
    award.write_text(award.read_text("utf-8").replace("Committee", "chair"), "utf-8")
    form = letter_form("uk_2023").model_copy(update={"procedure": "private"})
    tender = read(folder)
    written = award_documents(tender, folder, form)
    assert tender.panel is not None
    reasons = [
        item.agreement.reason
        for (vendor, _), item in tender.panel.items.items()
        if vendor == "Eridanus Care" and item.agreement
    ]
    text = letters(written)["Borealis Contact"].replace("\\", "")
    for reason in reasons:
        assert f"The panel’s reason to the successful supplier: “{reason}”" in text
        assert f"\n{reason}\n" not in text


def withholding(folder: Path, *entries: tuple[str, str, str]) -> list[str]:
    """The warnings where these of (vendor, criterion, what) are withheld."""
    held = [
        f"  - {{vendor: {vendor}, criterion: {path}, what: {what}, ground: secret, by: Ann}}\n"
        for vendor, path, what in entries
    ]
    written = documents(awarded(folder, letters=f"{LETTERS}withhold:\n{''.join(held)}"))
    return list(written.checklist["warnings"])


@pytest.mark.parametrize(
    ("entries", "warned"),
    [
        # of quality, team and plan, the sub-total and one part give the other away
        ([("Alder", "quality.team", "score")], ["score of Alder on quality.team"]),
        ([("Alder", "quality.team", "score"), ("Alder", "quality.plan", "score")], []),
        # the parts give their sum away
        ([("Alder", "quality", "score")], ["score of Alder on quality"]),
        ([("Alder", "quality", "text")], ["text of Alder on quality"]),
        ([("Alder", "quality.team", "text")], []),
        ([("Alder", "cost", "price")], ["price of Alder on cost"]),
        ([("Birch", "cost", "price")], ["price of Birch on cost"]),
    ],
)
def test_what_withholds_nothing_is_named(
    entries: list[tuple[str, str, str]], warned: list[str], tmp_path: Path
) -> None:
    warnings = withholding(tmp_path / "f", *entries)
    assert len(warnings) == len(warned)
    for name, warning in zip(warned, warnings, strict=True):
        assert warning.startswith(f"the {name} is withheld without effect")


def advantages(folder: Path, held: str) -> str:
    """What the letter to Al says of the advantages of the winner, by the form of the EU."""
    texts = letters(documents(awarded(folder, letters=f"{LETTERS}{held}"), "eu_2014"))
    [said] = re.findall(
        r"^(?:The successful tender scored .* on: .*|The advantages .*)$", texts["Al"], re.MULTILINE
    )
    return said


def test_an_advantage_follows_from_no_score_that_is_withheld(tmp_path: Path) -> None:
    entry = "  - {{vendor: Alder, criterion: {}, what: score, ground: secret, by: Ann}}\n"
    held = [entry.format(path) for path in ("quality.team", "quality.plan", "cost")]
    # Alder has more points than Al on all three
    assert advantages(tmp_path / "a", "").endswith("on: Cost; Team; Plan.")
    assert advantages(tmp_path / "b", f"withhold:\n{held[0]}").endswith("on: Cost; Plan.")
    none = "The advantages of the successful tender that may be shown: none."
    assert advantages(tmp_path / "c", f"withhold:\n{''.join(held)}") == none


@pytest.fixture(scope="module")
def weighed(data: Path) -> Evaluation:
    return read(data / "customer-support").evaluation


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_computable_is_a_sum_of_what_is_shown(
    weighed: Evaluation, data: st.DataObject
) -> None:
    tree = weighed.tree
    hidden = data.draw(st.sets(st.sampled_from(tree.paths)))
    total = data.draw(st.booleans())
    known = computable(weighed, hidden, total=total)
    assert known <= hidden
    # by linear algebra: a hidden score is known where the shown sums determine it alone
    shown = [tree.composition[tree.at(p)] for p in tree.paths if p not in hidden]
    shown += [tree.weights[[tree.at(p) for p in tree.leaves]]] if total else []
    for path in hidden:
        rows = np.array(shown) if shown else np.zeros((1, len(tree.leaves)))
        more = np.vstack([rows, tree.composition[tree.at(path)]])
        rank = np.linalg.matrix_rank
        assert (path in known) == bool(shown and rank(more) == rank(rows)), path


def test_a_scale_that_compares_bids_names_whose_answer_who_can_compute(tmp_path: Path) -> None:
    rules = RULES.replace("{linear: {worst: 200000, best: 100000}}", "lowest_over_this")
    written = documents(awarded(tmp_path / "f", rules=rules), "private")
    [warning] = written.checklist["warnings"]
    assert warning.startswith("cost is scored by comparing bids")
    # 121,212 of Alder is the lowest price, and Birch is not ranked
    assert "Al and Alder Ltd Services can compute or estimate the answer of Alder" in warning
    assert "which compares your bid with the others" in letters(written)["Al"]


# Birch asks 161616 and Al 141414; Alder, to which the contract is awarded, 121212.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The second bidder asked EUR 161,616", True),
        ("asked 161616.", True),
        ("asked 161.616,00 euro", True),
        ("asked 161 616", True),
        ("asked 161,617", False),
        ("The successful price is 121,212, yours 141,414", False),
        ("You have 1616 agents, 161 of them here", False),
    ],
)
def test_another_losers_price_in_an_entered_text_stops_the_letter(
    text: str, found: bool, tmp_path: Path
) -> None:
    more = f'why_not: {{Al: "{text}"}}\n'
    written = documents(awarded(tmp_path / "f", letters=LETTERS + more))
    stops = lacking(written, "Al").get("names", "")
    assert ("why_not.Al in letters.yaml states 161,616, the price of Birch" in stops) == found
    assert written.checklist["complete"] == (not found)


@settings(max_examples=60)
@given(st.integers(100, 10**9), st.sampled_from([",", ".", " ", "'", "\u202f", ""]))
def test_a_number_is_read_with_any_separator_of_thousands(number: int, separator: str) -> None:
    [written] = NUMBER.findall(f"{number:,}".replace(",", separator))
    assert number in set(readings(written))
    assert number in set(readings(f"{written}.00"))
