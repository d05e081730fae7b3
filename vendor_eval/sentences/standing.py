"""Where the vendors stand, in a sentence each."""

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.sentences.amounts import counted, priced


def why(assessment: Assessment) -> str:
    """On which top-level criteria the first vendor leads the next, and on which it trails."""
    evaluation, award = assessment.evaluation, assessment.recommendation
    if not evaluation.ranking:
        return "No vendor is eligible, so none is ranked."
    if award.vendor is None or award.runner_up is None:
        return "Each bar is the sum of what every criterion adds, in points out of 100."
    top = list(evaluation.tree.top)
    ahead = evaluation.values.loc[award.vendor, top] - evaluation.values.loc[award.runner_up, top]
    labels = {path: evaluation.tree.criterion(path).label for path in top}
    best = [labels[path] for path in top if round(float(ahead[path]), 9) > 0]
    worse = [labels[path] for path in top if round(float(ahead[path]), 9) < 0]
    parts = [
        f"{award.vendor} is ahead on {wording.listed(best, at_most=9)}" if best else "",
        f"{award.runner_up} is ahead on {wording.listed(worse, at_most=9)}" if worse else "",
    ]
    lead = "; ".join(filter(None, parts)) or "The first two are level on every criterion"
    return f"{lead}. Each bar is the sum of what every criterion adds, in points out of 100."


def cost(assessment: Assessment) -> str:
    """What the eligible vendors ask, from the lowest to the highest price."""
    evaluation = assessment.evaluation
    prices = [p for v in evaluation.ranking if (p := evaluation.price(v)) is not None]
    if not prices:
        return "No eligible vendor gives a price."
    low, high = (priced(evaluation, p) for p in (min(prices), max(prices)))
    told = wording.agreeing(len(prices), "vendor", "vendors")
    if len(prices) < len(evaluation.ranking):
        told += wording.agreeing(len(prices), " that gives a price", " that give a price")
    verb = "cost" if counted(evaluation) else "ask"
    who = f"The eligible {told} {wording.agreeing(len(prices), f'{verb}s', verb)}"
    if low == high:
        return f"{who} {low}."
    more = wording.percent(max(prices) / min(prices) - 1) if min(prices) > 0 else ""
    spread = f", {more} more" if more else ""
    ours = (
        " That is what they charge and what we pay ourselves, counted as the rules say."
        if counted(evaluation)
        else ""
    )
    return f"{who} between {low} and {high}{spread}.{ours}"


def gates(assessment: Assessment) -> str:
    """How many vendors pass every gate, fail one, or cannot be decided."""
    evaluation = assessment.evaluation
    unread = len(evaluation.having("incomplete"))
    closed = len(evaluation.screening.excluded)
    if not evaluation.rules.gates and not unread and not closed:
        return "The rules set no gates: every vendor is in the ranking."
    passing, failing, waiting = (
        len(evaluation.having(status)) for status in ("eligible", "excluded", "undecided")
    )
    failing -= closed
    told = [
        f"{passing or 'none'} {wording.agreeing(passing, 'passes', 'pass')} every gate",
        f"{failing} {wording.agreeing(failing, 'fails', 'fail')} at least one" if failing else "",
        f"{closed} {wording.agreeing(closed, 'is', 'are')} excluded by the buyer" if closed else "",
        f"{waiting} cannot be decided yet" if waiting else "",
        f"{unread} cannot be judged before faults in its bid are settled" if unread == 1 else "",
        f"{unread} cannot be judged before faults in their bids are settled" if unread > 1 else "",
    ]
    vendors = wording.counted(len(evaluation.vendors), "vendor")
    states = wording.listed([state for state in told if state], at_most=5)
    return f"Of {vendors}, {states}. Only those that pass are ranked."


def rules(case: Case, assessment: Assessment) -> str:
    """Which weights the page uses, and whether the rules were sealed."""
    name = assessment.evaluation.scenario
    weights = f"the scenario {wording.titled(name)}" if name else "the agreed weights"
    if case.seal is None:
        return (
            f"This page uses {weights}. The rules were not sealed before the proposals were read."
        )
    late = name and not case.seal.covers(case.rules, name)
    told = f"This page uses {weights}{', added after sealing' if late else ''}."
    there = f", with {case.seal.bids} already in the folder" if case.seal.bids else ""
    return f"{told} The rules are those sealed on {case.seal.sealed_on:%-d %B %Y}{there}."
