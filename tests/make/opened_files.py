"""Which files every process of a command opens, kernels included, by Python's audit events."""

import os
import subprocess
import sys
from pathlib import Path

from make import ROOT

HOOK = """
import os, sys

def _noted(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)):
        name = os.fsdecode(given[0])
        if any(part in name for part in os.environ["VE_WATCHED"].split(":")):
            handle = os.open(os.environ["VE_OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(handle, (os.path.realpath(name) + "\\n").encode())
            os.close(handle)

sys.addaudithook(_noted)
"""


def opened_by(words: list[str], place: Path, *watched: str) -> tuple[int, list[str], str]:
    """The exit code of a Python command, the watched files it opens, and what it prints."""
    hooks, noted = place / "hooks", place / "opened.txt"
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(HOOK)
    noted.unlink(missing_ok=True)
    env = dict(os.environ) | {
        "PYTHONPATH": f"{hooks}{os.pathsep}{ROOT}",
        "VE_WATCHED": ":".join(watched),
        "VE_OPENED": str(noted),
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=place, env=env, capture_output=True, text=True, check=False
    )
    lines = noted.read_text().splitlines() if noted.exists() else []
    return done.returncode, lines, done.stdout + done.stderr
