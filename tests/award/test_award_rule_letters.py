"""Letters under other award rules: what ranked is stated, and of losers nothing to others."""

from pathlib import Path

import pytest

from make.awards import LETTERS, RULES, TABLE, awarded, documents, lacking, letters
from vendor_eval.award.forms import form_names

QUALITY = RULES.partition("  - {id: cost, label: Cost")[0] + RULES[RULES.index("  - id: quality") :]
DIVIDED = f"{QUALITY}award_rule: {{price_per_point: {{quality: [quality], price: cost}}}}\n"
CHEAPEST = f"{RULES.partition('criteria:')[0]}award_rule: {{lowest_price: {{}}}}\n"
UNREAD = TABLE.replace(",team,plan", "").replace(",71,62", "").replace(",83,74", "")
UNREAD = UNREAD.replace(",65,56", "").replace(",95,86", "")


def test_a_letter_states_both_prices_of_a_point(tmp_path: Path) -> None:
    written = letters(documents(awarded(tmp_path / "f", rules=DIVIDED)))
    # (2 x 71 + 62) / 3 = 68 and (2 x 83 + 74) / 3 = 80; 141,414 / 68 and 121,212 / 80
    assert "Your total: 68.0 of 100 points; price of a point: €2,079.62." in written["Al"]
    winner = "80.0 of 100 points; price of a point: €1,515.15."
    assert f"Total of the successful tender: {winner}" in written["Al"]
    assert "The successful tender has a lower price of a point than yours." in written["Al"]
    assert "The price divided by the points ranks the tenders" in written["Al"]


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize("rules", [DIVIDED, CHEAPEST])
def test_no_letter_holds_a_figure_of_another_loser(rules: str, form: str, tmp_path: Path) -> None:
    table = TABLE if rules == DIVIDED else UNREAD
    written = letters(documents(awarded(tmp_path / "f", rules=rules, table=table), form))
    # prices and prices of a point of the vendors that did not win
    theirs = {"Al": ("141,414", "2,079.62"), "Alder Ltd Services": ("151,515", "2,443.79")}
    for vendor, text in written.items():
        for other, figures in theirs.items():
            if other != vendor:
                assert not [figure for figure in figures if figure in text]


def test_a_withheld_price_withholds_the_price_of_a_point(tmp_path: Path) -> None:
    held = (
        "withhold:\n  - {vendor: Alder, criterion: price, what: price, "
        "ground: commercial interests, by: Jo}\n"
    )
    folder = awarded(tmp_path / "f", rules=DIVIDED, letters=LETTERS + held)
    text = letters(documents(folder))["Al"]
    assert "121,212" not in text
    assert "1,515.15" not in text
    assert "Total of the successful tender: 80.0 of 100 points." in text


def test_where_the_lowest_price_wins_letters_state_prices_and_no_points(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", rules=CHEAPEST, table=UNREAD)
    written = documents(folder)
    text = letters(written)["Al"]
    assert "the one with the lowest price wins" in text
    assert "The successful tender has a lower price than yours." in text
    assert "€141,414" in text
    assert "points" not in text
    assert text.partition("## The successful")[0].count("Nothing is scored") == 1
    assert not lacking(written, "Al")


def test_where_the_lowest_price_wins_no_answer_follows_from_scores_that_nobody_reads(
    tmp_path: Path,
) -> None:
    relative = RULES.replace("{linear: {worst: 200000, best: 100000}}", "lowest_over_this")
    written = documents(awarded(tmp_path / "scored", rules=relative), "private")
    assert "cost is scored by comparing bids" in written.checklist["warnings"][0]
    written = documents(awarded(tmp_path / "f", rules=CHEAPEST, table=UNREAD), "private")
    assert written.checklist["warnings"] == []


def test_a_bid_that_is_excluded_is_said_to_be_where_the_lowest_price_wins(tmp_path: Path) -> None:
    cap = "gates:\n  - {id: cap, label: Cap, answer: cost, rule: {at_most: 130000}}"
    capped = CHEAPEST.replace("gates:", cap, 1)
    folder = awarded(tmp_path / "f", rules=capped, table=UNREAD)
    text = letters(documents(folder))["Al"]
    assert "Your tender was excluded and not ranked. The reasons follow." in text
    assert "Nothing is scored" not in text.partition("## The successful")[0]
    assert text.count("\u20ac141,414") == text.count("found: \u20ac141,414") == 1
