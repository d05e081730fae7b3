"""How close thresholds were: the end of a shortlist, and the floors of knock-outs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import field_of
from vendor_eval.evaluation.knock_outs import KnockOutRule, after_knock_outs, knock_out_rules
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.evaluation.rounding import points_of
from vendor_eval.evaluation.shortlist import counted_at, left_out, shortlist_of
from vendor_eval.rules.gates import Shortlist


@dataclass(frozen=True)
class ShortlistMargin:
    """The nearest vendor left out, and the nearest of those that would be first or tie for it.

    Points are 0-100, on the criterion of the shortlist.
    """

    label: str
    """Of the criterion."""
    last: str
    """The vendor with the fewest points of those that go on."""
    nearest: str
    behind: float
    """How far `nearest` is behind `last`."""
    would_lead: str | None
    """Left out, with the score of a first place, and close enough to be on the shortlist."""


def shortlist_margin(evaluation: Evaluation, judgement_error: float) -> ShortlistMargin | None:
    """How close the shortlist was; None without one, or where it leaves nobody out.

    A vendor is close enough where open answers, or the judgement error in points on a criterion
    that people judge, can bring it level with the last that goes on.
    """
    shortlist = shortlist_of(evaluation.rules)
    out = left_out(evaluation.rules, evaluation.screening)
    if shortlist is None or not out or not evaluation.ranking:
        return None
    stated, points = evaluation.stated, _points_listed(evaluation, out)
    least, most = _ends_listed(evaluation, shortlist)
    counts = stated.composition[stated.at(shortlist.criterion)]
    within = [path for path, share in zip(stated.leaves, counts, strict=True) if share > 0]
    judged = any(evaluation.rules.is_judged(stated.criterion(path)) for path in within)
    error = judgement_error if judged else 0.0
    last = min(evaluation.ranking, key=lambda vendor: (points[vendor], vendor))
    nearest = max(sorted(out), key=points.__getitem__)
    floor = min(least[vendor] for vendor in evaluation.ranking)
    would = [
        vendor
        for vendor in sorted(out, key=lambda vendor: (-points[vendor], vendor))
        if evaluation.shadow_ranks.get(vendor) == 1 and most[vendor] + error >= floor
    ]
    return ShortlistMargin(
        label=stated.criterion(shortlist.criterion).label,
        last=last,
        nearest=nearest,
        behind=points[last] - points[nearest],
        would_lead=would[0] if would else None,
    )


def displaced(evaluation: Evaluation, entering: Sequence[str]) -> frozenset[str]:
    """The ranked vendors that could drop off the shortlist if some others turn out at their best.

    None without a shortlist.
    """
    shortlist = shortlist_of(evaluation.rules)
    if shortlist is None:
        return frozenset()
    points = _points_listed(evaluation, left_out(evaluation.rules, evaluation.screening))
    _, most = _ends_listed(evaluation, shortlist)
    among = [*points.values(), *(most[vendor] for vendor in entering)]
    return frozenset(
        vendor
        for vendor in evaluation.ranking
        if sum(other > points[vendor] for other in among) >= shortlist.best
    )


def _points_listed(evaluation: Evaluation, out: Sequence[str]) -> Mapping[str, float]:
    """The points at the shortlist of the vendors that go on and of those it leaves out."""
    every = (*evaluation.ranking, *out)
    return {vendor: counted_at(evaluation.screening, vendor) or 0.0 for vendor in every}


def _ends_listed(
    evaluation: Evaluation, shortlist: Shortlist
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The least and the most points that each vendor may have at the shortlist."""
    stated = evaluation.stated
    counts = stated.composition[stated.at(shortlist.criterion)]
    ends = (after_knock_outs(end, evaluation.rules, stated) for end in evaluation.bounds)
    least, most = (points_of(weighted_sums(end, counts)).tolist() for end in ends)
    vendors = evaluation.vendors
    return dict(zip(vendors, least, strict=True)), dict(zip(vendors, most, strict=True))


@dataclass(frozen=True)
class FloorTurn:
    """A floor that a vendor nearly meets or misses, and that decides who is first."""

    vendor: str
    label: str
    """Of the criterion."""
    points: float
    below: float
    to: str | None
    """Who would be first on the other side of it; None where several would tie."""


def floor_turns(evaluation: Evaluation, judgement_error: float) -> tuple[FloorTurn, ...]:
    """The floors of knock-outs, one vendor and one floor at a time, that nearly change the first.

    A floor is near where open answers, or the judgement error in points on what people judge of the
    criterion, reach across it.
    """
    return tuple(
        turn
        for each in knock_out_rules(evaluation.rules, evaluation.stated)
        for turn in _turns(evaluation, each, judgement_error)
    )


def _turns(evaluation: Evaluation, rule: KnockOutRule, error: float) -> Iterator[FloorTurn]:
    field, stated = field_of(evaluation), evaluation.stated
    judged = [evaluation.rules.is_judged(stated.criterion(path)) for path in stated.leaves]
    reach = error * float(rule.counts @ judged)
    given, below = rule.points(field.given_values), rule.rule.below
    least, most = (rule.points(end[field.rows]) for end in evaluation.bounds)
    today = set(field.leading())
    for n, vendor in enumerate(field.vendors):
        fired = given[n] < below
        drawn = given[n] + reach >= below if fired else given[n] - reach < below
        if not drawn and not least[n] < below <= most[n]:
            continue
        values = field.values.copy()
        regained = field.scale[n] * field.given_values[n, rule.leaves]
        values[n, rule.leaves] = regained if fired else 0.0
        leading = field.leading(values)
        if set(leading) != today:
            label = stated.criterion(rule.rule.criterion).label
            to = leading[0] if len(leading) == 1 else None
            yield FloorTurn(vendor, label, float(given[n]), below, to)
