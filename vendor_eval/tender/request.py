"""What vendors are asked under some rules: what the rules read, and what they add by name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import ValidationError

from vendor_eval.errors import UnknownName
from vendor_eval.measures.costs.bids import priceable, unpriceable
from vendor_eval.measures.measures import measure
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire, Table
from vendor_eval.questionnaire.standard import STANDARD_PARTS
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.stage import stage_rules

PRICED = ("price_lines", "price_terms.productive_hours")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "clarify.tolerance": (*PRICED, "sites.head_count"),
    "clarify.loaded_wage_month": (*PRICED, "sites.country"),
    "service.peak": ("sites.head_count",),
    "service.levels": ("service_levels",),
    "service.channels": ("languages", "sites.shifts"),
}
"""What the questions to vendors compare, by the part of the rules that makes them ask."""


def questionnaire(rules: Rules) -> Questionnaire:
    """What a vendor is asked under these rules, part by part, and nothing else.

    That is what their answers, gates and measures read, what `clarify` and `service` compare, and
    the standard parts under `ask`. A measure that the rules name wrongly asks nothing. A choice
    offers what the rules can price.
    """
    asked, offered = questions(rules), priceable(rules)
    parts = (_offering(offered, part.limited(asked)) for part in every_question(rules).parts)
    return Questionnaire(tuple(part for part in parts if part.fields))


def envelope_questionnaire(rules: Rules, id: str) -> Questionnaire:
    """What a vendor is asked in one of two envelopes; what the first asks, the last does not."""
    asked = questionnaire(stage_rules(rules, id))
    first = rules.envelopes[0].id
    if id == first:
        return asked
    known = questionnaire(stage_rules(rules, first)).questions
    parts = (
        part
        if part.id == "answers"
        else part.limited(
            {f"{part.id}.{f.id}" for f in part.fields if f"{part.id}.{f.id}" not in known}
        )
        for part in asked.parts
    )
    return Questionnaire(tuple(part for part in parts if part.fields))


def _offering(offered: Mapping[str, tuple[str, ...]], part: Form | Table) -> Form | Table:
    """A part whose questions offer these choices, by "part.field"; others offer what they did."""
    fields = (_limited(field, offered.get(f"{part.id}.{field.id}")) for field in part.fields)
    return replace(part, fields=tuple(fields))


def _limited(field: Question, offered: tuple[str, ...] | None) -> Question:
    """A question that offers and explains these choices alone; as it is where they are None."""
    if offered is None:
        return field
    left_out = tuple(f"{choice}: " for choice in field.allowed if choice not in offered)
    explained = (part for part in field.help.split("; ") if not part.startswith(left_out))
    return replace(field, allowed=offered, help="; ".join(explained))


def questions(rules: Rules) -> frozenset[str]:
    """The ids of the questions that a bid must answer, "part" or "part.field"."""
    named = (STANDARD_PARTS[name].questions for name in rules.ask if name in STANDARD_PARTS)
    asked = frozenset({"answers"}.union(read(rules), _compared(rules), *named))
    return asked - unpriceable(rules)


def read(rules: Rules) -> frozenset[str]:
    """The ids of the questions that a criterion or a gate reads, "part" or "part.field"."""
    return frozenset({"answers"}.union(*_measured(rules)))


def asked_only(rules: Rules) -> tuple[Form | Table, ...]:
    """What is asked although no criterion or gate reads it: parts under `ask`, without the rest."""
    standard = [STANDARD_PARTS[name] for name in rules.ask if name in STANDARD_PARTS]
    named = {part.id for each in standard for part in each.parts}
    used = read(rules)
    asked = (part for part in questionnaire(rules).parts if part.id in named)
    return tuple(part for part in asked if not part.limited(used).fields)


def _measured(rules: Rules) -> Iterator[frozenset[str]]:
    for measurement in rules.measures:
        try:
            taken = measure(measurement)
        except (UnknownName, ValidationError):
            continue  # a fault of the rules, reported where they are read
        yield taken.questions(rules)


def _compared(rules: Rules) -> Iterator[str]:
    for need, compared in NEEDED.items():
        part, _, name = need.partition(".")
        if getattr(getattr(rules, part), name, None):
            yield from compared
