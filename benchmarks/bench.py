"""Speed and size, side by side in one run, as ratios: printed, and written to docs/performance.md.

Nothing here passes or fails on a time: machines differ, ratios less so. Run it with `make bench`.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from awards import awards
from cases import CASE, NOTEBOOK, PLAIN, ROOT, large_case, without_methods
from clock import Times, against, interleaved, machine, run, table
from intake import intake
from nights import nights
from size import Size, chosen
from whole_run import runs

from vendor_eval.evaluation import evaluation
from vendor_eval.tender import folder

PICTURE = ROOT / "docs" / "images" / "growth.svg"

HEAD = """\
# Speed and size

Written by `make bench`; do not edit. Seconds are medians, the range in brackets, of rounds in which
every job took its turn, after one round that does not count; ratios are medians of the rounds' own
ratios. Machines differ and are shared: trust the ratios. All packages are compiled to bytecode.

Machine: {machine}.
"""


def imports(size: Size, _: Path) -> Iterator[str]:
    """What importing costs."""
    names = {
        "nothing": "pass",
        "pandas": "import pandas",
        "vendor_eval": "import vendor_eval",
        "vendor_eval.cli": "import vendor_eval.cli",
        "what the notebook imports": first_imports(),
        "scikit-criteria": "import skcriteria",
        "plotly.graph_objects": "import plotly.graph_objects",
    }
    python = PLAIN / "python"
    jobs = {name: [[python, "-c", code]] for name, code in names.items()}
    yield "## Imports, each in a fresh interpreter\n"
    times = interleaved(jobs, rounds=3 * size.rounds)
    yield from table("import of", "seconds", "against pandas", rows=against(times, "pandas"))


def first_imports() -> str:
    """The import lines of the notebook."""
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    lines = [line for cell in cells for line in "".join(cell["source"]).splitlines()]
    return "; ".join(line for line in lines if line.startswith(("import ", "from ")))


def scores(size: Size, place: Path) -> Iterator[str]:
    """What `vendor-eval score` costs with second opinions and without."""
    python, program = PLAIN / "python", PLAIN / "vendor-eval"
    jobs = {
        "`python -c 'import pandas'`": [[python, "-c", "import pandas"]],
        "`vendor-eval check`": [[program, "check", CASE]],
        "`vendor-eval score`, `methods: []`": [[program, "score", without_methods(place)]],
        "`vendor-eval score`": [[program, "score", CASE]],
        "of which `import skcriteria`": [[python, "-c", "import pandas, skcriteria"]],
    }
    times = interleaved(jobs, rounds=2 * size.rounds)
    bare, *_, loaded = times
    pairs = zip(times.pop(loaded).seconds, times[bare].seconds, strict=True)
    extra = Times(tuple(both - alone for both, alone in pairs))
    yield "\n## `vendor-eval score data/customer-support`\n"
    yield from table("command", "seconds", "against pandas", rows=against(times, bare))
    yield f"\nOf the last row, scikit-criteria's import takes about {extra} s: it is loaded when"
    yield "the first method runs, and not at all where the rules name none."


def large(size: Size, place: Path) -> Iterator[str]:
    """What many vendors cost."""
    case, rounds = large_case(place / "large", size), size.rounds
    read = timed(lambda: folder.read(case), rounds)
    found = folder.read(case)
    ranked = timed(lambda: evaluation.evaluate(found.rules, found.proposals), rounds)
    both = timed(lambda: evaluation.evaluate(*rules_and_proposals(case)), rounds)
    program = PLAIN / "vendor-eval"
    process = interleaved({"score": [[program, "score", case]]}, rounds=rounds)["score"]
    leaves = size.folder_branches * size.branch_leaves
    yield f"\n## {size.folder_vendors:,} vendors and {leaves} criteria\n"
    yield from table(
        "",
        "seconds",
        rows=[
            ("read and check the folder", read),
            ("value, score and rank", ranked),
            ("both", both),
            ("`vendor-eval score`, the whole process, with 10,000 weightings", process),
        ],
    )


def rules_and_proposals(case: Path) -> tuple[object, object]:
    """What `evaluate` wants, read afresh."""
    found = folder.read(case)
    return found.rules, found.proposals


def timed(work: Callable[[], object], rounds: int) -> Times:
    """Times of some work in this very process."""
    seconds = []
    for _ in range(max(rounds, 1)):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return Times(tuple(seconds))


def simulation(size: Size, _: Path) -> Iterator[str]:
    """The simulation against plain numpy and scikit-criteria."""
    yield alone("simulation", size)


def exact(size: Size, _: Path) -> Iterator[str]:
    """The exact answers about one ranking."""
    yield alone("exact", size)


def growth(size: Size, place: Path) -> Iterator[str]:
    """How time grows; the picture is moved to docs/images when the page is written."""
    yield alone("growth", size, "--picture", str(place / PICTURE.name))


def alone(section: str, size: Size, *more: str) -> str:
    """A section in a separate process: numpy's threads are set before it is imported."""
    script = str(ROOT / "benchmarks" / f"{section}.py")
    command = [str(PLAIN / "python"), script, *size.option, *more]
    return run(command, cwd=ROOT).rstrip()


def verdict(size: Size, _: Path) -> Iterator[str]:
    """How often each word of the verdict is right."""
    yield alone("verdict", size)


def explorer(size: Size, _: Path) -> Iterator[str]:
    """The explorer, in a separate process, since a browser and JupyterLab run alongside it."""
    yield alone("explorer", size)


SECTIONS = {
    "imports": imports,
    "scores": scores,
    "runs": runs,
    "nights": nights,
    "large": large,
    "intake": intake,
    "awards": awards,
    "simulation": simulation,
    "exact": exact,
    "growth": growth,
    "explorer": explorer,
    "verdict": verdict,
}
"""Every section, in the order of the page."""
ELSEWHERE = ("verdict",)
"""Sections that are printed and stand on no page on speed: `verdict.py --write` writes its own."""


def main() -> None:
    """Runs every section, prints it, and writes the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=Size.rounds, help="rounds that count")
    parser.add_argument("--only", nargs="*", help="sections by name; the page is then not written")
    parser.add_argument(
        "--smallest",
        action="store_true",
        help="the least that runs each section's code; the page is then not written",
    )
    options = parser.parse_args()
    size = chosen(options.rounds, options.smallest)
    whole = options.only is None
    lines = [HEAD.format(machine=machine())]
    print(lines[0])
    run([str(PLAIN / "python"), "-m", "compileall", "-qq", "vendor_eval"], cwd=ROOT)
    with tempfile.TemporaryDirectory() as folder:
        for name, section in SECTIONS.items():
            if whole or name in options.only:
                for line in section(size, Path(folder)):
                    print(line, flush=True)
                    if name not in ELSEWHERE:
                        lines.append(line)
        if whole and not options.smallest:
            (ROOT / "docs" / "performance.md").write_text("\n".join(lines) + "\n", "utf-8")
            shutil.copy(Path(folder) / PICTURE.name, PICTURE)


if __name__ == "__main__":
    main()
