"""The board page: what a committee needs to decide, on one sheet, complete in itself."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from vendor_eval import wording
from vendor_eval.award.checks import CHECKS
from vendor_eval.award.rank_basis import standings
from vendor_eval.award.result import Result
from vendor_eval.award.risks import Risk, award_risks
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report import style
from vendor_eval.report.before_award import asks, choices, conditions, next_steps
from vendor_eval.report.board_blocks import FIELDS, Bar, Block, Board
from vendor_eval.report.cheaper_bids import why_not_cheapest
from vendor_eval.report.firmness import check_sign
from vendor_eval.report.first_screen import award_screen, first_screen_html
from vendor_eval.report.gates import knock_out_sentences
from vendor_eval.report.html import Html, rendered
from vendor_eval.report.risks import NOTHING, claims_sentence
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.sheet import HEIGHT, READABLE, SURE, fit, height
from vendor_eval.report.why import FIRST
from vendor_eval.tender.tender import Tender

WORDS = 450
"""Words of the page at most; the annex has the rest."""
RISKS, CONDITIONS, FALLEN = 3, 3, 2
"""How many of each the page has room for."""
WORD = re.compile(r"\S*\w\S*")


def board_of(tender: Tender, result: Result) -> Board:
    """The board page of an evaluation; what has nothing to say, or no room, is left out."""
    evaluation = result.evaluation
    fallen = knock_out_sentences(result, evaluation.ranking)
    left = (
        Block("Why not the cheapest?", _plain(why_not_cheapest(result)), "What it costs"),
        Block("Counts 0", _plain(_first(fallen, FALLEN, "more")), "Who passes the gates"),
    )
    right = (
        _checks(result),
        _risks(result),
        Block("Only claimed", _plain([claims_sentence(result)])),
        Block("Conditions", _plain(_first(conditions(result), CONDITIONS, "more condition"))),
        Block("To negotiate", _plain(asks(result)), "What to negotiate"),
        _steps(tender, result),
    )
    key, bars = _bars(result)
    screen = award_screen(tender, result)
    ranked, chosen = len(evaluation.ranking), choices(result)
    return fitted(Board(screen, bars, key, ranked, _said(left), _said(right), chosen))


def _plain(sentences: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((sentence, "") for sentence in sentences if sentence)


def _said(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.lines)


def _first(sentences: Sequence[str], most: int, noun: str) -> list[str]:
    """The first sentences, and how many more there are."""
    left = len(sentences) - most
    more = [f"{wording.counted(left, noun)} in the annex."] if left > 0 else []
    return [*sentences[:most], *more]


def _risks(result: Result) -> Block:
    """The first risks but for other volumes, which the first screen says to check."""
    every = [risk for risk in award_risks(result) if risk.kind != "volumes"]
    lines = [(risk.says, _first_cell(risk)) for risk in every[:RISKS]]
    more = _plain(_first([risk.says for risk in every], RISKS, "more risk")[RISKS:])
    if result.evaluation.winner and not lines:
        volumes = any(check.kind == "volumes" for check in result.recommendation.flags)
        lines = [(ONLY_VOLUMES if volumes else NOTHING, "")]
    heading = "The first three risks" if len(every) >= RISKS else "Risks"
    return Block(heading, (*lines, *more), "Risks and claims")


ONLY_VOLUMES = "No rule finds another risk than \u201cCheck first\u201d."


def _first_cell(risk: Risk) -> str:
    more = f" and {len(risk.cells) - 1} more" if risk.cells[1:] else ""
    return f"{risk.cells[0][0]}{more}" if risk.cells else ""


def _checks(result: Result) -> Block:
    """Every check of the first place with its sign, in one line."""
    signed = [f"{CHECKS[c.kind].name} {check_sign(c)}" for c in result.recommendation.checks]
    return Block("Checks", _plain([" \u00b7 ".join(signed)]))


def _steps(tender: Tender, result: Result) -> Block:
    annex = "Warnings" if every_warning(tender, result) else ""
    return Block("Next steps", _plain(next_steps(tender, result)), annex, ordered=True)


def _bars(result: Result) -> tuple[style.Key, tuple[Bar, ...]]:
    """The key and the bars of the picture, best first.

    There are as many parts as there are colours; the lightest criteria are drawn as one.
    """
    evaluation, most = result.evaluation, len(style.BLUES)
    tree, top = evaluation.tree, list(evaluation.tree.top)
    heavy = sorted(top, key=lambda path: -float(tree.weights[tree.at(path)]))
    alone = heavy[: most - 1] if len(top) > most else top
    drawn = [path for path in top if path in alone]
    rest = [path for path in top if path not in alone]
    first = list(evaluation.ranking[:FIRST])
    parts = 100 * evaluation.contributions.loc[first, drawn]
    labels = [tree.criterion(path).label for path in drawn]
    if rest:
        parts = parts.assign(rest=100 * evaluation.contributions.loc[first, rest].sum(axis=1))
        labels.append(f"{len(rest)} other criteria")
    if evaluation.rules.lowest_price:
        parts = _lengths(evaluation, first, drawn[0])
    bars = (
        Bar(v, tuple(map(float, parts.loc[v])), score)
        for v, score in zip(first, standings(evaluation, first), strict=True)
    )
    return list(zip(labels, style.BLUES, strict=False)), tuple(bars)


def _lengths(evaluation: Evaluation, vendors: Sequence[str], path: str) -> pd.DataFrame:
    """Prices as shares of the highest one that is drawn, in per cent; one column."""
    prices = pd.Series({vendor: evaluation.price(vendor) or 0.0 for vendor in vendors})
    return (100 * prices / (prices.max() or 1.0)).to_frame(path)


DROPPED = ("Only claimed", "To negotiate", "Why not the cheapest?", "Conditions")
"""The blocks that lose lines where the page is full, what matters least first."""


def is_full(board: Board) -> bool:
    """Whether the page holds more than a sheet of paper does, or than anybody reads."""
    return len(WORD.findall(board.text)) > WORDS or height(board, READABLE) > SURE * HEIGHT


def fitted(board: Board) -> Board:
    """The page with as many lines as it has room for, the last of what matters least left out."""
    for heading in DROPPED:
        while is_full(board) and any(b.heading == heading for b in (*board.left, *board.right)):
            left, right = (tuple(_shorter(side, heading)) for side in (board.left, board.right))
            board = replace(board, left=left, right=right)
    return board


def _shorter(blocks: Sequence[Block], heading: str) -> Iterator[Block]:
    """Blocks of which the one named has one line less; it is gone with its last."""
    for block in blocks:
        kept = block.lines[:-1] if block.heading == heading else block.lines
        if kept:
            yield replace(block, lines=kept)


def board_html(board: Board) -> Html:
    """The page under the first screen, everything that somebody typed escaped."""
    least = WIDE[board.first.rules.award_rule.form]
    rows = [(bar, bar.score, _pieces(bar, board.key, least)) for bar in board.bars]
    shown = f" The first {FIRST} of {board.ranked}." if board.ranked > FIRST else ""
    return rendered(
        "board",
        board=board,
        heading=board.heading,
        rows=rows,
        shown=shown,
        choices=board.choices,
        fields=FIELDS,
        fit=fit(board),
    )


def _pieces(bar: Bar, key: style.Key, least: float) -> list[tuple[float, str, str, bool]]:
    """The parts of a bar: width in per cent, points written in it, colour, whether it is dark.

    Parts of fewer than the `least` points have none written in them.
    """
    shades = (n % len(style.BLUES) < DARK for n in range(len(key)))
    return [
        (max(0.0, points), str(wording.rounded(points, 0)) if points >= least else "", colour, dark)
        for points, (_, colour), dark in zip(bar.parts, key, shades, strict=True)
    ]


WIDE = {"highest_score": 4, "price_per_point": 12, "lowest_price": math.inf}
"""Points from which on they are written in a part of a bar, which a price makes short."""
DARK = 2
"""How many of the shades are dark."""


def section(tender: Tender, result: Result) -> Section:
    """The board page: the first screen, the picture, the blocks and the box to sign."""
    board = board_of(tender, result)
    return shown(first_screen_html(board.first, fit(board)), board_html(board))
