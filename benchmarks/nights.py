"""A night of evaluations in forks, against a loop of `vendor-eval run`; and scoring alone."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from cases import PLAIN, ROOT
from clock import table
from size import Size

EXAMPLES = (
    *("customer-support", "california-two-envelope", "gsa-help-desk", "customer-support-panel"),
    "time-attendance-software",
)
SAME = ("report.html", "results.json", "scorecard.xlsx")
PROGRAM = [str(PLAIN / "python"), "-m", "vendor_eval"]

HEAD = """
## A night of {count} evaluations

The examples in turn, each with another seed, by `vendor-eval batch --engine fork` on two workers,
canaries included; against {sample} of them by `vendor-eval run`, one after the other. Seconds
are of the processor, of all processes together, since those of the clock depend on who else works.
"""


def nights(size: Size, place: Path) -> Iterator[str]:
    """What many evaluations cost by forks, and whether they are what single runs are."""
    count, every = size.night, max(1, size.night // 20)
    place = place / "nights"
    place.mkdir()
    rows = written_rows(place / "rows.jsonl", count)
    run = [*PROGRAM, "batch", "--from", "rows.jsonl", "--out", "forked", "--engine", "fork"]
    forked = seconds([*run, "--jobs", "2", "--quiet"], place)
    night = json.loads((place / "forked" / "latest" / "batch.json").read_bytes())
    assert {run["status"] for run in night["runs"]} <= {"ok", "no_award"}, night["states"]
    sample = rows[::every]
    looped = [
        seconds(
            [*PROGRAM, "run", row["folder"], "--seed", row["seed"], "--out", row["name"]], place
        )
        for row in sample
    ]
    differing = [
        f"{row['name']}/{name}"
        for row in sample
        for name in SAME
        if (place / row["name"] / name).read_bytes()
        != (place / "forked" / "latest" / row["name"] / name).read_bytes()
    ]
    alone = sum(looped) / len(looped)
    peak = max(run["peak_memory_mb"] for run in night["runs"])
    yield HEAD.format(count=count, sample=len(sample))
    yield from table(
        "",
        "processor seconds an evaluation",
        "ratio",
        rows=[
            ("`vendor-eval run`, one after the other", f"{alone:.2f}", "1.00 x"),
            ("`batch --engine fork`", f"{forked / count:.2f}", f"{forked / count / alone:.2f} x"),
        ],
    )
    yield f"\nThe largest fork held {peak} MB at its peak, what it shares with its parent included."
    yield f"Of {len(sample) * len(SAME)} files compared with those of `run`, {len(differing)}"
    yield "differ."
    yield from scoring(size, place)


def scoring(size: Size, place: Path) -> Iterator[str]:
    """What scoring alone costs, and whether its memory grows."""
    count = size.scored
    tables = (EXAMPLES[1], EXAMPLES[2], EXAMPLES[4])
    written_rows(place / "scores.jsonl", count, tables)
    run = [*PROGRAM, "batch", "--from", "scores.jsonl", "--out", "scored", "--engine", "fork"]
    spent = seconds([*run, "--jobs", "2", "--quiet", "--score-only"], place)
    night = json.loads((place / "scored" / "latest" / "batch.json").read_bytes())
    tenth = max(1, count // 10)
    peaks = [run["peak_memory_mb"] for run in night["runs"]]
    yield f"\nOf {count:,} evaluations of tables by `--score-only`, a thousand take"
    yield f"{spent / count * 1000:.0f} processor seconds. Peak memory of a fork:"
    yield f"{max(peaks[:tenth])} MB in the first tenth, {max(peaks[-tenth:])} MB in the last."


def written_rows(
    file: Path, count: int, examples: Sequence[str] = EXAMPLES
) -> list[dict[str, str]]:
    """Rows for a batch: the examples in turn, each with another seed."""
    rows = [
        {"folder": str(ROOT / "data" / examples[n % len(examples)]), "seed": n, "name": f"e{n:04}"}
        for n in range(count)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return [{key: str(value) for key, value in row.items()} for row in rows]


def seconds(command: Sequence[str], place: Path) -> float:
    """Processor seconds of a command and of all processes that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
