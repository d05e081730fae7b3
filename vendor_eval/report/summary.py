"""The first screen in words: what to decide, how sure it is, why, and what would change it."""

from dataclasses import dataclass

import numpy as np

from vendor_eval import wording
from vendor_eval.award.amounts import counted, price_gap_brief, price_words
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_entry, stopped
from vendor_eval.award.rank_basis import standing
from vendor_eval.award.result import Result
from vendor_eval.award.stated_weights import fitting
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.gates import undecided
from vendor_eval.evaluation.shortlist import left_out
from vendor_eval.report.firmness import fact_sentence, rerun_sentence
from vendor_eval.report.price import price_change

MOVED = "moved anywhere from 0 to 100 % of its group"
NAME, LABEL = 20, 40
"""Characters after which a name that has been shown before, or a label, is cut on a phone."""


@dataclass(frozen=True)
class Summary:
    """Sentences for the first screen, plain text, each true of the assessment's numbers."""

    sentence: str
    sureness: str
    reason_for: str
    reason_against: str
    change: str
    unknown: str
    next_best: str
    cheapest: str


def summary_of(result: Result, *, sealed: bool = False) -> Summary:
    """The first screen's sentences; `sealed`: whether the rules were."""
    sentences = {
        "sentence": sentence(result),
        "sureness": _sureness(result, sealed),
        "reason_for": _reason(result, 1),
        "reason_against": _reason(result, -1),
        "change": _change(result),
        "unknown": _unknown(result.evaluation),
        "next_best": _next_best(result),
        "cheapest": _cheapest(result),
    }
    return Summary(**{name: wording.ended(text) for name, text in sentences.items()})


def _sureness(result: Result, sealed: bool) -> str:
    """The fact, and how firm it is."""
    evaluation, award = result.evaluation, result.recommendation
    if not evaluation.ranking:
        return "Nothing to rank yet."
    if len(evaluation.ranking) == 1:
        return "There is no eligible rival to compare with."
    if award.vendor is None:
        points = "" if evaluation.rules.award_rule.form != "highest_score" else " points"
        level = f"Level at {standing(evaluation, evaluation.ranking[0])}{points}."
        exact = evaluation.unrounded.winner
        made = f" The rounding of the rules makes the tie: without it {exact} leads."
        return f"{level}{made}" if exact is not None else level

    def shown(vendor: str) -> str:
        return "It" if vendor == award.vendor else vendor

    # the headline of what is open says the fact already
    fact = "" if award.open else fact_sentence(result, sealed=sealed)
    if award.open and result.information is not None:
        fact = f"Ranked at the mean of all weights {fitting(result.information)}."
    return f"{fact} {rerun_sentence(result, shown)}".strip()


def _reason(result: Result, sign: int) -> str:
    """The largest difference of contributions to the runner-up on one side, at the top level."""
    evaluation, award = result.evaluation, result.recommendation
    if award.vendor is None or award.runner_up is None:
        return ""
    if evaluation.rules.lowest_price:
        return ""  # the price alone decides
    dear = _divided_price(evaluation, award.vendor, award.runner_up, sign)
    if dear:
        return dear
    top = list(evaluation.tree.top)
    contributions = evaluation.contributions[top]
    differences = contributions.loc[award.vendor] - contributions.loc[award.runner_up]
    path = (sign * differences).idxmax()
    gap = float(differences[path])
    if round(100 * sign * gap, 9) <= 0:
        side = "ahead of" if sign > 0 else "behind"
        return f"Not {side} {_brief(evaluation, award.runner_up)} on any criterion."
    label = wording.brief(evaluation.tree.criterion(str(path)).label, LABEL)
    word = "Stronger" if sign > 0 else "Weaker"
    other = _brief(evaluation, award.runner_up)
    return f"{word} on {label}: {wording.difference(gap)} against {other}."


def _divided_price(evaluation: Evaluation, vendor: str, rival: str, sign: int) -> str:
    """That a price which points are divided by speaks for the first vendor, or against it."""
    mine, theirs = evaluation.price(vendor), evaluation.price(rival)
    if mine is None or theirs is None or evaluation.divisor is None or sign * (theirs - mine) <= 0:
        return ""
    gap = price_gap_brief(evaluation, mine, theirs)
    word = "Cheaper" if sign > 0 else "Dearer"
    return f"{word} by {gap} than {_brief(evaluation, rival)}."


def _change(result: Result) -> str:
    award, evaluation = result.recommendation, result.evaluation
    parts = [_unread(result), _held_up(result)]
    if evaluation.rules.procedure == "public":
        return _binding(result, parts)
    if award.vendor is not None and award.runner_up is not None:
        parts += [_reversal(result), _weight(result)]
        change = price_change(result, award.runner_up)
        if change:
            # what is counted from a price, such as a share of it, would move with it
            alone = ", all else equal" if counted(evaluation) else ""
            either = "Or " if any(parts) else ""
            parts.append(f"{either}{_brief(evaluation, award.runner_up)} {change}{alone}.")
    return " ".join(filter(None, parts))


def _binding(result: Result, parts: list[str]) -> str:
    """What could change the winner of a public procedure; no weight and no bid moves in it."""
    award, nothing = result.recommendation, ""
    if award.vendor is not None and award.runner_up is not None:
        drawn = result.reruns is not None
        nothing = "Other points or answers alone" if drawn else "Nothing"
        if result.information is not None:
            nothing = f"Other weights {fitting(result.information)}, points or answers"
        nothing += ": the published rules and the bids decide."
        turning = [q for q in result.questions if q.kind != "gates" and q.could_change]
        answers = wording.counted(len(turning), "open answer")
        parts += [_reversal(result), f"{answers} could change it." if turning else ""]
    return " ".join(filter(None, parts)) or nothing


def _unread(result: Result) -> str:
    """What the first of the vendors with a fault or a needed answer could change."""
    said_elsewhere = ("gate", "locked_again")
    entries = [e for e in result.recommendation.open if e.kind not in said_elsewhere]
    if not entries:
        return ""
    others = len({entry.vendor for entry in entries}) - 1
    more = f"; {others} more could also change the winner" if others else ""
    return f"{open_entry(result, entries[0]).removesuffix('.')}{more}."


def _held_up(result: Result) -> str:
    """Which undecided vendor changes the winner once it passes its gates."""
    evaluation = result.evaluation
    held = [q for q in result.questions if q.kind == "gates" and q.could_change]
    if not held:
        return ""
    first = held[0]
    vendor, gates = _brief(evaluation, first.vendor), _gates(evaluation, list(first.about))
    if first.to == (first.vendor,):
        clause = f"{vendor} would be first if it passed {gates}"
    else:
        new = _brief(evaluation, first.to[0]) if first.to else "no vendor alone"
        clause = f"If {vendor} passed {gates}, {new} would be first"
    more = f"; {len(held) - 1} more could also change the winner" if held[1:] else ""
    return f"{clause}{more}."


def _gates(evaluation: Evaluation, ids: list[str]) -> str:
    labels = {gate.id: wording.brief(gate.label, LABEL) for gate in evaluation.rules.gates}
    return wording.listed([labels[gate] for gate in ids], at_most=1)


def _reversal(result: Result) -> str:
    """Which losing bid decides the winner by being there."""
    if not result.reversals:
        return ""
    [bid, new], *others = result.reversals.items()
    evaluation = result.evaluation
    outcome = f"make {_brief(evaluation, new)} first" if new else "leave no single winner"
    more = f"; {len(others)} more would change it" if others else ""
    return f"Withdrawing the losing bid of {_brief(evaluation, bid)} would {outcome}{more}."


def _weight(result: Result) -> str:
    """The weight that is nearest to changing the winner: at the top, or else within a branch."""
    tree = result.evaluation.tree
    moves = {
        path: (path not in tree.top, round(move, 9), tree.at(path))
        for path, interval in result.weight_intervals.items()
        if (move := interval.nearest_change) is not None
    }
    if not moves:
        none = len(tree.leaves) == 1 or result.rounding_decides
        return "" if none else f"No single weight, {MOVED}, changes the winner."
    path = min(moves, key=lambda p: moves[p])
    interval, label = result.weight_intervals[path], tree.criterion(path).label
    upward = interval.high - interval.share if interval.above else float("inf")
    low, high = wording.bounds_within(interval.low, interval.high)
    if interval.below is None or upward <= interval.share - interval.low:
        kept, new = f"up to {high}", interval.above
    else:
        kept, new = f"down to {low}", interval.below
    leads = f"then {_brief(result.evaluation, str(new))} leads"
    now = f"{wording.brief(label, LABEL)} (now {wording.percent(interval.share)})"
    clause = f"{now}: first {kept}, {leads}."
    if path in tree.top:
        return f"Weight on {clause}"
    above = tree.criterion(path.rpartition(".")[0]).label
    return f"No top-level weight changes the winner; within {wording.brief(above, LABEL)}, {clause}"


def _brief(evaluation: Evaluation, vendor: str) -> str:
    """A vendor's name after its first mention, cut where no other vendor's begins with its word."""
    short = wording.brief(vendor, NAME)
    begins = short.removesuffix("\u2026").split()[0].casefold()
    alike = [other for other in evaluation.vendors if other.casefold().startswith(begins)]
    return short if len(alike) == 1 else vendor


def _unknown(evaluation: Evaluation) -> str:
    """Vendors left out or undecided, blank answers and ranges: what the ranking does not know."""
    parts = []
    excluded, waiting = evaluation.having("excluded"), evaluation.having("undecided")
    total = len(evaluation.vendors)
    unread = evaluation.having("incomplete")
    if unread:
        held = [f"{_brief(evaluation, v)} ({stopped(evaluation, v)})" for v in unread]
        vendors = wording.listed(held, at_most=2)
        parts.append(f"{wording.part_of(len(unread), total, 'vendor')} incomplete: {vendors}")
    if waiting:
        vendors = wording.listed([_waiting(evaluation, vendor) for vendor in waiting], at_most=2)
        parts.append(f"{wording.part_of(len(waiting), total, 'vendor')} undecided: {vendors}")
    if excluded:
        out = str(len(excluded)) if waiting else wording.part_of(len(excluded), total, "vendor")
        ours = len(set(excluded) & evaluation.screening.excluded.keys())
        cut = len(left_out(evaluation.rules, evaluation.screening))
        why = f", {cut} by the shortlist" if cut else ""
        parts.append(f"{out} excluded{why}{f', {ours} by the buyer' if ours else ''}")
    if evaluation.missing:
        parts.append(f"{wording.counted(len(evaluation.missing), 'blank answer')} scored as worst")
    counting = ("eligible", "undecided")
    asked = np.array([evaluation.status(vendor) in counting for vendor in evaluation.vendors])
    answers = evaluation.performance.values()
    ranges = sum(int(((p.low != p.high) & p.given & asked).sum()) for p in answers)
    if ranges:
        parts.append(f"{wording.counted(ranges, 'answer')} given as a range")
    if parts:
        return wording.begun("; ".join(parts)) + "."
    return "Every gate is decided and every answer given."


def _waiting(evaluation: Evaluation, vendor: str) -> str:
    open_ = [gate for v, gate in undecided(evaluation.screening) if v == vendor]
    results = [evaluation.screening.passages[vendor][gate] for gate in open_]
    blank = any(result.found is None or result.blank for result in results)
    state = "not shown" if blank else "not certain"
    rank = evaluation.shadow_ranks.get(vendor)
    place = f"; could be {wording.ordinal(rank)}" if rank else ""
    return f"{_brief(evaluation, vendor)} ({_gates(evaluation, open_)}: {state}{place})"


def _next_best(result: Result) -> str:
    award = result.recommendation
    if award.vendor is None or award.runner_up is None:
        return ""
    gap = _against(result.evaluation, award.runner_up, award.vendor)
    return f"{_brief(result.evaluation, award.runner_up)}{gap}."


def _cheapest(result: Result) -> str:
    evaluation, award = result.evaluation, result.recommendation
    prices = {v: p for v in evaluation.ranking if (p := evaluation.price(v)) is not None}
    if not prices or evaluation.rules.lowest_price:  # then it is the first one
        return ""
    lowest = [vendor for vendor in evaluation.ranking if prices.get(vendor) == min(prices.values())]
    if award.vendor in lowest:
        unknown = len(prices) < len(evaluation.ranking)
        among = ", of the vendors whose price is known" if unknown else " itself"
        return f"{_brief(evaluation, str(award.vendor))}{among}."
    vendor = lowest[0]
    if award.vendor is None:
        return f"{_brief(evaluation, vendor)} at {price_words(evaluation, vendor)}."
    against = _against(evaluation, vendor, award.vendor)
    rank = wording.ordinal(evaluation.ranks[vendor])
    return f"{_brief(evaluation, vendor)}{against}, ranked {rank}."


def _against(evaluation: Evaluation, vendor: str, other: str) -> str:
    """How a vendor's price differs from another's, as ", €12.6k dearer"."""
    mine, theirs = evaluation.price(vendor), evaluation.price(other)
    if mine is None or theirs is None:
        asked = evaluation.rules.price is not None
        return ", price not given" if asked and mine is None else ""
    if mine == theirs:
        return ", at the same price"
    gap = price_gap_brief(evaluation, mine, theirs)
    return f", {gap} {'dearer' if mine > theirs else 'cheaper'}"
