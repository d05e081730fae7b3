"""The plain sentence above each picture and table, made from the numbers."""

import math

from vendor_eval import wording
from vendor_eval.award import CLEAR, NARROW, Assessment
from vendor_eval.case import Case
from vendor_eval.sensitivity import winner


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
    currency = evaluation.rules.currency
    low, high = (wording.money(p, currency) for p in (min(prices), max(prices)))
    if len(prices) == 1 or low == high:
        return f"The eligible vendors ask {low}."
    more = wording.percent(max(prices) / min(prices) - 1) if min(prices) > 0 else ""
    spread = f", {more} more" if more else ""
    return f"The eligible vendors ask between {low} and {high}{spread}."


def gates(assessment: Assessment) -> str:
    """How many vendors pass every gate, fail one, or cannot be decided."""
    evaluation = assessment.evaluation
    if not evaluation.rules.gates:
        return "The rules set no gates: every vendor is in the ranking."
    passing, failing, waiting = (
        len(evaluation.having(status)) for status in ("eligible", "excluded", "unknown")
    )
    told = [
        f"{passing or 'none'} {'passes' if passing == 1 else 'pass'} every gate",
        f"{failing} {'fails' if failing == 1 else 'fail'} at least one" if failing else "",
        f"{waiting} cannot be decided yet" if waiting else "",
    ]
    vendors = wording.counted(len(evaluation.vendors), "vendor")
    states = wording.listed([state for state in told if state])
    return f"Of {vendors}, {states}. Only those that pass are ranked."


def sureness(assessment: Assessment) -> str:
    """How often the first vendor stays first when every weight may be somewhat off."""
    award, near = assessment.recommendation, assessment.near_weights
    if award.runner_up is None:
        return "With fewer than two eligible vendors there is nothing to be unsure between."
    spread = wording.percent(near.spread)
    assumed = f"If every weight may be up to {spread} higher or lower than agreed"
    first = near.rank_acceptability[1].sort_values(ascending=False, kind="stable")
    leader = award.vendor or str(first.index[0])
    never = [v for v in assessment.evaluation.ranking if near.first(v) == 0]
    told = f"{assumed}, {leader} is first {wording.of_100(near.first(leader))} times in 100."
    if never:
        verb = "leads" if len(never) == 1 else "lead"
        told += f" {wording.listed(never)} never {verb}."
    return told


def simulation(assessment: Assessment) -> str:
    """How the shares were found, and how far chance may have moved them."""
    near, award = assessment.near_weights, assessment.recommendation
    if award.runner_up is None:
        return ""
    p = near.first(award.vendor or assessment.evaluation.ranking[0])
    # normal approximation of the binomial, 95 %
    error = 196 * math.sqrt(p * (1 - p) / near.draws)
    return (
        f"{near.draws:,} weightings drawn with seed {near.seed}; chance moves the first share by "
        f"no more than {error:.1f} in 100, 19 times in 20. A first place is called clear from "
        f"{wording.percent(CLEAR)} of the weightings, narrow from {wording.percent(NARROW)}, "
        "and otherwise not separable."
    )


def intervals(assessment: Assessment) -> str:
    """What the weight intervals show."""
    award, tree = assessment.recommendation, assessment.evaluation.tree
    if not assessment.weight_intervals:
        return "Without a single first vendor and a second one, no weight has anything to change."
    loose = [
        tree.criterion(path).label
        for path in tree.top
        if assessment.weight_intervals[path].nearest_change is None
    ]
    told = (
        f"Each band is where {award.vendor} stays first if that one weight moves and the others "
        "keep their proportions; the mark is the agreed weight."
    )
    if len(loose) == len(tree.top):
        return f"{told} No single weight changes the winner."
    return told + (f" {wording.listed(loose, at_most=9)} alone cannot change it." if loose else "")


def scenarios(assessment: Assessment) -> str:
    """Under how many of the rules' scenarios the first vendor stays first."""
    if len(assessment.scenarios) < 2:
        return "The rules name no other scenarios."
    base = winner(assessment.scenarios[""])
    others = {
        name: winner(evaluation)
        for name, evaluation in assessment.scenarios.items()
        if name and winner(evaluation) != base
    }
    total = len(assessment.scenarios) - 1
    agreed = f"{base} is first" if base else "no vendor is alone in first place"
    if not others:
        whole = "the one scenario" if total == 1 else f"all {total} scenarios"
        return f"Under the agreed weights {agreed}, and so it is under {whole}."
    changes = wording.listed(
        [f"{new or 'no single vendor'} under {name}" for name, new in others.items()], at_most=9
    )
    return f"Under the agreed weights {agreed}. That changes to {changes}."


def methods(assessment: Assessment) -> str:
    """How many other methods agree on the first vendor."""
    first = assessment.recommendation.vendor
    ran = {name: o for name, o in assessment.opinions.items() if o.ranks is not None}
    failed = len(assessment.opinions) - len(ran)
    if not assessment.opinions:
        return "The rules ask for no second opinion."
    stopped = f" {wording.counted(failed, 'method')} could not run." if failed else ""
    if not ran or first is None:
        return "The same answers and weights, ranked by other published methods." + stopped
    dissent = [
        f"{name} ({wording.listed([v for v in o.ranks.index if o.ranks[v] == 1])})"
        for name, o in ran.items()
        if o.ranks is not None and o.ranks[first] != 1
    ]
    agree = len(ran) - len(dissent)
    told = f"{agree} of {wording.counted(len(ran), 'other method')} also put {first} first."
    return told + (f" Not so: {wording.listed(dissent, at_most=9)}." if dissent else "") + stopped


def rules(case: Case, assessment: Assessment) -> str:
    """Which weights the page uses, and whether the rules were sealed."""
    name = assessment.evaluation.scenario
    weights = f"the scenario {name}" if name else "the agreed weights"
    if case.seal is None:
        return (
            f"This page uses {weights}. The rules were not sealed before the proposals were read."
        )
    late = name and not case.seal.covers(case.rules, name)
    told = f"This page uses {weights}{', added after sealing' if late else ''}."
    return f"{told} The rules are those sealed on {case.seal.sealed_on:%-d %B %Y}."
