"""The first screen in words: what to decide, how sure it is, why, and what would change it."""

from dataclasses import dataclass

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.evaluation import Evaluation
from vendor_eval.screening import undecided
from vendor_eval.sentences import price_cut


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


def summary(assessment: Assessment) -> Summary:
    """The first screen's sentences."""
    return Summary(
        sentence=sentence(assessment),
        sureness=_sureness(assessment),
        reason_for=_reason(assessment, 1),
        reason_against=_reason(assessment, -1),
        change=_change(assessment),
        unknown=_unknown(assessment.evaluation),
        next_best=_next_best(assessment),
        cheapest=_cheapest(assessment),
    )


def sentence(assessment: Assessment) -> str:
    """The recommendation in one sentence with its price."""
    evaluation, award = assessment.evaluation, assessment.recommendation
    if award.verdict == "none":
        waiting = len(evaluation.having("unknown"))
        still = f"; {wording.counted(waiting, 'vendor')} undecided" if waiting else ""
        return f"No award: no vendor passes every gate{still}."
    if award.vendor is None:
        tied = [vendor for vendor, rank in evaluation.ranks.items() if rank == 1]
        offers = [f"{vendor} ({_price(evaluation, vendor)})" for vendor in sorted(tied)]
        return f"No single winner: {wording.listed(offers)} tie."
    offer = f"{award.vendor} for {_price(evaluation, award.vendor)}"
    if award.verdict == "uncontested":
        return f"Award to {offer}: no other vendor is eligible."
    if award.verdict == "not separable":
        return f"Too close to award: {award.vendor} leads at {_price(evaluation, award.vendor)}."
    return f"Award to {offer}."


def _price(evaluation: Evaluation, vendor: str) -> str:
    """What a vendor asks, with the unit's words after the currency, as "$43.98 an hour"."""
    rules, row = evaluation.rules, evaluation.proposals.rows[vendor]
    asked = evaluation.performance[rules.price_path]
    if not asked.given[row]:
        return "a price not given"
    ends = dict.fromkeys(
        wording.money(float(end[row]), rules.currency) for end in (asked.low, asked.high)
    )
    unit = evaluation.tree.criterion(rules.price_path).unit or ""
    return " ".join(filter(None, [" to ".join(ends), unit.removeprefix(rules.currency).strip()]))


def _sureness(assessment: Assessment) -> str:
    evaluation, award = assessment.evaluation, assessment.recommendation
    if award.verdict == "none":
        return "Nothing to rank yet."
    if award.verdict == "uncontested":
        return "There is no eligible rival to compare with."
    if award.vendor is None or award.runner_up is None or award.margin is None:
        return f"Level at {wording.points(evaluation.scores[evaluation.ranking[0]])} points."
    share = wording.of_100(assessment.near_weights.first(award.vendor))
    alone = assessment.weights_alone
    if alone is None:
        told = f"First in {share} of 100 plausible weightings"
    else:
        certain = wording.of_100(alone.first(award.vendor))
        told = (
            f"First in {share} of 100 plausible weightings and open answers, "
            f"in {certain} by the weights alone"
        )
    lead = (
        f"{wording.ahead(award.margin)} ahead of {award.runner_up}"
        if round(award.margin, 9)
        else f"level with {award.runner_up}, placed first by the tie-break"
    )
    return f"{told}; {lead}."


def _reason(assessment: Assessment, sign: int) -> str:
    """The largest difference of contributions to the runner-up on one side, at the top level."""
    evaluation, award = assessment.evaluation, assessment.recommendation
    if award.vendor is None or award.runner_up is None:
        return ""
    top = list(evaluation.tree.top)
    contributions = evaluation.contributions[top]
    differences = contributions.loc[award.vendor] - contributions.loc[award.runner_up]
    path = (sign * differences).idxmax()
    gap = float(differences[path])
    if round(100 * sign * gap, 9) <= 0:
        side = "ahead of" if sign > 0 else "behind"
        return f"Not {side} {award.runner_up} on any criterion."
    label = evaluation.tree.criterion(str(path)).label
    word = "Stronger" if sign > 0 else "Weaker"
    return f"{word} on {label}: {wording.difference(gap)} points against {award.runner_up}."


def _change(assessment: Assessment) -> str:
    award, tree = assessment.recommendation, assessment.evaluation.tree
    parts = _held_up(assessment)
    if award.vendor is None or award.runner_up is None:
        return " ".join(parts)
    for bid, new in assessment.reversals.items():
        outcome = f"make {new} first" if new else "leave no single winner"
        parts.append(f"Withdrawing the losing bid of {bid} would {outcome}.")
    moves = {
        path: (interval.nearest_change, interval)
        for path, interval in assessment.weight_intervals.items()
        if path in tree.top and interval.nearest_change is not None
    }
    if not moves:
        parts.append("No single weight, moved anywhere from 0 to 100 %, changes the winner.")
        return " ".join(parts)
    path = min(moves, key=lambda p: (moves[p][0], tree.at(p)))
    interval, label = moves[path][1], tree.criterion(path).label
    now = f"now {wording.percent(interval.share)}"
    upward = interval.high - interval.share if interval.above else float("inf")
    if interval.below is None or upward <= interval.share - interval.low:
        bound, new = f"above {wording.percent_above(interval.high)}", interval.above
    else:
        bound, new = f"below {wording.percent_below(interval.low)}", interval.below
    parts.append(f"Weight on {label} {bound} ({now}): then {new} leads.")
    cut = price_cut(assessment, award.runner_up)
    if cut:
        parts.append(f"Or {award.runner_up} {cut} cheaper.")
    return " ".join(parts)


def _held_up(assessment: Assessment) -> list[str]:
    """A sentence for each undecided vendor by which the winner changes once it passes its gates."""
    labels = {gate.id: gate.label for gate in assessment.evaluation.rules.gates}
    told = []
    for question in assessment.questions:
        if question.kind == "gates" and question.could_change:
            passing = f"passed {wording.listed([labels[gate] for gate in question.about])}"
            if question.to == (question.vendor,):
                told.append(f"{question.vendor} would be first if it {passing}.")
            else:
                new = question.to[0] if question.to else "no vendor alone"
                told.append(f"If {question.vendor} {passing}, {new} would be first.")
    return told


def _unknown(evaluation: Evaluation) -> str:
    """Vendors left out or undecided, blank answers and ranges: what the ranking does not know."""
    parts = []
    excluded, waiting = evaluation.having("excluded"), evaluation.having("unknown")
    every = f"of {wording.counted(len(evaluation.vendors), 'vendor')}"
    if waiting:
        told = wording.listed([_waiting(evaluation, vendor) for vendor in waiting], at_most=2)
        parts.append(f"{len(waiting)} {every} undecided: {told}")
    if excluded:
        parts.append(f"{len(excluded)} {'' if waiting else f'{every} '}excluded")
    if evaluation.missing:
        parts.append(f"{wording.counted(len(evaluation.missing), 'blank answer')} scored as worst")
    ranges = sum(int(((p.low != p.high) & p.given).sum()) for p in evaluation.performance.values())
    if ranges:
        parts.append(f"{wording.counted(ranges, 'answer')} given as a range")
    return "; ".join(parts) + "." if parts else "Every gate is decided and every answer given."


def _waiting(evaluation: Evaluation, vendor: str) -> str:
    labels = {gate.id: gate.label for gate in evaluation.rules.gates}
    open_ = [gate for v, gate in undecided(evaluation.screening) if v == vendor]
    gates = wording.listed([labels[gate] for gate in open_], at_most=1)
    found = [evaluation.screening.passages[vendor][gate].found for gate in open_]
    state = "not shown" if None in found else "not certain"
    rank = evaluation.shadow_ranks.get(vendor)
    place = f"; would be {wording.ordinal(rank)}" if rank else ""
    return f"{vendor} ({gates}: {state}{place})"


def _next_best(assessment: Assessment) -> str:
    award = assessment.recommendation
    if award.vendor is None or award.runner_up is None:
        return ""
    gap = _against(assessment.evaluation, award.runner_up, award.vendor)
    return f"{award.runner_up}{gap}."


def _cheapest(assessment: Assessment) -> str:
    evaluation, award = assessment.evaluation, assessment.recommendation
    prices = {v: p for v in evaluation.ranking if (p := evaluation.price(v)) is not None}
    if not prices:
        return ""
    lowest = [vendor for vendor in evaluation.ranking if prices.get(vendor) == min(prices.values())]
    if award.vendor in lowest:
        return f"{award.vendor} itself."
    vendor = lowest[0]
    rank = f", ranked {wording.ordinal(evaluation.ranks[vendor])}"
    if award.vendor is None:
        return f"{vendor} at {_price(evaluation, vendor)}."
    return f"{vendor}{_against(evaluation, vendor, award.vendor)}{rank}."


def _against(evaluation: Evaluation, vendor: str, other: str) -> str:
    """How a vendor's price differs from another's, as ", €12,600 dearer"."""
    mine, theirs = evaluation.price(vendor), evaluation.price(other)
    if mine is None or theirs is None:
        return ", price not given" if mine is None else ""
    if mine == theirs:
        return ", at the same price"
    word = "dearer" if mine > theirs else "cheaper"
    return f", {wording.money(abs(mine - theirs), evaluation.rules.currency)} {word}"
