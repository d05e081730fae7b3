"""The lines of the log of scores: what each kind holds, and its place in the chain."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from vendor_eval.rules.scales import Code, Id
from vendor_eval.rules.values.function import Typed
from vendor_eval.wording.short_repr import ShortRepr

Sha256 = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
Fingerprint = Annotated[str, Field(pattern=r"\Asha256:[0-9a-f]{64}\z")]
TextHash = Sha256
"""The sha256 of a salt and a text; both stand outside what is chained."""
Name = Annotated[str, Field(min_length=1, max_length=60)]
HeadCode = Annotated[str, Field(pattern=r"\A[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\z")]


class SaltedText(Typed):
    """A text that a person wrote, with the salt of its hash."""

    salt: Annotated[str, Field(pattern=r"\A[0-9a-f]{32}\z")]
    text: Annotated[str, Field(min_length=1)]

    @property
    def sha256(self) -> str:
        """The hash that stands for it in the chain."""
        return hashlib.sha256(f"{self.salt}{self.text}".encode()).hexdigest()


class Recorded(Typed):
    """What every kind of line may hold."""

    head: HeadCode | None = None
    """The code of the log that the returned workbook carries: it was sent out with this code."""
    merged_from: Sha256 | None = None
    """The hash of the line of another copy that this one repeats."""


class IndividualMark(Recorded):
    """One evaluator's level for one item."""

    evaluator: Id
    vendor: Name
    criterion: str
    level: Code
    comment: TextHash | None = None
    replaces: int | None = None
    """The line of the same evaluator's mark that it replaces."""
    reason: TextHash | None = None
    """Why it replaces that mark."""
    asks: Sha256
    """What was asked: the scale and the question."""


class AgreedLevel(Recorded):
    """The level that the panel agreed for one item, and why."""

    vendor: Name
    criterion: str
    level: Code
    reason: TextHash
    evidence: TextHash | None = None
    """Where the proposal shows what no evaluator's level reflects."""
    present: tuple[Name, ...] = ()
    replaces: int | None = None
    asks: Sha256


class ChairDecision(Recorded):
    """That a criterion may have fewer evaluators than the rules ask for, for all vendors alike."""

    criterion: str
    decides: Literal["fewer_evaluators"] = "fewer_evaluators"
    reason: TextHash


class PanelLock(Recorded):
    """That nothing is scored or agreed any more."""

    performance: Sha256
    """Of every vendor's level on every criterion."""
    inputs: dict[str, Sha256]
    """The files of rules and bids on that day."""


class LogMerge(Recorded):
    """That lines of another copy follow."""

    stem: int
    """Lines that both copies had in common."""
    lines: int
    copied_head: HeadCode


class Redaction(Recorded):
    """That the texts of an earlier line were removed."""

    line: Annotated[int, Field(ge=1)]
    why: TextHash


BODIES: Mapping[str, type[Recorded]] = {
    "individual": IndividualMark,
    "agreed": AgreedLevel,
    "chair": ChairDecision,
    "locked": PanelLock,
    "merged": LogMerge,
    "redacted": Redaction,
}
"""What a line holds, by its kind."""
TEXTS: Mapping[str, tuple[str, ...]] = {
    "individual": ("comment", "reason"),
    "agreed": ("reason", "evidence"),
    "chair": ("reason",),
    "redacted": ("why",),
}
"""Which of it people wrote in words, by its kind."""


class LogLine(Typed):
    """A line as it is kept."""

    n: Annotated[int, Field(ge=1)]
    previous: Sha256
    kind: Literal["individual", "agreed", "chair", "locked", "merged", "redacted"]
    on: date
    by: Name
    source: Annotated[str, Field(max_length=300)]
    rules: Fingerprint
    body: dict[str, Any]
    texts: dict[str, SaltedText] = Field(default_factory=dict)


_LINE: TypeAdapter[LogLine] = TypeAdapter(LogLine)
_BODIES = {kind: TypeAdapter(body) for kind, body in BODIES.items()}


@dataclass(frozen=True)
class LogEntry(ShortRepr):
    """A line of the log and what its kind holds."""

    line: LogLine
    body: Recorded

    @property
    def n(self) -> int:
        """The line's number, from 1."""
        return self.line.n

    @property
    def kind(self) -> str:
        """Which of `BODIES` it holds."""
        return self.line.kind

    def text(self, name: str) -> str:
        """What a person wrote; "" where nothing was written, or where it was redacted."""
        kept = self.line.texts.get(name)
        return kept.text if kept else ""

    @property
    def without_texts(self) -> "LogEntry":
        """The same line, in the same place of the chain, with no text left."""
        return LogEntry(self.line.model_copy(update={"texts": {}}), self.body)

    @cached_property
    def sha256(self) -> str:
        """The hash of the line with every text replaced by its salted hash, in hex."""
        return hashlib.sha256(_canonical(_plain(self.line, texts=False))).hexdigest()

    @cached_property
    def written(self) -> bytes:
        """The line as it stands in the file."""
        return _canonical(_plain(self.line, texts=True)) + b"\n"


def parsed(content: bytes) -> LogEntry:
    """A line of the file; raises ValueError where it is not one, or not as it was written."""
    line = _LINE.validate_json(content, strict=True)
    body = _BODIES[line.kind].validate_json(json.dumps(line.body), strict=True)
    return LogEntry(line, body)


@dataclass(frozen=True)
class Draft:
    """A line that is still to be chained."""

    kind: str
    on: date
    by: str
    source: str
    body: Mapping[str, Any]
    texts: Mapping[str, SaltedText]
    rules: str | None = None
    """The rules it was made under, where they are not those of the folder."""


def new_salt() -> str:
    """32 random hexadecimal digits."""
    return secrets.token_hex(16)


def draft(
    kind: str,
    *,
    on: date,
    by: str,
    source: str,
    salt: Callable[[], str] | None = None,
    **body: Any,
) -> Draft:
    """A line to be chained; what people wrote is salted, what is None is left out."""
    given = {name: value for name, value in body.items() if value not in (None, "", ())}
    texts = {
        name: SaltedText(salt=(salt or new_salt)(), text=given[name])
        for name in TEXTS.get(kind, ())
        if name in given
    }
    hashes = {name: kept.sha256 for name, kept in texts.items()}
    typed = BODIES[kind].model_validate(given | hashes)
    held = typed.model_dump(mode="json", exclude_defaults=True)
    return Draft(kind, on, by, source, held, texts)


def chained(made: Draft, n: int, previous: str, rules: str) -> LogEntry:
    """The draft as line `n` after the line of hash `previous`."""
    line = LogLine.model_validate(
        {
            "n": n,
            "previous": previous,
            "kind": made.kind,
            "on": made.on,
            "by": made.by,
            "source": made.source,
            "rules": made.rules or rules,
            "body": dict(made.body),
            "texts": dict(made.texts),
        }
    )
    return parsed(_canonical(_plain(line, texts=True)))


def _plain(line: LogLine, *, texts: bool) -> dict[str, Any]:
    left_out = {"texts"} if not (texts and line.texts) else set()
    return line.model_dump(mode="json", exclude=left_out)


def _canonical(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
