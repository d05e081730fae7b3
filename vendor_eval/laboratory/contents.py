"""What there is to open: notebooks and what each is for, evaluation folders and their state."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vendor_eval import wording
from vendor_eval.errors import InputFaults, VendorEvalError

RULES = "evaluation.yaml"
DEEPEST = 2
"""How many folders down an evaluation is looked for."""


@dataclass(frozen=True)
class Notebook:
    """A notebook: its path from where it was looked for, its title, and what it is for."""

    path: str
    title: str
    purpose: str


@dataclass(frozen=True)
class Found:
    """An evaluation folder: its path from where it was looked for, its title, its state.

    The title is the folder's own name where it has faults; `state` then says how many.
    """

    path: str
    title: str
    state: str


def notebooks(place: str | Path) -> tuple[Notebook, ...]:
    """The notebooks in a folder, by title; what opens with no title and sentence is left out."""
    found = [_notebook(path) for path in sorted(Path(place).glob("*.ipynb"))]
    return tuple(sorted(filter(None, found), key=lambda notebook: notebook.title))


def _notebook(path: Path) -> Notebook | None:
    try:
        first = json.loads(path.read_text("utf-8"))["cells"][0]
        heading, purpose = [line for line in "".join(first["source"]).splitlines() if line.strip()]
    except (ValueError, LookupError, TypeError, OSError):  # not one of the suite's
        return None
    return Notebook(path.name, heading.removeprefix("# "), purpose)


def evaluations(place: str | Path) -> tuple[Found, ...]:
    """Every evaluation folder beneath a place, by path; hidden folders are left alone."""
    return tuple(_found(Path(place), folder) for folder in sorted(_folders(Path(place))))


def _folders(place: Path) -> Iterator[Path]:
    for at, folders, files in os.walk(place):
        folder = Path(at)
        deep = len(folder.relative_to(place).parts) >= DEEPEST
        folders[:] = [] if deep else [name for name in folders if name[0] not in "._"]
        if RULES in files:
            yield folder


def _found(place: Path, folder: Path) -> Found:
    from vendor_eval.folder import read  # pandas costs half a second

    path = folder.relative_to(place).as_posix()
    try:
        case = read(folder)
    except VendorEvalError as error:
        number = len(error.faults) if isinstance(error, InputFaults) else 0
        faults = f"{number} fault{'s' if number > 1 else ''}" if number else "not as sealed"
        return Found(path, folder.resolve().name, f"{faults}; see 'vendor-eval check {path}'")
    sealed = f"sealed {case.seal.sealed_on}" if case.seal else "not sealed"
    return Found(
        path,
        case.rules.title,
        f"{wording.counted(len(case.proposals.vendors), 'vendor')}, {sealed}",
    )
