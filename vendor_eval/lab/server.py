"""JupyterLab itself: how it is started, and what it is kept from."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from vendor_eval.errors import VendorEvalError
from vendor_eval.lab.contents import notebook_path
from vendor_eval.lab.start import NOTEBOOKS, written

QUIET = (
    # confidential bids are open in it: it asks nobody for news, updates or extensions
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
SETTINGS = Path(__file__).parent / "settings"
"""What a command-line option cannot say: it does not ask whether to fetch news either."""


def open_lab(options: Sequence[str] = ()) -> None:
    """Runs JupyterLab in the working directory, with more options of its own, until it is closed.

    Where the working directory has no `notebooks`, a copy of the suite's own is put there. Raises
    VendorEvalError where JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise VendorEvalError("JupyterLab is not installed; pip install 'vendor-eval[lab]' adds it")
    if not Path(NOTEBOOKS).is_dir():
        shutil.copytree(notebook_path("vendor_selection").parent, NOTEBOOKS)
    start = written(Path()).as_posix()
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        *QUIET,
        f"--LabApp.default_url=/lab/tree/{start}",
        *options,
    ]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        command.append("--allow-root")  # in a container there is nobody else to be
    path = os.pathsep.join(filter(None, [os.environ.get("JUPYTER_CONFIG_PATH"), str(SETTINGS)]))
    subprocess.run(command, check=False, env={**os.environ, "JUPYTER_CONFIG_PATH": path})
