"""What there is to open: notebooks and what each is for, evaluation folders and their state."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vendor_eval.errors import UnknownName, VendorEvalError, nearest, quoted
from vendor_eval.rules.rules import RULES

DEEPEST = 2
"""How many folders down an evaluation is looked for."""
NOTEBOOKS, COPIES, START = "notebooks", "lab", "start.ipynb"
"""Folders of notebooks in a working directory, and the name of the start page in each."""
ORDER = (
    "weights",
    "intake",
    "panel",
    "first_envelope",
    "total_cost",
    "vendor_selection",
    "robustness",
)
"""The notebooks in the order of the work; others follow by title."""


@dataclass(frozen=True)
class Notebook:
    """A notebook: its path from where it was looked for, its title, and what it is for."""

    path: str
    title: str
    purpose: str


@dataclass(frozen=True)
class EvaluationFolder:
    """An evaluation folder: its path from where it was looked for, its title, and what is next.

    The title is the folder's own name where the rules have faults. `lines` are those of
    `vendor-eval next`: the stage, what is missing and from whom, the one thing to do.
    """

    path: str
    title: str
    lines: tuple[str, ...]


def notebooks(place: str | Path) -> tuple[Notebook, ...]:
    """The notebooks in a folder, in the order of the work, then by title.

    What opens with no title and sentence is left out.
    """
    files = filter(Path.is_file, sorted(Path(place).glob("*.ipynb")))
    listed = [_notebook(path) for path in files]
    return tuple(sorted(filter(None, listed), key=_order))


def _order(notebook: Notebook) -> tuple[int, str]:
    stem = Path(notebook.path).stem
    return ORDER.index(stem) if stem in ORDER else len(ORDER), notebook.title


def place_of(directory: Path) -> Path:
    """The working directory that a notebook's own directory belongs to.

    It is the nearest one above with a folder of notebooks that has a start page, or else the
    notebook's own.
    """
    for place in directory.resolve().parents:
        if any((place / kept / START).is_file() for kept in (COPIES, NOTEBOOKS)):
            return place
    return directory


def _notebook(path: Path) -> Notebook | None:
    try:
        first = json.loads(path.read_text("utf-8"))["cells"][0]
        heading, purpose = [line for line in "".join(first["source"]).splitlines() if line.strip()]
    except (ValueError, LookupError, TypeError, OSError):  # not one of the suite's
        return None
    return Notebook(path.name, heading.removeprefix("# "), purpose)


def evaluations(place: str | Path) -> tuple[EvaluationFolder, ...]:
    """Every evaluation folder under a place, by path; hidden folders are left alone."""
    return tuple(_found(Path(place), folder) for folder in sorted(folders_in(Path(place))))


def folders_in(place: Path) -> Iterator[Path]:
    """The paths of all evaluation folders in a place; hidden ones are left alone."""
    for at, folders, files in os.walk(place):
        folder = Path(at)
        deep = len(folder.relative_to(place).parts) >= DEEPEST
        folders[:] = [] if deep else [name for name in folders if name[0] not in "._"]
        if RULES in files:
            yield folder


def _found(place: Path, folder: Path) -> EvaluationFolder:
    from vendor_eval.outputs.stages.order import advised
    from vendor_eval.outputs.stages.situation import situation_in  # pandas costs half a second

    path = folder.relative_to(place).as_posix()
    name = folder.resolve().name
    try:
        stands = situation_in(folder, called=path)
        advice = advised(stands)
    except VendorEvalError as error:
        return EvaluationFolder(path, name, tuple(str(error).splitlines()))
    return EvaluationFolder(path, stands.rules.title if stands.rules else name, advice.lines)


_PACKAGE = Path(__file__).parents[1]
_NOTEBOOKS = (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks")  # a wheel's, a checkout's


def notebook_path(name: str) -> Path:
    """The path of a notebook: one of ours by its name, or any file ending in .ipynb."""
    if name.endswith(".ipynb"):
        if not Path(name).is_file():
            raise VendorEvalError(f"--notebook {name}: no such file")
        return Path(name)
    known = {path.stem: path for place in _NOTEBOOKS for path in sorted(place.glob("*.ipynb"))}
    if name not in known:
        hint = nearest(name, known) or f"; known: {quoted(known)}"
        raise UnknownName(f"unknown notebook {name!r}{hint}")
    return known[name]
