"""Measures: what a response shows, found from many of its cells by a stated rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from vendor_eval.bids.response import Cell
from vendor_eval.errors import Fault
from vendor_eval.measures.facts import Facts
from vendor_eval.registry import Registry
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Typed


@dataclass(frozen=True)
class Measured:
    """What a measure found for one vendor, and from what.

    `value`: a finite number in the measure's unit, one of its levels, or None where the response
    does not show it. `note`: how it came about, or why there is nothing, in one clause.
    """

    value: float | str | None
    cells: tuple[Cell, ...] = ()
    note: str = ""
    lacks: tuple[Fault, ...] = ()
    """Where there is nothing: what would have to be given, each with its place and by whom."""


class Measure(Typed):
    """A rule that finds one number or level in a response; its fields are its parameters.

    A measure has no opinion: `value` in the rules turns what it finds into points.
    """

    about: ClassVar[str] = ""
    """What it finds, in a sentence for `vendor-eval list`."""
    unit: ClassVar[str] = ""
    """The unit of the number, for people; empty for levels and bare numbers."""
    levels: ClassVar[tuple[str, ...]] = ()
    """What it may find, where it finds levels; empty where it finds numbers."""
    needs: ClassVar[tuple[str, ...]] = ()
    """Parts of the rules that must be given, dotted, as `service.hours`."""

    @property
    def needed(self) -> tuple[str, ...]:
        """What it needs as it is typed: `needs`, and what its parameters name."""
        return self.needs

    def __call__(self, facts: Facts) -> Measured:
        """What a vendor's response shows under the rules."""
        raise NotImplementedError

    def questions(self, rules: Rules) -> frozenset[str]:
        """The ids of the questions it reads: "part" for a whole form or table, or "part.field".

        Nothing else in a response changes what it finds, or the cells that it names.
        """
        raise NotImplementedError

    def contradictions(self, rules: Rules) -> Iterator[str]:
        """What of its parameters does not fit the rules, with what is allowed."""
        yield from ()


MEASURES: Registry[type[Measure]] = Registry("measure")


def missing_needs(measure: Measure, rules: Rules) -> tuple[str, ...]:
    """The parts of the rules that a measure needs and does not find there."""
    return tuple(need for need in measure.needed if _part(rules, need) in (None, (), {}))


def _part(rules: Rules, dotted: str) -> Any:
    part: Any = rules
    for name in dotted.split("."):
        part = part.get(name) if isinstance(part, Mapping) else getattr(part, name, None)
    return part
