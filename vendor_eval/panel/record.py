"""What evaluators marked and agreed, as the log holds it, and what is still to be done."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from vendor_eval.errors import Fault
from vendor_eval.panel.entries import AgreedLevel, ChairDecision, IndividualMark, LogEntry
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.scales import AnchoredScale
from vendor_eval.wording import listed
from vendor_eval.wording.short_repr import ShortRepr

ItemKey = tuple[str, str]
"""A vendor and the path of a criterion."""


def asks(rules: Rules, path: str) -> str:
    """The sha256 of a criterion's question and scale: what a mark was given for, in hex."""
    question = rules.judged_leaves[path].panel
    asked = [question.question if question else "", rules.scale(path).model_dump(mode="json")]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Mark:
    """One evaluator's standing mark for an item."""

    entry: LogEntry
    level: str
    comment: str


@dataclass(frozen=True)
class Agreement:
    """The level that the panel agreed for an item."""

    entry: LogEntry
    level: str
    reason: str
    evidence: str
    present: tuple[str, ...]
    unseen: tuple[range, ...] = ()
    """Earlier lines of the log that the meeting did not have, as they came in from a copy."""

    def saw(self, line: int) -> bool:
        """Whether the meeting had a line of the log before it."""
        return line < self.entry.n and not any(line in each for each in self.unseen)


@dataclass(frozen=True)
class Item:
    """One vendor on one criterion: every evaluator's standing mark, and what they agreed."""

    vendor: str
    criterion: str
    scale: AnchoredScale
    readers: tuple[str, ...]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By evaluator, in the rules' order."""
    agreement: Agreement | None = None

    @property
    def key(self) -> ItemKey:
        """Whose item it is, on which criterion."""
        return self.vendor, self.criterion

    @property
    def unscored(self) -> tuple[str, ...]:
        """Evaluators who have not marked it."""
        return tuple(reader for reader in self.readers if reader not in self.marks)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels given, from the worst to the best, without who gave them."""
        return tuple(sorted((m.level for m in self.marks.values()), key=self.scale.step))

    @property
    def spread(self) -> int | None:
        """Steps on the scale from the lowest level to the highest; None below two marks."""
        steps = [self.scale.step(level) for level in self.levels]
        return max(steps) - min(steps) if len(steps) > 1 else None

    @property
    def stale(self) -> bool:
        """Whether a mark is not one that the meeting saw when it agreed the level."""
        marks = self.marks.values()
        return self.agreement is not None and not all(
            self.agreement.saw(mark.entry.n) for mark in marks
        )

    @property
    def settled(self) -> bool:
        """Whether its level is agreed, by the marks as they stand."""
        return self.agreement is not None and not self.stale and not self.unscored

    @property
    def outside(self) -> bool:
        """Whether the agreed level lies outside those that evaluators gave."""
        return self.agreement is not None and self.is_outside(self.agreement.level)

    def is_outside(self, level: str) -> bool:
        """Whether a level lies outside those that evaluators gave."""
        steps = [self.scale.step(each) for each in self.levels]
        return bool(steps) and not min(steps) <= self.scale.step(level) <= max(steps)


@dataclass(frozen=True, eq=False)
class PanelRecord(ShortRepr):
    """The panel's marks and agreed levels of some vendors, under some rules."""

    rules: Rules
    log: ScoreLog
    items: Mapping[ItemKey, Item]
    """By criterion, then by vendor's name."""
    chair: Mapping[str, ChairDecision]
    """What the chair decided, by criterion."""
    lock: LogEntry | None
    unread: tuple[Fault, ...] = ()
    """Marks of the log that do not count here, and why."""

    @property
    def agreed(self) -> str:
        """How levels become one: consensus, median or mean."""
        return self.rules.panel.agreed if self.rules.panel else "consensus"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of every output must know of how the levels were found."""
        if self.agreed == "consensus":
            return ()
        taken = f"evaluation.yaml: the rules take the {self.agreed} of the marks"
        return (f"{taken}: no agreed reasons exist, and letters with reasons are refused",)

    def counts(self, item: Item) -> str:
        """What an item counts as: the code of its agreed level, or points; "" without either."""
        if self.agreed == "consensus":
            return item.agreement.level if item.settled and item.agreement else ""
        if item.unscored:
            return ""
        points = [item.scale.points[level] for level in item.levels]
        middle = np.median(points) if self.agreed == "median" else np.mean(points)
        return repr(round(float(middle), 9))

    def missing(self, excluded: Collection[str] = ()) -> tuple[Fault, ...]:
        """Everything that must be done before the panel can be locked, of vendors in the race."""
        items = [item for item in self.items.values() if item.vendor not in excluded]
        return (*self._chair_faults(), *self._unscored(items), *self._unagreed(items))

    @property
    def too_few(self) -> tuple[str, ...]:
        """Criteria with fewer evaluators than the rules ask for, and no decision of the chair."""
        least = self.rules.panel.least_evaluators if self.rules.panel else 0
        leaves = self.rules.judged_leaves
        return tuple(
            p for p in leaves if len(self.rules.readers(p)) < least and p not in self.chair
        )

    def _chair_faults(self) -> Iterator[Fault]:
        least = self.rules.panel.least_evaluators if self.rules.panel else 0
        for path in self.too_few:
            readers = self.rules.readers(path)
            message = f"{len(readers)} of at least {least} evaluators read {path!r}"
            way_out = "a decision of the chair, on the agenda's sheet 'Chair'"
            yield _need("evaluation.yaml", f"{message}; allowed: {way_out}")

    def _unscored(self, items: Sequence[Item]) -> Iterator[Fault]:
        lacking: dict[tuple[str, str], list[str]] = {}
        for item in items:
            for evaluator in item.unscored:
                lacking.setdefault((evaluator, item.criterion), []).append(item.vendor)
        for (evaluator, path), vendors in sorted(lacking.items()):
            message = f"{evaluator} has not scored {path!r} of {listed(vendors, at_most=6)}"
            yield _need(LOG, f"{message}; allowed: a level for each")

    def _unagreed(self, items: Sequence[Item]) -> Iterator[Fault]:
        if self.agreed != "consensus":
            return
        lacking: dict[str, list[str]] = {}
        for item in items:
            if item.unscored or item.settled:
                continue
            if item.agreement is None:
                lacking.setdefault(item.criterion, []).append(item.vendor)
                continue
            named = f"{item.vendor} on {item.criterion!r}"
            message = f"a mark for {named} changed after the level was agreed on line"
            if all(mark.entry.n < item.agreement.entry.n for mark in item.marks.values()):
                message = f"a mark for {named} was in another copy when the level was agreed, line"
            yield _need(LOG, f"{message} {item.agreement.entry.n}; allowed: an agreed level")
        for path, vendors in lacking.items():
            message = f"no level is agreed on {path!r} for {listed(vendors, at_most=6)}"
            yield _need(LOG, f"{message}; allowed: a level and a reason for each")

    @property
    def evidenced(self) -> int:
        """The last line that a workbook sent out and returned shows; 0 where none does."""
        heads = (entry.body.head for entry in self.log.entries)
        return max((self.log.lines_by_code.get(head or "", 0) for head in heads), default=0)

    def performance(self) -> str:
        """The sha256 of what every item counts as, in hex."""
        counted = [[*item.key, self.counts(item)] for item in self.items.values()]
        return hashlib.sha256(json.dumps(counted).encode()).hexdigest()


def _need(place: str, message: str) -> Fault:
    return Fault(place, message, severity="question")


def panel_record(rules: Rules, log: ScoreLog, vendors: Sequence[str]) -> PanelRecord:
    """What the log holds of these vendors; a mark that does not count here is `unread`."""
    marks: dict[ItemKey, dict[str, Mark]] = {}
    agreements: dict[ItemKey, Agreement] = {}
    chair: dict[str, ChairDecision] = {}
    unread = []
    asked = {
        path: Asked(asks(rules, path), rules.scale(path), rules.readers(path))
        for path in rules.judged_leaves
    }
    lock = next(iter(log.of_kind("locked")), None)
    for entry in log.entries:
        body = entry.body
        if isinstance(body, ChairDecision):
            chair[body.criterion] = body
        if not isinstance(body, IndividualMark | AgreedLevel):
            continue
        key = (body.vendor, body.criterion)
        why = _why_unread(entry, asked, frozenset(vendors), lock)
        if why:
            fault = Fault(f"{LOG}:{entry.n}", f"does not count: {why}", severity="note")
            unread.append(fault)
        elif isinstance(body, IndividualMark):
            mark = Mark(entry, body.level, entry.text("comment"))
            marks.setdefault(key, {})[body.evaluator] = mark
        else:
            said = (entry.text("reason"), entry.text("evidence"))
            agreements[key] = Agreement(entry, body.level, *said, body.present, log.unseen(entry.n))
    items = {}
    for (path, question), vendor in product(asked.items(), sorted(vendors)):
        key, readers = (vendor, path), question.readers
        given = {id: marks[key][id] for id in readers if id in marks.get(key, ())}
        items[key] = Item(*key, question.scale, readers, given, agreements.get(key))
    return PanelRecord(rules, log, items, chair, lock, tuple(unread))


@dataclass(frozen=True)
class Asked:
    """What is asked on a criterion now: its hash, the scale, and who reads it."""

    sha256: str
    scale: AnchoredScale
    readers: tuple[str, ...]


def _why_unread(
    entry: LogEntry,
    asked: Mapping[str, Asked],
    vendors: Collection[str],
    lock: LogEntry | None,
) -> str:
    """Why a mark or an agreed level does not count; "" where it does."""
    body = entry.body
    if not isinstance(body, IndividualMark | AgreedLevel):
        return ""
    path = body.criterion
    if path not in asked:
        return f"no panel judges {path!r}"
    if body.vendor not in vendors:
        return f"no bid of {body.vendor!r} is in the folder"
    question = asked[path]
    if question.sha256 != body.asks or body.level not in question.scale.codes:
        return f"the question or the scale of {path!r} was different then"
    if isinstance(body, IndividualMark) and body.evaluator not in question.readers:
        return f"{body.evaluator} does not read {path!r}"
    if lock is not None and entry.n > lock.n:
        return f"the panel was locked on line {lock.n}"
    return ""
