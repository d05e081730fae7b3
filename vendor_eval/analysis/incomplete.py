"""Incomplete vendors: the ranks they may take, and what is open because of them.

A faulty answer may turn out to be worth anything from 0 to 100 points. The more it is worth, the
better for its vendor and for nobody else, so the two ends decide. Where a relative value function
would read it, nothing is certain: one answer then moves everybody's values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.analysis.low_prices import Below
from vendor_eval.analysis.low_prices import pending as low_prices_to_investigate
from vendor_eval.analysis.thresholds import displaced
from vendor_eval.analysis.value_of_information.questions import OpenAnswer
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import Field, field_of
from vendor_eval.evaluation.gates import GateResult, undecided
from vendor_eval.evaluation.ranks import competition_ranks
from vendor_eval.rules.values.function import Floats

Kind = Literal["fault", "gate", "question", "manifest_error", "locked_again"]
CONFIRMED_BY_OTHERS: tuple[Kind, ...] = ("manifest_error", "locked_again")
"""Kinds of levels that changed when somebody could know who was first."""


@dataclass(frozen=True)
class Open:
    """What a vendor must answer, or the buyer settle, before it is known who is first."""

    vendor: str
    kind: Kind
    about: tuple[str, ...]
    """The places of the faults and blanks, or the gates by id."""
    to: tuple[str, ...]
    """Who could be first instead; empty where that is unknown, or vendors can only tie."""
    below: tuple[Below, ...] = ()
    """What the vendor's price is abnormally low against, where the buyer must look into that."""


def rank_range(evaluation: Evaluation, vendor: str) -> tuple[int, int] | None:
    """The best and the worst rank an incomplete vendor may take; None for any other vendor.

    It is taken to pass its gates. At best its faulty answers are worth 100 points each and no other
    vendor becomes eligible; at worst they are worth 0, and every other incomplete or undecided
    vendor becomes eligible with faulty answers worth 100.
    """
    if evaluation.status(vendor) != "incomplete":
        return None
    others = [other for other in _pending(evaluation) if other != vendor]
    if _relative(evaluation, [vendor], others):
        return 1, len(evaluation.ranking) + len(others) + 1
    if displaced(evaluation, [vendor]):
        return 1, len(evaluation.ranking) + len(others) + 1
    best = _rank(evaluation, {vendor: 1.0})
    return best, _rank(evaluation, {vendor: 0.0} | dict.fromkeys(others, 1.0))


def _pending(evaluation: Evaluation) -> tuple[str, ...]:
    """The vendors that may still become eligible."""
    return (*evaluation.having("incomplete"), *evaluation.having("undecided"))


def open_entries(evaluation: Evaluation, questions: Sequence[OpenAnswer]) -> tuple[Open, ...]:
    """What could change who is first, by vendor: faults, blanks, open gates, an unjudged low price.

    Every incomplete or undecided vendor is looked at alone, then all of them together.
    """
    pending = _pending(evaluation)
    incomplete = evaluation.having("incomplete")
    entries = [entry for vendor in incomplete for entry in _entries(evaluation, vendor, [vendor])]
    entries += [
        Open(question.vendor, "gate", question.about, question.to)
        for question in questions
        if question.kind == "gates" and question.could_change
    ]
    if not entries and len(pending) > 1:
        entries = [entry for v in pending for entry in _entries(evaluation, v, pending)]
    entries += [
        Open(low.vendor, "question", (_priced_at(evaluation, low.vendor),), low.to, low.below)
        for low in low_prices_to_investigate(evaluation)
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.vendor, entry.kind)))


def _priced_at(evaluation: Evaluation, vendor: str) -> str:
    """Where a vendor's price stands."""
    return evaluation.proposals.place(vendor, str(evaluation.rules.price_column))


def _entries(evaluation: Evaluation, vendor: str, entering: Sequence[str]) -> Iterator[Open]:
    """What is open of one vendor while some incomplete vendors enter the field together."""
    to = _could_lead(evaluation, entering)
    if to is None:
        return
    raised = evaluation.faults.get(vendor, ())
    faults = tuple(dict.fromkeys(f.place for f in raised if f.severity == "fault"))
    blanks = tuple(dict.fromkeys(f.place for f in raised if f.severity == "question"))
    gates = tuple(_shown_by_nothing(evaluation, vendor))
    kinds: Mapping[Kind, tuple[str, ...]] = {"fault": faults, "question": blanks, "gate": gates}
    yield from (Open(vendor, kind, about, to) for kind, about in kinds.items() if about)


def _could_lead(evaluation: Evaluation, entering: Sequence[str]) -> tuple[str, ...] | None:
    """Who could be first once some vendors enter, other than today's first; None for nobody."""
    if _relative(evaluation, entering) or _shortlist_moves(evaluation, entering):
        return ()
    today = set(field_of(evaluation).leading())
    entered = field_of(evaluation, entering=entering)
    leads = [entered.leading(_worth(entered, worth)) for worth in (1.0, 0.0)]
    changed = [leading for leading in leads if set(leading) != today]
    if not changed:
        return None
    return tuple(sorted({lead[0] for lead in changed if len(lead) == 1}))


def _shortlist_moves(evaluation: Evaluation, entering: Sequence[str]) -> bool:
    """Whether vendors that enter could take a first vendor's place on the shortlist.

    With values of other bids anywhere, whether they could take any place.
    """
    at_risk = displaced(evaluation, entering)
    relative = any(function.relative for function in field_of(evaluation).functions)
    return bool(at_risk & (set(evaluation.ranking) if relative else set(evaluation.leaders)))


def _worth(entered: Field, worth: float) -> Floats:
    """The field's values with every faulty answer of this value, in [0, 1]; (k, m)."""
    faulty = entered.evaluation.faulty[entered.rows]
    return entered.counted(np.where(faulty, worth, entered.given_values))


def _rank(evaluation: Evaluation, worths: Mapping[str, float]) -> int:
    """The rank of the first of some vendors that enter, their faulty answers of these values."""
    entered = field_of(evaluation, entering=list(worths))
    worth = np.array([[worths.get(vendor, 0.0)] for vendor in entered.vendors])
    values = entered.counted(np.where(evaluation.faulty[entered.rows], worth, entered.given_values))
    return competition_ranks(entered.points(values))[entered.vendors.index(next(iter(worths)))]


def _relative(evaluation: Evaluation, vendors: Sequence[str], others: Sequence[str] = ()) -> bool:
    """Whether a function of all bids would value a faulty answer of theirs.

    With `others` that may enter or not: whether there is any such function. Nothing is known either
    of points that are divided by a price which is not known.
    """
    tree = evaluation.tree
    if evaluation.divisor is not None and any(map(evaluation.price_is_faulty, (*vendors, *others))):
        return True
    rows = [evaluation.proposals.rows[vendor] for vendor in vendors]
    functions = (tree.criterion(path).value for path in tree.leaves)
    counts = tree.weights[tree.leaf_at] > 0
    relative = np.array([function is not None and function.relative for function in functions])
    if others:
        return bool((relative & counts).any())
    return bool((evaluation.faulty[rows] & relative & counts).any())


def _shown_by_nothing(evaluation: Evaluation, vendor: str) -> Iterator[str]:
    """Gates that are open for another reason than a fault in the answer they read."""
    spoilt = evaluation.proposals.spoilt
    passages = evaluation.screening.passages[vendor]
    if evaluation.status(vendor) == "undecided":
        yield from (gate for name, gate in undecided(evaluation.screening) if name == vendor)
        return
    for gate in evaluation.rules.gates:
        blank = gate.reads is not None and (vendor, gate.reads) not in spoilt
        if blank and passages[gate.id] == GateResult("unknown", None):
            yield gate.id
