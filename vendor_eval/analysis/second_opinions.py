"""The method panel: the winner under every method, normalisation and reversal test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from vendor_eval.analysis.methods.panel import Opinion, second_opinions
from vendor_eval.analysis.methods.reversal import ReversalTest, reversal_tests
from vendor_eval.analysis.methods.variants import Variant, first_share, method_variants
from vendor_eval.evaluation.evaluation import Evaluation


def method_opinions(
    evaluation: Evaluation, names: Sequence[str]
) -> tuple[Mapping[str, Opinion], tuple[str, ...]]:
    """What some methods say of the eligible vendors, and the leaves they are given as values."""
    table, directions, as_values = method_table(evaluation)
    weights = pd.Series(evaluation.tree.weights[evaluation.tree.leaf_at], index=table.columns)
    found = second_opinions(table, weights=weights, directions=directions, names=names)
    return found, as_values


def method_table(evaluation: Evaluation) -> tuple[pd.DataFrame, pd.Series, tuple[str, ...]]:
    """What the second opinions are given: eligible vendors x leaves, and each leaf's direction.

    Raw answers where a leaf is numeric, monotone and answered by all; otherwise its value in
    points, maximised. The last part names those that enter as values.
    """
    ranking = list(evaluation.ranking)
    rows = [evaluation.proposals.rows[vendor] for vendor in ranking]
    columns, directions, as_values = {}, {}, []
    for path in evaluation.tree.leaves:
        function, answers = evaluation.tree.criterion(path).value, evaluation.performance[path]
        slope = function.slope if function is not None else None
        if answers.numeric and slope is not None and answers.given[rows].all():
            columns[path], directions[path] = answers.likely[rows], slope
        else:
            columns[path] = 100 * evaluation.values.loc[ranking, path].to_numpy()
            directions[path] = "max"
            as_values.append(path)
    table = pd.DataFrame(columns, index=pd.Index(ranking, dtype=object))
    return table, pd.Series(directions, dtype=object), tuple(as_values)


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
