"""What the rules may name: measures, value functions, pricing models, methods, standard parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.measures.measures import MEASURES  # where every one of them is registered
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.questionnaire.standard import STANDARD_PARTS
from vendor_eval.rules.values.function import VALUE_FUNCTIONS, Typed

KINDS = ("measure", "value function", "pricing model", "method", "standard part")
ACROSS_LINES = {
    "gain_share": "A share of each year's savings, at least `floor` and at most `cap` a year.",
    "volume_band": "Charges (ARC) and credits (RRC) for transactions outside a band around the "
    "baseline.",
}
"""Pricing models that look at a bid's terms and all its lines, and are the basis of none."""


@dataclass(frozen=True)
class Entry:
    """One thing the rules may name; `unit`: what it finds, reads or gives, and its parameters."""

    kind: str
    name: str
    unit: str
    about: str


def catalogue_entries() -> tuple[Entry, ...]:
    """Everything there is, kind by kind, each kind in alphabetical order."""
    return (
        *_measures(),
        *_value_functions(),
        *_pricing_models(),
        *_methods(),
        *_standard_parts(),
    )


def _measures() -> Iterator[Entry]:
    for name in MEASURES:
        kind = MEASURES[name]
        unit = " | ".join(kind.levels) or kind.unit or "number"
        yield Entry("measure", name, _with_parameters(unit, kind), kind.about)


def _value_functions() -> Iterator[Entry]:
    for name in VALUE_FUNCTIONS:
        kind = VALUE_FUNCTIONS[name]
        reads = "numbers" if kind.numeric else "levels"
        unit = f"{reads}, relative" if kind.relative else reads
        yield Entry("value function", name, _with_parameters(unit, kind), kind.about)


def _with_parameters(unit: str, kind: type[Typed]) -> str:
    names = ", ".join(kind.model_fields)
    return f"{unit}; takes {names}" if names else unit


def _pricing_models() -> Iterator[Entry]:
    about = {name: PRICING_MODELS[name].about for name in PRICING_MODELS} | ACROSS_LINES
    for name in sorted(about):
        yield Entry("pricing model", name, "money", about[name])


def _methods() -> Iterator[Entry]:
    for name in METHODS:
        method = METHODS[name]
        unit = "score" if method.higher_is_better else "score, less is better"
        yield Entry("method", name, unit, method.about)


def _standard_parts() -> Iterator[Entry]:
    for name, standard in sorted(STANDARD_PARTS.items()):
        sheets = dict.fromkeys(part.sheet for part in standard.parts)
        yield Entry("standard part", name, f"sheets: {', '.join(sheets)}", standard.about)


def catalogue_lines() -> Iterator[str]:
    """The catalogue as text, kind by kind."""
    entries = catalogue_entries()
    for kind in KINDS:
        listed = [entry for entry in entries if entry.kind == kind]
        width = max((len(entry.name) for entry in listed), default=0)
        yield f"{kind}s" if listed else f"{kind}s: none"
        for entry in listed:
            yield f"  {entry.name:{width}}  {entry.about} [{entry.unit}]"
