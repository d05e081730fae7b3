"""The lines of the log of scores, each with its place in the chain."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from vendor_eval.panel.bodies import BODIES, TEXTS, Fingerprint, Kind, Name, Recorded, Sha256
from vendor_eval.rules.values.function import Typed
from vendor_eval.wording.short_repr import ShortRepr


class SaltedText(Typed):
    """A text that a person wrote, with the salt of its hash."""

    salt: Annotated[str, Field(pattern=r"\A[0-9a-f]{32}\z")]
    text: Annotated[str, Field(min_length=1)]

    @property
    def sha256(self) -> str:
        """The hash that stands for it in the chain."""
        return hashlib.sha256(f"{self.salt}{self.text}".encode()).hexdigest()


class LogLine(Typed):
    """A line as it is kept."""

    n: Annotated[int, Field(ge=1)]
    previous: Sha256
    kind: Kind
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


def salted(text: str) -> SaltedText:
    """A text with a new salt."""
    return SaltedText(salt=new_salt(), text=text)


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
