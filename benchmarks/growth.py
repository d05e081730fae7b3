"""How time grows with vendors, criteria and draws: a table, a fitted exponent and a picture each.

Run alone it prints its section and, with `--picture`, writes the picture. One BLAS thread.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is first imported


import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from clock import table
from loglog import Panel, picture
from simulation import case, interleaved
from size import Size, chosen

from vendor_eval.analysis.required_changes.changes import to_win
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.sensitivity.weight_changes import smallest_weight_changes
from vendor_eval.analysis.simulation.simulations import any_weights
from vendor_eval.evaluation.evaluation import Evaluation

WEIGHTINGS, EXACT = "simulation", "exact answers"
Work = Callable[[Evaluation, int], object]


def exact_answers(evaluation: Evaluation, _: int) -> None:
    """What is said of one ranking without any draw."""
    weight_intervals(evaluation)
    smallest_weight_changes(evaluation)
    to_win(evaluation)


def weightings(evaluation: Evaluation, draws: int) -> None:
    """What a simulation says, drawn and counted."""
    any_weights(evaluation, draws=draws)


def seconds(name: str, work: Work, size: Size) -> dict[int, float]:
    """The least seconds of some work by size, the other sizes as they usually are."""
    took = {}
    usual = {"vendors": size.vendors, "criteria": size.criteria, "draws": size.draws}
    for number in size.growth[name]:
        sized = usual | {name: number}
        evaluation, _, _ = case(sized["vendors"], sized["criteria"])
        long = number >= 1_000_000 or (name == "vendors" and number >= 500)
        job = {"job": lambda e=evaluation, n=sized["draws"]: work(e, n)}
        rounds = min(1, size.rounds) if long else size.rounds
        took[number] = min(interleaved(job, rounds)["job"])
    return took


def exponent(took: Mapping[int, float]) -> float:
    """The power with which time grows, fitted to the logarithms of the upper half of the sizes."""
    half = list(took)[len(took) // 2 :]
    return float(np.polyfit(np.log(half), np.log([took[size] for size in half]), 1)[0])


def growth(size: Size, picture_file: Path | None) -> Iterator[str]:
    """The whole section, in Markdown; the picture goes to a file, if one is named."""
    yield "\n## How it grows\n"
    yield (
        f"One of {size.vendors} vendors, {size.criteria} criteria and {size.draws:,} weightings "
        "varies. The "
        "simulation is that of any weights; the exact answers are all intervals, the smallest "
        "changes of weights and what it would take. Exponents are fitted to the logarithms of the "
        "upper half of the sizes, where fixed costs no longer count. Above 50 vendors the "
        "simulation sorts and counts no pairs.\n"
    )
    if picture_file:
        yield f"![Time against vendors, criteria and draws](images/{picture_file.name})\n"
    panels = []
    for name in size.growth:
        works = {WEIGHTINGS: weightings} | ({} if name == "draws" else {EXACT: exact_answers})
        took = {work: seconds(name, does, size) for work, does in works.items()}
        powers = {work: exponent(by_size) for work, by_size in took.items()}
        told = " and ".join(f"**{power:.2f}** ({work})" for work, power in powers.items())
        yield f"Time grows with {name} to the power of {told}.\n"
        rows = [
            (f"{number:,}", *(f"{1e3 * by_size[number]:,.1f}" for by_size in took.values()))
            for number in size.growth[name]
        ]
        yield from table(name, *(f"{work}, ms" for work in took), rows=rows)
        yield ""
        lines = {f"{work}, power {powers[work]:.2f}": took[work] for work in took}
        panels.append(Panel(name, lines))
    if picture_file:
        picture_file.write_text(picture(panels), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=growth.__doc__)
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    parser.add_argument("--smallest", action="store_true", help="the least that runs the code")
    parser.add_argument("--picture", type=Path, help="where the picture is written")
    options = parser.parse_args()
    for line in growth(chosen(options.rounds, options.smallest), options.picture):
        print(line, flush=True)
