"""The exact answers about one ranking: intervals, smallest changes of weights, what it would take.

Run alone it prints its section. Every job runs with one BLAS thread.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is first imported


import argparse
from collections.abc import Iterator, Sequence
from typing import Any
from unittest.mock import patch

import numpy as np
from clock import table
from simulation import case, evaluated, interleaved, milliseconds
from size import Size, chosen

from vendor_eval.analysis import linear_programme
from vendor_eval.analysis.formulas import price_formulas
from vendor_eval.analysis.required_changes.changes import holds_until, to_win
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.sensitivity.weight_changes import (
    potentially_optimal,
    smallest_weight_changes,
)
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.evaluation.evaluation import Evaluation

RELATIVE: Sequence[Any] = (
    "lowest_over_this",
    "this_over_highest",
    {"linear_range": {"direction": "min"}},
    "above_lowest",
    {"mean_based": {"direction": "min", "points_per_percent": 1.0}},
)


def specialists(vendors: int, criteria: int) -> np.ndarray:
    """One vendor good at everything, and rivals of whom each is the best at one thing."""
    points = np.full((vendors, criteria), 40.0)
    points[0] = 60.0
    for rival in range(1, vendors):
        points[rival, rival % criteria] = 90.0 + rival / vendors
    return points


def programmes(evaluation: Evaluation) -> int:
    """How many linear programmes the smallest changes of weights take."""
    with patch.object(linear_programme, "least", wraps=linear_programme.least) as least:
        smallest_weight_changes(evaluation)
    return least.call_count


def exact(size: Size) -> Iterator[str]:
    """The whole section, in Markdown."""
    plain, values, _ = case(size.vendors, size.criteria)
    vague, _, _ = case(size.vendors, size.criteria, doubtful=0.1)
    one, mixed = evaluated(100 * values, RELATIVE[:1]), evaluated(100 * values, RELATIVE)
    apart = evaluated(specialists(size.vendors, size.criteria))
    jobs = {
        "exact intervals of all weights": (lambda: weight_intervals(plain), "0.5"),
        "smallest changes of weights, moving against the winner alone, "
        f"{programmes(apart)} linear programmes": (lambda: smallest_weight_changes(apart), "10"),
        f"smallest changes of weights, {programmes(plain)} linear programmes": (
            lambda: smallest_weight_changes(plain),
            "150",
        ),
        "whether any weights put a vendor first": (lambda: potentially_optimal(plain), ""),
        "what would it take, all vendors and criteria": (lambda: to_win(plain), "10"),
        "- all criteria `lowest_over_this`": (lambda: to_win(one), "10"),
        "- five relative value functions by turns": (lambda: to_win(mixed), "10"),
        "how much worse the winner may turn out": (lambda: holds_until(plain), ""),
        "which unknown matters, one answer in ten a range": (lambda: open_answers(vague), ""),
        "all price formulas, each bid withdrawn": (lambda: price_formulas(mixed), ""),
    }
    took = interleaved({name: job for name, (job, _) in jobs.items()}, 4 * size.rounds)
    yield "\n## Exact answers\n"
    yield f"{size.vendors} vendors, {size.criteria} criteria, one BLAS thread, in one process.\n"
    rows = [(name, milliseconds(took[name]), goal) for name, (_, goal) in jobs.items()]
    yield from table("", "ms (least)", "ms at most", rows=rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=exact.__doc__)
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    parser.add_argument("--smallest", action="store_true", help="the least that runs the code")
    options = parser.parse_args()
    for line in exact(chosen(options.rounds, options.smallest)):
        print(line, flush=True)
