"""The method panel: the winner under every method, normalisation and reversal test."""

from dataclasses import dataclass

import pandas as pd

from vendor_eval.award import Assessment, method_table
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


def method_panel(assessment: Assessment) -> Panel:
    """The panel of an assessment: scikit-criteria, and a second or two of its work."""
    evaluation, names = assessment.evaluation, assessment.evaluation.rules.methods
    table, directions, _ = method_table(evaluation)
    weights = pd.Series(evaluation.tree.weights[evaluation.tree.leaf_at], index=table.columns)
    variants = method_variants(table, weights=weights, directions=directions, names=names)
    vendor = assessment.recommendation.vendor
    return Panel(
        variants=variants,
        tests=reversal_tests(
            table,
            weights=weights,
            directions=directions,
            names=names,
            seed=assessment.near_weights.seed,
        ),
        first_share=None if vendor is None else first_share(variants, vendor),
    )
