"""Items whose text contradicts how their price is charged: asked about, never read one way."""

import math
from collections.abc import Iterator, Sequence

from vendor_eval.bids.decisions import GROUNDS
from vendor_eval.bids.response import Cell, Row
from vendor_eval.errors import Fault
from vendor_eval.measures.costs.item_volumes import volume_range
from vendor_eval.measures.costs.item_words import Word, periods_of_volumes, words_in
from vendor_eval.measures.costs.tiers import TIERED, Priced
from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, ChargedBy, Line
from vendor_eval.wording import whole

CHARGED: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "once": ("once", (), ()),
    "per_month": ("every month", (), ("month",)),
    "per_fte_month": ("for each FTE and month", ("FTE",), ("month",)),
    "per_productive_hour": ("for each productive hour", ("FTE",), ("hour",)),
    "per_transaction": ("for each transaction", ("transaction",), ()),
    TIERED: ("for each transaction", ("transaction",), ("month",)),
}
"""By basis: how a price is charged, and the units and periods of an item that agree with it."""
A_MONTH = {"year": 1 / MONTHS_A_YEAR, "quarter": 1 / 3}
"""What a volume of a period is in a month."""
COMPONENT_WORDS = (
    "labour", "labor", "staff", "personnel", "people", "agent", "technology", "tool", "platform",
    "software", "licen", "telephony", "transition", "implementation", "setup", "set-up", "one-off",
)  # fmt: skip
"""In a total, that it is one of a component's prices alone."""


def item_faults(lines: Sequence[Priced], months: int, vendor: str) -> Iterator[Fault]:
    """Questions about items that contradict their basis or cells, one a line, at the item.

    A price of 0 contradicts none, and of a line whose price, basis or tier is its vendor's answer
    nothing is asked again.
    """
    charged = [(line, row) for line, row in lines if line.price]
    for line, row in charged:
        words = words_in(line.item)
        says = (
            _volumes(line, row)
            or _basis(line, row["price"], words, charged, months)
            or _total(line, words, charged)
            or _option(words)
        )
        if says and not any(answered(row[name]) for name in ANSWERING if name in row):
            message = f"the item {line.item!r} {says}"
            about = ("price_lines.item",)
            yield Fault(row["item"].place, message, vendor, "vendor", "question", about)


ANSWERING = ("price", "basis", "tier_from", "tier_to")
"""Cells of a line of which one, as its vendor answered, settles what the item means."""


def answered(cell: Cell) -> bool:
    """Whether a cell holds what its vendor answered, as the buyer recorded it."""
    return cell.note.endswith(GROUNDS["answer"])


def _basis(
    line: Line, price: Cell, words: Sequence[Word], charged: Sequence[Priced], months: int
) -> str | None:
    """What of its quantities, units and periods contradicts a line's basis."""
    how, *agreeing = CHARGED.get(line.basis, ("", (), ()))
    if not how:
        return None  # a basis that was added to ours
    by_transaction = _charged_by(line) == "transactions"
    for word in words:
        if word.kind == "quantity" and (word.means == "several" or by_transaction):
            return _says(word, price, how)
    for kind, agree in zip(("unit", "period"), agreeing, strict=True):
        of_kind = [word for word in words if word.kind == kind]
        agrees = any(word.means in agree for word in of_kind)
        if kind == "period":  # of a tier, it is that of its volumes, which are judged with them
            agrees |= _repeated(line, charged, months) or _states_volumes(line)
        if of_kind and not agrees:
            return _says(of_kind[0], price, how)
    return None


def _states_volumes(line: Line) -> bool:
    return line.tier is not None and volume_range(line.item) is not None


def _says(word: Word, price: Cell, how: str) -> str:
    return (
        f"speaks of {word.text!r}, and its price ({price.place}) is charged {how}; allowed: the "
        "price as it is charged, another basis, or an item without these words"
    )


def _repeated(line: Line, charged: Sequence[Priced], months: int) -> bool:
    """Whether a price that is charged once is that of one period among several, or of the term."""
    if _charged_by(line) != "once":
        return False
    alike = [
        other
        for other, _ in charged
        if _charged_by(other) == "once" and any(w.kind == "period" for w in words_in(other.item))
    ]
    return len(alike) > 1 or months <= 1


def _volumes(line: Line, row: Row) -> str | None:
    """What of the volumes in its item, a year's among them, contradicts a line's tier."""
    if line.tier is None:
        return None
    stated = volume_range(line.item)
    if stated is None:
        return None
    part = next((A_MONTH[p] for p in periods_of_volumes(line.item) if p in A_MONTH), 1.0)
    ends = (line.tier.above, line.tier.up_to)
    met = zip(stated, ends, strict=True)
    if all(end is None or abs(end * part - cell) <= 1 for end, cell in met):
        return None
    low, high = (whole(end) for end in ends)
    tier = f"{low} to {high}" if math.isfinite(line.tier.up_to) else f"more than {low}"
    return (
        f"speaks of volumes other than those of its tier ({row['tier_from'].place}), {tier} "
        "transactions a month; allowed: volumes a month, the same in the item and in the tier"
    )


def _total(line: Line, words: Sequence[Word], charged: Sequence[Priced]) -> str | None:
    """Whether a line adds up others, on top of which it is charged."""
    word = next((word for word in words if word.kind == "total"), None)
    if word is None:
        return None
    own = any(name in line.item.casefold() for name in COMPONENT_WORDS)
    once = _charged_by(line) == "once"
    for other, _ in charged:
        if own and other.component != line.component:
            continue
        total = any(each.kind == "total" for each in words_in(other.item))
        together = other.first_month <= line.last_month and line.first_month <= other.last_month
        if not total and (_charged_by(other) == "once") == once and (together or once):
            return (
                f"speaks of {word.text!r}, and is charged on top of the other prices; allowed: the "
                "price 0 where it adds up others, else an item without this word"
            )
    return None


def _option(words: Sequence[Word]) -> str | None:
    for word in words:
        if word.kind == "option":
            return (
                f"speaks of {word.text!r}, and is charged; allowed: the price 0 where it is not "
                "part of the offer, else an item without these words"
            )
    return None


def _charged_by(line: Line) -> ChargedBy:
    return PRICING_MODELS[line.basis].charged_by
