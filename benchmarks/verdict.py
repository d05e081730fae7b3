"""How often each word of the verdict is said, and how often it is right, on constructed tenders.

Run alone it prints the tables of docs/how-a-ranking-is-made.md; with --write it puts them there.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is first imported


import argparse
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from cases import ROOT
from clock import table
from numpy.typing import NDArray
from published import published
from size import Size, chosen
from tenders import CELLS, ERRORS, FIVE, FLAT_TRUTHS, Bools, Cell, Floats, points, tender

from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.award.verdict import earned
from vendor_eval.rules.robustness import DRAWS

PAGE = ROOT / "docs" / "how-a-ranking-is-made.md"
WORDS = ("firm", "sensitive", "too close")
BINS = (0.0, 0.75, 0.85, 0.95, 0.97, 0.99, 1.0)
"""Edges of the bins of the least share."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What n tenders of a cell came to; by kind of true weights, whether the leader truly leads."""

    cell: Cell
    shares: Floats
    """Least share of re-runs in which the leader beats one rival alone; (n,)."""
    best: Mapping[str, Bools]
    """Whether the leader is truly better than every rival; (n,)."""
    ahead: Mapping[str, Bools]
    """Whether it is truly better than the rival of the least share; (n,)."""

    @cached_property
    def words(self) -> NDArray[np.str_]:
        """The word that each share earns at the draws that the package makes; (n,)."""
        return np.array([earned(share, DRAWS) for share in self.shares.tolist()])


def outcome(cell: Cell, size: Size) -> Outcome:
    """Random tenders of one cell: true points, a halo error a vendor, observed points, a word."""
    shares = np.empty(size.tenders)
    best = {name: np.empty(size.tenders, dtype=bool) for name in cell.truths}
    ahead = {name: np.empty(size.tenders, dtype=bool) for name in cell.truths}
    random = np.random.default_rng(cell.seed)
    judged = cell.layout.judged
    for n in range(size.tenders):
        top, within = cell.layout.weights(random)
        true = points(cell, random)
        halo = random.normal(0, cell.errors.true, (cell.vendors, 1))
        evaluation = tender(cell, top, within, np.clip(true + halo * judged, 0, 100))
        held = evaluation.rules.robustness
        near = near_weights(
            evaluation,
            concentration=held.concentration,
            judgement_error=held.judgement_error,
            draws=size.tender_draws,
            seed=n,
        )
        shares[n] = near.ahead.min()
        leader, closest = (int(v[1:]) for v in (near.vendors[0], near.ahead.idxmin()))
        for name, truth in cell.truths.items():
            scores = true @ truth(random, top, within, held.concentration)
            best[name][n] = scores[leader] >= scores.max()
            ahead[name][n] = scores[leader] > scores[closest]
    return Outcome(cell, shares, best, ahead)


def per_cent(hits: Bools) -> str:
    """A share in per cent, with its 95 % interval by Wilson in brackets; a dash for none."""
    n, z = len(hits), 1.96
    if not n:
        return "-"
    p = float(hits.mean())
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return f"{100 * p:.0f} ({100 * low:.0f}-{100 * high:.0f})"


KEYS = ("criteria", "vendors", "error")


def said(outcomes: Sequence[Outcome]) -> list[tuple[object, ...]]:
    """How often each word is said."""
    return [(*o.cell.name, *(per_cent(o.words == word) for word in WORDS)) for o in outcomes]


def right(outcomes: Sequence[Outcome]) -> list[tuple[object, ...]]:
    """How often the leader is truly the best of all, by word."""
    return [
        (*o.cell.name, name, *(per_cent(best[o.words == word]) for word in WORDS))
        for o in outcomes
        for name, best in o.best.items()
    ]


def by_share(
    outcomes: Sequence[Outcome], hits: Callable[[Outcome], Mapping[str, Bools]]
) -> list[tuple[object, ...]]:
    """How often the leader truly leads: a row each error and bin of the least share."""
    rows: list[tuple[object, ...]] = []
    for errors in ERRORS:
        pool = [o for o in outcomes if o.cell.errors == errors]
        shares = np.concatenate([o.shares for o in pool])
        lead = {name: np.concatenate([hits(o)[name] for o in pool]) for name in FLAT_TRUTHS}
        for low, high in pairwise(BINS):
            within = (shares >= low) & ((shares < high) | (high == 1))
            cells = (per_cent(found[within]) for found in lead.values())
            bin_ = f"{100 * low:.0f} to {100 * high:.0f}" if low else f"under {100 * high:.0f}"
            rows.append((errors, bin_, int(within.sum()), *cells))
    return rows


def verdict(size: Size) -> Iterator[str]:
    """The whole section, in Markdown."""
    yield "\n## How often each word is right\n"
    yield from tables(size)


def tables(size: Size) -> Iterator[str]:
    """Every table, each with the line that says what it shows."""
    outcomes = [outcome(cell, size) for cell in CELLS]
    five = [o for o in outcomes if o.cell.layout is FIVE]
    yield f"How often each word is said, in per cent of {size.tenders:,} tenders a row:\n"
    yield from table(*KEYS, *WORDS, rows=said(outcomes))
    yield "\nHow often the leader is truly the best of all, by the word that is said:\n"
    yield from table(*KEYS, "true weights", *WORDS, rows=right(outcomes))
    about = "by the least share, 5 criteria, 4, 6 and 8 vendors together"
    header = ("error", "share in 100", "tenders", *FLAT_TRUTHS)
    yield f"\nHow often the leader is truly ahead of its closest rival, {about}:\n"
    yield from table(*header, rows=by_share(five, lambda o: o.ahead))
    yield f"\nHow often the leader is truly the best of all, {about}:\n"
    yield from table(*header, rows=by_share(five, lambda o: o.best))
    yield from published(size)


def written(page: str, lines: Sequence[str]) -> str:
    """The page with these lines between its markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    return "".join((before, begin, "\n", "\n".join(lines), "\n", end, after))


BEGIN, END = "<!-- tables of benchmarks/verdict.py -->", "<!-- end of tables -->"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=verdict.__doc__)
    parser.add_argument("--rounds", type=int, default=Size.rounds, help="of no effect here")
    parser.add_argument("--smallest", action="store_true", help="the least that runs the code")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name} as well")
    options = parser.parse_args()
    lines = []
    for line in verdict(chosen(options.rounds, options.smallest)):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        PAGE.write_text(written(PAGE.read_text("utf-8"), lines[1:]), "utf-8")
