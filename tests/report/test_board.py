"""The board page says what results.json says, in at most 450 words, and so does board.docx."""

import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from make.builders import assessed, rules
from make.hostile import NAMES
from vendor_eval import wording
from vendor_eval.award.checks import CHECKS
from vendor_eval.award.result import Result
from vendor_eval.outputs.results import results_record
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report.board import WORD, WORDS, board_html, board_of
from vendor_eval.report.board_blocks import Board
from vendor_eval.report.board_document import board_docx
from vendor_eval.report.firmness import check_sign
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

EXAMPLES = ("california-two-envelope", "customer-support", "gsa-help-desk")
EVALUATIONS = (*EXAMPLES, "time-attendance-software")


def shown(board: Board) -> str:
    """The page's words as a reader sees them."""
    markup = first_screen_html(board.first).markup + board_html(board).markup
    return html.unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", markup)))


def lines(board: Board, heading: str) -> list[str]:
    """The sentences of one block; none where it is left out."""
    blocks = [b for b in (*board.left, *board.right) if b.heading == heading]
    return [sentence for block in blocks for sentence, _ in block.lines]


@pytest.fixture(scope="module", params=EVALUATIONS)
def example(request: pytest.FixtureRequest, data: Path) -> tuple[Tender, Result, Board]:
    """A shipped evaluation, its result and its board page."""
    tender = read(data / request.param)
    result = tender.evaluate(draws=2_000)
    return tender, result, board_of(tender, result)


def test_the_page_has_at_most_450_words(example: tuple[Tender, Result, Board]) -> None:
    assert len(WORD.findall(shown(example[2]))) <= WORDS


def test_why_not_the_cheapest_is_what_the_results_say(
    example: tuple[Tender, Result, Board],
) -> None:
    tender, result, board = example
    record: dict[str, Any] = json.loads(json.dumps(results_record(tender, result)))
    vendors, award = record["vendors"], record["recommendation"]
    first, price = vendors[award["vendor"]], vendors[award["vendor"]]["price"]
    said, currency = lines(board, "Why not the cheapest?"), tender.rules.currency
    cheaper = sorted((r["price"], v) for v, r in vendors.items() if (r["price"] or price) < price)
    eligible = [(p, v) for p, v in cheaper if vendors[v]["status"] == "eligible"]
    for at, vendor in [one for one in cheaper if one not in eligible][:2]:
        [sentence] = [s for s in said if s.startswith(f"{vendor} ")]
        assert wording.money_brief(at, currency) in sentence
        assert f"{wording.money_brief(price - at, currency)} less, but is" in sentence
        assert vendors[vendor]["status"] in sentence
    if not eligible:
        assert "the cheapest of the eligible" in said[-1]
        return
    saving, vendor = price - eligible[0][0], eligible[0][1]
    path = result.evaluation.price_path
    lead = first["score"] - vendors[vendor]["score"]
    gain = vendors[vendor]["criteria"][path]["contribution"]
    ahead = lead + gain - first["criteria"][path]["contribution"]
    less = wording.money_brief(saving, currency)
    assert said[-1].startswith(f"{vendor} ")
    assert f"{less} less" in said[-1]
    assert f"is {wording.points(ahead / 100)} points ahead" in said[-1]
    if first["criteria"][path]["relative"] or record["procedure"] == "public":
        assert "the lower price earns" in said[-1]
        return
    # a bid is level where the smallest change of its price alone would make it first
    change = record["sensitivity"]["to_win"][vendor][path]
    if change is None:
        assert said[-1].endswith("more than the price scale can express.")
    else:
        worth = wording.money_brief(price - change["to"], currency)
        assert said[-1].endswith(f"that is {worth}, more than the {less} saved.")


def test_the_contract_is_told_apart_from_own_costs(example: tuple[Tender, Result, Board]) -> None:
    tender, result, board = example
    award = results_record(tender, result)["recommendation"]
    said = [text for item, _, text in board.first.facts if item == "value"]
    if award["own_costs"] is None:
        assert said == []
        return
    # the parts add up to the price as it is shown
    for amount in wording.parts_shown((award["contract_value"], award["own_costs"])):
        assert wording.money_whole(amount, tender.rules.currency) in said[0]
    flow = tender.comparison.flows[award["vendor"]]
    assert f"{wording.money_whole(flow.charges['exit'].total, 'EUR')} of it on exit" in said[0]


def test_each_amount_on_the_page_has_one_rounding(example: tuple[Tender, Result, Board]) -> None:
    tender, result, board = example
    evaluation, currency = result.evaluation, tender.rules.currency
    first, second = evaluation.ranking[:2]
    prices = {v: p for v in evaluation.vendors if (p := evaluation.price(v)) is not None}
    gaps = [abs(prices[first] - price) for v, price in prices.items() if v != first]
    change = result.to_win[second].get(evaluation.price_path)
    cuts = [change.start - change.to] if change else []
    for amount in filter(None, (*gaps, *cuts)):
        exact = {wording.money(amount, currency), wording.money_whole(amount, currency)}
        brief = {wording.money_brief(amount, currency), wording.money_brief_above(amount, currency)}
        for shown in exact - brief:
            assert not re.search(rf"(?<![\d,.]){re.escape(shown)}(?![\d,.]*\d)", board.text)


def test_every_check_is_on_the_page_with_its_sign(example: tuple[Tender, Result, Board]) -> None:
    _, result, board = example
    checks = result.recommendation.checks
    [line] = lines(board, "Checks") or [""]
    assert line.split(" \u00b7 ") == (
        [f"{CHECKS[c.kind].name} {check_sign(c)}" for c in checks] or [""]
    )


def test_what_decides_is_asked_first_and_warnings_are_read_last(data: Path) -> None:
    tender = read(data / "customer-support")
    board = board_of(tender, tender.evaluate(draws=2_000))
    steps = lines(board, "Next steps")
    # the two sums of its cells: Sites D6 + D7, and Pricing G6
    assert steps[0] == (
        "Ask Aurora Service: 190 FTE at its sites or 180 FTE priced? (1 more question)"
    )
    assert steps[1:] == [
        "Agree volumes and exchange rates.",
        "Tell every vendor the outcome and the reasons.",
        f"Read the {len(every_warning(tender, tender.evaluate(draws=2_000)))} warnings.",
    ]
    assert lines(board, "Conditions") == [
        "Before signature, see its SOC 2 and ISO 27001 documents.",
        "Oblige the vendor to renew SOC 2 and ISO 27001 in time.",
    ]
    assert lines(board, "Checks")[0].endswith("Stakeholders 1 of 3")


def test_the_picture_has_the_scores_and_a_key(example: tuple[Tender, Result, Board]) -> None:
    _, result, board = example
    evaluation = result.evaluation
    assert [bar.vendor for bar in board.bars] == list(evaluation.ranking[:6])
    for bar in board.bars:
        assert sum(bar.parts) == pytest.approx(100 * float(evaluation.scores[bar.vendor]))
    assert [name for name, *_ in board.key] == [
        evaluation.tree.criterion(path).label for path in evaluation.tree.top
    ]


def test_the_document_has_every_line_of_the_page_and_the_same_bytes(
    example: tuple[Tender, Result, Board],
) -> None:
    tender, result, board = example
    content = board_docx(tender, result)
    assert content == board_docx(tender, result)
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    for block in (*board.left, *board.right):
        assert all(sentence in text for sentence, _ in block.lines)
    for _, term, fact in board.first.facts:
        assert term in cells
        assert fact in cells
    assert board.first.sentence in text
    for bar in board.bars:
        assert [bar.vendor, "", bar.score] == next(
            cells[n : n + 3] for n, cell in enumerate(cells) if cell == bar.vendor
        )
    assert len(document.inline_shapes) == len(board.bars)


def made(names: list[str], **typed: Any) -> tuple[Tender, Result]:
    """A tender with these vendors, the first the best."""
    bids = {v: {"price": 90 - 3 * n, "b": 80 - 2 * n} for n, v in enumerate(names)}
    result = assessed(bids, rules({"price": 1, "b": 1}, **typed), draws=20)
    return Tender(result.evaluation.rules, result.evaluation.proposals, None, ()), result


@settings(max_examples=15)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique_by=str.casefold))
def test_nothing_typed_becomes_markup_or_anything_but_text(names: list[str]) -> None:
    tender, result = made(names, title=names[0], decision=names[0], notice=names[0])
    board = board_of(tender, result)
    markup = board_html(board).markup
    assert set(re.findall(r"<([a-z][a-z0-9]*)", markup)) <= {
        *("div", "h2", "a", "p", "small", "ol", "li", "span", "i", "b", "dl", "dt", "dd"),
    }
    document = Document(io.BytesIO(board_docx(tender, result)))
    xml = document.element.xml
    assert "w:fldSimple" not in xml
    assert "w:instrText" not in xml
    assert "w:hyperlink" not in xml


def test_what_does_not_fit_is_left_out_and_the_gravest_stays() -> None:
    names = [f"{n} {'Customer and Services assistance ' * 2}"[:60] for n in range(6)]
    line = "international provision of regional services " * 3
    tender, result = made(names, title=line[:99], decision=line[:99], notice=line[:99])
    board = board_of(tender, result)
    assert len(WORD.findall(shown(board))) <= WORDS
    assert lines(board, "Next steps")
    assert lines(board, "Risks")


def test_without_a_leader_the_page_still_says_what_to_do() -> None:
    gate = {"id": "g", "label": "G", "answer": "g", "rule": {"equals": "yes"}}
    typed = rules({"price": 1, "b": 1}, gates=(gate,))
    result = assessed({"A": {"price": 60, "b": 50, "g": "no"}}, typed, draws=10)
    board = board_of(Tender(typed, result.evaluation.proposals, None, ()), result)
    assert board.bars == ()
    assert lines(board, "Next steps")[-1].startswith("Decide whether")
    assert "<h2>Decision</h2>" in board_html(board).markup


FIRST = {"A": {"cost": 60, "q": 90}, "B": {"cost": 50, "q": 10}}
LEVEL = {"A": {"cost": 50, "q": 50}, "B": {"cost": 50, "q": 50}}
FOLLOWED, NAMED = "Award as recommended", "Award to a vendor, named with the reason"


@pytest.mark.parametrize(
    ("offers", "more", "expected"),
    [
        (FIRST, {}, (FOLLOWED, "Award with conditions", "Award otherwise", "No award yet")),
        (
            FIRST,
            {"procedure": "public"},
            (FOLLOWED, "Award with conditions", "No award yet"),
        ),
        (LEVEL, {}, (NAMED, "No award yet")),
        (FIRST | {"B": {"cost": 50, "q": ""}}, {}, (NAMED, "No award yet")),
        (
            FIRST,
            {"gates": ({"id": "g", "label": "G", "criterion": "q", "rule": {"at_least": 95.0}},)},
            ("Ask the vendors again", "Tender anew", "Stop"),
        ),
    ],
    ids=["recommended", "public", "a tie", "open", "nobody is eligible"],
)
def test_the_box_offers_to_follow_a_recommendation_only_where_there_is_one(
    offers: dict[str, dict[str, object]], more: dict[str, Any], expected: tuple[str, ...]
) -> None:
    result = assessed(offers, rules({"cost": 1, "q": 1}, **more), draws=200)
    board = board_of(result.tender, result)
    assert board.choices == expected
    assert all(choice in shown(board) for choice in expected)
    file = Document(io.BytesIO(board_docx(result.tender, result)))
    said = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert all(f"\u2610 {choice}" in said for choice in expected)
    assert said.count("\u2610") == len(expected)
