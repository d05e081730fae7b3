"""Whether something in a bid raised what the buyer decided of it: no bid goes without a ground."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from vendor_eval.analysis.low_prices import low_price
from vendor_eval.bids.decisions import Closed, Decision, Decisions, Investigation
from vendor_eval.bids.proposal import Proposals, as_seen
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.yaml_lines import Lines
from vendor_eval.tender.decisions_file import at_lines


def ground_faults(
    decisions: Decisions,
    lines: Lines | None,
    rules: Rules,
    read: Sequence[Proposals],
    late: Collection[str] = (),
) -> list[Fault]:
    """Decisions that exclude a vendor, or judge its price, although nothing raised that.

    `read`: the table as vendors sent it and, where cells were corrected, as it is then. `late`:
    vendors of whom an envelope came in after the deadline, which is a ground.
    """
    were_late = {as_seen(vendor) for vendor in late}
    misfits: Iterator[tuple[Location, str]] = (
        ((n, "kind"), message)
        for n, entry in zip(decisions.places, decisions.entries, strict=True)
        for message in _groundless(entry, rules, read, were_late)
    )
    return at_lines(misfits, lines)


def _groundless(
    entry: Decision, rules: Rules, read: Sequence[Proposals], late: Collection[str]
) -> Iterator[str]:
    """What is lacking for a decision to have a ground."""
    closed = entry.vendor if isinstance(entry, Closed) else ""
    in_time = closed and as_seen(closed) not in late
    if in_time and not any(_open(rules, p, closed) for p in read):
        yield (
            f"closes the bid of {closed!r}, which holds no fault and leaves no needed answer "
            "or requirement open; allowed: vendors that are incomplete or undecided without it, or "
            "late"
        )
    stated = rules.clarify is not None and rules.clarify.abnormally_low is not None
    if not isinstance(entry, Investigation) or not stated:
        return
    if not any(_low(rules, p, entry.vendor) for p in read):
        yield (
            f"judges the price of {entry.vendor!r}, which is not abnormally low by "
            "'clarify.abnormally_low' of the rules; allowed: vendors whose price is"
        )


def _open(rules: Rules, proposals: Proposals, vendor: str) -> bool:
    """Whether a vendor would be incomplete or undecided without the buyer's decision."""
    evaluation = evaluate(rules, _without(proposals, vendor))
    stopped = any(fault.stops for fault in evaluation.faults.get(vendor, ()))
    return stopped or evaluation.status(vendor) == "undecided"


def _low(rules: Rules, proposals: Proposals, vendor: str) -> bool:
    """Whether a price is abnormally low among all bids, or among those that are left."""
    tables = (replace(proposals, excluded={}), _without(proposals, vendor))
    return any(low_price(evaluate(rules, table), vendor) for table in tables)


def _without(proposals: Proposals, vendor: str) -> Proposals:
    """The table without the decision that excludes a vendor."""
    excluded: Mapping[str, str] = proposals.excluded
    return replace(proposals, excluded={v: why for v, why in excluded.items() if v != vendor})
