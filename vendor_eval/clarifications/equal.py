"""Equal questions: who left the same answer blank, and who of them is asked about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vendor_eval import wording
from vendor_eval.clarifications import Clarifications
from vendor_eval.clarifications.requests import put_to_vendor
from vendor_eval.evaluation.evaluation import Evaluation

Places = frozenset[str]


@dataclass(frozen=True)
class Blank:
    """An answer that some vendors left blank: the question, and who is asked about it."""

    column: str
    """What the rules read: a question's id, or a measure."""
    label: str
    vendors: tuple[str, ...]
    """Every vendor that left it blank."""
    unasked: Mapping[str, str]
    """Why a vendor among these is not asked, by vendor."""

    @property
    def worth_saying(self) -> bool:
        """Whether it compares vendors, or leaves one unasked."""
        return len(self.vendors) > 1 or bool(self.unasked)

    @property
    def asked(self) -> tuple[str, ...]:
        """The vendors that are asked about it."""
        return tuple(vendor for vendor in self.vendors if vendor not in self.unasked)


def equal_questions(asked: Clarifications, evaluation: Evaluation) -> tuple[Blank, ...]:
    """Every answer of the rules that somebody left blank, in the order of the rules."""
    rules, proposals = evaluation.rules, evaluation.proposals
    labels = rules.labels
    letters = {vendor: _asked_about(asked, evaluation, vendor) for vendor in evaluation.vendors}
    blanks = []
    for column in rules.columns:
        blank = [
            vendor
            for vendor in evaluation.vendors
            if not proposals.answers.loc[vendor, column]
            and (vendor, column) not in proposals.spoilt
            and not _unread(evaluation, vendor, column)
        ]
        unasked = {
            vendor: _why_not(evaluation, vendor, column)
            for vendor in blank
            if not any(
                proposals.place(vendor, column) in places
                or any(of <= places for of in _cells(evaluation, vendor, column))
                for places in letters[vendor]
            )
        }
        if blank:
            blanks.append(Blank(column, labels[column], tuple(blank), unasked))
    return tuple(blanks)


def _unread(evaluation: Evaluation, vendor: str, column: str) -> bool:
    """Whether an answer would be in an envelope that nobody read, so that nothing is left blank."""
    origin = evaluation.proposals.origins.get((vendor, column))
    return origin is not None and origin.unread


def _cells(evaluation: Evaluation, vendor: str, column: str) -> list[Places]:
    """Where a blank may be asked about: the cells it was looked for in, or where it is lacking."""
    proposals = evaluation.proposals
    origin = proposals.origins.get((vendor, column))
    lacks = [frozenset([lack.place]) for lack in origin.lacks] if origin else []
    cells = proposals.places(vendor, column) or [proposals.place(vendor, column)]
    return [frozenset(cells), *lacks]


def _asked_about(asked: Clarifications, evaluation: Evaluation, vendor: str) -> list[Places]:
    """The places that each point of a vendor's letter is about."""
    cells = [frozenset(place for place, _ in question.cells) for _, question in asked.to(vendor)]
    return cells + [frozenset([fault.place]) for fault in put_to_vendor(evaluation, vendor)]


def _why_not(evaluation: Evaluation, vendor: str, column: str) -> str:
    screened, place = evaluation.screening, evaluation.proposals.place(vendor, column)
    origin = evaluation.proposals.origins.get((vendor, column))
    faults = evaluation.faults.get(vendor, ())
    if (origin and origin.ours) or any(f.place == place and f.audience == "buyer" for f in faults):
        return "for us to settle"
    if vendor in screened.excluded:
        return f"excluded: {screened.excluded[vendor]}"
    failed = [
        gate.label
        for gate in evaluation.rules.gates
        if screened.passages[vendor][gate.id].state == "fail"
    ]
    return f"excluded: {'; '.join(failed)}" if failed else "no question was raised"


SHOWN = 12
"""Vendors named before the rest is counted."""


def equal_sentences(blanks: Sequence[Blank]) -> tuple[str, ...]:
    """For every answer that several left blank, or one and is not asked: who is asked, who not."""
    return tuple(_asked(blank) for blank in blanks if blank.worth_saying)


def _asked(blank: Blank) -> str:
    of = _of(len(blank.asked), len(blank.vendors))
    where = f"with a blank in \u201c{blank.label}\u201d ({blank.column})"
    asked = wording.listed(list(blank.asked), at_most=SHOWN)
    whom = f": {asked}" if blank.asked else ""
    reasons = [f"{vendor} ({why})" for vendor, why in blank.unasked.items()]
    rest = f"; not asked: {wording.listed(reasons, at_most=SHOWN)}" if reasons else ""
    return f"asked {of} {where}{whom}{rest}"


def _of(asked: int, blank: int) -> str:
    """How many of the vendors are asked, as "2 of the 3 vendors"."""
    if asked == blank:
        return {1: "the only vendor", 2: "both vendors"}.get(blank, f"all {blank} vendors")
    return "no vendor" if blank == 1 else f"{asked or 'none'} of the {blank} vendors"
