"""The end of a notebook in JupyterLab: its report, written when somebody asks for it."""

import os
import subprocess
import sys
from pathlib import Path

import anywidget
import ipywidgets as widgets

from vendor_eval.lab.contents import place_of
from vendor_eval.lab.opening import SESSION, Parameters
from vendor_eval.report.html import Html, rendered, say
from vendor_eval.report.sections import at_withdrawal, show

TOP = """
export default {
  render({ el }) {
    const notebook = el.closest(".jp-Notebook"), first = notebook?.querySelector(".ve-first");
    if (!notebook) return;
    const top = () => first?.isConnected && first.scrollIntoView({ block: "start" });
    const end = new AbortController(), listening = { capture: true, signal: end.signal };
    delete notebook.dataset.shownFromTop;
    // JupyterLab scrolls to the last cell it has run, late on a busy machine; people scroll too
    notebook.addEventListener("scroll", top, listening);
    for (const act of ["wheel", "pointerdown", "keydown"])
      window.addEventListener(act, () => end.abort(), listening);
    setTimeout(top, 50);
    setTimeout(() => {
      end.abort();
      notebook.dataset.shownFromTop = "true";
    }, 2000);
  },
};
"""


class TopOfNotebook(anywidget.AnyWidget):
    """Nothing to see: once the last cell has run, the recommendation is in view."""

    _esm = TOP


class WriteReport(widgets.VBox):
    """A button that runs a notebook headless, in another process, and links its page.

    It runs as it came with the suite, with these parameters, regardless of edits made here.
    """

    def __init__(self, given: Parameters, notebook: str) -> None:
        self._given, self._notebook = given, notebook
        self.button = widgets.Button(description="Write report", button_style="primary")
        self.written = widgets.Output()
        super().__init__([self.button, self.written, TopOfNotebook()])
        self.button.on_click(self._write)
        at_withdrawal(self.close)

    def _write(self, _: object) -> None:
        self.button.disabled, self.button.description = True, "Writing the report ..."
        self.written.clear_output()
        with self.written:
            show(self._run())
        self.button.disabled, self.button.description = False, "Write report"

    def _run(self) -> Html:
        given, place = self._given, place_of(Path.cwd())
        command = [sys.executable, "-m", "vendor_eval", "run", str(Path(given.folder).resolve())]
        command += ["--notebook", self._notebook, "--seed", str(given.seed)]
        command += ["-p", f"draws={given.draws}"]
        if given.scenario:
            command += ["--scenario", given.scenario]
        done = subprocess.run(
            command,
            cwd=place,
            env={name: value for name, value in os.environ.items() if name != SESSION},
            capture_output=True,
            text=True,
            check=False,
        )
        lines = done.stdout.splitlines()
        if not lines:
            return say(f"Not written. {' '.join(done.stderr.split())}")
        report = place / lines[-1]
        path = report.relative_to(place).as_posix()
        link = Path(os.path.relpath(report)).as_posix()
        return rendered("written", path=path, link=link)
