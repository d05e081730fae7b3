"""The tables on how often each word of the verdict is right come out again as they are printed."""

import subprocess
import sys
from pathlib import Path

import pytest

from make.builders import rules
from vendor_eval.analysis.weights.dirichlet import weight_ranges
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.robustness import CONCENTRATIONS

PAGE = "how-a-ranking-is-made.md"
ONE_KIND = """
import sys
sys.path.insert(0, "benchmarks")
import clock, size, tenders, verdict
[cell] = [c for c in tenders.CELLS if c.layout is tenders.FIVE and c.vendors == 6 and c.seed == 3]
outcomes = [verdict.outcome(cell, size.Size())]
print(*clock.table(rows=verdict.said(outcomes))[2:], sep="\\n")
print(*clock.table(rows=verdict.right(outcomes))[2:], sep="\\n")
"""
AWARDS = """
import sys
sys.path.insert(0, "benchmarks")
import clock, published, size
draws = size.Size().published_draws
for cases in (published.awards(), published.worked()):
    print(*clock.table(rows=published.rows(cases, draws))[2:], sep="\\n")
"""
EMPTY = """
import sys
sys.path.insert(0, "benchmarks")
import verdict
print(verdict.written(verdict.PAGE.read_text("utf-8"), ["only this"]))
"""


def printed(code: str, root: Path) -> list[str]:
    """The lines that some code of the benchmarks prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.more
def test_the_rows_of_six_vendors_on_five_criteria_come_out_as_printed(root: Path) -> None:
    page = (root / "docs" / PAGE).read_text("utf-8").splitlines()
    lines = printed(ONE_KIND, root)
    assert len(lines) == 1 + 3  # one of words said, one each for three kinds of true weights
    assert [line for line in lines if line not in page] == []


@pytest.mark.more
def test_the_words_of_the_evaluations_and_the_worked_examples_come_out_as_printed(
    root: Path,
) -> None:
    page = (root / "docs" / PAGE).read_text("utf-8").splitlines()
    lines = printed(AWARDS, root)
    assert len(lines) == 6 + 12
    assert [line for line in lines if line not in page] == []


def test_the_tables_stand_between_the_markers_of_the_page(root: Path) -> None:
    lines = printed(EMPTY, root)
    at = lines.index("only this")
    assert lines[at - 1].startswith("<!-- tables of benchmarks/verdict.py")
    assert lines[at + 1] == "<!-- end of tables -->"


@pytest.mark.parametrize("which", ["", ", published ones alone"])
def test_no_more_than_a_third_of_the_cases_at_hand_are_too_close(which: str, root: Path) -> None:
    page = (root / "docs" / PAGE).read_text("utf-8").splitlines()
    beginning = f"| `data/` and matrices, nothing judged{which} |"
    [row] = [line for line in page if line.startswith(beginning)]
    cases, *words, _ = (int(cell) for cell in row.removeprefix(beginning).strip(" |").split("|"))
    assert sum(words) == cases
    assert 3 * words[2] <= cases


@pytest.mark.parametrize("agreed", [5, 10, 20, 30, 50])
def test_the_ranges_that_presets_mean_are_those_of_the_package(agreed: int, root: Path) -> None:
    weights = tree(rules({"cost": agreed, "rest": 100 - agreed}).criteria)
    cells = [f"{agreed} %"]
    for concentration in CONCENTRATIONS.values():
        low, high = weight_ranges(weights, concentration=concentration)["cost"]
        cells.append(f"{100 * low:.0f} to {100 * high:.0f} %")
    page = (root / "docs" / PAGE).read_text("utf-8").splitlines()
    assert f"| {' | '.join(cells)} |" in page
    header = " | ".join(f"`{name}` ({c:.0f})" for name, c in CONCENTRATIONS.items())
    assert f"| agreed | {header} |" in page
