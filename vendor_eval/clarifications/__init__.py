"""Questions to the vendors: where a bid contradicts itself, or cannot be what it says.

A question is all that follows: no check excludes a vendor or moves a score. A check is one
function registered in a module of this package.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import vendor_eval.clarifications.answers  # these register the checks
import vendor_eval.clarifications.certificates
import vendor_eval.clarifications.coverage
import vendor_eval.clarifications.prices
import vendor_eval.clarifications.quantities
import vendor_eval.clarifications.service_at_peak  # noqa: F401
from vendor_eval.bids.response import Response
from vendor_eval.clarifications.buyer import BuyerExpectations, buyer_expectations
from vendor_eval.clarifications.check import (
    CHECKS,
    Check,
    CheckedBid,
    Clarification,
    Found,
    ReadBids,
    Unmade,
)
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.measures.measure import rules_part


@dataclass(frozen=True)
class Outcome:
    """What one check came to; `why` it was not made at all, or None."""

    check: Check
    why: str | None
    asked: Mapping[str, tuple[Clarification, ...]]
    """By vendor, of those that are asked something."""
    unmade: Mapping[str, tuple[str, ...]]
    """By vendor, why the check or a part of it could not be made on its bid."""
    vendors: int
    """How many bids the check looked at."""

    @property
    def made(self) -> bool:
        """Whether the check could be made, or a part of it, on one bid at least."""
        whole = self.vendors > len(self.unmade) or any(self.asked.values())
        return self.why is None and whole


@dataclass(frozen=True)
class Clarifications:
    """Every check with what came of it, and from that the questions to each vendor."""

    outcomes: tuple[Outcome, ...]
    vendors: tuple[str, ...]

    def to(self, vendor: str) -> tuple[tuple[Check, Clarification], ...]:
        """What one vendor is asked, and by which check."""
        return tuple(
            (outcome.check, question)
            for outcome in self.outcomes
            for question in outcome.asked.get(vendor, ())
        )

    def __iter__(self) -> Iterator[tuple[str, Check, Clarification]]:
        """Every question as (vendor, check, question), vendors as given."""
        return ((vendor, *asked) for vendor in self.vendors for asked in self.to(vendor))

    def __len__(self) -> int:
        return sum(len(asked) for outcome in self.outcomes for asked in outcome.asked.values())


def clarifications_of(
    tender: ReadBids, evaluation: Evaluation, *, expected: BuyerExpectations | None = None
) -> Clarifications:
    """What to ask the vendors of a case, under the rules it was evaluated by.

    `expected`: the buyer's figures, unless they are those of the rules. Vendors that the buyer
    excluded are asked nothing.
    """
    expected = expected or buyer_expectations(tender.rules)
    vendors = evaluation.vendors
    facts = facts_of(evaluation.rules, tender.responses, tender.facts)
    bids = [
        CheckedBid(facts.get(v) or _empty(v, evaluation), evaluation, expected, n)
        for n, v in enumerate(vendors)
        if v not in evaluation.screening.excluded
    ]
    checks = [CHECKS[name] for name in CHECKS]
    if evaluation.rules.price is None:
        checks = [check for check in checks if not check.of_prices]
    outcomes = (_outcome(check, bids, facts) for check in checks)
    return Clarifications(tuple(outcomes), vendors)


def _empty(vendor: str, evaluation: Evaluation) -> Facts:
    """The facts of a bid without a workbook."""
    return Facts(Response(vendor, ""), evaluation.rules)


def _outcome(check: Check, bids: list[CheckedBid], read: Collection[str]) -> Outcome:
    """What a check comes to; `read`: the vendors whose workbooks were read."""
    looked_at = [bid for bid in bids if not check.workbook or bid.vendor in read]
    why = _why_not(check, looked_at)
    if why:
        return Outcome(check, why, {}, {}, 0)
    by_vendor = {bid.vendor: tuple(_findings(check, bid)) for bid in looked_at}
    asked = {
        v: tuple(f for f in findings if isinstance(f, Clarification))
        for v, findings in by_vendor.items()
    }
    unmade = {
        v: tuple(f.why for f in findings if isinstance(f, Unmade))
        for v, findings in by_vendor.items()
    }
    return Outcome(
        check,
        None,
        {vendor: questions for vendor, questions in asked.items() if questions},
        {vendor: reasons for vendor, reasons in unmade.items() if reasons},
        len(looked_at),
    )


def _findings(check: Check, bid: CheckedBid) -> Found:
    """What a check finds in a bid; nothing while a fault in it may look like something missing."""
    faults = bid.evaluation.faults.get(bid.vendor, ())
    if not check.despite_faults and any(fault.severity == "fault" for fault in faults):
        yield Unmade("its bid holds faults that must be settled first")
    else:
        yield from check.find(bid)


def _why_not(check: Check, looked_at: list[CheckedBid]) -> str | None:
    if not looked_at:
        return "there are no response workbooks"
    missing = [need for need in check.needs if rules_part(looked_at[0].rules, need) is None]
    return f"the rules give no {' and no '.join(map(repr, missing))}" if missing else None
