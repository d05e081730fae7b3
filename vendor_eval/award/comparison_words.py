"""A comparison in words: its first sentence, and the document of all that changed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from vendor_eval import wording
from vendor_eval.award.changes import AnswerChange, VendorChange
from vendor_eval.award.comparison import RunComparison
from vendor_eval.award.document import Block, Document, Grid, Heading, Paragraph, grid
from vendor_eval.award.score_changes import PARTS
from vendor_eval.wording import NONE

MARGINS = {
    "highest_score": "",
    "price_per_point": " in price of a point",
    "lowest_price": " in price",
}
"""What a margin in money is of, by award rule."""
UNSEPARATED = "for reasons that cannot be separated: a score is unknown or no sum of its leaves"
WEIGHTS = "weights"
SLIGHT = 1e-6
"""Points that are no reason for anything."""
NAMES = {"answer": "Answers and levels", "function": "Value functions", "others": "Other bids"}


def comparison_sentence(comparison: RunComparison) -> str:
    """Who replaces whom and why, or what changed of the first place, in a sentence."""
    was, now = comparison.recommendation["vendor"]
    verdict = comparison.recommendation["verdict"]
    if not comparison.kinds:
        return "Nothing changed: the same recommendation, ranking, gates and scores."
    if was != now:
        if was is None or now is None:
            if was:
                return f"{was} is no longer recommended; nobody is recommended now."
            return f"{now} is recommended now; nobody was recommended before."
        return f"{now} replaces {was} {_why(comparison, was, now)}."
    if now is None:
        return f"Nobody is recommended, as before; changed: {wording.listed(comparison.kinds)}."
    parts = [f"{now} stays first"]
    if verdict[0] != verdict[1]:
        parts.append(f"the verdict was {verdict[0]} and is {verdict[1]}")
    for key, unit in (("margin", " points"), ("price_margin", MARGINS[comparison.award_rules[1]])):
        before, after = comparison.recommendation.get(key, (None, None))
        if before is not None and after is not None and abs(before - after) > SLIGHT:
            parts.append(f"its margin was {_points(before)}{unit} and is {_points(after)}")
    if len(parts) == 1:
        parts.append(f"changed: {wording.listed(comparison.kinds)}")
    return "; ".join(parts) + "."


def _why(comparison: RunComparison, was: str, now: str) -> str:
    """Why one vendor replaces another, by what moved the difference of the two most."""
    first, second = comparison.vendor(now), comparison.vendor(was)
    for change in (second, first):
        if change and "eligible" in change.status and change.status[0] != change.status[1]:
            before, after = (status or "not among the bids" for status in change.status)
            by_gate = change.gates and "incomplete" not in change.status
            gates = f" ({wording.listed(change.gates)})" if by_gate else ""
            return f"because {change.vendor} is {after} now{gates} and was {before}"
    if comparison.award_rules[0] != comparison.award_rules[1]:
        return "because the award rule changed"
    rule = comparison.award_rules[1]
    if first and second and rule == "lowest_price":
        return _by_price(first, second)
    if not (first and second and first.attribution and second.attribution):
        return UNSEPARATED
    reasons = _reasons(first, second, comparison)
    if reasons is None:
        return UNSEPARATED
    says = max(reasons, key=lambda reason: reasons[reason])
    if rule != "highest_score":
        return "because of the weights" if says == WEIGHTS else f"because {says}"
    weights = first.attribution.weights - second.attribution.weights
    if says == WEIGHTS:
        return f"because of the weights, which moved the difference by {_points(weights)} points"
    leaves = (*first.attribution.leaves, *second.attribution.leaves)
    if not any(leaf.weights for leaf in leaves):
        return f"because {says}"
    if abs(weights) <= SLIGHT:
        return f"because {says}, not because of the weights"
    return f"because {says}; the weights moved the difference by {_points(weights)} points"


def _by_price(first: VendorChange, second: VendorChange) -> str:
    """Why the first asks less than the second now, by whose price moved it more."""
    moved = [
        (sign * each, says) for v, sign in ((first, -1), (second, 1)) for says, each in _price(v)
    ]
    return f"because {max(moved)[1]}" if moved else UNSEPARATED


def _price(vendor: VendorChange) -> Iterator[tuple[str, float]]:
    """How one vendor's price moved, in words and by how much."""
    was, now = vendor.price
    if was is not None and now is not None:
        change = AnswerChange(vendor.vendor, "price", was, now, (), is_price=True)
        yield _answer_words(change), now - was


def _reasons(
    first: VendorChange, second: VendorChange, comparison: RunComparison
) -> dict[str, float] | None:
    """What moved the first vendor's lead on the second: by how much, by the reason in words.

    In points, or in currency where the price of a point ranks; None where it has none.
    """
    reasons: dict[str, float] = defaultdict(float)
    for vendor, sign in ((first, 1.0), (second, -1.0)):
        each = 1.0
        if comparison.award_rules[1] == "price_per_point":
            moved = vendor.attribution and vendor.attribution.point_price
            if not moved:
                return None
            each = -moved.each  # a lower price of a point is better
            for says, _ in _price(vendor):
                reasons[says] -= sign * moved.price
        for says, points in _of_points(vendor, comparison):
            reasons[says] += sign * each * points
    return reasons


def _of_points(vendor: VendorChange, comparison: RunComparison) -> Iterator[tuple[str, float]]:
    """What moved one vendor's points: in words, and by how many."""
    moved = vendor.attribution
    if moved is None:
        return
    yield WEIGHTS, moved.weights
    for leaf in moved.leaves:
        change = _answer_of(comparison, vendor.vendor, leaf.path)
        if change is not None:
            yield _answer_words(change), leaf.values if leaf.answer is None else leaf.answer
    yield "value functions of the rules changed", moved.total("function") or 0.0
    yield "other bids changed", moved.total("others") or 0.0


def _answer_of(comparison: RunComparison, vendor: str, path: str) -> AnswerChange | None:
    each = (c for c in comparison.answers if c.vendor == vendor and c.what == path)
    return next(each, None)


def _answer_words(change: AnswerChange) -> str:
    cell = f" ({change.cells[0]})" if change.cells else ""
    verb = "changed"
    if isinstance(change.old, int | float) and isinstance(change.new, int | float):
        verb = "rose" if change.new > change.old else "fell"
    moved = f"from {_shown(change.old)} to {_shown(change.new)}"
    if change.is_level:
        return f"{change.vendor}\u2019s level on {change.what} changed {moved}{cell}"
    what = "price" if change.is_price else f"answer on {change.what}"
    return f"{change.vendor}\u2019s {what} {verb} {moved}{cell}"


def comparison_document(comparison: RunComparison) -> Document:
    """All that changed, the recommendation first, every vendor's score with its parts."""
    return Document("Comparison of two runs", tuple(_blocks(comparison)))


def _blocks(comparison: RunComparison) -> Iterator[Block]:
    yield Paragraph(comparison_sentence(comparison))
    if comparison.kinds:
        yield Paragraph(f"Changed: {wording.listed(comparison.kinds)}.")
    for cause in comparison.causes:
        yield Paragraph(f"{wording.begun(cause.says)}.")
    rows = [[k.replace("_", " "), *map(_shown, v)] for k, v in comparison.recommendation.items()]
    yield Heading("Recommendation")
    yield grid("What is recommended", ["", "Before", "Now"], rows)
    yield Heading("Vendors")
    yield _vendors(comparison)
    if any(each.attribution or each.score != (None, None) for each in comparison.vendors):
        yield Heading("What moved the scores")
        yield Paragraph(
            "Points of the score. A change of weights counts at the mean of both values, a change "
            "of values at the mean of both weights, so the parts add up to the change."
        )
        yield _parts(comparison)
    divided = [v for v in comparison.vendors if v.attribution and v.attribution.point_price]
    if divided:
        yield _point_prices(divided)
    if comparison.answers:
        yield Heading("Answers and levels that differ")
        yield _answers(comparison)
    for title, names in (("Rules", comparison.sections), ("Files", comparison.files)):
        if names:
            yield Heading(f"{title} that differ")
            yield Paragraph(f"{wording.listed(names)}.")


def _vendors(comparison: RunComparison) -> Grid:
    figures: dict[str, list[tuple[Any, Any]]] = {
        "Status": [v.status for v in comparison.vendors],
        "Rank": [v.rank for v in comparison.vendors],
        "Points": [v.score for v in comparison.vendors],
        "Price": [v.price for v in comparison.vendors],
        "Price of a point": [v.price_per_point for v in comparison.vendors],
    }
    known = {
        head: pairs for head, pairs in figures.items() if any(p != (None, None) for p in pairs)
    }
    rows = [
        [
            each.vendor,
            *(_arrow(pairs[n]) for pairs in known.values()),
            "; ".join(f"{gate}: {_arrow(states)}" for gate, states in each.gates.items()) or NONE,
        ]
        for n, each in enumerate(comparison.vendors)
    ]
    return grid("Every vendor, before and now", ["Vendor", *known, "Gates that changed"], rows)


def _point_prices(vendors: list[VendorChange]) -> Grid:
    rows = []
    for each in vendors:
        moved = each.attribution and each.attribution.point_price
        if moved:
            parts = (moved.price + moved.points, moved.price, moved.points)
            rows.append([each.vendor, *map(_signed, parts)])
    head = ["Vendor", "Change", "Price", "Points"]
    return grid("Parts of each change of the price of a point, in the currency", head, rows)


def _parts(comparison: RunComparison) -> Grid:
    rows = []
    for each in comparison.vendors:
        moved = each.attribution
        if moved is None:
            rows.append([each.vendor, *[NONE] * 6])
            continue
        parts = [moved.change, moved.weights, *(moved.total(part) for part in PARTS)]
        rows.append([each.vendor, *(_signed(x) for x in (*parts, moved.rounding))])
    head = ["Vendor", "Change", "Weights", *(NAMES[part] for part in PARTS), "Rounding"]
    return grid("Parts of each change, in points", head, rows)


def _answers(comparison: RunComparison) -> Grid:
    rows = [
        [c.vendor, c.what, _shown(c.old), _shown(c.new), ", ".join(c.cells[:3]) or NONE]
        for c in comparison.answers
    ]
    return grid(
        "Answers and levels, before and now", ["Vendor", "What", "Before", "Now", "Where"], rows
    )


def _arrow(pair: tuple[Any, Any]) -> str:
    one, other = map(_shown, pair)
    return one if one == other else f"{one} \u2192 {other}"


def _shown(value: Any) -> str:
    if value is None:
        return NONE
    return wording.number(value) if isinstance(value, int | float) else str(value)


def _points(points: float) -> str:
    return str(wording.rounded(points, 2)).replace("-", "\u2212")


def _signed(points: float | None) -> str:
    if points is None:
        return NONE
    shown = _points(points)
    return f"+{shown}" if wording.rounded(points, 2) > 0 else shown
