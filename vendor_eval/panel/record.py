"""What evaluators marked and agreed, as the log holds it, and what is still to be done."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from vendor_eval.errors import Fault
from vendor_eval.panel.bodies import ChairDecision, IndividualMark
from vendor_eval.panel.counted_lines import Asked, CountedLines, VoidLock
from vendor_eval.panel.declarations import (
    Declarations,
    declarations_of,
    people_who_act,
    undeclared,
)
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.items import Item, ItemKey, asks
from vendor_eval.panel.log import LOG, ScoreLog, code_of, start
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import listed
from vendor_eval.wording.short_repr import ShortRepr

TO_DECLARE = "allowed: a declaration, by a workbook or 'vendor-eval declare'"


@dataclass(frozen=True)
class Owed(Fault):
    """Something that people still owe before a panel can be locked."""

    who: str = ""
    """The id or role of the one person who owes it; "" for the panel as a whole."""


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
    unread: tuple[Fault, ...]
    """Marks of the log that do not count here, and why."""
    declared: Declarations
    """What people declared of their interests."""
    void_locks: tuple[VoidLock, ...] = ()
    """Locks that do not count, as somebody withdrew after them."""

    def readers(self, path: str) -> tuple[str, ...]:
        """The ids of the evaluators who read a leaf and have not withdrawn."""
        return _left_over(self.rules.readers(path), self.declared)

    @property
    def evaluators(self) -> tuple[str, ...]:
        """The ids of the evaluators who have not withdrawn."""
        panel = self.rules.panel
        return _left_over([each.id for each in (panel.evaluators if panel else ())], self.declared)

    @property
    def marks_of_withdrawn(self) -> Mapping[str, int]:
        """By evaluator who withdrew, the items that they had marked; these marks do not count."""
        marked = dict.fromkeys(
            (body.evaluator, body.vendor, body.criterion)
            for body in (entry.body for entry in self.log.entries)
            if isinstance(body, IndividualMark)
            and body.evaluator in self.declared.withdrawn
            and (body.vendor, body.criterion) in self.items
        )
        return Counter(evaluator for evaluator, *_ in marked)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who must declare: who evaluates, and who acted by the log."""
        panel = self.rules.panel
        evaluators = (each.id for each in (panel.evaluators if panel else ()))
        return tuple(dict.fromkeys([*evaluators, *people_who_act(self.log)]))

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

    @property
    def marks_stay(self) -> str:
        """Why no mark changes once a lock became void; "" where none did."""
        if not self.void_locks:
            return ""
        return f"the panel was locked on line {self.void_locks[-1][0].n} of the log"

    def locked_before(self, item: Item) -> str:
        """Why a level stays as it was locked although that lock is void; "" where it does not.

        Only what somebody who withdrew had a part in is agreed again.
        """
        lock = self.void_locks[-1][0].n if self.void_locks else 0
        if item.agreement is None or not item.settled or item.agreement.entry.n > lock:
            return ""
        left = "nobody who withdrew had a part in it"
        return f"the level was locked on line {lock} of the log, and {left}"

    def counts(self, item: Item) -> str:
        """What an item counts as: the code of its agreed level, or points; "" without either."""
        if item.correction is not None:
            return item.correction.level
        return self.counted_at_lock(item)

    def counted_at_lock(self, item: Item) -> str:
        """What an item counted as before any manifest error was corrected."""
        if self.agreed == "consensus":
            return item.agreement.level if item.settled and item.agreement else ""
        if item.unscored:
            return ""
        points = [item.scale.points[level] for level in item.levels]
        middle = np.median(points) if self.agreed == "median" else np.mean(points)
        return repr(round(float(middle), 9))

    def missing(self, excluded: Collection[str] = ()) -> tuple[Owed, ...]:
        """Everything that must be done before the panel can be locked, of vendors in the race."""
        items = [item for item in self.items.values() if item.vendor not in excluded]
        needs = (*self._undeclared(items), *self._chair_faults())
        return (*needs, *self._unscored(items), *self._unagreed(items))

    def _undeclared(self, items: Sequence[Item]) -> Iterator[Owed]:
        vendors = tuple(dict.fromkeys(item.vendor for item in items))
        for who, says in undeclared(self.declared, self.people, vendors).items():
            yield owed(LOG, f"{says}; {TO_DECLARE}", who)

    @property
    def too_few(self) -> tuple[str, ...]:
        """Criteria with fewer evaluators than the rules ask for, and no decision of the chair."""
        least = self.rules.panel.least_evaluators if self.rules.panel else 0
        leaves = self.rules.judged_leaves
        return tuple(
            p
            for p in leaves
            if not self.readers(p) or (len(self.readers(p)) < least and p not in self.chair)
        )

    def _chair_faults(self) -> Iterator[Owed]:
        least = self.rules.panel.least_evaluators if self.rules.panel else 0
        for path in self.too_few:
            readers = self.readers(path)
            if not readers:
                message = f"nobody is left to read {path!r}, as all evaluators withdrew"
                yield owed("evaluation.yaml", f"{message}; allowed: at least one evaluator")
                continue
            message = f"{len(readers)} of at least {least} evaluators read {path!r}"
            way_out = "a decision of the chair, on the agenda's sheet 'Chair'"
            yield owed("evaluation.yaml", f"{message}; allowed: {way_out}")

    def _unscored(self, items: Sequence[Item]) -> Iterator[Owed]:
        lacking: dict[tuple[str, str], list[str]] = {}
        for item in items:
            for evaluator in item.unscored:
                lacking.setdefault((evaluator, item.criterion), []).append(item.vendor)
        for (evaluator, path), vendors in sorted(lacking.items()):
            message = f"{evaluator} has not scored {path!r} of {listed(vendors, at_most=6)}"
            yield owed(LOG, f"{message}; allowed: a level for each", evaluator)

    def _unagreed(self, items: Sequence[Item]) -> Iterator[Owed]:
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
            if item.left > item.agreement.entry.n:
                message = f"somebody withdrew from {named} after the level was agreed on line"
            elif all(mark.entry.n < item.agreement.entry.n for mark in item.marks.values()):
                message = f"a mark for {named} was in another copy when the level was agreed, line"
            yield owed(LOG, f"{message} {item.agreement.entry.n}; allowed: an agreed level")
        for path, vendors in lacking.items():
            message = f"no level is agreed on {path!r} for {listed(vendors, at_most=6)}"
            yield owed(LOG, f"{message}; allowed: a level and a reason for each")

    @property
    def evidenced(self) -> int:
        """The last line that a workbook sent out and returned shows; 0 where none does."""
        heads = (entry.body.head for entry in self.log.entries)
        return max((self.log.lines_by_code.get(head or "", 0) for head in heads), default=0)

    @property
    def began_with_a_code(self) -> bool:
        """Whether a returned workbook carries the code of the log before its first line."""
        empty = {code_of(start(entry.line.rules)) for entry in self.log.entries}
        return any(entry.body.head in empty for entry in self.log.entries)

    def performance(self) -> str:
        """The sha256 of what every item counts as, in hex."""
        counted = [[*item.key, self.counted_at_lock(item)] for item in self.items.values()]
        return hashlib.sha256(json.dumps(counted).encode()).hexdigest()


def owed(place: str, message: str, who: str = "") -> Owed:
    """Something that is still to be done before the panel can be locked, and by whom."""
    return Owed(place, message, severity="question", who=who)


def panel_record(rules: Rules, log: ScoreLog, vendors: Sequence[str]) -> PanelRecord:
    """What the log holds of these vendors; a mark that does not count here is `unread`."""
    declared = declarations_of(log, rules)
    asked = {
        path: Asked(asks(rules, path), rules.scale(path), _left_over(rules.readers(path), declared))
        for path in rules.judged_leaves
    }
    taken = CountedLines(asked, frozenset(vendors), frozenset(declared.withdrawn))
    for entry in log.entries:
        taken.take(entry, log)
    items = {}
    for (path, question), vendor in product(asked.items(), sorted(vendors)):
        key, marks = (vendor, path), taken.marks.get((vendor, path), {})
        given = {id: marks[id] for id in question.readers if id in marks}
        agreement, correction = taken.agreements.get(key), taken.corrections.get(key)
        gone = declared.withdrawn
        part = {*marks, *(agreement.present if agreement else ())}
        left = max((gone[who] for who in part if who in gone), default=0)
        lines = tuple(taken.lines.get(key, ()))
        items[key] = Item(
            *key, question.scale, question.readers, given, agreement, correction, left, lines
        )
    return PanelRecord(
        rules,
        log,
        items,
        taken.chair,
        taken.lock,
        tuple(taken.unread),
        declared,
        tuple(taken.void),
    )


def _left_over(readers: Sequence[str], declared: Declarations) -> tuple[str, ...]:
    return tuple(reader for reader in readers if reader not in declared.withdrawn)
