"""The evaluation under other circumstances: answers at their worst, other volumes, other rates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.measures.costs.exchange import SHIFT, at_exchange_rates
from vendor_eval.measures.costs.measures import CostMeasure
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.measures.measures import answered, measure
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats, ValueFunction


def at_worst(evaluation: Evaluation, vendor: str) -> Evaluation | None:
    """The evaluation with every range of one eligible vendor at its worst; None without a range.

    What it left blank counts as the worst already.
    """
    worst = dict(_worst_answers(evaluation, vendor))
    if not worst:
        return None
    answers = evaluation.proposals.answers.copy()
    for column, number in worst.items():
        answers.at[vendor, column] = repr(number)
    proposals = replace(evaluation.proposals, answers=answers)
    return evaluate(evaluation.rules, proposals, scenario=evaluation.scenario)


def _worst_answers(evaluation: Evaluation, vendor: str) -> Iterator[tuple[str, float]]:
    """The answers, by column, with the least points among those that a vendor's ranges hold."""
    tree, row = evaluation.tree, evaluation.proposals.rows[vendor]
    eligible = [evaluation.proposals.rows[v] for v in evaluation.ranking if v != vendor]
    leaves: dict[str, list[str]] = {}
    for path in tree.leaves:
        leaves.setdefault(str(tree.criterion(path).reads), []).append(path)
    for column, paths in leaves.items():
        asked = evaluation.performance[paths[0]]
        low, high = float(asked.low[row]), float(asked.high[row])
        if not asked.given[row] or low == high:
            continue
        rivals = asked.likely[[n for n in eligible if asked.given[n]]]
        functions = [(tree.criterion(p).value, float(tree.weights[tree.at(p)])) for p in paths]
        tried = {low, high}
        for function, _ in functions:
            if function is not None and not function.relative:
                tried |= {x for x in function.knots(rivals).tolist() if low < x < high}
        yield column, min(sorted(tried), key=partial(_points, functions, rivals))


def _points(
    functions: Sequence[tuple[ValueFunction | None, float]], rivals: Floats, x: float
) -> float:
    """What an answer adds to the score, in [0, 1], on all leaves that read it."""
    each, among = np.array([x]), np.append(rivals, x)
    return sum(w * float(function(each, among)[0]) for function, w in functions if function)


def under_other_terms(
    evaluation: Evaluation, facts: Mapping[str, Facts]
) -> Mapping[str, Evaluation]:
    """The evaluation at every other forecast of volumes, and at other exchange rates, by name.

    The names are those of the forecasts, and "rates 10 % lower" and "rates 10 % higher". Empty
    where no workbook was priced.
    """
    rules = evaluation.rules
    if rules.commercial is None or not facts:
        return {}
    terms = {}
    for name in rules.commercial.volumes:
        if name != rules.commercial.forecast:
            commercial = rules.commercial.model_copy(update={"forecast": name})
            terms[name] = rules.model_copy(update={"commercial": commercial})
    if rules.commercial.exchange:
        percent = round(100 * SHIFT)
        terms[f"rates {percent} % lower"] = at_exchange_rates(rules, 1 - SHIFT)
        terms[f"rates {percent} % higher"] = at_exchange_rates(rules, 1 + SHIFT)
    return {name: _measured(evaluation, facts, moved) for name, moved in terms.items()}


def _measured(evaluation: Evaluation, facts: Mapping[str, Facts], rules: Rules) -> Evaluation:
    """The evaluation with what the cost measures find under other commercial terms."""
    responses = [facts[vendor].response for vendor in evaluation.vendors if vendor in facts]
    costs = [m for m in rules.measures if isinstance(measure(m), CostMeasure)]
    measured = answered(rules, facts_of(rules, responses), costs)
    answers = evaluation.proposals.answers.copy()
    for cost in costs:
        answers.loc[measured.answers.index, cost.column] = measured.answers[cost.column]
    proposals = replace(evaluation.proposals, answers=answers)
    return evaluate(rules, proposals, scenario=evaluation.scenario)
