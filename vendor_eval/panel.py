"""The method panel: the winner under every method, normalisation and reversal test."""

from dataclasses import dataclass

import pandas as pd

from vendor_eval.award import method_table
from vendor_eval.evaluation import Evaluation
from vendor_eval.methods.reversal import ReversalTest, reversal_tests
from vendor_eval.methods.variants import Variant, first_share, method_variants


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
