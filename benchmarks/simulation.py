"""The simulation against plain numpy and scikit-criteria's own loop.

Run alone it prints its section. Every job runs with one BLAS thread. The floors are written out
here, independently of the package.
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
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from clock import table

from vendor_eval.evaluation import Evaluation, evaluate
from vendor_eval.proposal import proposals
from vendor_eval.robustness import any_weights, topsis_simulation
from vendor_eval.rules import Rules
from vendor_eval.weights import anywhere

VENDORS, CRITERIA, DRAWS = 20, 25, 10_000
MILLION = 1_000_000
LOOPED = 15
"""Weightings that scikit-criteria gets in each round; 10,000 are extrapolated from all rounds."""
PYSENSMCDA = 0.052 / 0.0062
"""What its authors' simulation took against plain numpy's with pairwise and central weights, both
measured elsewhere: 52 ms and 6.2 ms."""

Floats = np.ndarray


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
    vendors: int = VENDORS, criteria: int = CRITERIA, *, doubtful: float = 0.0
) -> tuple[Evaluation, Floats, Floats]:
    """Random answers: the evaluation, its values, and which of them are ranges of 20 points."""
    random = np.random.default_rng(1)
    points = np.round(random.uniform(20, 80, (vendors, criteria)), 4)
    vague = random.random((vendors, criteria)) < doubtful
    evaluation = evaluated(points, vague=vague)
    order = [evaluation.vendors.index(v) for v in evaluation.ranking]
    return evaluation, points[order] / 100, vague[order]


def drawn(random: np.random.Generator, draws: int, criteria: int) -> Floats:
    weights = random.standard_exponential((draws, criteria))
    return weights / weights.sum(axis=1, keepdims=True)


def counted(scores: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Rank counts, pairwise wins and sums of the winners' weights, of scores (k, n)."""
    k, draws = scores.shape
    behind = np.zeros((k, draws), dtype=np.int8 if k < 128 else np.int16)
    wins = np.empty((k, k))
    for vendor in range(k):
        better = scores[vendor] > scores
        behind += better
        wins[vendor] = [np.count_nonzero(row) for row in better]
    ranks = np.stack([np.bincount(row, minlength=k) for row in behind])
    return ranks, wins, (behind == 0).astype(float) @ weights


def sorted_and_counted(scores: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """The same by sorting, as one would write it first."""
    k, draws = scores.shape
    order = np.argsort(-scores.T, axis=1)
    place = np.empty((draws, k), dtype=np.int64)
    np.put_along_axis(place, order, np.arange(k)[None, :], axis=1)
    ranks = np.bincount((np.arange(k) * k + place).ravel(), minlength=k * k).reshape(k, k)
    rows = np.ascontiguousarray(place.T.astype(np.int16))
    wins = np.array([[np.count_nonzero(a < b) for b in rows] for a in rows])
    return ranks, wins, (place == 0).T.astype(float) @ weights


def in_blocks(draws: int, work: Callable[[int], tuple[Floats, ...]]) -> tuple[Floats, ...]:
    """Sums of what plain numpy counts, 10,000 draws at a time."""
    total: tuple[Floats, ...] = ()
    for start in range(0, draws, DRAWS):
        found = work(min(DRAWS, draws - start))
        total = tuple(a + b for a, b in zip(total, found, strict=True)) if total else found
    return total


def additive_floor(values: Floats, draws: int = DRAWS, count: Callable = counted) -> object:
    """Acceptability, pairwise winning and central weights of the weighted sum, in plain numpy."""
    random = np.random.default_rng(0)

    def work(n: int) -> tuple[Floats, ...]:
        weights = drawn(random, n, values.shape[1])
        return count(values @ weights.T, weights)

    return in_blocks(draws, work)


def topsis_floor(values: Floats) -> object:
    """The same of TOPSIS with vector normalisation."""
    random = np.random.default_rng(0)
    normal = values / np.sqrt((values**2).sum(axis=0))
    best, worst = (normal.max(axis=0) - normal) ** 2, (normal - normal.min(axis=0)) ** 2

    def work(n: int) -> tuple[Floats, ...]:
        weights = drawn(random, n, values.shape[1])
        squared = (weights**2).T
        far, near = np.sqrt(best @ squared), np.sqrt(worst @ squared)
        return counted(near / (far + near), weights)

    return in_blocks(DRAWS, work)


def uncertain_floor(values: Floats, vague: Floats) -> object:
    """The same of the weighted sum, each vague value uniform within 0.1, in plain numpy."""
    random = np.random.default_rng(0)

    def work(n: int) -> tuple[Floats, ...]:
        weights = drawn(random, n, values.shape[1])
        columns = np.ascontiguousarray(weights.T)
        scores = values @ columns
        for vendor, criterion in np.argwhere(vague):
            scores[vendor] += random.uniform(-0.1, 0.1, n) * columns[criterion]
        return counted(scores, weights)

    return in_blocks(DRAWS, work)


def loop(values: Floats, method: str) -> Callable[[], object]:
    """scikit-criteria's own loop over the next few weightings.

    "weighted sum" and "topsis" are the pipeline its documentation shows, on the matrix with other
    weights; "bare" is the least that ranks at all, the weighted sum on a new matrix each time.
    """
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import InvertMinimize
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

    ranker = TOPSIS() if method == "topsis" else WeightedSumModel()
    scaled = mkpipe(InvertMinimize(), SumScaler("weights"), VectorScaler("matrix"), ranker)
    ways = [max] * values.shape[1]
    random = np.random.default_rng(0)
    matrix = mkdm(values, ways, weights=np.ones(len(ways)))

    def some() -> None:
        for row in drawn(random, LOOPED, len(ways)):
            if method == "bare":
                ranker.evaluate(mkdm(values, ways, weights=row))
            else:
                scaled.evaluate(matrix.replace(weights=row))

    return some


def interleaved(jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each job, round by round, after one round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            if turn:
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


def ratios(rounds: int) -> Iterator[str]:
    """Every job against the floor it is held to."""
    evaluation, values, _ = case()
    tenth, tenth_values, tenth_vague = case(doubtful=0.1)
    every, every_values, every_vague = case(doubtful=1.0)
    raw = pd.DataFrame(values, list(evaluation.ranking), evaluation.tree.leaves)
    ways = pd.Series("max", raw.columns)
    weightings = anywhere(evaluation.tree)
    jobs: dict[str, Callable[[], object]] = {
        "floor": lambda: additive_floor(values),
        "floor by sorting": lambda: additive_floor(values, count=sorted_and_counted),
        "ours": lambda: any_weights(evaluation, draws=DRAWS),
        "TOPSIS floor": lambda: topsis_floor(values),
        "TOPSIS": lambda: topsis_simulation(raw, ways, weightings, draws=DRAWS),
        "tenth floor": lambda: uncertain_floor(tenth_values, tenth_vague),
        "tenth": lambda: any_weights(tenth, draws=DRAWS),
        "every floor": lambda: uncertain_floor(every_values, every_vague),
        "every": lambda: any_weights(every, draws=DRAWS),
        **{name: loop(values, name) for name in ("weighted sum", "topsis", "bare")},
    }
    took = interleaved(jobs, 4 * rounds)
    million = interleaved(
        {
            "floor": lambda: additive_floor(values, MILLION),
            "ours": lambda: any_weights(evaluation, draws=MILLION),
        },
        max(2, rounds // 2),
    )
    pairs = [
        ("10,000 weightings", took["ours"], took["floor"], "1.5"),
        ("- the floor by sorting", took["floor by sorting"], took["floor"], ""),
        ("1,000,000 weightings", million["ours"], million["floor"], "1.5"),
        ("10,000 weightings, TOPSIS", took["TOPSIS"], took["TOPSIS floor"], "2"),
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
        name: DRAWS / LOOPED / ratio(took[ours], took[name])
        for name, ours in (("weighted sum", "ours"), ("topsis", "TOPSIS"), ("bare", "ours"))
    }
    seconds = statistics.median(took["weighted sum"]) * DRAWS / LOOPED
    yield (
        f"\nscikit-criteria's own loop, extrapolated from {LOOPED * 4 * rounds}, takes "
        f"{seconds:.0f} s for the weighted sum in the pipeline its documentation shows, "
        f"{faster['weighted sum']:,.0f} times as long; for TOPSIS {faster['topsis']:,.0f} times; "
        f"for the least that ranks at all {faster['bare']:,.0f} times, without counting anything. "
        f"pysensmcda, quoted and not measured here, takes {PYSENSMCDA:.1f} times a plain-numpy "
        f"floor, so {PYSENSMCDA / ratio(took['ours'], took['floor']):.1f} times as long as ours."
    )
    yield (
        "Ours also tells every figure's standard error, ties to nine decimals, and, where answers "
        "are in doubt, confidence factors, which need a simulation of their own; the floors do not."
    )


def memory() -> Iterator[str]:
    """How much more memory a million weightings take than ten thousand, each in its own process."""
    peaks = []
    for draws in (DRAWS, MILLION):
        done = subprocess.run(
            [sys.executable, __file__, "--peak", str(draws)],
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout))
    yield (
        f"\nPeak memory of the process: {peaks[0] / 1024:.0f} MiB for {DRAWS:,} weightings, "
        f"{peaks[1] / 1024:.0f} MiB for {MILLION:,}."
    )


def simulation(rounds: int, _: Path | None = None) -> Iterator[str]:
    """The whole section, in Markdown."""
    yield "\n## Simulation\n"
    yield f"{VENDORS} vendors, {CRITERIA} criteria, any weights, one BLAS thread, in one process.\n"
    yield from ratios(rounds)
    yield from memory()


def main() -> None:
    """Prints the section, or what `memory` asks for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--peak", type=int, help="only simulate so often, and print the peak in KiB"
    )
    options = parser.parse_args()
    if options.peak:
        any_weights(case()[0], draws=options.peak)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    for line in simulation(options.rounds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
