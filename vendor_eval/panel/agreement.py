"""How far this panel agrees: figures for the moderator, and the error of its judgement."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.analysis.concordance import kendall_w
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.record import PanelRecord
from vendor_eval.panel.statistics import (
    MeanSquares,
    jackknife_range,
    krippendorff_alpha,
    mean_squares,
    severities,
)
from vendor_eval.rules.values.function import Floats

LEAST_ERROR = 1.0
"""Points that a panel's judgement may be off at the least."""
ENOUGH = 6
"""Degrees of freedom from which a panel's own error replaces the default."""


@dataclass(frozen=True)
class EvaluatorFigures:
    """Figures about named staff, shown to the moderator alone; None where nothing compares."""

    severity: Mapping[str, Mapping[str, float]]
    """By criterion and evaluator, points (0-100) that an evaluator is below the mean of all."""
    concordance: float | None
    """Kendall's W of the evaluators' rankings of vendors, over criteria that all of them read."""
    reliability: Mapping[str, tuple[float, tuple[float, float] | None]]
    """By scale, Krippendorff's ordinal alpha, with its range when one vendor is left out."""


def points_given(
    record: PanelRecord, paths: Sequence[str], vendors: Sequence[str], weights: Sequence[float]
) -> tuple[tuple[str, ...], Floats]:
    """The vendors that all readers of some leaves scored fully, and weighted mean points (n, m).

    The leaves must have the same readers.
    """
    readers = record.readers(paths[0])
    full = [v for v in vendors if not any(record.items[v, path].unscored for path in paths)]
    points = np.array(
        [
            [
                [record.items[v, p].scale.points[record.items[v, p].marks[e].level] for p in paths]
                for e in readers
            ]
            for v in full
        ]
    ).reshape(len(full), len(readers), len(paths))
    shares = np.asarray(weights, dtype=float) / math.fsum(weights)
    return tuple(full), (points * shares).sum(axis=2)


def evaluator_figures(evaluation: Evaluation, record: PanelRecord) -> EvaluatorFigures:
    """The figures over all vendors that were scored."""
    rules, vendors = record.rules, evaluation.vendors
    weights = dict(zip(evaluation.tree.paths, evaluation.tree.weights.tolist(), strict=True))
    severity = {}
    for path in rules.judged_leaves:
        strict = severities(points_given(record, [path], vendors, [1.0])[1])
        if strict is not None and rules.scale(path).has_points:
            severity[path] = dict(zip(record.readers(path), strict.tolist(), strict=True))
    active = {e for path in rules.judged_leaves for e in record.readers(path)}
    shared = [p for p in rules.judged_leaves if set(record.readers(p)) == active and weights[p] > 0]
    ratings = np.zeros((0, 0))
    if shared:
        counted = [weights[path] for path in shared]
        ratings = points_given(record, shared, vendors, counted)[1].T
    reliability = {name: alpha for name in rules.scales if (alpha := _reliability(record, name))}
    return EvaluatorFigures(severity, kendall_w(np.round(ratings, 9)), reliability)


def _reliability(
    record: PanelRecord, scale: str
) -> tuple[float, tuple[float, float] | None] | None:
    groups: dict[str, list[list[float]]] = {}
    for (vendor, path), item in record.items.items():
        question = record.rules.judged_leaves[path].panel
        if question is not None and question.scale == scale:
            steps = [float(item.scale.step(level)) for level in item.levels]
            groups.setdefault(vendor, []).append(steps)
    units = [unit for group in groups.values() for unit in group]
    alpha = krippendorff_alpha(units, "ordinal")
    if alpha is None:
        return None
    ranges = jackknife_range(list(groups.values()), lambda u: krippendorff_alpha(u, "ordinal"))
    return alpha, ranges


@dataclass(frozen=True)
class JudgementError:
    """How far a bid's judged points may be off, in points, and who says so."""

    points: float
    said_by: Literal["default", "rules", "panel"]


def judgement_error(evaluation: Evaluation, record: PanelRecord | None) -> JudgementError:
    """What the rules state; else the error of a panel's mean points, or the default.

    e^2 = sum over groups of evaluators of (W_g / W)^2 MS_g / m_g: MS_g is the residual mean square
    of the weighted mean points of the m_g evaluators who read the same leaves, of weight W_g in
    the judged weight W. Severity drops out. At least 1 point. The default is a floor where a group
    has under 6 degrees of freedom or judged leaves stand outside the panel.
    """
    tree, rules = evaluation.tree, evaluation.rules
    default = rules.robustness.judgement_error
    if record is None or rules.robustness.error_from == "rules":
        return JudgementError(default, rules.robustness.error_from)
    weights = {p: float(tree.weights[tree.at(p)]) for p in tree.leaves}
    judged = [p for p in tree.leaves if weights[p] > 0 and _shares_the_error(evaluation, p)]
    within = [path for path in judged if path in rules.judged_leaves]
    whole = math.fsum(weights[path] for path in judged)
    groups: dict[tuple[str, ...], list[str]] = {}
    for path in within:
        groups.setdefault(record.readers(path), []).append(path)
    square, enough = 0.0, len(within) == len(judged) > 0
    for readers, paths in groups.items():
        counted = [weights[path] for path in paths]
        squares = mean_squares(points_given(record, paths, evaluation.ranking, counted)[1])
        enough &= _is_enough(squares)
        if squares is not None:
            square += (math.fsum(counted) / whole) ** 2 * squares.rest / len(readers)
    own = max(LEAST_ERROR, math.sqrt(square))
    if enough or own > default:
        return JudgementError(own, "panel")
    return JudgementError(default, "default")


def _is_enough(squares: MeanSquares | None) -> bool:
    return squares is not None and squares.degrees_of_freedom >= ENOUGH


def _shares_the_error(evaluation: Evaluation, path: str) -> bool:
    leaf = evaluation.tree.criterion(path)
    return leaf.error is None and evaluation.rules.is_judged(leaf)
