"""Files and folders of an evaluation: which are read, and why others are not."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from vendor_eval.errors import Fault, InputFaults
from vendor_eval.rules.plain_text import unseen

LINE_BREAKS = frozenset("\t\n\r\u2028\u2029")
NEITHER = "found neither file nor folder, as a pipe, a socket or a device"


def entered(typed: object) -> Path:
    """The folder that a caller names; raises InputFaults for what is no path, "" among it."""
    if isinstance(typed, str | os.PathLike) and os.fspath(typed):
        return Path(typed)
    shown = "an empty text" if typed == "" else f"a {type(typed).__name__}"
    allowed = "the path of an evaluation folder, '.' for the one you are in"
    raise InputFaults([Fault("folder", f"found {shown}; allowed: {allowed}")])


def passed_over(name: str) -> bool:
    """Whether a file is hidden, or the lock file of an open program."""
    return name.startswith((".", "~$"))


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link stands at a path that leads out of the folder."""
    # unlike Path.resolve, realpath also ends without an error where links lead in a circle
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def misplaced(path: Path, folder: Path, kind: Literal["file", "folder"]) -> str | None:
    """Why what has the name of a file or a folder cannot be read as one; None where it can.

    Nothing at all may be there; whether it is needed is for others to say. Nothing is opened.
    """
    if not os.path.lexists(path):
        return None
    if leads_out(path, folder):
        return f"found a link that leads out of the folder; allowed: the {kind} itself"
    if path.is_dir() if kind == "folder" else path.is_file():
        return None
    what = "folder" if path.is_dir() else "file" if path.is_file() else ""
    if what:
        return f"found a {what}; allowed: a {kind}"
    dangling = path.is_symlink() and not path.exists()
    return f"{'found a link that leads to nothing' if dangling else NEITHER}; allowed: a {kind}"


def misnamed(name: str) -> str | None:
    """Why a path may not be named so; None where it may.

    A name that breaks a line or turns the order of what is read could pose as another.
    """
    if not _is_utf_8(name):
        return "found a name that is not UTF-8; allowed: another name"
    hidden = unseen(name) or next((c for c in name if c in LINE_BREAKS), None)
    if hidden is not None:
        return f"found a name with the invisible {hidden!a}; allowed: a name of printable text"
    return None


def printed(name: str) -> str:
    """A name as it may be written: what is not UTF-8 in it is escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, open for reading; raises OSError where something else has its name by now.

    A pipe that took the file's place after it was looked at would never end.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, NEITHER.removeprefix("found "), str(path))
        yield file


def _is_utf_8(name: str) -> bool:
    return printed(name) == name
