"""Interests that people declared, what was decided of them, and who must still declare."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from vendor_eval.errors import VendorEvalError
from vendor_eval.panel.bodies import EVERY, AgreedLevel, Declaration, IndividualMark
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import counted, listed

ACTS = (
    *("agreed", "chair", "received", "voided", "locked", "opened"),
    *("manifest_error", "redacted", "merged"),
)
"""Kinds of lines that somebody adds who writes, opens, corrects, approves or decides."""


@dataclass(frozen=True)
class DeclaredInterest:
    """One line in which a person declares an interest, or that there is none."""

    entry: LogEntry
    body: Declaration
    after_scoring: bool
    """Whether the person had scored the vendor already; these marks stay."""

    @property
    def whose(self) -> str:
        """The vendor that it is about, or "all vendors"."""
        return "all vendors" if self.body.vendor == EVERY else self.body.vendor


@dataclass(frozen=True)
class Declarations:
    """Every declaration of the log, in its order."""

    rules: Rules
    lines: tuple[DeclaredInterest, ...]

    @property
    def asked_for(self) -> bool:
        """Whether the rules ask for declarations."""
        return self.rules.panel is not None and self.rules.panel.declarations

    @cached_property
    def _covered(self) -> Mapping[str, frozenset[str]]:
        covered: dict[str, set[str]] = {}
        for line in self.lines:
            covered.setdefault(_key(line.body.evaluator), set()).add(line.body.vendor)
        return {who: frozenset(vendors) for who, vendors in covered.items()}

    def lacking(self, who: str, vendors: Sequence[str]) -> tuple[str, ...]:
        """The vendors of which a person has declared nothing."""
        covered = self._covered.get(_key(who), frozenset())
        return () if EVERY in covered else tuple(v for v in vendors if v not in covered)

    @cached_property
    def withdrawn(self) -> Mapping[str, int]:
        """Evaluators who withdrew, with the line that says so first."""
        lines: dict[str, int] = {}
        for line in self.lines:
            if line.body.mitigation == "withdrawn":
                lines.setdefault(line.body.evaluator, line.entry.n)
        return lines

    def left_words(self, who: str) -> str:
        """That a person has withdrawn, with the line; "" for anybody else."""
        lines = {_key(person): line for person, line in self.withdrawn.items()}
        line = lines.get(_key(who))
        return f"{who} has withdrawn, on line {line} of the log" if line else ""

    def left_on(self, who: str) -> date | None:
        """The day on which a person withdrew; None for anybody else."""
        days = (
            line.entry.line.on
            for line in self.lines
            if line.body.mitigation == "withdrawn" and _key(line.body.evaluator) == _key(who)
        )
        return next(days, None)

    def left_options(self, **people: str) -> tuple[str, ...]:
        """A fault for each option of a command that names a person who has withdrawn."""
        named = {option: self.left_words(who) for option, who in people.items()}
        return tuple(
            f"--{option.replace('_', '-')}: {left}; allowed: those who remain"
            for option, left in named.items()
            if left
        )

    def refuse_left(self, **people: str) -> None:
        """Raises VendorEvalError where one of these options names a person who has withdrawn."""
        if faults := self.left_options(**people):
            raise VendorEvalError("\n".join(faults))

    def is_restricted(self, who: str, vendor: str) -> bool:
        """Whether the last declaration of a person on a vendor restricts what they may do."""
        of = [
            line.body
            for line in self.lines
            if _key(line.body.evaluator) == _key(who) and line.body.vendor in (vendor, EVERY)
        ]
        return bool(of) and of[-1].mitigation == "restricted"

    @property
    def interests(self) -> tuple[DeclaredInterest, ...]:
        """The lines that declare an interest."""
        return tuple(line for line in self.lines if line.body.interest != "none")

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who declared, once each."""
        return tuple(dict.fromkeys(line.body.evaluator for line in self.lines))

    def outdated(self) -> Iterator[str]:
        """A warning for everybody whose last declaration is older than the rules allow."""
        panel, as_of = self.rules.panel, self.rules.as_of
        if panel is None or as_of is None or not panel.declarations:
            return
        days = panel.declare_again_days
        for who in self.people:
            last = max(line.entry.line.on for line in self.lines if line.body.evaluator == who)
            if last < as_of - timedelta(days=days):
                age = counted((as_of - last).days, "day")
                yield f"{LOG}: the last declaration of {who} is {age} old; declare again"


def declarations_of(log: ScoreLog, rules: Rules) -> Declarations:
    """The declarations in a log."""
    scored: set[tuple[str, str]] = set()
    lines = []
    for entry in log.entries:
        body = entry.body
        if isinstance(body, IndividualMark):
            scored |= {(body.evaluator, body.vendor), (body.evaluator, EVERY)}
        elif isinstance(body, Declaration):
            after = body.interest != "none" and (body.evaluator, body.vendor) in scored
            lines.append(DeclaredInterest(entry, body, after))
    return Declarations(rules, tuple(lines))


def people_who_act(log: ScoreLog) -> tuple[str, ...]:
    """Everybody who received, agreed, locked, opened, corrected, approved or decided anything.

    Who decided the measure on an interest is among them.
    """
    who: dict[str, None] = {}
    for entry in log.entries:
        if entry.kind in ACTS:
            who[entry.line.by] = None
        if isinstance(entry.body, AgreedLevel):
            who |= dict.fromkeys(entry.body.present)
        named = (getattr(entry.body, by, None) for by in ("approved_by", "decided_by"))
        who |= dict.fromkeys(filter(None, named))
    return tuple(who)


def undeclared(
    declared: Declarations, people: Collection[str], vendors: Sequence[str]
) -> Mapping[str, str]:
    """By person, that they have declared nothing of which vendors, in a sentence each."""
    if not declared.asked_for:
        return {}
    seen: dict[str, str] = {}
    for who in people:
        seen.setdefault(_key(who), who)
    return {
        who: f"{who} has declared nothing of {listed(lacking, at_most=6)}"
        for who in seen.values()
        if (lacking := declared.lacking(who, vendors))
    }


def declaration_faults(
    body: Mapping[str, object], known: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a declaration: the field that lacks something, and what."""
    interest, mitigation = body.get("interest"), body.get("mitigation") or "none"
    if body.get("vendor") not in (*known, EVERY):
        yield "vendor", f"unknown vendor {body.get('vendor')!r}; allowed: a vendor, or {EVERY!r}"
    if not interest:
        yield "interest", "is blank; allowed: none, actual, potential or perceived"
        return
    if interest == "actual" and mitigation == "none":
        message = "found an actual interest without a measure"
        yield "mitigation", f"{message}; allowed: restricted or withdrawn"
    if interest == "none" and mitigation != "none":
        yield "mitigation", f"found {mitigation!r} without an interest; allowed: none"
    if interest != "none" and not body.get("detail"):
        yield "detail", "is blank; allowed: what the interest is; it stays in private/"
    if mitigation != "none" and not body.get("decided_by"):
        yield "decided_by", "is blank; allowed: who decided the measure"


def declared_words(declared: Declarations, people: Collection[str]) -> str:
    """How many declared that they have no interest: "None declared by 4 of 4"."""
    clear, everybody = ({_key(who) for who in each} for each in (declared.people, people))
    return f"None declared by {len(clear & everybody)} of {len(everybody)}"


def _key(who: str) -> str:
    return " ".join(who.casefold().split())
