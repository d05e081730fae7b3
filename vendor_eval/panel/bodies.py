"""What the lines of the log of scores hold, by their kind."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from vendor_eval.rules.scales import Code, Id
from vendor_eval.rules.values.function import Typed

Sha256 = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
Fingerprint = Annotated[str, Field(pattern=r"\Asha256:[0-9a-f]{64}\z")]
TextHash = Sha256
"""The sha256 of a salt and a text; both stand outside what is chained."""
Name = Annotated[str, Field(min_length=1, max_length=60)]
EVERY = "*"
"""What stands for all vendors in place of a name."""
HeadCode = Annotated[str, Field(pattern=r"\A[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\z")]


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
    """Of every vendor's level on every criterion; with envelopes, of every answer in the first."""
    inputs: dict[str, Sha256]
    """The files of rules and bids on that day."""
    envelope: Id | None = None
    """The envelope that was locked, where the rules have two."""


class Receipt(Recorded):
    """That a bid, or a table of bids, came in, and was put away unread."""

    vendor: Name
    """`EVERY` for a table of all bids."""
    envelope: Id
    file: Annotated[str, Field(max_length=200)]
    """Its name in the folder."""
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]
    at: Annotated[str, Field(pattern=r"\A\d{4}-\d\d-\d\dT\d\d:\d\d\z")]
    """When it came in, in the buyer's time."""
    late: bool = False
    """Whether that was after the deadline."""
    channel: Annotated[str, Field(max_length=100)] = ""


class VoidReceipt(Recorded):
    """That a receipt was for a wrong vendor or envelope and does not count; the file is kept."""

    line: Annotated[int, Field(ge=1)]
    """The line of the receipt."""
    why: TextHash


class EnvelopeOpening(Recorded):
    """That an envelope was opened, and whose it was not."""

    envelope: Id
    files: dict[str, Sha256]
    unopened: tuple[Name, ...] = ()
    """Vendors whose envelope stays closed."""
    decided: tuple[Name, ...] = ()
    """Those of them whom a decision excluded, or whose late envelope no decision admitted."""


class LevelCorrection(Recorded):
    """A manifest error in an agreed level, corrected after prices were opened."""

    vendor: Name
    criterion: str
    level: Code
    reason: TextHash
    evidence: TextHash
    """Where the proposal shows the error."""
    approved_by: Name
    """The chair."""
    read_again: tuple[Name, ...]
    """The vendors for whom the same question was read again: all of them."""
    asks: Sha256


Interest = Literal["none", "actual", "potential", "perceived"]
"""Words of sections 81 to 83 of the Procurement Act 2023."""
Mitigation = Literal["none", "restricted", "withdrawn"]


class Declaration(Recorded):
    """What one person declares of one vendor; the details stand outside the log."""

    evaluator: Name
    """Who declares: an evaluator, or anybody who writes, opens, corrects, approves or decides."""
    vendor: Name
    """A name, or `EVERY`."""
    interest: Interest
    detail: Sha256 | None = None
    """The sha256 of a salt and the details, which stand in `private/declarations/`."""
    mitigation: Mitigation = "none"
    decided_by: Name | None = None


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


Kind = Literal[
    "individual",
    "agreed",
    "chair",
    "locked",
    "merged",
    "redacted",
    "received",
    "voided",
    "opened",
    "manifest_error",
    "declaration",
]
BODIES: Mapping[str, type[Recorded]] = {
    "individual": IndividualMark,
    "agreed": AgreedLevel,
    "chair": ChairDecision,
    "locked": PanelLock,
    "received": Receipt,
    "voided": VoidReceipt,
    "opened": EnvelopeOpening,
    "manifest_error": LevelCorrection,
    "declaration": Declaration,
    "merged": LogMerge,
    "redacted": Redaction,
}
"""What a line holds, by its kind."""
TEXTS: Mapping[str, tuple[str, ...]] = {
    "individual": ("comment", "reason"),
    "agreed": ("reason", "evidence"),
    "chair": ("reason",),
    "manifest_error": ("reason", "evidence"),
    "redacted": ("why",),
    "voided": ("why",),
}
"""Which of it people wrote in words, by its kind."""
