"""Which marks matter: one mark, one evaluator, exactly and without sampling."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation, evaluate
from vendor_eval.evaluation.field import Field, field_of
from vendor_eval.evaluation.gates import State, held_between
from vendor_eval.evaluation.shortlist import shortlist_of
from vendor_eval.panel.items import Item, ItemKey
from vendor_eval.panel.record import PanelRecord
from vendor_eval.rules.criteria import under
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.values.function import Floats


@dataclass(frozen=True)
class MarkConsequence:
    """What an item's levels would do to the first place, everything else as it is."""

    decides: bool = False
    """Whether a level that an evaluator gave changes who is first, or makes vendors tie for it."""
    gate: bool = False
    """Whether such a level changes a gate, and the first place does not change."""
    would_take: Mapping[str, str] | None = None
    """The nearest level of the scale at which another vendor would be first or tie for it."""


class Consequences:
    """A locked panel's marks against an evaluation; nothing here changes either."""

    def __init__(self, evaluation: Evaluation, record: PanelRecord) -> None:
        self.evaluation, self.record = evaluation, record
        self.field = field_of(evaluation)
        self.leaders = evaluation.leaders
        points = self.field.points()
        self.best = float(points.max()) if len(points) else 0.0
        self.top = frozenset(np.flatnonzero(points == self.best).tolist())
        tree = evaluation.tree
        self.leaf = {path: tree.leaves.index(path) for path in record.rules.judged_leaves}
        self.gates = {path: tuple(self._gates_over(path)) for path in self.leaf}

    def _gates_over(self, path: str) -> Iterator[Gate]:
        stated, leaf = self.evaluation.stated, self.leaf[path]
        for gate in self.evaluation.rules.gates:
            alone = gate.criterion and gate.rule.best is None
            if alone and stated.composition[stated.at(str(gate.criterion)), leaf] > 0:
                yield gate

    @cached_property
    def listed(self) -> frozenset[str]:
        """The judged leaves that a shortlist reads, all of them; none without one."""
        shortlist = shortlist_of(self.evaluation.rules)
        if shortlist is None:
            return frozenset()
        stated = self.evaluation.stated
        counts = stated.composition[stated.at(shortlist.criterion)]
        return frozenset(path for path, leaf in self.leaf.items() if counts[leaf] > 0)

    @cached_property
    def knocked(self) -> frozenset[str]:
        """The judged leaves of criteria that may count 0."""
        named = [each.criterion for each in self.evaluation.rules.knock_out]
        return frozenset(path for path in self.leaf if any(under(path, at) for at in named))

    @cached_property
    def of_items(self) -> Mapping[ItemKey, MarkConsequence]:
        """Every item's consequence."""
        if not self.leaders:
            return {key: MarkConsequence() for key in self.record.items}
        return {key: self._of_item(item) for key, item in self.record.items.items()}

    def _of_item(self, item: Item) -> MarkConsequence:
        given = set(item.levels)
        now = self._points(item)
        nearest = sorted(item.scale.codes, key=lambda code: self._distance(item, code, now))
        decides, gate, would_take = False, False, dict[str, str]()
        for code in nearest:
            if code == self.record.counts(item):
                continue
            leaders, tie, flips = self._first_with(item, code, now)
            for vendor in leaders:
                if vendor not in self.leaders:
                    would_take.setdefault(vendor, code)
            changes = leaders != self.leaders or tie
            decides |= changes and code in given
            gate |= flips and not changes and code in given
        return MarkConsequence(decides, gate and not decides, would_take)

    def _points(self, item: Item) -> float:
        """The points (0-100) that an item counts now."""
        counted = self.record.counts(item)
        if self.record.agreed == "consensus":
            return item.scale.points.get(counted, 0.0)
        return float(counted or 0)

    def _distance(self, item: Item, code: str, now: float) -> tuple[float, int]:
        step = item.scale.step(code)
        counted = self.record.counts(item)
        if counted in item.scale.codes:
            return abs(step - item.scale.step(counted)), step
        return abs(item.scale.points[code] - now), step

    def _first_with(self, item: Item, code: str, now: float) -> tuple[tuple[str, ...], bool, bool]:
        """Who is first if an item had another level, whether several tie, and whether a gate flips.

        A tie is one on points, also where the rules break it.
        """
        states = [(gate.id, self._state(gate, item, code)) for gate in self.gates[item.criterion]]
        passages = self.evaluation.screening.passages[item.vendor]
        flips = any(passages[id].state != state for id, state in states)
        shortlist = shortlist_of(self.evaluation.rules)
        across = item.criterion in self.listed or item.criterion in self.knocked
        if across or (shortlist and flips):
            return self._evaluated_with(item, code)
        eligible = self._eligible_with(item.vendor, dict(states)) if flips else None
        inside = item.vendor in self.evaluation.ranks
        value, leaf = item.scale.points[code] / 100, self.leaf[item.criterion]
        if eligible is None or eligible == inside:
            if not inside:
                return self.leaders, False, flips
            row = self.field.vendors.index(item.vendor)
            gained = self.field.scale[row] * self.field.weights[leaf] * (100 * value - now)
            moved = self.field.scores[row] * 100 + gained
            if row not in self.top and round(moved, DECIMALS) < self.best:
                return self.leaders, False, flips
            return (*self._leading(self.field, row, leaf, value), flips)
        if inside:
            without = self.field.without(item.vendor)
            return without.leading(), self._ties(without.points()), flips
        entered = field_of(self.evaluation, entering=[item.vendor])
        row = entered.vendors.index(item.vendor)
        return (*self._leading(entered, row, leaf, value), flips)

    def _evaluated_with(self, item: Item, code: str) -> tuple[tuple[str, ...], bool, bool]:
        """The same where a level may change a shortlist or knock a criterion out."""
        evaluation = self.evaluation
        answers = evaluation.proposals.answers.copy()
        judged = self.record.rules.judged_leaves[item.criterion]
        by_name = self.record.agreed == "consensus"
        answers.at[item.vendor, str(judged.reads)] = code if by_name else item.scale.points[code]
        given = replace(evaluation.proposals, answers=answers.astype(str))
        other = evaluate(evaluation.rules, given, scenario=evaluation.scenario)
        flips = any(other.status(v) != evaluation.status(v) for v in evaluation.vendors)
        points = np.array([other.compared_points[vendor] for vendor in other.ranking])
        return other.leaders, self._ties(points), flips

    def _leading(
        self, field: Field, row: int, leaf: int, value: float
    ) -> tuple[tuple[str, ...], bool]:
        values = field.values.copy()
        values[row, leaf] = field.scale[row] * value
        points = field.points(values)
        return field.foremost(points, values), self._ties(points)

    def _ties(self, points: Floats) -> bool:
        """Whether several vendors have the most points, where they have not now."""
        return len(self.top) == 1 and len(points) > 0 and int((points == points.max()).sum()) > 1

    def _state(self, gate: Gate, item: Item, code: str) -> State:
        """How a vendor would stand at a gate if an item had another level."""
        if gate.reads is not None:
            return "pass" if code in gate.rule.accepted else "fail"
        stated, row = self.evaluation.stated, self.evaluation.proposals.rows[item.vendor]
        counts = stated.composition[stated.at(str(gate.criterion))]
        ends = []
        for bound in self.evaluation.bounds:
            values = bound[row].copy()
            values[self.leaf[item.criterion]] = item.scale.points[code] / 100
            ends.append(round(float(100 * (values * counts).sum()), DECIMALS))
        return held_between(gate.rule, *ends)

    def _eligible_with(self, vendor: str, states: Mapping[str, State]) -> bool:
        """Whether a vendor would be in the ranking if some gates stood otherwise."""
        screening = self.evaluation.screening
        passages = {
            id: replace(passage, state=states.get(id, passage.state))
            for id, passage in screening.passages[vendor].items()
        }
        return replace(screening, passages={vendor: passages}).status(vendor) == "eligible"

    @cached_property
    def alone(self) -> Mapping[str, tuple[str, ...]]:
        """By evaluator, who would be first if only their levels counted on what they read."""
        return {e: self._alone(e) for e in self._evaluators} if self.leaders else {}

    def _alone(self, evaluator: str) -> tuple[str, ...]:
        proposals = self.evaluation.proposals
        answers = proposals.answers.copy()
        for path, leaf in self.record.rules.judged_leaves.items():
            items = [self.record.items[vendor, path] for vendor in proposals.vendors]
            answers[str(leaf.reads)] = [self._counts_alone(item, evaluator) for item in items]
        given = replace(proposals, answers=answers)
        return evaluate(self.record.rules, given, scenario=self.evaluation.scenario).leaders

    def _counts_alone(self, item: Item, evaluator: str) -> str:
        """What an item counts by one evaluator's mark; by all of them where there is none."""
        mark = item.marks.get(evaluator)
        if mark is None:
            return self.record.counts(item)
        if self.record.agreed == "consensus":
            return mark.level
        return repr(item.scale.points[mark.level])

    @cached_property
    def leave_one_out(self) -> Mapping[str, tuple[str, ...]]:
        """By evaluator, who would be first by the means of all other marks; a diagnostic.

        Under consensus nobody knows what the others would have agreed. Gates stay as they are.
        """
        if not self.leaders:
            return {}
        return {e: self.field.leading(self._means(without=e)) for e in self._evaluators}

    def _means(self, *, without: str) -> Floats:
        values = self.field.given_values.copy()
        for row, leaf, points in self._given:
            others = len(points) - (without in points)
            if others:
                total = sum(points.values()) - points.get(without, 0.0)
                values[row, leaf] = total / others / 100
        return self.field.counted(values)

    @cached_property
    def _given(self) -> list[tuple[int, int, dict[str, float]]]:
        """Every item of a ranked vendor: its row, its leaf, and the points by evaluator."""
        rows = {vendor: row for row, vendor in enumerate(self.field.vendors)}
        return [
            (rows[vendor], self.leaf[path], self._marked_points(item))
            for (vendor, path), item in self.record.items.items()
            if vendor in rows
        ]

    def _marked_points(self, item: Item) -> dict[str, float]:
        points = item.scale.points
        return {evaluator: points[mark.level] for evaluator, mark in item.marks.items()}

    @property
    def _evaluators(self) -> Sequence[str]:
        panel = self.record.rules.panel
        return [each.id for each in panel.evaluators] if panel else []

    @property
    def deciding(self) -> tuple[Item, ...]:
        """The items of which one mark of one evaluator decides who is first."""
        found_in = self.of_items
        return tuple(item for key, item in self.record.items.items() if found_in[key].decides)

    @property
    def second_readings(self) -> Mapping[str, tuple[str, ...]]:
        """By criterion with a deciding mark, the evaluators who did not score it.

        Somebody who did not score it reads the question again, for every vendor.
        """
        paths = dict.fromkeys(item.criterion for item in self.deciding)
        return {
            path: tuple(
                e
                for e in self._evaluators
                if e not in self.record.rules.readers(path)
                and e not in self.record.declared.withdrawn
            )
            for path in paths
        }
