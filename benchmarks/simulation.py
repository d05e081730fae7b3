"""The simulation against plain numpy and scikit-criteria's own loop.

Run alone it prints its section. Every job runs with one BLAS thread.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is first imported


import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import numpy as np
from clock import table
from floors import (
    Floats,
    additive_floor,
    drawn,
    near_floor,
    sorted_and_counted,
    uncertain_floor,
)
from size import Size, chosen

from vendor_eval.analysis.simulation.simulations import any_weights, near_weights
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules

PYSENSMCDA = 0.052 / 0.0062
"""What its authors' simulation took against plain numpy's with pairwise and central weights, both
measured elsewhere: 52 ms and 6.2 ms."""


def evaluated(
    points: Floats, values: Sequence[Any] = ("identity",), *, vague: Floats | None = None
) -> Evaluation:
    """The evaluation of answers, vendors x criteria, under value functions by turns.

    `vague`: which of them are ranges of 20 points.
    """
    names = [f"c{n}" for n in range(points.shape[1])]
    leaves = tuple(
        {"id": name, "label": "c", "answer": name, "weight": 1.0, "value": value}
        for name, value in zip(names, islice(cycle(values), len(names)), strict=True)
    )
    typed = {"title": "t", "decision": "d", "currency": "EUR", "price": "c0", "criteria": leaves}
    doubted = np.zeros(points.shape, dtype=bool) if vague is None else vague
    bids = {
        f"V{v:04}": {
            name: f"{x - 10:.4f}..{x + 10:.4f}" if unsure else f"{x:.4f}"
            for name, x, unsure in zip(names, row, unsures, strict=True)
        }
        for v, (row, unsures) in enumerate(zip(points, doubted, strict=True))
    }
    return evaluate(Rules.model_validate(typed), proposals(bids))


def case(
    vendors: int, criteria: int, *, doubtful: float = 0.0
) -> tuple[Evaluation, Floats, Floats]:
    """Random answers: the evaluation, its values, and which of them are ranges of 20 points."""
    random = np.random.default_rng(1)
    points = np.round(random.uniform(20, 80, (vendors, criteria)), 4)
    vague = random.random((vendors, criteria)) < doubtful
    evaluation = evaluated(points, vague=vague)
    order = [evaluation.vendors.index(v) for v in evaluation.ranking]
    return evaluation, points[order] / 100, vague[order]


def loop(values: Floats, method: str, looped: int) -> Callable[[], object]:
    """scikit-criteria's own loop over the next few weightings.

    "weighted sum" is the pipeline its documentation shows, on the matrix with other weights; "bare"
    is the least that ranks at all, the weighted sum on a new matrix each time.
    """
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import InvertMinimize
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

    ranker = WeightedSumModel()
    scaled = mkpipe(InvertMinimize(), SumScaler("weights"), VectorScaler("matrix"), ranker)
    ways = [max] * values.shape[1]
    random = np.random.default_rng(0)
    matrix = mkdm(values, ways, weights=np.ones(len(ways)))

    def some() -> None:
        for row in drawn(random, looped, len(ways)):
            if method == "bare":
                ranker.evaluate(mkdm(values, ways, weights=row))
            else:
                scaled.evaluate(matrix.replace(weights=row))

    return some


def interleaved(jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each job, round by round, after one that does not count.

    Without rounds that one counts.
    """
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            if turn or not rounds:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def ratio(mine: list[float], floor: list[float]) -> float:
    """The median of the rounds' own ratios."""
    return statistics.median(a / b for a, b in zip(mine, floor, strict=True))


def milliseconds(seconds: list[float]) -> str:
    """The median, and the least in brackets."""
    both = (1e3 * statistics.median(seconds), 1e3 * min(seconds))
    median, least = (f"{ms:,.1f}" if ms >= 10 else f"{ms:.2f}" for ms in both)
    return f"{median} ({least})"


def ratios(size: Size) -> Iterator[str]:
    """Every job against the floor it is held to."""
    evaluation, values, _ = case(size.vendors, size.criteria)
    tenth, tenth_values, tenth_vague = case(size.vendors, size.criteria, doubtful=0.1)
    every, every_values, every_vague = case(size.vendors, size.criteria, doubtful=1.0)
    draws, many, near_draws = size.draws, size.many_draws, 20 * size.draws
    # all but the first, which is the price
    judged = np.full(size.criteria, 0.03)
    judged[0] = 0.0
    jobs: dict[str, Callable[[], object]] = {
        "floor": lambda: additive_floor(values, draws),
        "floor by sorting": lambda: additive_floor(values, draws, count=sorted_and_counted),
        "ours": lambda: any_weights(evaluation, draws=draws),
        "tenth floor": lambda: uncertain_floor(tenth_values, tenth_vague, draws),
        "tenth": lambda: any_weights(tenth, draws=draws),
        "every floor": lambda: uncertain_floor(every_values, every_vague, draws),
        "every": lambda: any_weights(every, draws=draws),
        "near floor": lambda: near_floor(values, 80.0, judged, near_draws),
        "near": lambda: near_weights(
            evaluation, concentration=80.0, judgement_error=3.0, draws=near_draws
        ),
        **{name: loop(values, name, size.looped) for name in ("weighted sum", "bare")},
    }
    took = interleaved(jobs, 4 * size.rounds)
    million = interleaved(
        {
            "floor": lambda: additive_floor(values, many),
            "ours": lambda: any_weights(evaluation, draws=many),
        },
        max(2, size.rounds // 2) if size.rounds else 0,
    )
    pairs = [
        (f"{draws:,} weightings", took["ours"], took["floor"], "1.5"),
        ("- the floor by sorting", took["floor by sorting"], took["floor"], ""),
        (f"weights near the agreed ones and judged points, {near_draws:,} re-runs", took["near"],
         took["near floor"], "1.5"),
        (f"{many:,} weightings", million["ours"], million["floor"], "1.5"),
        ("one answer in ten a range, against the floor of certain answers", took["tenth"],
         took["floor"], "4"),
        ("- against the floor of the same ranges", took["tenth"], took["tenth floor"], "4"),
        ("every answer a range, against the floor of the same ranges", took["every"],
         took["every floor"], "4"),
    ]  # fmt: skip
    rows = [
        (name, milliseconds(mine), milliseconds(floor), f"{ratio(mine, floor):.2f} x", goal)
        for name, mine, floor, goal in pairs
    ]
    yield from table("", "ms (least)", "plain numpy's ms (least)", "ratio", "at most", rows=rows)
    faster = {
        name: draws / size.looped / ratio(took["ours"], took[name])
        for name in ("weighted sum", "bare")
    }
    seconds = statistics.median(took["weighted sum"]) * draws / size.looped
    looped = size.looped * max(1, 4 * size.rounds)
    yield (
        f"\nscikit-criteria's own loop, extrapolated from {looped}, takes "
        f"{seconds:.0f} s for the weighted sum in the pipeline its documentation shows, "
        f"{faster['weighted sum']:,.0f} times as long; "
        f"for the least that ranks at all {faster['bare']:,.0f} times, without counting anything. "
        f"pysensmcda, quoted and not measured here, takes {PYSENSMCDA:.1f} times a plain-numpy "
        f"floor, so {PYSENSMCDA / ratio(took['ours'], took['floor']):.1f} times as long as ours."
    )
    yield (
        "Ours also tells every figure's standard error, ties to nine decimals, and, where answers "
        "are in doubt, confidence factors, which need a simulation of their own; the floors do not."
    )


def memory(size: Size) -> Iterator[str]:
    """How much more memory many weightings take than the usual number, each in its own process."""
    peaks = []
    for draws in (size.draws, size.many_draws):
        done = subprocess.run(
            [sys.executable, __file__, *size.option, "--peak", str(draws)],
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout))
    yield (
        f"\nPeak memory of the process: {peaks[0] / 1024:.0f} MiB for {size.draws:,} weightings, "
        f"{peaks[1] / 1024:.0f} MiB for {size.many_draws:,}."
    )


def simulation(size: Size) -> Iterator[str]:
    """The whole section, in Markdown."""
    yield "\n## Simulation\n"
    yield (
        f"{size.vendors} vendors, {size.criteria} criteria, any weights, one BLAS thread, "
        "in one process.\n"
    )
    yield from ratios(size)
    yield from memory(size)


def main() -> None:
    """Prints the section, or what `memory` asks for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    parser.add_argument("--smallest", action="store_true", help="the least that runs the code")
    parser.add_argument(
        "--peak", type=int, help="only simulate so often, and print the peak in KiB"
    )
    options = parser.parse_args()
    size = chosen(options.rounds, options.smallest)
    if options.peak:
        any_weights(case(size.vendors, size.criteria)[0], draws=options.peak)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    for line in simulation(size):
        print(line, flush=True)


if __name__ == "__main__":
    main()
