"""Constructed bids that rules can be tried on before a real bid is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np

from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.evaluation.gates import held_between
from vendor_eval.evaluation.knock_outs import after_knock_outs
from vendor_eval.questionnaire.bounds import answer_bounds
from vendor_eval.rules.criteria import Criterion, Tree, tree, under
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording import plain
from vendor_eval.wording.short_repr import ShortRepr

SAME = 1e-9
"""A difference in value, in [0, 1], that is only float noise."""
COMPARED = (100.0, 200.0)
"""What is answered under a relative function whose plausible answers nobody states."""
Answer = float | str
Row = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Dummies(ShortRepr):
    """Answers that the gates on them admit, leaf by leaf, and bids made of them."""

    rules: Rules

    @cached_property
    def tree(self) -> Tree:
        """The criteria under the rules' own weights."""
        return tree(self.rules.criteria)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """The weight of each leaf in the whole, in [0, 1], by path."""
        return dict(
            zip(self.tree.leaves, self.tree.weights[self.tree.leaf_at].tolist(), strict=True)
        )

    @property
    def other_paths(self) -> tuple[str, ...]:
        """The leaves that do not read the price."""
        return tuple(path for path in self.tree.leaves if path != self.rules.price_path)

    def leaf(self, path: str) -> Criterion:
        """The leaf at a path."""
        return self.tree.criterion(path)

    def value(self, path: str, answer: Answer) -> float:
        """The value of an answer in [0, 1]; under a relative function, next to all candidates."""
        function = self.leaf(path).value
        if function is None:
            raise ValueError(f"{path!r} is not a leaf")
        among = np.array(self.candidates(path)) if function.relative else None
        shown = [answer] if isinstance(answer, str) else np.array([answer])
        return float(function(shown, among)[0])

    def candidates(self, path: str) -> tuple[Answer, ...]:
        """Answers at which a leaf's value may be least or greatest, or bends; at least one.

        They pass the gates on the same answer, unless no answer does.
        """
        leaf = self.leaf(path)
        possible = self.possible(path)
        admitted = tuple(a for a in possible if self.passes(str(leaf.reads), a))
        return admitted or possible

    def possible(self, path: str) -> tuple[Answer, ...]:
        """The same without regard to gates."""
        leaf, function = self.leaf(path), self.leaf(path).value
        if function is None:
            raise ValueError(f"{path!r} is not a leaf")
        if not function.numeric:
            return tuple(function.levels)
        bounds = answer_bounds(leaf) if leaf.measure is None else None
        numbers = {number for gate in self._on(str(leaf.reads)) for number in _bounds(gate)}
        stated = self.rules.stress.plausible.get(path)
        numbers |= set(stated or (COMPARED if function.relative else ()))
        if not function.relative:
            knots = function.knots(np.zeros(0)).tolist() or [0.0]
            numbers |= {*knots, *(low / 2 + high / 2 for low, high in pairwise(knots))}
            reach = max(1.0, knots[-1] - knots[0])
            numbers |= {knots[0] - reach, knots[0] - 1, knots[-1] + 1, knots[-1] + reach}
        if bounds is not None:
            numbers |= {n for n in (bounds.least, bounds.most) if np.isfinite(n)}
        least = 0.0 if path == self.rules.price_path else -np.inf
        kept = (
            x
            for x in sorted(numbers)
            if function.refusal(x) is None
            and (bounds is None or bounds.refusal(x) is None)
            and (x > 0 if function.positive else x >= least)
        )
        return tuple(kept) or COMPARED

    def extreme(self, path: str, *, best: bool) -> Answer:
        """The best or the worst answer that is admitted; of several, the nearest to the others."""
        return self._extremes[path][0 if best else 1]

    @cached_property
    def _extremes(self) -> Mapping[str, tuple[Answer, Answer]]:
        """The best and the worst answer on each leaf."""
        ends = (True, False)
        both = ((p, [self._end(p, best=best) for best in ends]) for p in self.tree.leaves)
        return {path: (best, worst) for path, (best, worst) in both}

    def _end(self, path: str, *, best: bool) -> Answer:
        answers = self.candidates(path)
        values = [self.value(path, answer) for answer in answers]
        wanted = max(values) if best else min(values)
        equal = [a for a, value in zip(answers, values, strict=True) if value == wanted]
        function = self.leaf(path).value
        last = function is not None and (function.slope == "min") == best
        return equal[-1 if last else 0]

    @cached_property
    def least(self) -> Mapping[str, Answer]:
        """The worst answer on each leaf with which a bid still passes the gates, by path."""
        answers = {path: self.extreme(path, best=False) for path in self.tree.leaves}
        for gate in self.rules.gates:
            floor = gate.rule.at_least
            if gate.criterion is None or floor is None:
                continue
            for path in self.tree.leaves:
                if under(path, gate.criterion):
                    raised = self._at_least(path, floor / 100)
                    answers[path] = max(answers[path], raised, key=lambda a: self.value(path, a))
        return answers

    def _at_least(self, path: str, value: float) -> Answer:
        """The admitted answer with the least value of at least `value`, or else the best."""
        return min(
            (a for a in self._around(path, value) if self.value(path, a) >= value - SAME),
            key=lambda a: self.value(path, a),
            default=self.extreme(path, best=True),
        )

    def _around(self, path: str, value: float) -> tuple[Answer, ...]:
        """The candidates, and the answer that has just this value where there is one."""
        function, answers = self.leaf(path).value, self.candidates(path)
        if function is None or not function.numeric or function.relative:
            return answers
        exact = function.reaching(value, None)
        admitted = isinstance(exact, float) and self.passes(str(self.leaf(path).reads), exact)
        return (*answers, exact) if admitted and exact is not None else answers

    def near(self, path: str, value: float) -> Answer:
        """An admitted answer with the greatest value of at most `value`, or else the worst."""
        return max(
            (a for a in self._around(path, value) if self.value(path, a) <= value + SAME),
            key=lambda a: self.value(path, a),
            default=self.extreme(path, best=False),
        )

    def counted(self, answers: Mapping[str, Answer]) -> Floats:
        """Values in [0, 1] of a bid with some answers and the best elsewhere, as they count; (m,).

        Knock-outs are heeded; a leaf with a relative function counts alone.
        """
        best = {path: self.extreme(path, best=True) for path in self.tree.leaves} | {**answers}
        values = np.array([[self.value(path, best[path]) for path in self.tree.leaves]])
        return np.asarray(after_knock_outs(values, self.rules, self.tree)[0])

    def passes(self, column: str, answer: Answer) -> bool:
        """Whether an answer passes every gate that reads its column."""
        return all(self.passes_gate(gate, answer) for gate in self._on(column))

    def passes_gate(self, gate: Gate, answer: Answer) -> bool:
        """Whether an answer passes one gate."""
        rule = gate.rule
        if rule.bounded:
            return isinstance(answer, str) or held_between(rule, answer, answer) == "pass"
        if rule.not_before is not None:
            return True
        return answer in rule.accepted or (
            not isinstance(answer, str) and plain(answer) in rule.accepted
        )

    def _on(self, column: str) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.rules.gates if gate.reads == column)

    @property
    def asked(self) -> float:
        """A price that the gates admit, for rules that divide it by points."""
        column = str(self.rules.price_column)
        return next((each for gate in self._on(column) for each in _bounds(gate)), COMPARED[0])

    def row(
        self, answers: Mapping[str, Answer] | None = None, *, price: float | None = None
    ) -> Row:
        """A bid with some answers, by path; the best admitted answer elsewhere.

        `price`: what it asks where no leaf reads the price.
        """
        answers = answers or {}
        typed = {column: self._passing(column) for column in self.rules.columns}
        if self.rules.divisor is not None:
            typed[str(self.rules.divisor.reads)] = _text(self.asked if price is None else price)
        for path in self.tree.leaves:
            answer = answers.get(path, self.extreme(path, best=True))
            typed[str(self.leaf(path).reads)] = _text(answer)
        for path, answer in answers.items():  # where two leaves read one answer, what was asked
            typed[str(self.leaf(path).reads)] = _text(answer)
        return typed | self._price_parts(typed)

    def _price_parts(self, typed: Row) -> dict[str, str]:
        """The answers that sum to a price: the first makes all of it."""
        parts = self.rules.price_parts
        if not parts:
            return {}
        first, *others = parts
        price = float(typed[str(self.rules.price_column)])
        return {first.answer: plain(price / first.times), **{p.answer: "0" for p in others}}

    def _passing(self, column: str) -> str:
        """An answer that passes the gates on a column that no leaf reads."""
        for gate in self._on(column):
            rule = gate.rule
            if rule.accepted:
                return _text(rule.accepted[0])
            if rule.bounded:
                return _text(next(iter(_bounds(gate))))
            named = rule.not_before
            day = getattr(self.rules, named) if isinstance(named, str) else named
            return day.isoformat() if isinstance(day, date) else ""
        return ""

    def evaluated(self, rows: Mapping[str, Row]) -> Evaluation:
        """The evaluation of some constructed bids."""
        return evaluate(self.rules, proposals(rows, source="stress"))


def _bounds(gate: Gate) -> tuple[float, ...]:
    rule = gate.rule
    named = (rule.at_least, rule.at_most, *rule.accepted)
    return tuple(float(n) for n in named if isinstance(n, int | float))


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else plain(float(answer))
