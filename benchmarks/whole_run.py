"""A whole run against the command lines of papermill and nbconvert, and where its time goes."""

import json
from collections.abc import Iterator
from pathlib import Path

from cases import CASE, LAB, NOTEBOOK, PLAIN, headless, without_methods
from clock import interleaved, table
from size import Size

RUN = """
## A whole run of `data/customer-support`

The same notebook (less its live cells) through `papermill` and `jupyter nbconvert --to html` with
their defaults, and through `vendor-eval run`, which also checks, packs plotly.js, hashes and moves
the folder into place. `make report` installs no JupyterLab; the usual data-science environment has
it.
"""

STAGES = """
## Where the time goes

Each stage alone, with second opinions. A run does several at once: the kernel boots and cells run
while papermill and the exporter are imported, so the sum is more than the run.
"""


def runs(size: Size, place: Path) -> Iterator[str]:
    """What a whole run costs against papermill's and nbconvert's own command lines."""
    bare, kept = without_methods(place / "runs"), place / "kept"
    full, laboratory = (CASE, LAB) if size.whole_runs else (bare, PLAIN)
    notebook = place / NOTEBOOK.name
    notebook.write_text(json.dumps(headless(whole=size.whole_runs)), "utf-8")

    def stock(programs: Path, case: Path) -> list[list[str | Path]]:
        executed = "{dir}/executed.ipynb"
        return [
            [programs / "papermill", notebook, executed, "-p", "folder", case, "--cwd", "{dir}"],
            [programs / "jupyter", "nbconvert", "--to", "html", executed],
        ]

    def ours(programs: Path, case: Path) -> list[list[str | Path]]:
        return [[programs / "vendor-eval", "run", case, "--out", "{dir}/out"]]

    jobs = {
        "stock": stock(laboratory, full),
        "stock, no JupyterLab": stock(PLAIN, full),
        "ours": ours(PLAIN, full),
        "ours, JupyterLab": ours(laboratory, full),
        "stock, no methods": stock(laboratory, bare),
        "stock, no methods, no JupyterLab": stock(PLAIN, bare),
        "ours, no methods": ours(PLAIN, bare),
    }
    t = interleaved(jobs, rounds=size.rounds, keep=kept)

    def ratio(name: str, reference: str) -> str:
        return f"{t[name].over(t[reference]):.2f} x"

    yield RUN
    yield from table(
        "",
        "command lines, JupyterLab installed",
        "command lines, without",
        "`vendor-eval run`",
        "ratio",
        "ratio without",
        rows=[
            (
                label,
                t[f"stock{suffix}"],
                t[f"stock{suffix}, no JupyterLab"],
                t[f"ours{suffix}"],
                ratio(f"ours{suffix}", f"stock{suffix}"),
                ratio(f"ours{suffix}", f"stock{suffix}, no JupyterLab"),
            )
            for label, suffix in (("second opinions", ""), ("`methods: []`", ", no methods"))
        ],
    )
    same = ratio("ours, JupyterLab", "stock")
    yield f"\n`vendor-eval run` with JupyterLab installed: {t['ours, JupyterLab']} s, {same}."
    yield from stages(size, kept)
    yield from sizes(kept)


KERNEL = """
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel()
client.stop_channels()
manager.shutdown_kernel(now=True)
"""
CLIENT = "import papermill, nbclient, nbformat, jupyter_client"
EXPORT = """
import sys, nbformat
from vendor_eval.runs.export import library, report
notebook = nbformat.read(sys.argv[1], as_version=4)
"""


def stages(size: Size, kept: Path) -> Iterator[str]:
    """Where the time of a run goes, each stage alone."""
    python, executed = PLAIN / "python", kept / "ours" / "out" / "notebook.ipynb"
    jobs = {
        "nothing": [[python, "-c", "pass"]],
        "command line": [[python, "-c", "import vendor_eval.cli"]],
        "papermill": [[python, "-c", CLIENT]],
        "kernel": [[python, "-c", "import jupyter_client.manager" + KERNEL]],
        "jupyter_client": [[python, "-c", "import jupyter_client.manager"]],
        "exporter": [[python, "-c", EXPORT, executed]],
        "library": [[python, "-c", EXPORT + "library()", executed]],
        "page": [
            [python, "-c", EXPORT + "report(notebook, title='x', plotly=library())", executed]
        ],
    }
    t = {name: times.median for name, times in interleaved(jobs, rounds=size.rounds).items()}
    assessed, shown = papermill_seconds(kept / "stock, no JupyterLab" / "executed.ipynb")
    alone, _ = papermill_seconds(kept / "stock, no methods, no JupyterLab" / "executed.ipynb")
    rows = [
        ("interpreter", t["nothing"]),
        ("command line imported", t["command line"] - t["nothing"]),
        ("papermill and its client imported", t["papermill"] - t["nothing"]),
        ("kernel started, ready, ended", t["kernel"] - t["jupyter_client"]),
        ("cells: package and pandas imported, proposals read and assessed", alone),
        ("cells: second opinions, nearly all of it scikit-criteria's import", assessed - alone),
        ("cells: figures, tables, records", shown),
        ("exporter imported, notebook read", t["exporter"] - t["nothing"]),
        ("plotly.js packed", t["library"] - t["exporter"]),
        ("page written", t["page"] - t["library"]),
    ]
    yield STAGES
    yield from table("stage", "seconds", rows=[(name, f"{s:.2f}") for name, s in rows])


def papermill_seconds(executed: Path) -> tuple[float, float]:
    """Seconds of the cells as papermill noted them: up to the assessment, and after it."""
    cells = json.loads(executed.read_text("utf-8"))["cells"]
    seconds = [cell["metadata"].get("papermill", {}).get("duration") or 0.0 for cell in cells]
    after = 1 + next(
        n for n, cell in enumerate(cells) if "tender.evaluate(" in "".join(cell["source"])
    )
    return sum(seconds[:after]), sum(seconds[after:])


def sizes(kept: Path) -> Iterator[str]:
    """What is written."""
    out = kept / "ours" / "out"
    rows = [(f"`{file.name}`", megabytes(file)) for file in sorted(out.iterdir())]
    stock = kept / "stock" / "executed.html"
    rows.append(("the command lines' HTML, in which no plotly figure is drawn", megabytes(stock)))
    yield "\n## Size\n"
    yield from table("file", "MB", rows=rows)


def megabytes(file: Path) -> str:
    """A file's size in millions of bytes."""
    return f"{file.stat().st_size / 1e6:.2f}"
