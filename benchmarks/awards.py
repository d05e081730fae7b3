"""Award documents and comparisons: what they cost beyond an evaluation.

Run alone it prints its section; `bench.py` calls `awards(size, place)` like its others.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from cases import CASE, PLAIN
from clock import against, interleaved, run, table
from size import Size

AWARD = (
    "- {kind: award, vendor: Aurora Service, by: Committee, on: 2026-12-01, reason: As ranked}\n"
)


def awards(size: Size, place: Path) -> Iterator[str]:
    """Six letters with the report, an answer, and the comparison of two runs."""
    folder = place / "awarded"
    shutil.copytree(CASE, folder)
    (folder / "decisions.yaml").write_text(AWARD, "utf-8")
    program = str(PLAIN / "vendor-eval")
    results = place / "results.json"
    results.write_text(run([program, "score", str(folder)], cwd=place), "utf-8")
    letters = [program, "award", folder, "--form", "private", "--out", "{dir}/out"]
    jobs = {
        "`vendor-eval score`": [[program, "score", folder]],
        "`vendor-eval award`, six letters and the report": [letters],
        "`vendor-eval answer`": [[program, "answer", folder, "--vendor", "Borealis Contact"]],
        "`vendor-eval compare`": [[program, "compare", results, results]],
    }
    times = interleaved(jobs, rounds=size.rounds)
    yield "\n## Letters and comparisons of `data/customer-support`\n"
    yield from table("command", "seconds", "against score", rows=against(times, next(iter(jobs))))
