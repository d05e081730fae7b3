"""The log of scores: a chain of lines to which lines are added, and from which nothing is taken."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from vendor_eval.errors import Fault, LogBroken, VendorEvalError
from vendor_eval.panel.bodies import TEXTS, LogMerge, Redaction
from vendor_eval.panel.entries import Draft, LogEntry, chained, parsed
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.wording.short_repr import ShortRepr

SCORES = "scores"
LOG = f"{SCORES}/log.jsonl"
CODE = re.compile(r"[0-9a-f]{12}")
BREAK = "; a copy that somebody else keeps shows what it held"


def code_of(sha256: str) -> str:
    """A hash as people can read it out: its first twelve digits."""
    return f"{sha256[:4]}-{sha256[4:8]}-{sha256[8:12]}"


@dataclass(frozen=True)
class ScoreLog(ShortRepr):
    """The lines of the log, each of which follows from the one before it."""

    entries: tuple[LogEntry, ...]
    rules: str
    """The fingerprint of the rules in the folder."""

    @property
    def head(self) -> str:
        """The hash of the last line, in hex; of the rules' fingerprint while there is none."""
        return self.entries[-1].sha256 if self.entries else start(self.rules)

    @property
    def code(self) -> str:
        """The head as a short code for people."""
        return code_of(self.head)

    @cached_property
    def lines_by_code(self) -> Mapping[str, int]:
        """The line that each short code stands for."""
        return {code_of(entry.sha256): entry.n for entry in self.entries}

    def of_kind(self, kind: str) -> tuple[LogEntry, ...]:
        """The lines of one kind, in their order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def unseen(self, line: int) -> tuple[range, ...]:
        """Earlier lines that were not known when a line was added: those that its copy lacked."""
        merges = [(e.n, e.body) for e in self.entries if isinstance(e.body, LogMerge)]
        return tuple(range(body.stem + 1, n) for n, body in merges if n < line <= n + body.lines)

    def bytes_written(self) -> bytes:
        """The file."""
        return b"".join(entry.written for entry in self.entries)

    def followed_by(self, drafts: Sequence[Draft]) -> "ScoreLog":
        """The log with more lines; a redaction removes the texts of the line it names."""
        entries = list(self.entries)
        head = self.head
        for made in drafts:
            entries.append(chained(made, len(entries) + 1, head, self.rules))
            head = entries[-1].sha256
            if isinstance(gone := entries[-1].body, Redaction):
                entries[gone.line - 1] = entries[gone.line - 1].without_texts
        return ScoreLog(tuple(entries), self.rules)


def start(rules: str) -> str:
    """What the first line of a log follows: the sha256 of the rules' fingerprint."""
    return hashlib.sha256(rules.encode()).hexdigest()


def score_log(content: bytes, rules: Rules) -> ScoreLog:
    """The log that a file holds; raises LogBroken with every line that does not follow."""
    entries, faults = list[LogEntry](), list[Fault]()
    last: LogEntry | None = None
    shift = 0  # how far the numbers of lines run ahead once lines are gone, so that it is one fault
    for n, line in enumerate(content.splitlines(keepends=True), start=1):
        try:
            entry = parsed(line)
        except (ValidationError, ValueError) as error:
            faults.append(Fault(f"{LOG}:{n}", f"is not a line of the log: {_why(error)}"))
            last = None
            continue
        if entry.written != line:
            faults.append(Fault(f"{LOG}:{n}", f"is not as it was written{BREAK}"))
        elif entry.n != n + shift:
            follows = f"does not follow {f'line {n - 1}' if n > 1 else 'the rules it names'}"
            message = f"line {n} of {LOG} {follows}: it has the number {entry.n}{BREAK}"
            faults.append(Fault(f"{LOG}:{n}", message))
            shift = entry.n - n
        elif (n == 1 or last is not None) and not _follows(entry, last):
            before = "the rules it names" if last is None else f"line {last.n}"
            faults.append(Fault(f"{LOG}:{n}", f"line {n} of {LOG} does not follow {before}{BREAK}"))
        entries.append(entry)
        last = entry
    faults += _text_faults(entries)
    if faults:
        raise LogBroken(faults)
    return ScoreLog(tuple(entries), fingerprint(rules))


def _follows(entry: LogEntry, last: LogEntry | None) -> bool:
    return entry.line.previous == (last.sha256 if last else start(entry.line.rules))


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        detail = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}".removeprefix(": ")
    return str(error)


def _text_faults(entries: Sequence[LogEntry]) -> Iterator[Fault]:
    """Texts that are not those whose hashes are chained, and those that are gone unrecorded."""
    redacted = {e.body.line for e in entries if isinstance(e.body, Redaction)}
    for entry in entries:
        place = f"{LOG}:{entry.n}"
        if isinstance(entry.body, Redaction) and entry.body.line >= entry.n:
            message = f"found a redaction of line {entry.body.line}; allowed: of an earlier line"
            yield Fault(place, message)
        for name in sorted({*TEXTS.get(entry.kind, ()), *entry.line.texts}):
            hashed, kept = getattr(entry.body, name, None), entry.line.texts.get(name)
            if kept is not None and kept.sha256 != hashed:
                yield Fault(place, f"the {name} is not the one that was recorded{BREAK}")
            elif hashed is not None and kept is None and entry.n not in redacted:
                yield Fault(place, f"the {name} is gone, and no line says that it was redacted")


def witness_line(log: ScoreLog, code: str) -> int:
    """The line that a code stands for, 0 for a log without lines.

    Raises VendorEvalError where it is no code, LogBroken where no line has it: the log was cut or
    written anew since the code was sent out.
    """
    digits = re.sub(r"[\s-]", "", code).lower()
    if not CODE.fullmatch(digits):
        message = f"found {code!r:.40}; allowed: a code such as 3f2a-91bc-77d0"
        raise VendorEvalError(f"--witness: {message}")
    known = {code_of(start(log.rules)): 0, **log.lines_by_code}
    named = f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
    if named not in known:
        message = f"no line has the code {named}: the log was cut or written anew since"
        raise LogBroken([Fault(LOG, f"{message} it was sent out{BREAK}")])
    return known[named]


def redaction(log: ScoreLog, line: int, made: Callable[..., Draft]) -> list[Draft]:
    """The line that says that the texts of a line were removed; adding it removes them.

    Raises VendorEvalError where there is no such line, or no text in it.
    """
    if not 1 <= line <= len(log.entries):
        allowed = f"1 to {len(log.entries)}" if log.entries else "none, as the log is empty"
        raise VendorEvalError(f"{LOG}: found line {line}; allowed: {allowed}")
    if not log.entries[line - 1].line.texts:
        raise VendorEvalError(f"{LOG}:{line}: found no text; allowed: a line that holds one")
    return [made(line=line)]


def merged_drafts(log: ScoreLog, other: ScoreLog, made: Callable[..., Draft]) -> list[Draft]:
    """The lines of another copy after those that both have, to be added to this one.

    `made`: makes the line that announces them from what it holds. Raises VendorEvalError where
    both scored or agreed one item, or a panel is locked in either.
    """
    pairs = zip(log.entries, other.entries, strict=False)
    stem = next((n for n, (a, b) in enumerate(pairs) if a.sha256 != b.sha256), None)
    if stem is None:
        stem = min(len(log.entries), len(other.entries))
    ours, theirs = log.entries[stem:], other.entries[stem:]
    if ours and theirs and not stem and ours[0].line.previous != theirs[0].line.previous:
        message = "--merge: the two logs have no line in common, and began under different rules"
        raise VendorEvalError(f"{message}; allowed: two copies")
    if not theirs:
        return []
    locked = [e for e in (*ours, *theirs, *log.entries[:stem]) if e.kind == "locked"]
    if locked:
        raise VendorEvalError("--merge: a copy is locked; allowed: copies of a panel that is open")
    both = {_item(e) for e in ours} & {_item(e) for e in theirs} - {None}
    if both:
        named = "; ".join(sorted(" / ".join(item) for item in both if item))
        raise VendorEvalError(f"--merge: both copies hold a mark for {named}; allowed: one of them")
    announced = made(stem=stem, lines=len(theirs), copied_head=other.code)
    shift = len(log.entries) + 1 - stem
    return [announced, *(_repeated(entry, stem, shift) for entry in theirs)]


def _item(entry: LogEntry) -> tuple[str, ...] | None:
    """Whose mark for what a line holds, so that two copies do not both hold one."""
    if entry.kind == "chair":
        return ("chair", entry.body.criterion)  # type: ignore[attr-defined]
    if entry.kind not in ("individual", "agreed"):
        return None
    who = getattr(entry.body, "evaluator", "agreed level")
    return (who, entry.body.vendor, entry.body.criterion)  # type: ignore[attr-defined]


def _repeated(entry: LogEntry, stem: int, shift: int) -> Draft:
    """A line of another copy as a new line, with the numbers of lines that it names."""
    body = dict(entry.line.body) | {"merged_from": entry.sha256}
    for name in ("replaces", "line", "stem"):
        if isinstance(number := body.get(name), int) and number > stem:
            body[name] = number + shift
    line = entry.line
    return Draft(entry.kind, line.on, line.by, line.source, body, line.texts, line.rules)
