"""The explorer: from a slider's input to the repainted ranking, in the report and in JupyterLab.

Run alone it prints its section; `bench.py` calls it in a process of its own. A move is timed to the
second animation frame after it, when the first one is on the screen.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from cases import ROOT
from clock import table

sys.path.insert(0, str(ROOT / "tests"))  # the browser and JupyterLab are driven as the tests do

from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import Browser, Locator
from size import Size, chosen

from make import jupyter
from make.browser import browser
from vendor_eval.report.explorer.page import explorer_page as page_page
from vendor_eval.runs.export import library, report
from vendor_eval.tender.folder import read

Row = tuple[str, str, str]

MOVE = """async (root, moves) => {
  const frame = () => new Promise(requestAnimationFrame), taken = [];
  const tops = "fieldset > .vx-node > .vx-row > input[type=range]";
  const sliders = [...root.querySelectorAll(tops)];
  const shown = () => root.querySelector(".vx-ranking").textContent;
  for (let n = 0; n < moves; n += 1) {
    const slider = sliders[n % sliders.length];
    await new Promise((done) => setTimeout(done, 120 + 7 * (n % 5)));
    const before = shown();
    slider.value = String(5 + ((Number(slider.value) + 23) % 60));
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
    await frame();
    taken.push(performance.now() - start);
    if (shown() === before) throw new Error("the ranking was not repainted");
  }
  return taken;
}"""

HEARD = """async (root, moves) => {
  const sliders = [...root.querySelectorAll("input[type=range]")], taken = [];
  const about = () => root.querySelector(".vx-results").textContent.includes(" in about ");
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (holds) => { while (!holds()) await frame(); };
  for (let n = 0; n < moves; n += 1) {
    for (let step = 0; step < 8; step += 1) {
      // never the same twice: Python is not asked again for what it has just answered
      sliders[0].value = String(5 + ((Number(sliders[0].value) + 37) % 60));
      sliders[0].dispatchEvent(new Event("input", { bubbles: true }));
      await frame();
    }
    const last = performance.now();
    await frame();
    await frame();  // painted by now: as "about", unless Python has answered already
    await until(() => !about());
    taken.push(performance.now() - last);
  }
  return taken;
}"""


def written(folder: Path, vendors: int, criteria: int) -> Path:
    """A folder of random answers on criteria in branches of four, the same each time."""
    leaf = {"weight": 1, "value": {"linear": {"worst": 0, "best": 100}}}
    leaves = [
        leaf | {"id": f"c{n}", "label": f"Criterion {n + 1}", "answer": f"c{n}"}
        for n in range(criteria)
    ]
    branches = [
        {"id": f"b{n}", "label": f"Branch {n + 1}", "weight": 1, "criteria": leaves[n : n + 4]}
        for n in range(0, criteria, 4)
    ]
    rules = {"title": "Measured", "decision": "Which one?", "currency": "EUR", "price": "c0"}
    points = np.random.default_rng(1).uniform(20, 80, (vendors, criteria))
    rows = [f"Vendor {v + 1}," + ",".join(f"{x:.2f}" for x in row) for v, row in enumerate(points)]
    head = "vendor," + ",".join(f"c{n}" for n in range(criteria))
    folder.mkdir(parents=True)
    # JSON is YAML
    (folder / "evaluation.yaml").write_text(json.dumps(rules | {"criteria": branches}), "utf-8")
    (folder / "proposals.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return folder


def page(folder: Path) -> str:
    """A report that holds the explorer alone."""
    case = read(folder)
    shown = page_page(case, case.evaluate(draws=1000))
    output = new_output("display_data", data=shown._repr_mimebundle_())
    cells = [new_code_cell("", outputs=[output])]
    return report(new_notebook(cells=cells), title="Measured", plotly=library())


def told(taken: Sequence[float]) -> tuple[str, str]:
    """Median and 95th percentile in milliseconds."""
    return f"{statistics.median(taken):.0f}", f"{np.percentile(taken, 95):.0f}"


def moves(root: Locator, script: str, number: int) -> Any:
    """Milliseconds of each move, after some that do not count."""
    root.evaluate(script, min(5, number))
    return root.evaluate(script, number)


def in_report(running: Browser, place: Path, size: Size) -> Iterator[Row]:
    """Rows for a report of each size."""
    for vendors, criteria in size.explorers:
        written(place / f"{vendors}", vendors, criteria)
        path = place / f"{vendors}.html"
        path.write_text(page(place / f"{vendors}"), "utf-8")
        opened = running.new_page(viewport={"width": 1280, "height": 800})
        opened.goto(path.as_uri())
        taken = moves(opened.locator(".explorer"), MOVE, size.moves)
        yield f"report, {vendors} x {criteria}: slider to repainted ranking", *told(taken)
        opened.close()


def in_jupyterlab(running: Browser, place: Path, size: Size) -> Iterator[Row]:
    """Rows for JupyterLab: what the browser counts, and what Python draws after some moves."""
    vendors, criteria = size.explorers[0]
    written(place / "data" / "customer-support", vendors, criteria)  # what the notebook reads
    with jupyter.started(place) as lab:
        opened = running.new_page(viewport={"width": 1400, "height": 900})
        notebook = jupyter.opened(opened, lab, "lab/data/customer-support/vendor_selection.ipynb")
        root = jupyter.run_all(opened, notebook)
        root.evaluate("root => root.scrollIntoView({ block: 'start' })")
        of = f"JupyterLab, {vendors} x {criteria}"
        yield f"{of}: slider to repainted ranking", *told(moves(root, MOVE, size.moves))
        heard = moves(root, HEARD, size.moves)
        yield f"{of}: last move to Python's draws and map", *told(heard)


def section(size: Size) -> Iterator[str]:
    """The section of the performance page."""
    yield "\n## The explorer\n"
    yield f"{size.moves} moves each, to the second animation frame after the slider's input.\n"
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        rows = [
            *in_report(running, Path(folder), size),
            *in_jupyterlab(running, Path(folder) / "lab", size),
        ]
    yield from table("", "median ms", "95th percentile ms", rows=rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=Size.rounds, help="of the other sections")
    parser.add_argument("--smallest", action="store_true", help="the least that runs the code")
    options = parser.parse_args()
    print("\n".join(section(chosen(options.rounds, options.smallest))))
