"""Locks that became void, and the levels that changed after totals could be known."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vendor_eval.analysis.incomplete import Open
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.items import Item
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.panel.record import PanelRecord, panel_record
from vendor_eval.panel.values import leaders_before_changes, with_levels
from vendor_eval.wording import agreeing, counted, listed, rounded

Moved = tuple[Item, str, str]
"""An item, what it counted as under the void lock ("" for nothing), and what it counts as now."""


@dataclass(frozen=True)
class LockedAgain:
    """A lock that became void, with the panel as it was then and as it is now."""

    lock: LogEntry
    left: LogEntry
    """The declaration of the person who withdrew after it."""
    then: PanelRecord
    now: PanelRecord

    @property
    def who(self) -> str:
        """Who withdrew."""
        return str(getattr(self.left.body, "evaluator", ""))

    @cached_property
    def agreed_again(self) -> tuple[Item, ...]:
        """The items of which the level was agreed again after this lock."""
        items = self.now.items.values()
        return tuple(i for i in items if i.agreement and i.agreement.entry.n > self.lock.n)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The items that do not count as they did under this lock."""
        pairs = (
            (item, self.then.counted_at_lock(self.then.items[key]), self.now.counted_at_lock(item))
            for key, item in self.now.items.items()
        )
        return tuple(pair for pair in pairs if pair[2] and pair[1] != pair[2])

    def leaders(self, evaluation: Evaluation) -> tuple[str, ...]:
        """Who was first by the levels of this lock."""
        as_then = with_levels(evaluation.proposals, self.then)
        return evaluate(evaluation.rules, as_then, scenario=evaluation.scenario).leaders

    @property
    def sentence(self) -> str:
        """When and why the lock became void, and which levels changed since, in two sentences."""
        left = f"as {self.who} withdrew on {self.left.line.on}"
        said = f"The lock of {self.lock.line.on} became void, {left}"
        if self.now.lock is not None:
            said = f"Locked on {self.lock.line.on}, and again on {self.now.lock.line.on}, {left}"
        again, moved = len(self.agreed_again), len(self.moved)
        were = f"{counted(again, 'level')} {agreeing(again, 'was', 'were')} agreed again"
        known = "when totals could be known"
        if moved:
            changed = (
                f"{counted(moved, 'level')} changed {known}: {listed(self._moves(), at_most=3)}"
            )
            outcome = f"{were} and {changed}" if again else changed
        elif self.now.lock is None:
            outcome = "No level has changed since"
        else:
            outcome = "No level changed between the two locks"
            outcome += f"; {were} {known}" if again else ""
        return f"{said}. {outcome}."

    def _moves(self) -> list[str]:
        labels = {path: leaf.label for path, leaf in self.now.rules.judged_leaves.items()}
        return [
            f"{item.vendor} on {labels[item.criterion]} ({self._shown(before)} to "
            f"{self._shown(now)})"
            for item, before, now in self.moved
        ]

    def _shown(self, counts: str) -> str:
        """A level, or the points of a mean or a median."""
        if not counts:
            return "no level"
        return counts if self.now.agreed == "consensus" else f"{rounded(float(counts), 1)} points"


def locked_again(record: PanelRecord | None) -> tuple[LockedAgain, ...]:
    """Every lock that became void as somebody withdrew after it, in the order of the log."""
    if record is None or not record.void_locks:
        return ()
    vendors = sorted({vendor for vendor, _ in record.items})
    return tuple(
        LockedAgain(
            lock,
            left,
            panel_record(
                record.rules, ScoreLog(record.log.entries[: lock.n], record.log.rules), vendors
            ),
            record,
        )
        for lock, left in record.void_locks
    )


def changes_between_locks(record: PanelRecord | None, evaluation: Evaluation) -> Iterator[Open]:
    """By vendor, the levels that changed after a lock that became void; they must be confirmed."""
    if record is None or not record.void_locks:
        return
    after = leaders_before_changes(evaluation, record)  # a manifest error is stated by itself
    for void in locked_again(record):
        first = void.leaders(evaluation)
        before = first if first != after else ()
        places: dict[str, list[str]] = {}
        for item, _, _ in void.moved:
            line = item.agreement.entry.n if item.agreement else void.left.n
            places.setdefault(item.vendor, []).append(f"{LOG}:{line}")
        for vendor, about in sorted(places.items()):
            yield Open(vendor, "locked_again", tuple(about), before)
