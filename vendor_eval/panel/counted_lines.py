"""The lines of the log that count, taken in one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from vendor_eval.errors import Fault
from vendor_eval.panel.bodies import (
    AgreedLevel,
    ChairDecision,
    Declaration,
    EnvelopeOpening,
    IndividualMark,
    LevelCorrection,
    PanelLock,
)
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.items import Agreement, ItemKey, Mark
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.rules.scales import AnchoredScale

VoidLock = tuple[LogEntry, LogEntry]
"""A lock, and the declaration of somebody who withdrew after it."""


@dataclass(frozen=True)
class Asked:
    """What is asked on a criterion now: its hash, the scale, and who reads it."""

    sha256: str
    scale: AnchoredScale
    readers: tuple[str, ...]


class CountedLines:
    """What the lines of a log come to, one line after the other."""

    def __init__(
        self, asked: Mapping[str, Asked], vendors: frozenset[str], withdrawn: frozenset[str]
    ) -> None:
        self.asked, self.vendors, self.withdrawn = asked, vendors, withdrawn
        self.lines: dict[ItemKey, list[LogEntry]] = {}
        self.marks: dict[ItemKey, dict[str, Mark]] = {}
        self.agreements: dict[ItemKey, Agreement] = {}
        self.corrections: dict[ItemKey, Agreement] = {}
        self.chair: dict[str, ChairDecision] = {}
        self.lock: LogEntry | None = None
        self.void: list[VoidLock] = []
        self.opened = False
        self.unread: list[Fault] = []

    def take(self, entry: LogEntry, log: ScoreLog) -> None:
        """Counts a line in, or among those that do not count."""
        body = entry.body
        if isinstance(body, PanelLock):
            self.lock = entry
        elif isinstance(body, EnvelopeOpening):
            self.opened = True
        elif isinstance(body, Declaration) and body.mitigation == "withdrawn":
            if self.lock is not None:
                self.void.append((self.lock, entry))
            self.lock = None  # who is left must agree again, and lock again
        elif isinstance(body, ChairDecision):
            self.chair[body.criterion] = body
        elif isinstance(body, IndividualMark | AgreedLevel | LevelCorrection):
            if why := self._why_unread(body):
                fault = Fault(f"{LOG}:{entry.n}", f"does not count: {why}", severity="note")
                self.unread.append(fault)
            else:
                self._count(entry, body, log)

    def _count(
        self, entry: LogEntry, body: IndividualMark | AgreedLevel | LevelCorrection, log: ScoreLog
    ) -> None:
        key = (body.vendor, body.criterion)
        self.lines.setdefault(key, []).append(entry)
        if isinstance(body, IndividualMark):
            mark = Mark(entry, body.level, entry.text("comment"))
            self.marks.setdefault(key, {})[body.evaluator] = mark
            return
        said = (entry.text("reason"), entry.text("evidence"))
        present = body.present if isinstance(body, AgreedLevel) else ()
        agreed = Agreement(entry, body.level, *said, present, log.unseen(entry.n))
        (self.agreements if isinstance(body, AgreedLevel) else self.corrections)[key] = agreed

    def _why_unread(self, body: IndividualMark | AgreedLevel | LevelCorrection) -> str:
        """Why a mark or an agreed level does not count; "" where it does."""
        path = body.criterion
        if path not in self.asked:
            return f"no panel judges {path!r}"
        if body.vendor not in self.vendors:
            return f"no bid of {body.vendor!r} is in the folder"
        question = self.asked[path]
        if question.sha256 != body.asks or body.level not in question.scale.codes:
            return f"the question or the scale of {path!r} was different then"
        if isinstance(body, IndividualMark) and body.evaluator not in question.readers:
            if body.evaluator in self.withdrawn:
                return ""  # kept with the record; the item's readers leave it out
            return f"{body.evaluator} does not read {path!r}"
        if isinstance(body, LevelCorrection):
            return "" if self.opened else "no envelope was opened before it"
        return f"the panel was locked on line {self.lock.n}" if self.lock is not None else ""
