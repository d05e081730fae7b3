"""Other ways to count: a method under every normalisation it admits, through mkcombinatorial.

A combination is admitted where the matrix it makes keeps the order of the vendors on every
criterion, has a number in every cell and meets the method's own needs; the library checks none of
this, and lets some combinations put the dearest vendor first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vendor_eval.analysis.methods.panel import (
    METHODS,
    TIE_DECIMALS,
    Method,
    quiet,
)
from vendor_eval.analysis.methods.performance_table import Floats, PerformanceTable, decision_matrix
from vendor_eval.analysis.methods.requirements import EVERY_METHOD, usable
from vendor_eval.errors import one_line, quoted
from vendor_eval.evaluation.ranks import competition_ranks


@dataclass(frozen=True)
class Variant:
    """One method behind one way to turn costs round and one normalisation.

    `name` is "method / transformer / scaler", in scikit-criteria's names. `ranks`: competition
    ranks, 1 the best; None where the combination is not admitted, and `error` says why.
    """

    name: str
    method: str
    transformer: str
    scaler: str
    ranks: Mapping[str, int] | None
    error: str | None = None

    @property
    def first(self) -> tuple[str, ...]:
        """The vendors ranked first; none where the combination is not admitted."""
        return tuple(vendor for vendor, rank in (self.ranks or {}).items() if rank == 1)


def first_share(
    variants: Iterable[Variant], vendor: str, method: str | None = None
) -> float | None:
    """Share in [0, 1] of the admitted combinations in which a vendor alone is first; None if none.

    Of one method, or of all together.
    """
    counted = [v for v in variants if v.ranks is not None and method in (None, v.method)]
    return sum(v.first == (vendor,) for v in counted) / len(counted) if counted else None


def method_variants(
    performance: pd.DataFrame,
    *,
    weights: pd.Series,
    directions: pd.Series,
    names: Sequence[str],
) -> tuple[Variant, ...]:
    """Each method of `names` under every combination, in the order asked; a failing one says why.

    The table is given as to `second_opinions`. Combinations with the same matrix are reported
    once, under the first of their names.
    """
    asked = {name: METHODS[name] for name in names}
    if not asked:
        return ()
    table = PerformanceTable.of(performance, weights=weights, directions=directions)
    for need in EVERY_METHOD:
        if reason := need(table):
            return tuple(Variant(name, name, "", "", None, reason) for name in asked)
    with quiet():
        return tuple(v for name, method in asked.items() for v in _variants(name, method, table))


def _variants(name: str, method: Method, table: PerformanceTable) -> list[Variant]:
    from skcriteria.pipelines import mkcombinatorial
    from skcriteria.preprocessing import invert_objectives, scalers

    # BenefitCostInverter is 1/x times a constant, which every one of these scalers takes out again
    transformers = [
        invert_objectives.NegateMinimize(),
        invert_objectives.InvertMinimize(),
        invert_objectives.MinMaxInverter(),
    ]
    scaling = [
        scaler(target="matrix")
        for scaler in (
            scalers.VectorScaler,
            scalers.MinMaxScaler,
            scalers.SumScaler,
            scalers.MaxAbsScaler,
        )
    ]
    matrix = decision_matrix(table)
    seen: list[Floats] = []
    variants = []
    for _, pipeline in mkcombinatorial(transformers, scaling, aggregator(method)).pipelines:
        steps = [type(step).__name__ for _, step in pipeline.steps[:2]]
        label = " / ".join([name, *steps])
        scaled = replace(
            table,
            values=_transformed(pipeline, matrix),
            cost=np.zeros_like(table.cost),
        )
        if any(np.allclose(scaled.values, s, 1e-9, 1e-12, equal_nan=True) for s in seen):
            continue
        seen.append(scaled.values)
        refusal = _refusal(method, table, scaled)
        variants.append(_variant(label, name, pipeline, matrix, table, refusal))
    return variants


def _transformed(pipeline: Any, matrix: Any) -> Floats:
    """The matrix a combination makes, or as far as it stays finite: scalers refuse to go on."""
    values = matrix.matrix.to_numpy(dtype=float)
    for _, step in pipeline.steps[:2]:
        matrix = step.transform(matrix)
        values = matrix.matrix.to_numpy(dtype=float)
        if not np.isfinite(values).all():
            break
    return values


def _variant(
    label: str, name: str, pipeline: Any, matrix: Any, table: PerformanceTable, refusal: str | None
) -> Variant:
    _, transformer, scaler = label.split(" / ")
    if refusal:
        return Variant(label, name, transformer, scaler, None, refusal)
    try:
        merit = pipeline.evaluate(matrix).e_.merit
    # One combination never costs the others: any failure of the library is reported.
    except Exception as failure:  # noqa: BLE001
        why = f"scikit-criteria could not rank this: {one_line(str(failure))}"
        return Variant(label, name, transformer, scaler, None, why)
    ranks = competition_ranks(np.round(merit, TIE_DECIMALS).tolist())
    by_vendor = dict(zip(table.vendors, ranks, strict=True))
    return Variant(label, name, transformer, scaler, by_vendor)


def _refusal(method: Method, table: PerformanceTable, scaled: PerformanceTable) -> str | None:
    """Why a combination is not admitted; None where it is."""
    broken = np.atleast_1d(~np.isfinite(scaled.values).all(axis=0))
    if broken.any():
        names = [name for name, bad in zip(table.criteria, broken, strict=True) if bad]
        return f"it divides by 0 on {quoted(names)}"
    needs = (*EVERY_METHOD, *method.needs)
    return _turned_round(table, scaled) or next((r for need in needs if (r := need(scaled))), None)


def _turned_round(table: PerformanceTable, scaled: PerformanceTable) -> str | None:
    """Why a combination would not do: the criteria on which it does not keep the order."""
    better = np.where(table.cost, -1, 1) * table.values
    before = np.sign(better[:, None] - better)
    after = np.sign(np.round(scaled.values[:, None] - scaled.values, 12))
    wrong = ((before != after) & ~((after == 0) & _close(better))).any(axis=(0, 1))
    lost = [name for name, bad in zip(table.criteria, wrong, strict=True) if bad]
    return f"it does not keep the order of the vendors on {quoted(lost)}" if lost else None


def _close(better: Floats) -> Any:
    """Pairs of vendors so alike on a criterion that float noise may make them equal; (n, n, m)."""
    apart = np.abs(better[:, None] - better)
    return apart <= 1e-9 * np.maximum(np.abs(better[:, None]), np.abs(better))


def aggregator(method: Method, *, prescribed: bool = False) -> Any:
    """A method of ours as an aggregator of scikit-criteria, its ranks free of float noise.

    The ranking's `e_.merit` holds its scores, the highest the best. With `prescribed`, answers
    are put on the method's own scale first, and a table it cannot rank raises ValueError.
    """
    from skcriteria import mkdm
    from skcriteria.extend import mkagg
    from skcriteria.utils.rank import rank_values

    @mkagg
    def OurMethod(
        matrix: Floats, objectives: Floats, weights: Floats, **given: Any
    ) -> tuple[Any, dict[str, Floats]]:
        if prescribed:
            names = tuple(map(str, range(len(matrix)))), tuple(map(str, range(len(weights))))
            table = PerformanceTable(matrix, weights, np.asarray(objectives) < 0, *names)
            scores, reason = method.scores_or_reason(table)
            if scores is None:
                raise ValueError(reason)
        else:
            scores = method.aggregate(mkdm(matrix, list(objectives), weights=weights))
        if not all(map(usable, scores)):
            raise ValueError("it divides by zero, or nearly so")
        merit = np.round(scores if method.higher_is_better else -scores, TIE_DECIMALS) + 0.0
        return rank_values(merit, reverse=True), {"merit": merit}

    return OurMethod()
