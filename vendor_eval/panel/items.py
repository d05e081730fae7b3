"""One vendor on one criterion: what evaluators marked, and what they agreed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from vendor_eval.panel.entries import LogEntry
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.scales import AnchoredScale

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
    correction: Agreement | None = None
    """What its level was corrected to after prices were opened, as a manifest error."""
    left: int = 0
    """The last line at which somebody withdrew who had a part in it."""
    lines: tuple[LogEntry, ...] = ()
    """Every mark and agreement of it that counted once, replaced ones too, as the log has them."""

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
        """Whether a mark is not one that the meeting saw, or somebody has withdrawn since."""
        if self.agreement is None:
            return False
        unseen = not all(self.agreement.saw(mark.entry.n) for mark in self.marks.values())
        return unseen or self.left > self.agreement.entry.n

    @property
    def settled(self) -> bool:
        """Whether its level is agreed, by the marks as they stand."""
        return self.agreement is not None and not self.stale and not self.unscored

    @property
    def counting(self) -> Agreement | None:
        """What its level rests on: what was agreed, or what corrected that as a manifest error."""
        return self.correction or self.agreement

    @property
    def outside(self) -> bool:
        """Whether the level that counts lies outside those that evaluators gave."""
        return self.counting is not None and self.is_outside(self.counting.level)

    @property
    def reason(self) -> str:
        """The reason of the level that counts, word for word; "" without one."""
        return self.counting.reason if self.counting else ""

    def is_outside(self, level: str) -> bool:
        """Whether a level lies outside those that evaluators gave."""
        steps = [self.scale.step(each) for each in self.levels]
        return bool(steps) and not min(steps) <= self.scale.step(level) <= max(steps)
