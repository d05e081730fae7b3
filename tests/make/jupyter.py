"""JupyterLab as `vendor-eval lab` starts it, on the loopback, driven in a browser."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Locator, Page

from make import ROOT

PROGRAMS = ROOT / ".venv-lab" / ("Scripts" if os.name == "nt" else "bin")
OPEN = """import pathlib, sys
from vendor_eval.lab.server import open_lab
open_lab(pathlib.Path(), sys.argv[1:])"""
PRIVATE, CONFIG = ".jupyter", "JUPYTER_CONFIG_DIR"
THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.shell.currentWidget.sessionContext.ready;
  await app.commands.execute("notebook:run-all-cells");
}"""
"""Runs all cells of the notebook in front, and ends with them: no short run can be missed."""
PATIENCE = 300  # seconds: a busy machine is slow, and only a hang takes as long


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: where it is, and what lets one in."""

    address: str
    token: str

    def url(self, path: str = "") -> str:
        """The address of a page, such as `lab/tree/start.ipynb`, without an old layout."""
        return f"{self.address}/{path}?token={self.token}&reset"


@contextlib.contextmanager
def started(home: Path) -> Iterator[Lab]:
    """JupyterLab in a working directory, with nobody's settings; gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(f"http://127.0.0.1:{port}", secrets.token_hex(16))
    options = ["--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    options += ["--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True"]
    options += [f"--IdentityProvider.token={lab.token}"]
    if not PROGRAMS.is_dir():
        raise FileNotFoundError(f"no JupyterLab in {PROGRAMS}; 'make .venv-lab/.installed' adds it")
    private = home / PRIVATE
    names = (CONFIG, "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    env = {**os.environ, "PYTHONPATH": str(ROOT)} | {n: str(private / n) for n in names}
    # what is scrolled out of sight stays in the page, where a test can find it
    settled(home, "@jupyterlab/notebook-extension:tracker", windowingMode="none")
    with (private / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(PROGRAMS / "python"), "-c", OPEN, *options],
            cwd=home,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait(lab, process, private / "log")
            yield lab
        finally:
            _end(process)


def settled(home: Path, plugin: str, **values: object) -> None:
    """Keeps a user's settings of one of JupyterLab's plugins, which the next page opened reads."""
    place = home / PRIVATE / CONFIG / "lab" / "user-settings" / plugin.replace(":", "/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_name(f"{place.name}.jupyterlab-settings").write_text(json.dumps(values), "utf-8")


def themed(home: Path, theme: str) -> None:
    """Has the next page opened shown in one of `THEMES`."""
    settled(home, "@jupyterlab/apputils-extension:themes", theme=theme)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kills its group and every kernel: a server that is asked to end waits for each of those."""
    with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):  # it has ended already
        every = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGKILL)
        for each in every:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()
        _, left = psutil.wait_procs(every, timeout=PATIENCE)
        assert not left, left


def _wait(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{lab.address}/api?token={lab.token}", timeout=60).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def opened(page: Page, lab: Lab, path: str) -> Locator:
    """The notebook at a path, open in a fresh JupyterLab, its kernel ready."""
    page.goto(lab.url(f"lab/tree/{path}"))
    notebook = page.locator(".jp-NotebookPanel:visible")
    notebook.locator(".jp-Cell").first.wait_for()
    # the notebook's own indicator is idle before there is a kernel; what is run then asks for one
    page.locator(".jp-StatusBar-Widget").get_by_text("| Idle").wait_for()
    _idle(notebook)
    return notebook


def run_all(page: Page, notebook: Locator, wanted: str = ".vx") -> Locator:
    """The explorer of a notebook, or what else is `wanted`, once every cell has been run."""
    ran(page, notebook)
    return _explorer(notebook, wanted)


def ran(page: Page, notebook: Locator) -> Locator:
    """The notebook, once every cell has been run, or one has failed."""
    page.evaluate(RUN_ALL)
    _idle(notebook)
    return notebook


def restart_and_run_all(page: Page, notebook: Locator) -> Locator:
    """The explorer of a notebook, once its kernel is a new one and every cell has been run."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    notebook.locator(".vx").first.wait_for(state="detached")
    return _explorer(notebook)


def _explorer(notebook: Locator, wanted: str = ".vx") -> Locator:
    explorer = notebook.locator(wanted).first
    explorer.wait_for()
    _idle(notebook)
    # the last cell brings the top into view a moment after it has run
    notebook.locator("[data-shown-from-top]").wait_for(state="attached")
    return explorer


def _idle(notebook: Locator) -> None:
    idle = ".jp-Notebook-ExecutionIndicator[data-status='idle']"
    notebook.locator(idle).wait_for(state="attached")
