"""Which answers hold a fault, so that no value comes of them, and whose faults they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import Fault
from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.criteria import Criterion

Faults = Mapping[str, tuple[Fault, ...]]
"""By vendor; who has none is not in it."""


Read = Sequence[tuple[Criterion, Performance]]
"""The leaves that are read, with the answers on each."""


def faulty_answers(proposals: Proposals, read: Read) -> NDArray[np.bool_]:
    """Which answers cannot be valued; (vendors, leaves).

    They are unreadable, or not above 0 where a function divides by them, or blank where the rules
    do not say what a blank counts.
    """
    columns = []
    for leaf, answers in read:
        spoilt = [(vendor, str(leaf.reads)) in proposals.spoilt for vendor in proposals.vendors]
        unread = np.array([bool(answer) for answer in answers.answers]) & ~answers.given
        faulty = np.array(spoilt, dtype=bool) | unread | _too_low(leaf, answers)
        if leaf.missing == "fault":
            faulty |= ~answers.given
        columns.append(faulty)
    return np.column_stack(columns)


def faults_by_vendor(
    proposals: Proposals,
    read: Read,
    unread: Iterable[Fault],
    excluded: frozenset[str],
) -> Faults:
    """Every vendor's faults: met in its bid, in its answers, and in what it left blank.

    Of a vendor that is `excluded` no blank is asked about.
    """
    by_vendor: dict[str, dict[Fault, None]] = {}
    for faults in proposals.faults.values():
        for fault in faults:
            by_vendor.setdefault(str(fault.vendor), {})[fault] = None
    weighed = _weighed_faults(proposals, read)
    for fault in (*unread, *(fault for fault in weighed if fault.vendor not in excluded)):
        by_vendor.setdefault(str(fault.vendor), {})[fault] = None
    return {vendor: tuple(by_vendor[vendor]) for vendor in proposals.vendors if vendor in by_vendor}


def _too_low(leaf: Criterion, answers: Performance) -> NDArray[np.bool_]:
    """Answers of 0 or less where the value function divides by them; (vendors,)."""
    function = leaf.value
    positive = function is not None and function.positive
    return answers.given & (answers.low <= 0) & positive


def _weighed_faults(proposals: Proposals, read: Read) -> Iterator[Fault]:
    for leaf, answers in read:
        column = str(leaf.reads)
        low = _too_low(leaf, answers)
        for n, vendor in enumerate(proposals.vendors):
            place = proposals.place(vendor, column)
            if low[n]:
                yield Fault(
                    place, f"found {answers.answers[n]}; allowed: above 0", vendor, "vendor"
                )
            elif (
                leaf.missing == "fault"
                and leaf.panel is None  # no vendor can fill in what evaluators owe
                and not answers.answers[n]
                and (vendor, column) not in proposals.spoilt
            ):
                origin = proposals.origins.get((vendor, column))
                if origin and origin.lacks:
                    yield from origin.lacks
                    continue
                why = f" ({origin.note})" if origin and origin.note else ""
                message = f"blank: {leaf.label!r}{why}; allowed: an answer"
                about = (column if leaf.measure else f"answers.{column}",)
                yield Fault(place, message, vendor, "vendor", "question", about)
