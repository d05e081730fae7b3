"""What one award letter is written from, and what of it may be shown to whom."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from vendor_eval.analysis.required_changes.qualifying import asked, found_words
from vendor_eval.award.account import CELLS, Assessed, assessed, cells_words, without_files
from vendor_eval.award.document import Block, Paragraph
from vendor_eval.award.forms import FormItem, LetterForm
from vendor_eval.award.standstill_period import Standstill
from vendor_eval.bids.decisions import Award
from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import Origin, as_seen
from vendor_eval.clarifications.requests import put_to_vendor
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.gates import Status
from vendor_eval.tender.envelopes import void_names
from vendor_eval.tender.letters_file import LettersFile
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import points_distinct

WITHHELD = "withheld"
UNDECIDED = "an entry 'award' in decisions.yaml, which names the successful vendor"
NOBODY = "a vendor that is eligible; as none is, no award can be entered and no letter is written"


@dataclass(frozen=True)
class Filled:
    """What an item says in the letter."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lacking:
    """What must be entered before the letter can hold an item, and where."""

    what: str


@dataclass(frozen=True)
class NotApplicable:
    """Why an item is no part of this letter: `says` to its reader, `why` in the checklist."""

    says: str
    why: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the letter says in its place."""
        return (Paragraph(self.says),)


Part = Filled | Lacking | NotApplicable


def said(*texts: str) -> Filled:
    """Paragraphs as an item."""
    return Filled(tuple(Paragraph(text) for text in texts))


@dataclass(frozen=True)
class CheckedItem:
    """One item of the form in one letter: where it stands, what is missing, or why it is not there.

    `lacking`: what must be entered. `excess`: what must be removed. `inapplicable`: why the item is
    no part of the letter.
    """

    vendor: str
    item: FormItem
    place: str | None = None
    lacking: str | None = None
    excess: str | None = None
    inapplicable: str | None = None

    @property
    def fault(self) -> str | None:
        """What stops the letter, None where nothing does."""
        return f"missing: {self.lacking}" if self.lacking else self.excess


@dataclass(frozen=True)
class LetterCase:
    """One vendor's letter: everything it is written from."""

    tender: Tender
    evaluation: Evaluation
    form: LetterForm
    file: LettersFile
    vendor: str
    standstill: Standstill | None

    @property
    def decision(self) -> Award | None:
        """The buyer's decision on the award."""
        return self.tender.decisions.award

    @property
    def winner(self) -> str | None:
        """Whom the contract is awarded to; None while that is not decided."""
        return self.decision.vendor if self.decision else None

    @property
    def undecided(self) -> Lacking:
        """What lacks while nothing is awarded: the decision, or anybody who can be awarded."""
        return Lacking(UNDECIDED if self.evaluation.ranking else NOBODY)

    @property
    def wins(self) -> bool:
        """Whether the letter is to the vendor that the contract is awarded to."""
        return self.vendor == self.winner

    @property
    def assessed_at_all(self) -> bool:
        """Whether the bid was weighed against the criteria: not where a gate or we excluded it."""
        scored = self.vendor in self.evaluation.scores.index
        return scored and self.evaluation.status(self.vendor) == "eligible"

    @cached_property
    def own(self) -> tuple[Assessed, ...]:
        """The vendor's criteria with their points and reasons."""
        return assessed(self.tender, self.evaluation, self.vendor, whose="your")

    @cached_property
    def theirs(self) -> tuple[Assessed, ...]:
        """The winner's criteria; none while nothing is decided."""
        if self.winner is None:
            return ()
        return assessed(
            self.tender, self.evaluation, self.winner, whose="the successful supplier\u2019s"
        )

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Whose each name is: a vendor's own, that of a replaced bid, that on a void receipt."""
        own = (*self.tender.proposals.vendors, *self.file.withdrawn)
        replaced = {each.replaced.vendor: each.stands.vendor for each in self.tender.replaced}
        return {**void_names(self.tender.log), **replaced, **{vendor: vendor for vendor in own}}

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The names that this letter may not hold."""
        known = (self.vendor, self.winner)
        return frozenset(name for name, vendor in self.names.items() if vendor not in known)

    def names_strangers(self, text: str) -> tuple[str, ...]:
        """The names that a text holds and this letter may not."""
        named = [name for name in named_in(text, self.names) if name in self.strangers]
        return tuple(
            n for n in named if n in named_in(self._without_exceptions(text, n), self.names)
        )

    def _without_exceptions(self, text: str, name: str) -> str:
        """A text less the words that hold a name of a vendor and mean something else."""
        left = as_seen(text)
        for each in self.file.not_names:
            if each.vendor == self.names[name]:
                left = left.replace(as_seen(each.text), " ")
        return left

    def total(self, vendor: str) -> str:
        """The total of the vendor or the winner, with the decimals that tell the two apart."""
        evaluation, other = self.evaluation, self.winner if vendor == self.vendor else self.vendor
        scored = other if other is not None and other in evaluation.scores.index else vendor
        return points_distinct(evaluation.ranked_score(vendor), evaluation.ranked_score(scored))

    def withheld(self, path: str, what: str) -> str | None:
        """The ground on which something of the winner is not shown; None where it is."""
        return next(
            (
                each.ground
                for each in self.file.withhold
                if each.vendor == self.winner and each.criterion == path and each.what == what
            ),
            None,
        )


NOT_RANKED: Mapping[Status, str] = {
    "excluded": "was excluded and not ranked",
    "undecided": "was not ranked, because a requirement could not be decided",
    "incomplete": "was not ranked, because it is incomplete",
}
"""Why a tender has no rank, by its status."""


def not_ranked(evaluation: Evaluation, vendor: str) -> NotApplicable:
    """That a letter states no scores, since the bid was not ranked."""
    why = NOT_RANKED[evaluation.status(vendor)]
    scores = "" if evaluation.rules.lowest_price else "; scores are not part of this notice"
    return NotApplicable(
        f"Your tender {why}{scores}. The reasons follow.",
        f"the tender {why}; counsel to confirm",
    )


def exclusion_reasons(evaluation: Evaluation, vendor: str) -> Iterable[str]:
    """Why a bid is not ranked: each gate with what it asks, was found and where, or the ground."""
    screening = evaluation.screening
    if vendor in screening.excluded:
        yield screening.excluded[vendor]
    for gate in evaluation.rules.gates:
        passage = screening.passages[vendor][gate.id]
        if passage.state == "pass":
            continue
        proposals, column = evaluation.proposals, str(gate.reads)
        origin = proposals.origins.get((vendor, column))
        cells = proposals.places(vendor, column) or ((origin.place,) if origin else ())
        where = f" ({cells_words(without_files(cells), at_most=CELLS)})" if cells else ""
        required = f"{gate.label}: required {asked(gate, evaluation.rules)}"
        if passage.answer is None and origin and origin.note:
            yield f"{required}; this could not be decided: {_note(origin)}{where}"
            continue
        absent = proposals.absence(vendor, column)
        shown = found_words(gate, evaluation.rules, passage) or absent
        open_ = "; this could not be decided" if passage.state == "unknown" else ""
        yield f"{required}{open_}; found: {shown}{where}"
    for fault in put_to_vendor(evaluation, vendor):
        yield f"{cells_words(without_files([fault.place]), at_most=1)}: {fault.message}"


def _note(origin: Origin) -> str:
    """Why a blank answer is blank, with its cells as a letter names them."""
    note = origin.note
    for place in sorted((place for place, _ in origin.cells), key=len, reverse=True):
        note = note.replace(place, cells_words(without_files([place]), at_most=1))
    return note


def named_in(text: str, vendors: Collection[str]) -> tuple[str, ...]:
    """The vendors that a text names, by their name or by it without its legal form.

    The longest name that fits counts: "Alder" does not name Al, nor "Alder Ltd" a vendor Alder. A
    word of an address, such as al@alder.example, is none.
    """
    names, pattern = _pattern(tuple(sorted(vendors)))
    if not names:
        return ()
    return tuple(dict.fromkeys(names[match] for match in pattern.findall(as_seen(text))))


@cache
def _pattern(vendors: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    names = {base_name(vendor): vendor for vendor in vendors}
    names |= {as_seen(vendor): vendor for vendor in vendors}
    # a single letter is a word of the language, or a letter in front of a list
    names = {name: vendor for name, vendor in names.items() if len(name) > 1}
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return names, re.compile(rf"(?<![\w@.])(?:{'|'.join(longest_first)})(?![\w@]|\.\w)")
