"""What wins: the highest score, the lowest price of a point of quality, or the lowest price."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from vendor_eval.errors import nearest
from vendor_eval.rules.criteria import Criterion, Text, under
from vendor_eval.rules.gates import Condition, Gate
from vendor_eval.rules.price import SUMMED, SummedPrice
from vendor_eval.rules.values.function import OneForm, Points, Typed

Location = tuple[str | int, ...]

PRICE = "price"
"""The id of the one criterion of `lowest_price`."""
FLOOR = "least_quality"
"""The id of the gate that `least_quality` is."""
COST_MEASURES = ("total_cost", "first_year_cost", "cost_per_transaction")
"""The measures that a price may name although no criterion takes them."""


class HighestScore(Typed):
    """The highest score wins: the additive model."""


class PricePerPoint(Typed):
    """The lowest price divided by points of quality wins."""

    quality: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The paths of the criteria that are quality; no other has weight."""
    price: Text | None = None
    """The price of the rules, where it is repeated here."""
    least_quality: Points | None = None
    """The points (0-100) of quality that a bid must reach."""


class LowestPrice(Typed):
    """The lowest price of the bids that pass every gate wins."""


class AwardRule(OneForm):
    """Which bid wins: exactly one of its three forms."""

    highest_score: HighestScore | None = None
    price_per_point: PricePerPoint | None = None
    lowest_price: LowestPrice | None = None

    @model_serializer(mode="wrap")
    def _as_entered(self, entered: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The one form that is set, so that what is written can be read again."""
        typed: dict[str, Any] = entered(self)
        return {form: part for form, part in typed.items() if part is not None}


HIGHEST_SCORE = AwardRule(highest_score=HighestScore())


def price_leaf(price: str | SummedPrice | None, currency: str) -> Criterion | None:
    """The price as a criterion reads it, for rules in which none does; None without a price."""
    return None if price is None else Criterion.model_validate(_price_entry(price, currency))


def _price_entry(price: object, currency: object) -> dict[str, Any]:
    """A criterion on the price alone, as it is entered.

    A price must be above 0: points are divided by it, or the lowest one is the measure of others.
    """
    named = price if isinstance(price, str) and price else PRICE
    reads = "measure" if named in COST_MEASURES else "answer"
    leaf = {"id": PRICE, "label": "Price", "weight": 1.0, reads: named}
    return leaf | {"value": "lowest_over_this", "unit": currency}


def with_price_alone(typed: Any) -> Any:
    """Rules as entered, with the price as their one criterion where the lowest price wins."""
    rule = typed.get("award_rule") if isinstance(typed, Mapping) else None
    if not isinstance(rule, Mapping) or "lowest_price" not in rule or "criteria" in typed:
        return typed
    leaf = _price_entry(typed.get("price"), typed.get("currency"))
    return {**typed, "criteria": (leaf,)}


def quality_floor(rule: PricePerPoint | None) -> Gate | None:
    """The gate that a least quality is; None where there is none, or no one path has it."""
    if rule is None or rule.least_quality is None or len(rule.quality) != 1:
        return None
    label = f"At least {rule.least_quality:g} points of quality"
    held = Condition(at_least=rule.least_quality)
    return Gate(id=FLOOR, label=label, criterion=rule.quality[0], rule=held)


def award_rule_faults(
    rule: AwardRule,
    price: str | SummedPrice | None,
    currency: str,
    nodes: Mapping[str, Criterion],
) -> Iterator[tuple[Location, str]]:
    """Where the price, the criteria and what wins do not fit; `nodes`: the criteria by path."""
    form = rule.form
    if price is None and form != "highest_score":
        yield ("award_rule", form), "the rules have no price; allowed: 'price' with what is asked"
    elif form == "lowest_price" and list(nodes.values()) != [price_leaf(price, currency)]:
        message = "found criteria, and the lowest price wins"
        yield ("criteria",), f"{message}; allowed: gates, and no 'criteria'"
    elif rule.price_per_point is not None:
        column = SUMMED if isinstance(price, SummedPrice) else price
        yield from _quality_faults(rule.price_per_point, column, nodes)


def _quality_faults(
    rule: PricePerPoint, price: str | None, nodes: Mapping[str, Criterion]
) -> Iterator[tuple[Location, str]]:
    at = ("award_rule", "price_per_point")
    if rule.price is not None and rule.price != price:
        yield (*at, "price"), f"found {rule.price!r}; allowed: {price!r}, the price of the rules"
    if rule.least_quality is not None and len(rule.quality) != 1:
        message = f"found a floor on {len(rule.quality)} criteria"
        yield (*at, "least_quality"), f"{message}; allowed: one path, of a branch that holds them"
    for n, path in enumerate(rule.quality):
        if path not in nodes:
            yield (*at, "quality", n), f"unknown criterion {path!r}{nearest(path, nodes)}"
    for path, leaf in nodes.items():
        if leaf.reads is not None and leaf.reads == price:
            message = f"{path!r} reads the price, which is divided by points"
            yield ("criteria",), f"{message}; allowed: criteria of quality alone"
        elif leaf.is_leaf and leaf.weight and not any(under(path, q) for q in rule.quality):
            message = f"{path!r} has weight and is not quality"
            yield (*at, "quality"), f"{message}; allowed: every criterion with weight"
