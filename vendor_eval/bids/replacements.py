"""Bids that another stands for: which two are meant, and what is wrong with a replacement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vendor_eval.bids.decisions import Decisions, TwoVendors
from vendor_eval.bids.twins import TwinCandidate, may_be_one
from vendor_eval.errors import quoted
from vendor_eval.rules.consistency import Location
from vendor_eval.wording.short_repr import ShortRepr

ALIKE = (
    "allowed: bids whose vendors' or files' names differ only by legal form or version, or that "
    "hold the same but for a few cells"
)
"""Which bids may stand for one another."""


@dataclass(frozen=True)
class Replacement(ShortRepr):
    """A bid that is not read, the one that stands for it, and the decision with its place."""

    replaced: TwinCandidate
    stands: TwinCandidate
    decision: TwoVendors
    place: int
    """Where in the file the decision stands, from 0."""


def agreed_replacements(
    decisions: Decisions, bids: Sequence[TwinCandidate]
) -> tuple[Replacement, ...]:
    """The replacements that name one bid each; `bids`: all of them, replaced ones too."""
    return tuple(
        Replacement(instead_of[0], stands[0], entry, n)
        for n, entry in _entries(decisions)
        for stands, instead_of in [(_named(entry.stands, bids), _named(entry.instead_of, bids))]
        if len(stands) == 1 and len(instead_of) == 1
    )


def replaced_sources(replacements: Sequence[Replacement]) -> frozenset[str]:
    """Where the bids are that are not read: those for which one stands that is read itself."""
    every = {each.replaced.source for each in replacements}
    return frozenset(
        each.replaced.source for each in replacements if each.stands.source not in every
    )


def misreplacements(
    decisions: Decisions, bids: Sequence[TwinCandidate], replacements: Sequence[Replacement]
) -> Iterator[tuple[Location, str]]:
    """What would remove a bid without another that is read and may be the same one: where, what.

    A name that no bid has is not looked at here.
    """
    for n, entry in _entries(decisions):
        for key, name in (("stands", entry.stands), ("instead_of", entry.instead_of)):
            sources = [bid.source for bid in _named(name, bids)]
            if len(sources) > 1:
                message = f"{name!r} names {len(sources)} bids; allowed: one of {quoted(sources)}"
                yield (n, key), message
    every = {each.replaced.source for each in replacements}
    for each in replacements:
        if each.stands.source in every:
            name = each.decision.stands
            message = f"{name!r} is not read either; allowed: a bid that is read"
            yield (each.place, "stands"), message
        elif frozenset((each.replaced.vendor, each.stands.vendor)) in decisions.two:
            message = "one bid stands for another, whose vendors are two by another decision"
            yield (each.place,), f"{message}; allowed: one of these decisions"
        elif not may_be_one(each.replaced, each.stands):
            names = f"{each.decision.instead_of!r} and {each.decision.stands!r}"
            yield (each.place,), f"nothing says that {names} are one bid; {ALIKE}"


def _entries(decisions: Decisions) -> Iterator[tuple[int, TwoVendors]]:
    """The decisions that one bid stands for another, with their places."""
    for n, entry in zip(decisions.places, decisions.entries, strict=True):
        if isinstance(entry, TwoVendors) and entry.instead_of is not None:
            yield n, entry


def _named(name: str | None, bids: Sequence[TwinCandidate]) -> list[TwinCandidate]:
    """The bids that a name means: a vendor's, a workbook's, or a line's of the table."""
    return [bid for bid in bids if name in (bid.vendor, bid.source)]
