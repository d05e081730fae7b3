"""A notebook's cells run in this very process: for a fork that ends with its run.

What a cell shows is what a kernel's client would have kept of it, so that the page is the same.
"""

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets import Type
from traitlets.config import Config

from vendor_eval.runs import Executed, Planned, page_writer
from vendor_eval.runs.kernel import environment
from vendor_eval.runs.notebook import executed
from vendor_eval.runs.staging import aside


class _Outputs:
    """What one cell has shown so far; text is kept in pieces, as it came between the rest."""

    def __init__(self) -> None:
        self.shown: list[NotebookNode] = []
        self.text = io.StringIO()

    def add(self, kind: str, data: Mapping[str, Any], metadata: Any, **more: Any) -> None:
        """Adds something shown, after the text that was printed before it."""
        self.flush()
        plain = json_clean(encode_images(dict(data)))
        fields = {"data": plain, "metadata": json_clean(metadata or {}), **more}
        self.shown.append(new_output(kind, **fields))

    def flush(self) -> None:
        """Ends a piece of printed text."""
        if text := self.text.getvalue():
            self.shown.append(new_output("stream", name="stdout", text=text))
            self.text.seek(0)
            self.text.truncate()

    def clear(self) -> None:
        """Takes away what was shown."""
        self.shown.clear()


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        self.shell.outputs.add("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:  # the base class has it
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        """Nothing: the prompt is the page's matter."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        number = self.prompt_count
        self.shell.outputs.add("execute_result", format_dict, md_dict, execution_count=number)

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Shell(InteractiveShell):
    """IPython's shell as a kernel has it, but for where its outputs go."""

    outputs = _Outputs()

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Nothing: who runs the cells raises the error."""

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Nothing, for the same reason."""


def run_cells(notebook: NotebookNode, parameters: Mapping[str, Any], path: Path) -> NotebookNode:
    """The notebook with its outputs; raises PapermillExecutionError where a cell fails."""
    ready = parameterize_notebook(
        load_notebook_node(notebook),
        parameters,
        report_mode=False,
        kernel_name="python3",
        language="python",
    )
    config = Config()
    config.HistoryManager.enabled = False
    shell = _Shell.instance(config=config)
    for index, cell in enumerate(ready.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        shell.outputs = outputs = _Outputs()
        with contextlib.redirect_stdout(outputs.text):
            result = shell.run_cell(cell.source, store_history=True)
        outputs.flush()
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            kind = type(error).__name__
            raise PapermillExecutionError(
                index, result.execution_count or 0, cell.source, kind, str(error), []
            )
        cell.execution_count, cell.outputs = result.execution_count, outputs.shown
    ready.metadata["language_info"] = NotebookNode(IPythonKernel.language_info)
    return ready


@contextlib.contextmanager
def in_this_process(finished: Path) -> Iterator[Executed]:
    """What executes a notebook here, without the network, in the directory of its run.

    The process is not fit for anything else afterwards.
    """

    def execute(plan: Planned, then: str) -> tuple[Any, Any]:
        page, source = page_writer(), plan.source.absolute()
        with contextlib.chdir(finished):
            ran = executed(source, plan.given, run_cells, then=then)
        return ran, page

    with aside(Path(tempfile.gettempdir()), along=finished.parent) as private:
        os.environ.update(environment(private))
        import vendor_eval.runs.inside  # noqa: F401  # from here on no address is reached

        yield execute
