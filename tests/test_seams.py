"""What `docs/extending.md` says may be added is added so, and whole runs are made with it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make.documents import blocks
from make.running import cell

SECTION = "report.cheapest.section(result)"
JUDGED = """\
from vendor_eval.elicitation.elicitation import elicited
from vendor_eval.tender.judgements_file import judgements_of

report.judgements.section(elicited(result.evaluation, judgements_of(tender, {})))"""
PARAMETERS = """\
folder: str = ""
scenario: str = ""
seed: int = 0
draws: int = 500"""
VOTES = """
  - name: Works council
    top:
      votes: {expertise: 3, cost: 2, security: 1, location: 1, language: 1}
"""


def replaced(path: Path, *pairs: tuple[str, str]) -> None:
    """Replaces what stands exactly once in a file."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, (path.name, old)
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def appended(path: Path, code: str) -> None:
    """Puts code at the end of a module."""
    path.write_text(f"{path.read_text('utf-8')}\n\n{code}", "utf-8")


def printed(page: Path, heading: str) -> list[str]:
    """The Python that a page prints under one heading."""
    _, _, after = page.read_text("utf-8").partition(f"\n## {heading}\n")
    under = re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^```python\n(.*?)^```$", under, re.MULTILINE | re.DOTALL)


def extend(checkout: Path, docs: Path) -> None:
    """Adds one of everything to a copy of the package, from the code that the documents print."""
    package = checkout / "vendor_eval"
    page = docs / "extending.md"
    absolute, relative = printed(page, "A value function")
    [method] = printed(page, "A ranking method")
    [section] = printed(page, "A section of the report")
    opened = "\n".join(printed(page, "A notebook"))  # two cells in one
    [question] = blocks(docs / "clarifications.md", "python")
    appended(package / "rules" / "values" / "absolute.py", absolute)
    appended(package / "rules" / "values" / "relative.py", relative)
    appended(package / "analysis" / "methods" / "sums.py", method)
    appended(package / "clarifications" / "coverage.py", question)
    (package / "report" / "cheapest.py").write_text(section, "utf-8")
    field = "    best_worst: BestWorst | None = None\n"
    votes = "    votes: dict[str, Annotated[float, Field(gt=0)]] | None = None\n"
    replaced(package / "rules" / "judgements.py", (field, field + votes))
    row = "FORMS: Mapping[str, JudgementForm] = {\n"
    form = '    "votes": JudgementForm("votes", "Votes are divided by their sum.", _rated),\n'
    replaced(package / "elicitation" / "judged_shares.py", (row, row + form))
    row = "CONTROLS: Mapping[str, Form] = {\n"
    replaced(package / "lab" / "interview.py", (row, row + '    "votes": (_places, _numbers),\n'))
    sources = [
        cell("# Cheapest\n\nWho asks least."),
        cell(PARAMETERS, "parameters"),
        cell(opened.strip()),
        cell("## The cheapest first"),
        cell(SECTION),
        cell("## Judgements"),
        cell(JUDGED),
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": sources}
    (checkout / "notebooks" / "cheapest.ipynb").write_text(json.dumps(notebook), "utf-8")


def evaluation_folder(source: Path, folder: Path) -> Path:
    """The constructed example under rules that use what was added."""
    shutil.copytree(source, folder)
    linear = "value: {linear: {worst: 55, best: 85}}"
    price = "value: {linear: {worst: 23000000, best: 13000000}}"
    replaced(
        folder / "evaluation.yaml",
        (linear, "value: {square_root: {best: 100}}"),
        (price, "value: mean_over_both"),
        ("methods: [topsis, vikor, promethee2]", "methods: [span_sum]"),
    )
    judgements = folder / "judgements.yaml"
    judgements.write_text(judgements.read_text("utf-8").rstrip() + VOTES, "utf-8")
    return folder


@dataclass(frozen=True)
class Extended:
    """A copy of the package with one of everything added, and an evaluation that uses it."""

    home: Path

    def command(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """The command line of the copy."""
        return subprocess.run(
            [
                sys.executable,
                "-c",
                "from vendor_eval.cli import main; main()",
                *map(str, arguments),
            ],
            cwd=self.home,
            env={**os.environ, "PYTHONPATH": str(self.home / "checkout")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def run(self, notebook: str) -> Path:
        """A finished run of a notebook."""
        out = self.home / notebook
        options = ("--notebook", notebook, "-p", "draws=500", "--out", out)
        done = self.command("run", "folder", *options)
        assert done.returncode == 0, done.stderr
        return out

    @cached_property
    def selection(self) -> Path:
        """A finished run of the main notebook, the explorer included."""
        return self.run("vendor_selection")

    @cached_property
    def cheapest(self) -> Path:
        """A finished run of the notebook that was added."""
        return self.run("cheapest")

    @cached_property
    def results(self) -> dict[str, Any]:
        """The results of the main notebook's run."""
        return json.loads((self.selection / "results.json").read_bytes())


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory, root: Path, data: Path) -> Extended:
    home = tmp_path_factory.mktemp("extended")
    for name in ("vendor_eval", "notebooks"):
        shutil.copytree(root / name, home / "checkout" / name)
    extend(home / "checkout", root / "docs")
    evaluation_folder(data / "customer-support", home / "folder")
    return Extended(home)


def test_an_added_value_function_counts_in_a_whole_run(extended: Extended) -> None:
    path = "expertise.first_contact"
    values = [v["criteria"][path] for v in extended.results["vendors"].values()]
    given = [v for v in values if v["performance"] is not None and v["value"] is not None]
    assert len(given) > 2
    for one in given:  # the square root of the answer over 100, in points
        assert one["value"] == pytest.approx(100 * (one["performance"] / 100) ** 0.5, abs=1e-6)


def test_what_an_added_value_function_would_take_does_draw_level(extended: Extended) -> None:
    told = extended.results
    path = "expertise.first_contact"
    change = told["sensitivity"]["holds_until"][path]
    assert change is not None
    before, after = (100 * (change[end] / 100) ** 0.5 for end in ("from", "to"))
    assert change["change_in_value"] == pytest.approx(after - before, abs=1e-6)
    winner = told["vendors"][told["recommendation"]["vendor"]]
    weight = winner["criteria"][path]["weight"]
    margin = told["recommendation"]["margin"]
    assert weight * (before - after) == pytest.approx(margin, abs=1e-6)


def test_results_and_report_say_whose_graphs_are_read_off(extended: Extended) -> None:
    read_off = [line for line in extended.results["warnings"] if "read off" in line]
    assert len(read_off) == 2  # the square root, and the relative function's knots
    page = (extended.selection / "report.html").read_text("utf-8")
    assert "read off at many answers" in page


def test_an_added_relative_value_function_counts_in_a_whole_run(extended: Extended) -> None:
    told, path = extended.results, "cost.total"
    bids = {v: told["vendors"][v]["criteria"][path] for v in told["ranking"]}
    mean = sum(b["performance"] for b in bids.values()) / len(bids)
    for bid in bids.values():
        expected = 100 * mean / (mean + bid["performance"])
        assert bid["relative"] is True
        assert bid["value"] == pytest.approx(expected, abs=1e-6)


def test_added_value_functions_have_live_formulas_in_the_scorecard(extended: Extended) -> None:
    content = (extended.selection / "scorecard.xlsx").read_bytes()
    sheet = load_workbook(io.BytesIO(content))["Values"]
    rows = {row[1].value: [c.value for c in row] for row in sheet.iter_rows()}
    square_root = [c for c in rows["expertise.first_contact"] if "SQRT" in str(c)]
    relative = [c for c in rows["cost.total"] if "Scales!" in str(c) and "MAX" in str(c)]
    vendors = len(extended.results["vendors"])
    assert (len(square_root), len(relative)) == (vendors, vendors)


def test_an_added_method_and_a_question_take_part(extended: Extended) -> None:
    told = extended.results
    assert set(told["methods"]["span_sum"]) == set(told["ranking"])
    letters = "".join(p.read_text("utf-8") for p in extended.selection.glob("clarifications/*.md"))
    assert "Who answers at night?" in letters


@pytest.mark.more
def test_an_added_notebook_writes_what_every_notebook_writes(extended: Extended) -> None:
    written = sorted(path.name for path in extended.cheapest.iterdir())
    files = ["clarifications", "manifest.json", "notebook.ipynb", "report.html", "results.json"]
    assert written == [*files, "scorecard.xlsx"]
    scored = extended.command("score", "folder", "-p", "draws=500")
    assert (extended.cheapest / "results.json").read_bytes() == scored.stdout.encode()


@pytest.mark.more
def test_an_added_section_and_a_form_of_judgement_are_shown(extended: Extended) -> None:
    page = (extended.cheapest / "report.html").read_text("utf-8")
    assert "The cheapest first" in page
    assert "Works council" in page
    assert ">votes<" in page


def test_the_list_names_what_was_added(extended: Extended) -> None:
    listed = extended.command("list").stdout
    for name in ("square_root", "mean_over_both", "span_sum"):
        assert f"  {name} " in listed
