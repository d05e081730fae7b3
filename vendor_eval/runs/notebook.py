"""The execution of a parameterised notebook, and what of it is kept."""

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from papermill.exceptions import PapermillExecutionError
from papermill.log import logger

from vendor_eval import errors
from vendor_eval.errors import NO_SPACE, DiskFull, ToolFailed, VendorEvalError
from vendor_eval.report.sections import PLOTLY
from vendor_eval.runs.kernel import Kernel

LIVE = "live"
INJECTED = "injected-parameters"
THEN = "then"
_KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


RunCells = Callable[[NotebookNode, Mapping[str, Any], Path], NotebookNode]
"""Runs a notebook's cells with its parameters; the path is that of its source."""


def executed(
    path: Path, parameters: Mapping[str, Any], run_cells: RunCells, *, then: str
) -> NotebookNode:
    """The notebook with the outputs of every cell that is not `live`, and nothing about the run.

    `then` is run after its last cell and is no part of what is returned. The parameters must have
    been checked against the notebook's own declarations. A cell that fails raises: with the
    user's faults where those are the cause, else as a defect of ours.
    """
    source = nbformat.read(path, as_version=4)
    last = new_code_cell(then, id=THEN, metadata={"tags": [THEN]})
    cells = [cell for cell in source.cells if not _tagged(cell, LIVE)]
    try:
        ran = run_cells(NotebookNode(source, cells=[*cells, last]), dict(parameters), path)
    except PapermillExecutionError as error:
        raise _failure(path, source, error) from error
    _refuse_unfinished(path, ran)
    ran.cells = [cell for cell in ran.cells if not _tagged(cell, THEN)]
    return _without_traces(ran)


def papermill_cells(kernel: Kernel, limit: int | None) -> RunCells:
    """What runs cells by papermill in a kernel.

    It raises where a cell takes longer than `limit` seconds, and for a kernel that was stopped.
    """

    def run_cells(
        notebook: NotebookNode, parameters: Mapping[str, Any], path: Path
    ) -> NotebookNode:
        try:
            with _unasked_warnings_off():
                return papermill.execute_notebook(
                    notebook,
                    None,  # nothing is written on the way: the run writes once, at its end
                    parameters,
                    kernel_name="python3",
                    language="python",
                    km=kernel,
                    record_timing=False,
                    store_widget_state=False,
                    autosave_cell_every=0,
                    request_save_on_cell_execute=False,
                    execution_timeout=limit,
                    progress_bar={
                        "file": sys.stderr,
                        "desc": path.stem,
                        "disable": not sys.stderr.isatty(),
                    },
                )
        except CellTimeoutError as error:
            sources = [cell.source for cell in notebook.cells]
            slow = next((source for source in sources if source and source in str(error)), "")
            place = f"{path.stem}, {_place(nbformat.read(path, as_version=4), slow)}"
            raise VendorEvalError(
                f"--cell-timeout {limit}: found a cell that takes longer, in {place}; "
                "allowed: more seconds"
            ) from error
        except (RuntimeError, TimeoutError) as error:  # what nbclient raises for a dead kernel
            if kernel.stopped:
                message = f"the kernel of notebook {path.stem} was stopped, and did not go on"
                raise VendorEvalError(
                    f"{message}; run it again, and leave its process alone"
                ) from error
            words = kernel.last_words()
            message = f"the kernel of notebook {path.stem} failed: {error} {words}"
            raise ToolFailed(message.strip()) from error

    return run_cells


@contextlib.contextmanager
def _unasked_warnings_off() -> Iterator[None]:
    """Papermill without what it says of parameters: they were checked before, and better.

    It reads their declarations by a pattern that knows no `str | None`, and warns of each such
    parameter that it is unknown. Its errors are still reported.
    """
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def title(notebook: NotebookNode) -> str:
    """The text of the notebook's first `# ` heading, or nothing."""
    lines = (line for cell in notebook.cells for line in cell.source.splitlines())
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")


def _failure(path: Path, source: NotebookNode, error: PapermillExecutionError) -> VendorEvalError:
    """The same failure in the user's terms; a fault of theirs keeps its text and exit code."""
    kind = getattr(errors, error.ename, None)
    if isinstance(kind, type) and issubclass(kind, VendorEvalError) and kind is not ToolFailed:
        fault = VendorEvalError(error.evalue)
        fault.exit_code = kind.exit_code
        return fault
    place = _place(source, error.source)
    full = [f"[Errno {number}]" for number in NO_SPACE]
    if error.ename == "OSError" and error.evalue.startswith(tuple(full)):
        return DiskFull(f"notebook {path.stem}, {place}: {error.evalue}")
    return ToolFailed(f"notebook {path.stem}, {place}: {error.ename}: {error.evalue}")


def _place(source: NotebookNode, code: str) -> str:
    """Where in the notebook a cell with this code stands, such as "cell 7, under 'Costs'"."""
    heading = ""
    for number, cell in enumerate(source.cells, start=1):
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = f" under {cell.source.splitlines()[0].lstrip('# ')!r}"
        elif cell.cell_type == "code" and cell.source == code:
            return f"cell {number}{heading}, {code.strip().splitlines()[0]!r}"
    own = "vendor_eval.runs.recording" in code
    return "the writing of its results" if own else "the cell of the given parameters"


def _refuse_unfinished(path: Path, ran: NotebookNode) -> None:
    """Refuses what papermill takes for success: an allowed error, or an early `sys.exit(0)`."""
    for cell in ran.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if cell.execution_count is None:
            raise ToolFailed(f"notebook {path.stem}, {_place(ran, cell.source)}: was not run")
        for output in cell.outputs:
            if output.output_type == "error":
                raised = f"{output.ename}: {output.evalue}"
                raise ToolFailed(f"notebook {path.stem}, {_place(ran, cell.source)}: {raised}")


def _without_traces(ran: NotebookNode) -> NotebookNode:
    """The notebook without times, paths, warnings or anything else about this one run."""
    ran.metadata.pop("papermill", None)
    ran.metadata["kernelspec"] = NotebookNode(_KERNELSPEC)
    for cell in ran.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if _tagged(cell, INJECTED):
            cell.id = INJECTED  # papermill draws a random one
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
            for output in cell.outputs:
                data = output.get("data", {})
                if len(data) > 1 and PLOTLY not in data:  # a figure's says what it shows
                    data.pop("text/plain", None)  # a repr, with an address in memory
    return ran


def _tagged(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", ())
