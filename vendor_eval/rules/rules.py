"""The rules of an evaluation, as entered in `evaluation.yaml`, and their fingerprint."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from vendor_eval.rules.award_rule import (
    HIGHEST_SCORE,
    AwardRule,
    PricePerPoint,
    price_leaf,
    quality_floor,
    with_price_alone,
)
from vendor_eval.rules.clarify import Clarify, TenderNotice
from vendor_eval.rules.commercial import Commercial
from vendor_eval.rules.criteria import Criterion, Measurement, Text, Weight, under, walk
from vendor_eval.rules.envelopes import Envelope
from vendor_eval.rules.gates import Gate, Shortlist
from vendor_eval.rules.knock_out import KnockOuts
from vendor_eval.rules.price import SUMMED, Price, PricePart, SummedPrice
from vendor_eval.rules.robustness import Robustness
from vendor_eval.rules.rounding import Rounding
from vendor_eval.rules.scales import AgreedBy, AnchoredScale, EvaluationPanel, Id, level_values
from vendor_eval.rules.service import Service
from vendor_eval.rules.stress import StressInputs
from vendor_eval.rules.values.function import Typed
from vendor_eval.rules.weight_information import WeightInformation

RULES = "evaluation.yaml"
"""The file, in an evaluation folder, that holds them."""
Line = Annotated[str, Field(min_length=1, max_length=100)]


class Scenario(Typed):
    """A named set of weights, by dotted path; naming one child of a node names all of them."""

    weights: Annotated[dict[str, Weight], Field(min_length=1)]


class Rules(Typed):
    """Everything the buyer fixes before the proposals are opened (DESIGN: the rules are data)."""

    title: Line
    decision: Line
    currency: Annotated[str, Field(pattern=r"\A[A-Z]{3}\z")]
    price: Price
    """None where nothing is paid, or the price is not compared."""
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
    stress: StressInputs = StressInputs()
    rounding: Rounding | None = None
    weights: WeightInformation | None = None
    """All that is stated of the top-level weights; `criteria` then hold the mean of what fits."""
    knock_out: KnockOuts = ()
    """Criteria that count 0 for a bid with too few points on them."""
    shortlist: Shortlist | None = None
    """Who goes on of the vendors that pass every gate; it is the last of the gates."""
    award_rule: AwardRule = HIGHEST_SCORE
    envelopes: tuple[Envelope, ...] = ()
    """What is handed in, and opened, by itself: two, the one with the price last."""
    _whole: "Rules | None" = PrivateAttr(None)
    _stage: str = PrivateAttr("")

    @model_validator(mode="before")
    @classmethod
    def _lowest_price_has_one_criterion(cls, typed: Any) -> Any:
        return with_price_alone(typed)

    @model_validator(mode="after")
    def _panel_leaves_have_values(self) -> Self:
        # a leaf that a panel judges takes its path and its values from what stands around it
        agreed = self.panel.agreed if self.panel else "consensus"
        settled = tuple(_settled(c, "", self.scales, agreed) for c in self.criteria)
        object.__setattr__(self, "criteria", settled)
        return self

    @model_validator(mode="after")
    def _gates_of_other_keys_come_last(self) -> Self:
        entered = {gate.id for gate in self.gates}  # also those that rules once dumped hold already
        more = (gate for gate in self._gates_of_other_keys() if gate.id not in entered)
        object.__setattr__(self, "gates", (*self.gates, *more))
        return self

    def _gates_of_other_keys(self) -> Iterator[Gate]:
        """The floor of the first envelope, the shortlist, and the least quality of a price."""
        for envelope in self.envelopes[:1]:
            yield from envelope.floor_gates
        if self.shortlist is not None:
            path = self.shortlist.criterion
            label = next((c.label for p, _, c in walk(self.criteria) if p == path), path)
            yield self.shortlist.gate(label)
        if (least := quality_floor(self.per_point)) is not None:
            yield least

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
    def per_point(self) -> PricePerPoint | None:
        """What a price per point divides; None under another award rule."""
        return self.award_rule.price_per_point

    @property
    def lowest_price(self) -> bool:
        """Whether the lowest price wins, so that nothing is weighed."""
        return self.award_rule.lowest_price is not None

    @property
    def divisor(self) -> Criterion | None:
        """The price that points are divided by, as a criterion would read it; None elsewhere."""
        return price_leaf(self.price, self.currency) if self.per_point else None

    @property
    def read_leaves(self) -> tuple[Criterion, ...]:
        """Every leaf that is read: those of the tree, then a price that points are divided by."""
        leaves = tuple(c for _, _, c in walk(self.criteria) if c.is_leaf)
        return leaves if self.divisor is None else (*leaves, self.divisor)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the rules read: answers, then measures, then a price that is summed."""
        summed = (SUMMED,) if isinstance(self.price, SummedPrice) else ()
        return (*self.answers, *(measurement.column for measurement in self.measures), *summed)

    @property
    def labels(self) -> Mapping[str, str]:
        """What each column is called: by its criterion, its gate, or as part of a price."""
        named = {str(gate.reads): gate.label for gate in self.gates if gate.reads is not None}
        named |= {part.answer: part.question for part in self.price_parts}
        return named | {str(c.reads): c.label for c in self.read_leaves}

    @property
    def price_column(self) -> str | None:
        """The column of the answers that holds the price; None without a price."""
        return SUMMED if isinstance(self.price, SummedPrice) else self.price

    @property
    def price_parts(self) -> tuple[PricePart, ...]:
        """The answers that a summed price is made of; none where it is one answer or measure."""
        return self.price.sum if isinstance(self.price, SummedPrice) else ()

    @property
    def measures(self) -> tuple[Measurement, ...]:
        """Every measure the rules take, once each, criteria first."""
        read = [*(c.measure for c in self.read_leaves), *(g.measure for g in self.gates)]
        return tuple({m.column: m for m in read if m is not None}.values())

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer the rules read, once each, criteria first."""
        leaves = [c.answer for c in self.read_leaves if c.answer]
        read = [*leaves, *self._parts, *(g.answer for g in self.gates if g.answer)]
        return tuple(name for name in dict.fromkeys(read) if not self._summed(name))

    @property
    def _parts(self) -> tuple[str, ...]:
        return tuple(part.answer for part in self.price_parts)

    def _summed(self, column: str) -> bool:
        return column == SUMMED and isinstance(self.price, SummedPrice)

    @property
    def numeric_answers(self) -> tuple[str, ...]:
        """Every answer that a criterion or a gate reads as a number, once each."""
        leaves = [c for c in self.read_leaves if c.value is not None and c.value.numeric]
        gated = (g.answer for g in self.gates if g.rule.numeric)
        read = dict.fromkeys([*(c.answer for c in leaves), *self._parts, *gated])
        return tuple(answer for answer in read if answer and not self._summed(answer))

    def is_judged(self, leaf: Criterion) -> bool:
        """Whether a leaf's points are a person's judgement; the price never is."""
        if leaf.reads == self.price_column:
            return False
        if leaf.panel is not None:
            return True
        return leaf.reads_points if leaf.judged is None else leaf.judged

    def denies_judgement(self, leaf: Criterion) -> bool:
        """Whether a leaf reads points that people give, and the rules say that nobody judged."""
        return leaf.judged is False and leaf.reads_points and leaf.reads != self.price_column

    def leaves_judgement_open(self, leaf: Criterion) -> bool:
        """Whether a leaf reads a bare number, which a person may have judged or counted."""
        number = leaf.answer is not None and leaf.value is not None and leaf.value.numeric
        silent = leaf.judged is None and leaf.error is None and leaf.unit is None
        return number and silent and not leaf.reads_points and leaf.reads != self.price_column

    @property
    def price_path(self) -> str | None:
        """The path of the criterion that reads the price; None where none is asked or opened."""
        if self.price is None:
            return None
        return next((p for p, _, c in walk(self.criteria) if c.reads == self.price_column), None)


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
        elif part is not None:  # without a price there is no part of that name
            parts[key] = _sha256(part)
    return dict(sorted(parts.items()))


def scenario_fingerprints(rules: Rules) -> dict[str, str]:
    """The sha256 of each scenario by name."""
    return {n: _sha256(s.model_dump(mode="json")) for n, s in sorted(rules.whole.scenarios.items())}
