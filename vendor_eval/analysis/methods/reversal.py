"""Rank reversal: three tests a ranking method should pass, through scikit-criteria's checkers.

Wang & Triantaphyllou (2008), Ranking irregularities when evaluating alternatives by using some
ELECTRE methods, for invariance and transitivity; Belton & Gear (1983) for clones. What the
checkers cannot take is reported first: with identical neighbours one of them never ends.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from vendor_eval.analysis.methods.panel import METHODS, Method, quiet
from vendor_eval.analysis.methods.performance_table import PerformanceTable, decision_matrix
from vendor_eval.analysis.methods.requirements import EVERY_METHOD
from vendor_eval.analysis.methods.variants import aggregator
from vendor_eval.errors import one_line

Test = Literal["invariance", "transitivity", "clones"]


@dataclass(frozen=True)
class ReversalTest:
    """How a method fares in one test of rank reversal on these vendors.

    `invariance`: making a losing vendor a little worse leaves the first place as it is.
    `transitivity`: the vendors compared two at a time give one order, and it is the method's.
    `clones`: a second vendor identical to a losing one leaves the first place as it is.

    `holds` is None where the test cannot be made, and `detail` says why; otherwise `detail` names
    the vendors that break it, if any do.
    """

    method: str
    test: Test
    holds: bool | None
    detail: str


def reversal_tests(
    performance: pd.DataFrame,
    *,
    weights: pd.Series,
    directions: pd.Series,
    names: Sequence[str],
    seed: int = 0,
) -> tuple[ReversalTest, ...]:
    """Every test of each method of `names`, in the order asked; one that cannot be made says why.

    The table is given as to `second_opinions`; `seed` draws by how much vendors are made worse.
    """
    asked = {name: METHODS[name] for name in names}
    if not asked:
        return ()
    table = PerformanceTable.of(performance, weights=weights, directions=directions)
    with quiet():
        return tuple(
            ReversalTest(name, test, *_outcome(made, method, table, seed))
            for name, method in asked.items()
            for test, made in TESTS.items()
        )


Made = Callable[[Any, Any, Any, PerformanceTable, int], tuple[bool | None, str]]


def _outcome(
    made: Made, method: Method, table: PerformanceTable, seed: int
) -> tuple[bool | None, str]:
    for need in (*EVERY_METHOD, *method.needs):
        if reason := need(table):
            return None, reason
    try:
        ranker, matrix = aggregator(method, prescribed=True), decision_matrix(table)
        return made(ranker, matrix, ranker.evaluate(matrix), table, seed)
    # A test never costs the run: any failure of the library is reported.
    except Exception as failure:  # noqa: BLE001
        return None, f"scikit-criteria could not make the test: {one_line(str(failure))}"


def _invariance(
    ranker: Any, matrix: Any, rank: Any, table: PerformanceTable, seed: int
) -> tuple[bool | None, str]:
    from skcriteria.ranksrev import RankInvariantChecker, rank_invariant_check

    if len(table.vendors) < 3:
        return None, "it needs three vendors or more"
    # what the checker draws from: it draws again and again where a vendor has no room at all
    room = rank_invariant_check.maximum_abs_noises(
        dm=matrix, rank=rank, last_diff_strategy=np.median
    ).droplevel(1)
    stuck = ~(room.clip(upper=matrix.matrix.abs().loc[room.index]) > 0).any(axis=1)
    if stuck.any():
        named = _names(room.index[stuck], matrix, table)
        return None, f"no room to make {named} worse: like the next one, or 0 where they differ"
    checked = RankInvariantChecker(ranker, random_state=seed).evaluate(matrix)
    return _held(checked, rank, matrix, table, "rank_inv_check", "mutated")


def _transitivity(
    ranker: Any, matrix: Any, rank: Any, table: PerformanceTable, seed: int
) -> tuple[bool | None, str]:
    from skcriteria.ranksrev import RankTransitivityChecker

    if len(table.vendors) < 3:
        return None, "it needs three vendors or more"
    if len(np.unique(rank.values)) < len(rank.values):
        # the checker takes the second of two that tie for the better one
        return None, "it needs a ranking without ties"
    checked = RankTransitivityChecker(ranker).evaluate(matrix)
    pairs = checked.extra_.pairwise_comparisons
    level = [pair for pair in pairs if len(set(pair.values)) == 1]
    if level:
        return None, f"{_names(level[0].alternatives, matrix, table)} tie when compared alone"
    if not checked.extra_.test_criterion_2:
        return False, "vendors compared two at a time beat each other in a circle"
    if not checked.extra_.test_criterion_3:
        return False, "vendors compared two at a time come in another order"
    return True, ""


def _clones(
    ranker: Any, matrix: Any, rank: Any, table: PerformanceTable, seed: int
) -> tuple[bool | None, str]:
    from skcriteria.ranksrev import RankClonesChecker

    if (rank.values == 1).all():
        return None, "all vendors tie, so there is no losing one to repeat"
    checked = RankClonesChecker(ranker).evaluate(matrix)
    return _held(checked, rank, matrix, table, "rank_clone_check", "cloned_alternative")


TESTS: dict[Test, Made] = {
    "invariance": _invariance,
    "transitivity": _transitivity,
    "clones": _clones,
}


def _held(
    checked: Any, rank: Any, matrix: Any, table: PerformanceTable, check: str, changed: str
) -> tuple[bool, str]:
    """Whether the first place stays in every ranking checked, and which changes move it."""
    before = _first(rank)
    moved = [
        result.e_[check][changed] for name, result in checked.ranks[1:] if _first(result) != before
    ]
    return not moved, _names(dict.fromkeys(moved), matrix, table)


def _first(rank: Any) -> set[str]:
    return set(rank.alternatives[rank.values == 1])


def _names(alternatives: Iterable[str], matrix: Any, table: PerformanceTable) -> str:
    """The vendors behind the matrix's own names for them, as a list to read."""
    known = dict(zip(matrix.alternatives, table.vendors, strict=True))
    return ", ".join(known[alternative] for alternative in alternatives)
