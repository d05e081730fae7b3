"""The rules of an evaluation, as typed in `evaluation.yaml`, and their fingerprint."""

import hashlib
import json
from datetime import date
from math import isfinite
from typing import Annotated, Any, Self

from pydantic import Field, PlainValidator, model_validator

from vendor_eval.criteria import Criterion, Id, Label, Text, Weight, walk
from vendor_eval.errors import quoted
from vendor_eval.values import Typed


def _answer(typed: object) -> str | float:
    """A text, or a finite number, that an answer may be equal to."""
    if isinstance(typed, str):
        return typed
    if isinstance(typed, int | float) and not isinstance(typed, bool) and isfinite(typed):
        return float(typed)
    raise ValueError(f"found {typed!r}; allowed: a text (in quotes) or a number")


def _moment(typed: object) -> date | str:
    """A date, or the name of one that the rules give elsewhere."""
    if type(typed) is date or typed in ("as_of", "start"):
        return typed
    raise ValueError(f"found {typed!r}; allowed: a date such as 2026-11-20, 'as_of' or 'start'")


Line = Annotated[str, Field(min_length=1, max_length=100)]
Answer = Annotated[str | float, PlainValidator(_answer)]


class Condition(Typed):
    """What a gate asks: exactly one of its five forms."""

    equals: Answer | None = None
    one_of: Annotated[tuple[Answer, ...] | None, Field(min_length=1)] = None
    at_least: float | None = None
    at_most: float | None = None
    not_before: Annotated[date | str, PlainValidator(_moment)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        found = sorted(self.model_fields_set)
        if len(found) != 1 or getattr(self, found[0]) is None:
            forms = quoted(type(self).model_fields)
            raise ValueError(
                f"found {', '.join(found) or 'nothing'}; allowed: exactly one of {forms}"
            )
        return self

    @property
    def form(self) -> str:
        """The name of the one form that is set."""
        [name] = self.model_fields_set
        return name


class Gate(Typed):
    """A condition every vendor must meet: on an answer, or on the value of a criterion."""

    id: Id
    label: Label
    rule: Condition
    answer: Text | None = None
    criterion: Text | None = None

    @model_validator(mode="after")
    def _reads_one_thing(self) -> Self:
        if (self.answer is None) == (self.criterion is None):
            found = "both" if self.answer else "neither"
            raise ValueError(f"found {found}; allowed: either an 'answer' or a 'criterion'")
        if self.criterion and self.rule.form not in ("at_least", "at_most"):
            raise ValueError(
                f"found {self.rule.form!r} on a criterion; "
                "allowed: 'at_least' or 'at_most', in points"
            )
        return self


class Scenario(Typed):
    """A named set of weights, by dotted path; naming one child of a node names all of them."""

    weights: Annotated[dict[str, Weight], Field(min_length=1)]


class Rules(Typed):
    """Everything the buyer fixes before the proposals are opened (DESIGN: the rules are data)."""

    title: Line
    decision: Line
    currency: Annotated[str, Field(pattern=r"\A[A-Z]{3}\z")]
    price: Text
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    notice: Line | None = None
    source: Line | None = None
    as_of: date | None = None
    start: date | None = None
    vendor_column: Text = "vendor"
    gates: tuple[Gate, ...] = ()
    scenarios: dict[Id, Scenario] = Field(default_factory=dict)
    methods: tuple[Text, ...] = ()
    tie_break: tuple[Text, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer the rules read, once each, criteria first."""
        leaves = [c.answer for _, _, c in walk(self.criteria) if c.answer]
        return tuple(dict.fromkeys([*leaves, *(g.answer for g in self.gates if g.answer)]))

    @property
    def price_path(self) -> str:
        """The path of the one criterion that reads the price."""
        [path] = [p for p, _, c in walk(self.criteria) if c.answer == self.price]
        return path


def _canonical(typed: Any) -> bytes:
    return json.dumps(typed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _sha256(typed: Any) -> str:
    return "sha256:" + hashlib.sha256(_canonical(typed)).hexdigest()


def fingerprint(rules: Rules) -> str:
    """The sha256 of the rules as canonical JSON without `scenarios`: what a seal holds."""
    return _sha256(rules.model_dump(mode="json", exclude={"scenarios"}, exclude_defaults=True))


def section_fingerprints(rules: Rules) -> dict[str, str]:
    """The sha256 of each part of the rules, by key, each gate's and top-level criterion's by id.

    They say what differs where the fingerprint does; the fingerprint alone is the proof.
    """
    typed = rules.model_dump(mode="json", exclude={"scenarios"}, exclude_defaults=True)
    parts: dict[str, str] = {}
    for key, part in typed.items():
        if key in ("criteria", "gates"):
            parts |= {f"{key}.{item['id']}": _sha256(item) for item in part}
        else:
            parts[key] = _sha256(part)
    return dict(sorted(parts.items()))


def scenario_fingerprints(rules: Rules) -> dict[str, str]:
    """The sha256 of each scenario by name."""
    return {n: _sha256(s.model_dump(mode="json")) for n, s in sorted(rules.scenarios.items())}
