"""What is odd about comments and meetings: five rules, each with its place; warnings alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vendor_eval.bids.proposal import as_seen
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.items import Item
from vendor_eval.panel.log import LOG
from vendor_eval.panel.record import PanelRecord
from vendor_eval.wording import listed

PRICE_WORDS = re.compile(
    r"\b(price[sd]?|pricing|costs?|cheap(er|est)?|expensive|dear(er|est)?|fees?|discounts?|"
    r"EUR|USD|GBP|CHF|PLN|euros?|dollars?|pounds?)\b|[\u20ac$\u00a3]",
    re.IGNORECASE,
)
"""Words of a price or a currency, which a judge of quality has no need of."""


@dataclass(frozen=True)
class CommentFinding:
    """One thing that is odd about a comment or a reason."""

    kind: str
    """short, copied, vendor, price or absent."""
    vendor: str
    criterion: str
    place: str
    """The line of the log; it does not say whose comment it is."""
    says: str
    source: str = ""
    """The cell that the comment was read from, for those who may know whose it is."""

    def __str__(self) -> str:
        cell = f" ({self.source})" if "!" in self.source else ""
        return f"{self.place}{cell}: {self.vendor} on {self.criterion!r}: {self.says}"


def comment_findings(record: PanelRecord) -> tuple[CommentFinding, ...]:
    """Everything odd about the standing comments and the agreed reasons, by item."""
    names = {as_seen(vendor): vendor for vendor, _ in record.items}
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
    findings = list[CommentFinding]()
    for item in record.items.values():
        findings += [*_short(record, item), *_absent(item)]
        for entry, what, text in _texts(item):
            seen = dict.fromkeys(names[name] for name in named.findall(as_seen(text)))
            for vendor in seen:
                if vendor != item.vendor:
                    says = f"the {what} names {vendor}; a letter cannot repeat it"
                    findings.append(_finding("vendor", item, entry, says))
            if word := PRICE_WORDS.search(text):
                says = f"the {what} speaks of price: {word[0]!r}"
                findings.append(_finding("price", item, entry, says))
    return (*findings, *_copied(record))


def _texts(item: Item) -> Iterator[tuple[LogEntry, str, str]]:
    """What people wrote on an item: the line, what it is, and the text."""
    for mark in item.marks.values():
        yield mark.entry, "comment", mark.comment
    if item.counting is not None:
        yield item.counting.entry, "reason", item.counting.reason


def _short(record: PanelRecord, item: Item) -> Iterator[CommentFinding]:
    least = record.rules.panel.comment.least_characters if record.rules.panel else 0
    for entry, what, text in _texts(item):
        if len(text) >= least:
            continue
        says = f"the {what} has {len(text)} of at least {least} characters"
        if not text:
            redacted = getattr(entry.body, what) is not None
            says = f"the {what} {'was redacted' if redacted else 'is empty'}"
        yield _finding("short", item, entry, says)


def _absent(item: Item) -> Iterator[CommentFinding]:
    """An agreed level of a meeting in which nobody took part who scored the item."""
    agreement = item.agreement
    if agreement is not None and agreement.present and not {*agreement.present} & {*item.marks}:
        says = f"nobody who scored it was present: {listed(agreement.present)}"
        yield _finding("absent", item, agreement.entry, says)


def _copied(record: PanelRecord) -> Iterator[CommentFinding]:
    """Comments with the text of an earlier comment, on any item and by anybody, at another level.

    Each is reported once, against the first comment with that text at a level other than its own.
    """
    first: dict[str, dict[str, tuple[Item, LogEntry]]] = {}
    for item in record.items.values():
        for mark in item.marks.values():
            text = as_seen(mark.comment)
            if not text:
                continue
            by_level = first.setdefault(text, {})
            for level, (where, entry) in by_level.items():
                if level != mark.level:
                    says = (
                        f"the comment for level {mark.level} is that for level {level} of "
                        f"{where.vendor} on {where.criterion!r}, line {entry.n}"
                    )
                    yield _finding("copied", item, mark.entry, says)
                    break
            by_level.setdefault(mark.level, (item, mark.entry))


def _finding(kind: str, item: Item, entry: LogEntry, says: str) -> CommentFinding:
    return CommentFinding(kind, *item.key, f"{LOG}:{entry.n}", says, entry.line.source)
