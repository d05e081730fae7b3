"""The rules of an evaluation, as entered in `evaluation.yaml`, and their fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, PrivateAttr, model_validator

from vendor_eval.rules.clarify import Clarify, TenderNotice
from vendor_eval.rules.commercial import Commercial
from vendor_eval.rules.criteria import (
    Criterion,
    Label,
    Measurement,
    Measuring,
    Text,
    Weight,
    walk,
)
from vendor_eval.rules.envelopes import Envelope, under
from vendor_eval.rules.estimates import finite
from vendor_eval.rules.robustness import Robustness
from vendor_eval.rules.scales import AgreedBy, AnchoredScale, EvaluationPanel, Id, level_values
from vendor_eval.rules.service import Service
from vendor_eval.rules.values.function import OneForm, Typed


def _answer(typed: object) -> str | float:
    """A text, or a finite number, that an answer may be equal to."""
    if isinstance(typed, str):
        return typed
    number = finite(typed)
    if number is None:
        raise ValueError(f"found {typed!r:.80}; allowed: a text (in quotes) or a number")
    return number


def _moment(typed: object) -> date | str:
    """A date, or the name of one that the rules give elsewhere."""
    if type(typed) is date or typed in ("as_of", "start"):
        return typed
    raise ValueError(f"found {typed!r}; allowed: a date such as 2026-11-20, 'as_of' or 'start'")


Line = Annotated[str, Field(min_length=1, max_length=100)]
Answer = Annotated[str | float, PlainValidator(_answer)]


class Condition(OneForm):
    """What a gate asks: exactly one of its five forms."""

    equals: Answer | None = None
    one_of: Annotated[tuple[Answer, ...] | None, Field(min_length=1)] = None
    at_least: float | None = None
    at_most: float | None = None
    not_before: Annotated[date | str, PlainValidator(_moment)] | None = None

    @property
    def accepted(self) -> tuple[str | float, ...]:
        """The answers that pass, where it names them."""
        return self.one_of or (() if self.equals is None else (self.equals,))

    @property
    def bounded(self) -> bool:
        """Whether it asks for a number, or for points, on one side of a bound."""
        return self.at_least is not None or self.at_most is not None

    @property
    def numeric(self) -> bool:
        """Whether an answer may be read as a number: against a bound, or against one it names."""
        return self.bounded or any(isinstance(answer, float) for answer in self.accepted)


class Gate(Typed):
    """A condition every vendor must meet: on an answer, or on the value of a criterion."""

    id: Id
    label: Label
    rule: Condition
    answer: Text | None = None
    measure: Measuring | None = None
    criterion: Text | None = None

    @model_validator(mode="after")
    def _reads_one_thing(self) -> Self:
        read = {"answer": self.answer, "measure": self.measure, "criterion": self.criterion}
        named = [name for name, typed in read.items() if typed is not None]
        if len(named) != 1:
            raise ValueError(
                f"found {' and '.join(map(repr, named)) or 'none'}; "
                "allowed: one of 'answer', 'measure' or 'criterion'"
            )
        if self.criterion and self.rule.form == "not_before":
            raise ValueError(
                f"found {self.rule.form!r} on a criterion; "
                "allowed: 'at_least' or 'at_most', in points"
            )
        return self

    @property
    def reads_level(self) -> bool:
        """Whether it asks for certain levels of a criterion that a panel judges."""
        return self.criterion is not None and not self.rule.bounded

    @property
    def reads(self) -> str | None:
        """The column of the answers that it reads; None where it reads a criterion's points."""
        if self.reads_level:
            return f"panel({self.criterion})"
        return self.measure.column if self.measure is not None else self.answer


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
    procedure: Literal["private", "public"] = "private"
    """In a public one the published weights are the law, and nothing offered can be changed."""
    gates: tuple[Gate, ...] = ()
    scenarios: dict[Id, Scenario] = Field(default_factory=dict)
    methods: tuple[Text, ...] = ()
    tie_break: tuple[Text, ...] = ()
    service: Service | None = None
    commercial: Commercial | None = None
    clarify: Clarify | None = None
    tender: TenderNotice | None = None
    robustness: Robustness = Robustness()
    ask: tuple[Text, ...] = ()
    """Standard parts that vendors are asked for in addition, by name."""
    scales: dict[Id, AnchoredScale] = Field(default_factory=dict)
    panel: EvaluationPanel | None = None
    envelopes: tuple[Envelope, ...] = ()
    """What is handed in, and opened, by itself: two, the one with the price last."""
    _whole: "Rules | None" = PrivateAttr(None)
    _stage: str = PrivateAttr("")

    @model_validator(mode="after")
    def _panel_leaves_have_values(self) -> Self:
        # a leaf that a panel judges takes its path and its values from what stands around it
        agreed = self.panel.agreed if self.panel else "consensus"
        settled = tuple(_settled(c, "", self.scales, agreed) for c in self.criteria)
        object.__setattr__(self, "criteria", settled)
        for envelope in self.envelopes[:1]:
            floor = envelope.qualify
            if floor is not None and envelope.floor_id not in [gate.id for gate in self.gates]:
                label = f"At least {floor.rule.at_least:g} points on {floor.criterion}"[:60]
                rule = Condition(at_least=floor.rule.at_least)
                gate = Gate(id=envelope.floor_id, label=label, criterion=floor.criterion, rule=rule)
                object.__setattr__(self, "gates", (*self.gates, gate))
        return self

    @property
    def stage(self) -> str:
        """The id of the one envelope that these rules read; "" where they are whole."""
        return self._stage

    @property
    def whole(self) -> "Rules":
        """The rules of which these are a stage; these themselves where they are whole."""
        return self._whole or self

    def staged(self, id: str, **parts: Any) -> "Rules":
        """These rules with other parts, as they read one envelope alone."""
        copy = self.model_copy(update=parts)
        copy._whole, copy._stage = self, id
        return copy

    @property
    def judged_leaves(self) -> Mapping[str, Criterion]:
        """The leaves that a panel judges, by path."""
        return {path: c for path, _, c in walk(self.criteria) if c.panel is not None}

    @property
    def panel_columns(self) -> tuple[str, ...]:
        """The columns of agreed levels."""
        return tuple(str(leaf.reads) for leaf in self.judged_leaves.values())

    def scale(self, path: str) -> AnchoredScale:
        """The scale of a leaf that a panel judges; KeyError for another."""
        question = self.judged_leaves[path].panel
        return self.scales[question.scale if question else ""]

    def readers(self, path: str) -> tuple[str, ...]:
        """The ids of the evaluators who read a leaf, in the rules' order."""
        evaluators = self.panel.evaluators if self.panel else ()
        return tuple(e.id for e in evaluators if any(under(path, named) for named in e.criteria))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the rules read: answers, then measures."""
        return (*self.answers, *(measurement.column for measurement in self.measures))

    @property
    def measures(self) -> tuple[Measurement, ...]:
        """Every measure the rules take, once each, criteria first."""
        read = [*(c.measure for _, _, c in walk(self.criteria)), *(g.measure for g in self.gates)]
        return tuple({m.column: m for m in read if m is not None}.values())

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer the rules read, once each, criteria first."""
        leaves = [c.answer for _, _, c in walk(self.criteria) if c.answer]
        return tuple(dict.fromkeys([*leaves, *(g.answer for g in self.gates if g.answer)]))

    @property
    def numeric_answers(self) -> tuple[str, ...]:
        """Every answer that a criterion or a gate reads as a number, once each."""
        leaves = [c for _, _, c in walk(self.criteria) if c.value is not None and c.value.numeric]
        read = [*(c.answer for c in leaves), *(g.answer for g in self.gates if g.rule.numeric)]
        return tuple(dict.fromkeys(answer for answer in read if answer))

    def is_judged(self, leaf: Criterion) -> bool:
        """Whether a leaf's points are a person's judgement; the price never is."""
        if leaf.reads == self.price:
            return False
        if leaf.panel is not None:
            return True
        return leaf.reads_points if leaf.judged is None else leaf.judged

    def denies_judgement(self, leaf: Criterion) -> bool:
        """Whether a leaf reads points that people give, and the rules say that nobody judged."""
        return leaf.judged is False and leaf.reads_points and leaf.reads != self.price

    def leaves_judgement_open(self, leaf: Criterion) -> bool:
        """Whether a leaf reads a bare number, which a person may have judged or counted."""
        number = leaf.answer is not None and leaf.value is not None and leaf.value.numeric
        silent = leaf.judged is None and leaf.error is None and leaf.unit is None
        return number and silent and not leaf.reads_points and leaf.reads != self.price

    @property
    def price_path(self) -> str:
        """The path of the one criterion that reads the price; "" before it is opened."""
        paths = [p for p, _, c in walk(self.criteria) if c.reads == self.price]
        return paths[0] if paths else ""


def _settled(
    criterion: Criterion, parent: str, scales: Mapping[str, AnchoredScale], agreed: AgreedBy
) -> Criterion:
    """A criterion whose panel leaves know their path and their values."""
    path = f"{parent}.{criterion.id}" if parent else criterion.id
    if criterion.criteria is not None:
        children = tuple(_settled(c, path, scales, agreed) for c in criterion.criteria)
        return criterion.model_copy(update={"criteria": children})
    if criterion.panel is None:
        return criterion
    value = level_values(scales.get(criterion.panel.scale), agreed)
    return criterion.model_copy(update={"panel": criterion.panel.at(path), "value": value})


def _canonical(typed: Any) -> bytes:
    return json.dumps(typed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _sha256(typed: Any) -> str:
    return "sha256:" + hashlib.sha256(_canonical(typed)).hexdigest()


def fingerprint(rules: Rules) -> str:
    """The sha256 of the rules as canonical JSON without `scenarios`: what a seal holds."""
    dumped = rules.whole.model_dump(mode="json", exclude={"scenarios"}, exclude_defaults=True)
    return _sha256(dumped)


def section_fingerprints(rules: Rules) -> dict[str, str]:
    """The sha256 of each part of the rules, by key, each gate's and top-level criterion's by id.

    They say what differs where the fingerprint does; the fingerprint alone is the proof.
    """
    typed = rules.whole.model_dump(mode="json", exclude={"scenarios"}, exclude_defaults=True)
    parts: dict[str, str] = {}
    for key, part in typed.items():
        if key in ("criteria", "gates"):
            parts |= {f"{key}.{item['id']}": _sha256(item) for item in part}
        else:
            parts[key] = _sha256(part)
    return dict(sorted(parts.items()))


def scenario_fingerprints(rules: Rules) -> dict[str, str]:
    """The sha256 of each scenario by name."""
    return {n: _sha256(s.model_dump(mode="json")) for n, s in sorted(rules.whole.scenarios.items())}
