"""The method panel: the winner under every method, normalisation and reversal test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vendor_eval.analysis.methods.panel import Opinion, second_opinions
from vendor_eval.analysis.methods.performance_table import named_decision_matrix
from vendor_eval.analysis.methods.reversal import ReversalTest, reversal_tests
from vendor_eval.analysis.methods.variants import Variant, first_share, method_variants
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import field_of


def method_opinions(
    evaluation: Evaluation, names: Sequence[str]
) -> tuple[Mapping[str, Opinion], tuple[str, ...]]:
    """What some methods say of the eligible vendors, and the leaves they are given as values."""
    table, directions, as_values = method_table(evaluation)
    weights = pd.Series(evaluation.tree.weights[evaluation.tree.leaf_at], index=table.columns)
    opinions = second_opinions(table, weights=weights, directions=directions, names=names)
    return opinions, as_values


def method_table(evaluation: Evaluation) -> tuple[pd.DataFrame, pd.Series, tuple[str, ...]]:
    """What the second opinions are given: eligible vendors x leaves, and each leaf's direction.

    Raw answers where a leaf is numeric, monotone and answered by all, and knocked out for none;
    otherwise its value in points, maximised. The last part names those that enter as values.
    """
    field = field_of(evaluation)
    best_first = field.places(evaluation.ranking)
    columns, directions, as_values = {}, {}, []
    for m, leaf in enumerate(field.leaves):
        knocked = evaluation.knocked_out[field.rows, m].any()
        slope = leaf.function.slope
        raw = leaf.answers.numeric and slope is not None and leaf.given.all() and not knocked
        columns[leaf.path] = (leaf.numbers if raw else 100 * leaf.own_values)[best_first]
        directions[leaf.path] = slope if raw else "max"
        as_values += [] if raw else [leaf.path]
    table = pd.DataFrame(columns, index=pd.Index(evaluation.ranking, dtype=object))
    return table, pd.Series(directions, dtype=object), tuple(as_values)


def skcriteria_matrix(evaluation: Evaluation) -> Any:
    """The table of `method_table` with the leaves' weights, as scikit-criteria's decision matrix.

    Raises VendorEvalError where no vendor is eligible.
    """
    if not evaluation.ranking:
        raise VendorEvalError("found no eligible vendor; allowed: at least one in a matrix")
    table, directions, _ = method_table(evaluation)
    weights = pd.Series(evaluation.tree.weights[evaluation.tree.leaf_at], index=table.columns)
    return named_decision_matrix(table, weights=weights, directions=directions)


@dataclass(frozen=True)
class Panel:
    """The methods the rules ask for, under all they admit and in every test of rank reversal.

    `first_share`: the share of admitted combinations, in [0, 1], in which the recommended vendor
    alone is first; None without one.
    """

    variants: tuple[Variant, ...]
    tests: tuple[ReversalTest, ...]
    first_share: float | None


def method_panel(evaluation: Evaluation, *, vendor: str | None, seed: int) -> Panel:
    """The panel of an evaluation in which `vendor` is recommended: a second or two of work."""
    names = evaluation.rules.methods
    table, directions, _ = method_table(evaluation)
    weights = pd.Series(evaluation.tree.weights[evaluation.tree.leaf_at], index=table.columns)
    variants = method_variants(table, weights=weights, directions=directions, names=names)
    return Panel(
        variants=variants,
        tests=reversal_tests(
            table,
            weights=weights,
            directions=directions,
            names=names,
            seed=seed,
        ),
        first_share=None if vendor is None else first_share(variants, vendor),
    )
