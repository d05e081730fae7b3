"""What the explorer counts with: an assessment's tree, answers and values, as plain JSON values.

Positions stand for names: vendors in the order of the file, nodes parents first, leaves in tree
order. Values are in [0, 1]; what depends on who else bids is counted in the browser.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from vendor_eval.analysis.formulas import FORMULAS, OWN
from vendor_eval.analysis.simulation.errors import errors_of
from vendor_eval.analysis.what_if import price_formula_names
from vendor_eval.award.amounts import counted
from vendor_eval.award.result import Result
from vendor_eval.award.stated_weights import fitting_ranges
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.knock_outs import knock_out_rules
from vendor_eval.evaluation.performance import Performance
from vendor_eval.evaluation.shortlist import counted_at, shortlist_of
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.gates import SHORTLIST
from vendor_eval.rules.robustness import CONCENTRATIONS
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats, ValueFunction
from vendor_eval.rules.values.named import typed_form
from vendor_eval.rules.values.relative import (
    AboveLowest,
    LinearRange,
    LowestOverThis,
    MeanBased,
    ThisOverHighest,
)
from vendor_eval.tender.tender import Tender

DRAWS = 1000
"""Weightings that the explorer is given where only that is stated: half of its re-runs."""
RELATIVE = (AboveLowest, LinearRange, LowestOverThis, MeanBased, ThisOverHighest)
"""Functions of all bids that `evaluation.js` counts too."""


def _price_leaf(evaluation: Evaluation) -> int | None:
    path = evaluation.price_path
    return None if path is None else evaluation.tree.leaves.index(path)


def _divisor(evaluation: Evaluation) -> dict[str, Any]:
    """The prices that points are divided by, null where one cannot be; nothing elsewhere."""
    divided = evaluation.divisor
    if divided is None:
        return {}
    known = zip(divided.answers.likely.tolist(), divided.faulty.tolist(), strict=True)
    prices = [None if faulty else price for price, faulty in known]
    return {"divisor": {"lowest": divided.lowest, "prices": prices}}


def _rounding(rules: Rules, tree: Tree) -> dict[str, Any]:
    """Where the ranking rounds, by leaf; nothing where it does not."""
    rounding = rules.rounding
    if rounding is None:
        return {}
    values = [rounding.decimals(path) for path in tree.leaves]
    return {"rounding": {"values": values, "score": rounding.score, "how": rounding.how}}


def _shortlist(evaluation: Evaluation) -> dict[str, Any]:
    """How many go on, by which gate, and every vendor's points on its criterion, null if unknown.

    They hold under the rules' own weights; nothing where there is no shortlist.
    """
    shortlist = shortlist_of(evaluation.rules)
    if shortlist is None:
        return {}
    points = [counted_at(evaluation.screening, vendor) for vendor in evaluation.vendors]
    at = [gate.id for gate in evaluation.rules.gates].index(SHORTLIST)
    return {"shortlist": {"gate": at, "best": shortlist.best, "points": points}}


def _knock_outs(evaluation: Evaluation) -> dict[str, Any]:
    """Each knock-out: its floor in points, its leaves, and what they count within its criterion."""
    every = knock_out_rules(evaluation.rules, evaluation.stated)
    stated = [
        {
            "below": each.rule.below,
            "leaves": np.flatnonzero(each.leaves).tolist(),
            "counts": each.counts.tolist(),
        }
        for each in every
    ]
    return {"knock_outs": stated} if stated else {}


def explorer_model(tender: Tender, result: Result) -> dict[str, Any]:
    """Everything of an assessment that the explorer needs to count alone."""
    from vendor_eval.report.style import BLUES  # plotly, which who only writes pages never needs
    from vendor_eval.report.weight_changes import FILLS

    evaluation = result.evaluation
    rules, tree = evaluation.rules, evaluation.tree
    published = rules.procedure == "public" and result.information is None
    return {
        "colours": list(BLUES),
        "fills": list(FILLS),
        "currency": rules.currency,
        "negotiable": rules.procedure == "private",
        "sealed": tender.seal is not None,
        "vendors": [_vendor(evaluation, vendor) for vendor in evaluation.vendors],
        "gates": [{"id": gate.id, "label": gate.label} for gate in rules.gates],
        "nodes": [
            {"path": path, "label": criterion.label, "parent": int(parent)}
            for path, criterion, parent in zip(tree.paths, tree.criteria, tree.parents, strict=True)
        ],
        "leaves": [_leaf(evaluation, m) for m in range(len(tree.leaves))],
        "price": _price_leaf(evaluation),
        **_divisor(evaluation),
        "entered": not counted(evaluation),
        **_rounding(rules, tree),
        **_shortlist(evaluation),
        **_knock_outs(evaluation),
        "tie_break": [tree.at(path) for path in rules.tie_break],
        "formulas": {
            name: None if name == OWN else _function(FORMULAS[name])
            for name in price_formula_names(evaluation)
        },
        "rules": _shares(result.scenarios[""].tree),
        "scenarios": {
            name: scenario_model(weighed.tree, late=_late(tender, name))
            for name, weighed in result.scenarios.items()
            if name
        },
        "scenario": evaluation.scenario,
        "fixed": [tree.criterion(path).label for path in tree.leaves if _only_here(tree, path)],
        "drawn": result.reruns is not None,
        "concentration": None if published else rules.robustness.concentration,
        **_fitting(result),
        "presets": dict(CONCENTRATIONS),
        "errors": [points.max(axis=0).tolist() for points in _errors(result)],
        "checks": [{"ok": c.ok, "says": c.says} for c in result.recommendation.checks],
    }


def _fitting(result: Result) -> dict[str, Any]:
    """Top-level weights that fit, and where nine in ten lie, where no weights are agreed."""
    if result.fitting_weights is None:
        return {}
    ends = [list(each) for each in fitting_ranges(result).values()]
    return {"fitting": {"ranges": ends, "draws": result.fitting_weights[:DRAWS].tolist()}}


def _errors(result: Result) -> Sequence[Floats]:
    """Of every source of error what a unit of each leaf's weight adds to the score, in points.

    Before points are divided by a price.
    """
    evaluation, error = result.evaluation, result.judgement_error.points
    scale = evaluation.scale[:, None]
    return [points / scale for points in errors_of(evaluation, evaluation.vendors, error).points]


def scenario_model(weighed: Tree, *, late: bool) -> dict[str, Any]:
    """A scenario's shares of all nodes, and whether it was added after sealing."""
    return {"shares": _shares(weighed), "late": late}


def _late(tender: Tender, scenario: str) -> bool:
    return tender.seal is not None and not tender.seal.covers(tender.rules, scenario)


def _vendor(evaluation: Evaluation, vendor: str) -> dict[str, Any]:
    """A vendor's name and its state at each gate; whether the buyer excluded it, and its faults.

    None of these is there where it is false or 0, nor the criteria that count 0 for it. A blank is
    none of them: whether it keeps a vendor from being scored depends on what is moved.
    """
    passages = evaluation.screening.passages[vendor]
    faults = evaluation.faults.get(vendor, ())
    knocked = evaluation.knock_outs(vendor)
    out = {
        "closed": vendor in evaluation.screening.excluded,
        "faults": sum(fault.severity == "fault" for fault in faults),
        "knocked": [evaluation.tree.criterion(path).label for path in knocked],
    }
    gates = [passages[gate.id].state for gate in evaluation.rules.gates]
    return {"name": vendor, "gates": gates, **{key: said for key, said in out.items() if said}}


def _shares(tree: Tree) -> list[float]:
    return tree.shares.tolist()


def _leaf(evaluation: Evaluation, m: int) -> dict[str, Any]:
    tree = evaluation.tree
    path = tree.leaves[m]
    criterion, answers = tree.criterion(path), evaluation.performance[path]
    function = criterion.value
    if function is None:
        raise ValueError(f"{path!r} is not a leaf")
    numbers = range(len(answers.given))
    leaf: dict[str, Any] = {
        "node": tree.at(path),
        "unit": criterion.unit,
        "answers": [answers.shown(n) for n in numbers],
        # leaves that read one answer share what is drawn of it
        "reads": tree.leaves.index(_first_reading(tree, path)),
    }
    ranges = {str(n): _range(answers, n) for n in numbers if answers.low[n] < answers.high[n]}
    if ranges:
        leaf["ranges"] = ranges
    if criterion.missing == "worst":
        leaf["blank"] = True
    knocked = np.flatnonzero(evaluation.knocked_out[:, m]).tolist()
    if knocked:
        leaf["knocked"] = knocked
    if function.relative and criterion.error:
        leaf["error"] = criterion.error
    if _only_here(tree, path):
        known = evaluation.values[path].to_dict()
        return leaf | {"values": [float(known.get(v, 0.0)) for v in evaluation.vendors]}
    if function.relative:
        return leaf | {"function": _function(function)}
    values = np.round(answers.values(function), 12).tolist()
    return leaf | {"values": values} | _graph(function)


def _first_reading(tree: Tree, path: str) -> str:
    """The first leaf that reads what a leaf reads."""
    reads = tree.criterion(path).reads
    return next(other for other in tree.leaves if tree.criterion(other).reads == reads)


def _only_here(tree: Tree, path: str) -> bool:
    """Whether a leaf's values depend on the other bids in a way that no browser was taught."""
    function = tree.criterion(path).value
    return function is not None and function.relative and type(function) not in RELATIVE


def _range(answers: Performance, n: int) -> dict[str, float | None]:
    """The ends of a range, and where in it the likely number lies if one was given, in [0, 1]."""
    low, likely, high = (float(x[n]) for x in (answers.low, answers.likely, answers.high))
    peak = (likely / 2 - low / 2) / (high / 2 - low / 2) if answers.peaked[n] else None
    return {"low": low, "high": high, "peak": peak}


def _graph(function: ValueFunction) -> dict[str, Any]:
    """The straight pieces of a function of numbers, or its levels with their points."""
    if not function.numeric:
        return {"levels": [[a, round(100 * value, 9)] for a, value in function.levels.items()]}
    return {"pieces": [[x if np.isfinite(x) else None for x in piece] for piece in function.pieces]}


def _function(function: ValueFunction) -> Mapping[str, Any]:
    [(name, parameters)] = typed_form(function).items()
    return {
        "name": name,
        "parameters": parameters,
        "slope": function.slope,
        "positive": function.positive,
    }
