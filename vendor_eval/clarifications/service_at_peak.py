"""Whether as many people as are offered can answer as quickly as is asked (Erlang C)."""

from vendor_eval.clarifications.buyer import BusiestInterval
from vendor_eval.clarifications.check import (
    CHECKS,
    CheckedBid,
    Clarification,
    Found,
    Unmade,
    clarification_check,
    seen,
)
from vendor_eval.clarifications.quantities import total
from vendor_eval.measures.staffing import (
    LARGEST,
    agents_needed,
    answered_share,
    offered_load,
    on_duty,
)
from vendor_eval.wording import decimal

MINUTE, WHOLE = 60, 100


@CHECKS.register("service_level")
@clarification_check(
    "Service level",
    compares="The head-count, all of it at work at the peak, against what Erlang C needs there.",
)
def service_level(bid: CheckedBid) -> Found:
    """The head-count, all of it at work at the peak, against what Erlang C needs there."""
    peak, sites = bid.buyer.peak, bid.response.rows("sites")
    if peak is None or not sites:
        yield Unmade("no site" if peak else "the rules give no peak of the service")
        return
    if _load(peak) > LARGEST:
        yield Unmade("the peak of the service is beyond all measure")
        return
    staff = [site["head_count"] for site in sites]
    if total(staff) < 0:
        yield Unmade("the sites' head-counts add up to less than nothing")
        return
    agents = on_duty(total(staff), peak.shrinkage)
    share, needed = _answered(peak, agents), _needed(peak)
    if share >= peak.share:
        return
    off = f", with {decimal(WHOLE * peak.shrinkage)} % not on the line" if peak.shrinkage else ""
    yield Clarification(
        f"In the busiest {decimal(peak.minutes)} minutes, {decimal(WHOLE * peak.share)} % of "
        f"contacts must be answered within {decimal(peak.within_seconds)} seconds. How will your "
        f"{decimal(total(staff))} FTE reach that, allowing for breaks, leave and training?",
        seen(*staff),
        note=f"of {decimal(total(staff))} FTE{off}, {decimal(agents)} can answer, even if all of "
        f"them work then; by Erlang's formula it takes {decimal(needed)}; {WHOLE * share:.1f} % "
        "would be answered in time",
    )


def _load(peak: BusiestInterval) -> float:
    return offered_load(
        peak.contacts,
        handling_seconds=peak.handling_seconds,
        interval_seconds=MINUTE * peak.minutes,
    )


def _answered(peak: BusiestInterval, agents: int) -> float:
    return answered_share(
        _load(peak),
        agents,
        within_seconds=peak.within_seconds,
        handling_seconds=peak.handling_seconds,
    )


def _needed(peak: BusiestInterval) -> int:
    return agents_needed(
        _load(peak),
        share=peak.share,
        within_seconds=peak.within_seconds,
        handling_seconds=peak.handling_seconds,
    )
