"""Values of the leaves: of each answer by itself, and where it depends on who else bid."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats


def absolute_values(tree: Tree, performance: Mapping[str, Performance]) -> Floats:
    """Values in [0, 1] of every answer that does not depend on other bids, else 0; (all, m)."""
    columns = []
    for path in tree.leaves:
        function, answers = tree.criterion(path).value, performance[path]
        if function is None or function.relative:
            columns.append(np.zeros(len(answers.given)))
        else:
            columns.append(answers.values(function))
    return np.column_stack(columns)


def value_bounds(tree: Tree, performance: Mapping[str, Performance]) -> tuple[Floats, Floats]:
    """The least and the greatest value in [0, 1] that each answer may have; (all, m) each.

    0 where the value depends on other bids: no gate reads such a leaf.
    """
    columns = []
    for path in tree.leaves:
        function, answers = tree.criterion(path).value, performance[path]
        none = np.zeros(len(answers.given))
        absolute = function is not None and not function.relative
        columns.append(answers.bounds(function) if function and absolute else (none, none))
    least, most = zip(*columns, strict=True)
    return np.column_stack(least), np.column_stack(most)


def fill_relative_values(
    values: Floats,
    tree: Tree,
    performance: Mapping[str, Performance],
    status: NDArray[np.str_],
) -> NDArray[np.bool_]:
    """Whose relative values are known, once they stand in `values`; (all,)."""
    known = np.ones(len(status), dtype=bool)
    for m, path in enumerate(tree.leaves):
        function, answers = tree.criterion(path).value, performance[path]
        if function is None or not function.relative:
            continue
        among = answers.likely[(status == "eligible") & answers.given]
        if len(among):
            values[:, m] = answers.values(function, among)
        else:
            known &= ~answers.given
    return known
