"""JupyterLab itself: how it is started, and what it is kept from."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from vendor_eval.errors import VendorEvalError
from vendor_eval.lab.recent import remember
from vendor_eval.lab.start import FIRST, copies_of, laid_out
from vendor_eval.rules.rules import RULES

QUIET = (
    # confidential bids are open in it: it asks nobody for news, updates or extensions
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
SETTINGS = Path(__file__).parent / "settings"
"""What a command-line option cannot say: it asks for no news, and saves widgets with notebooks."""


def open_lab(folder: Path, options: Sequence[str] = ()) -> None:
    """Runs JupyterLab on working copies of the notebooks in a folder, until it is closed.

    It opens on the start page, or for an evaluation folder on the selection about it; the copies
    are then in the folder that holds it. `options` are JupyterLab's own. Raises VendorEvalError
    where JupyterLab is not installed, and for a folder that there is not or that cannot be used.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise VendorEvalError("JupyterLab is not installed; pip install 'vendor-eval[lab]' adds it")
    if not folder.is_dir():
        raise VendorEvalError(f"{folder}: no such folder; 'vendor-eval new FOLDER' makes one")
    folder = folder.resolve()
    place = folder.parent if (folder / RULES).is_file() else folder
    page = laid_out(place)
    if place != folder:
        remember(folder)
        page = copies_of(place, folder) / FIRST
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        *QUIET,
        f"--ServerApp.root_dir={place}",
        f"--LabApp.default_url=/lab/tree/{quote(page.relative_to(place).as_posix())}",
        *options,
    ]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        command.append("--allow-root")  # in a container there is nobody else to be
    path = os.pathsep.join(filter(None, [os.environ.get("JUPYTER_CONFIG_PATH"), str(SETTINGS)]))
    env = {**os.environ, "JUPYTER_CONFIG_PATH": path}
    subprocess.run(command, check=False, cwd=place, env=env)
