"""What can be wrong with what a user gave, and how it is reported so that it can be mended."""

import errno
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from vendor_eval.wording import counted, either

Audience = Literal["buyer", "vendor"]
Severity = Literal["fault", "question", "note"]
ALLOWED = "; allowed: "
"""What separates the allowed from the found in a fault's message."""
SHOWN = 160
"""Characters of a fault that its `repr` shows."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the input: where, and what was found against what is allowed.

    `vendor` names the vendor whose bid holds it; None for the rules, the folder or the command.
    """

    place: str
    message: str
    vendor: str | None = None
    audience: Audience = "buyer"
    """Who may see it: "vendor" where a letter may put it to that vendor, "buyer" elsewhere."""
    severity: Severity = "fault"
    """A "fault" cannot be read, a "question" is a blank that the rules do not fill or something
    undecided, a "note" is a fault in a cell that no rule reads."""
    about: tuple[str, ...] = ()
    """What of the questionnaire it spoils, as "part" or "part.field"; nothing where it is all."""

    def __str__(self) -> str:
        return f"{one_line(self.place)}: {one_line(self.message)}"

    def __repr__(self) -> str:
        said = str(self)
        return f"<Fault {said if len(said) <= SHOWN else said[: SHOWN - 3] + '...'}>"

    def __lt__(self, other: "Fault") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, ...]:
        # None cannot be compared with a name
        return (self.place, self.message, self.vendor or "", self.audience, self.severity)

    @property
    def found(self) -> str:
        """What was found: the message up to "; allowed: "."""
        return self.message.partition(ALLOWED)[0]

    @property
    def allowed(self) -> str | None:
        """What is allowed or the way out: the message after "; allowed: "; None without it."""
        return self.message.partition(ALLOWED)[2] or None

    @property
    def stops(self) -> bool:
        """Whether it keeps its vendor, or without one the whole evaluation, from being ranked."""
        return self.severity != "note"

    def as_json(self) -> dict[str, str | None]:
        """The fault as plain data: place, found, allowed, vendor, audience and severity."""
        return {
            "place": self.place,
            "found": self.found,
            "allowed": self.allowed,
            "vendor": self.vendor,
            "audience": self.audience,
            "severity": self.severity,
        }


class VendorEvalError(Exception):
    """A user's fault: the input or the command line must change (exit code 2)."""

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: each fault on a line."""
        return [unlinked(one_line(line)) for line in str(self).splitlines()]


class UnknownName(VendorEvalError):
    """A name that nothing is registered under."""


class InputFaults(VendorEvalError):
    """Every fault found in an evaluation folder, all at once; `notes`: what else to know of it."""

    def __init__(self, faults: Iterable[Fault], notes: Iterable[str] = ()) -> None:
        self.faults, self.notes = tuple(faults), tuple(notes)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.faults, self.notes)  # what pickle would take for it is the message

    def __repr__(self) -> str:
        first = f", the first {self.faults[0]!r}" if self.faults else ""
        return f"<{type(self).__name__}: {len(self.faults)} in all{first}>"

    def _render_traceback_(self) -> list[str]:
        several = [f"{len(self.faults)} things to mend:"] if len(self.faults) > 1 else []
        return [*several, *map(unlinked, fault_lines(self.faults))]


class SealBroken(InputFaults):
    """The rules are not the ones that were sealed (exit code 4); with every other fault found."""

    exit_code = 4


class LogBroken(InputFaults):
    """The log of scores was edited, cut or written anew (exit code 4)."""

    exit_code = 4


class NotReady(InputFaults):
    """What people must still do first: marks, agreed levels, a lock (exit code 5)."""

    exit_code = 5


class ToolFailed(VendorEvalError):
    """The tool failed, not its user: a defect of ours (exit code 1)."""

    exit_code = 1


NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system answers where a disk, a quota or the allowed size of a file is full."""


class DiskFull(VendorEvalError):
    """There is no space to write in (exit code 2)."""


def faults_of(error: VendorEvalError) -> tuple[Fault, ...]:
    """The faults that an error holds; one without a place for each line where it holds none."""
    if isinstance(error, InputFaults):
        return error.faults
    return tuple(Fault("", line) for line in str(error).splitlines() or [""])


def fault_lines(faults: Iterable[Fault]) -> tuple[str, ...]:
    """A line for each fault: the buyer's first, then each vendor's under a line with its name."""
    faults = tuple(faults)
    lines = [str(fault) for fault in faults if fault.vendor is None]
    for vendor in dict.fromkeys(fault.vendor for fault in faults if fault.vendor is not None):
        own = [fault for fault in faults if fault.vendor == vendor]
        counts = [(sum(f.severity == kind for f in own), kind) for kind in get_args(Severity)]
        tally = ", ".join(counted(n, kind) for n, kind in counts if n)
        lines.append(f"{one_line(vendor)}: {tally}")
        for fault in own:
            kind = "" if fault.severity == "fault" else f"{fault.severity}: "
            lines.append(f"  {kind}{fault}")
    return tuple(lines)


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint such as "; did you mean 'topsis'?", or nothing when no known name is close."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


class UnknownValue(ValueError):
    """Why a text is none of what is known; its message is made when it is read.

    The nearest known name costs more than all the rest of reading, and few of many messages are
    shown.
    """

    def __init__(self, what: str, hint: Callable[[], str], allowed: str) -> None:
        super().__init__(what)
        self._hint, self._allowed = hint, allowed

    def __str__(self) -> str:
        return f"{self.args[0]}{self._hint()}{ALLOWED}{self._allowed}"


def quoted(names: Iterable[str], *, at_most: int = 20) -> str:
    """Names as a readable list, `'a', 'b' or 'c'`, cut with a count when there are many."""
    shown = [repr(name) for name in names]
    if not shown:
        return "nothing"
    if len(shown) > at_most:
        return ", ".join(shown[:at_most]) + f" ... ({len(shown)} in all)"
    return either(shown)


def known(name: str, names: Iterable[str]) -> str:
    """The name where it is one of `names`; ValueError with those and the nearest one elsewhere."""
    allowed = tuple(names)
    if name in allowed:
        return name
    raise ValueError(f"found {name!r}; allowed: {quoted(allowed)}{nearest(name, allowed)}")


def unlinked(text: str) -> str:
    """Text in which JupyterLab sees no address to link: a word joiner stands in each of them."""
    return re.sub(r"(?i)(https?|ftp)(?=://)|www(?=\.)", lambda start: f"{start[0]}\u2060", text)


def one_line(text: str) -> str:
    """Text without control characters or line breaks, so that one fault stays on one line."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
