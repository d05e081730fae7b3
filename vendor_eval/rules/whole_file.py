"""Files that are there whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from vendor_eval.errors import VendorEvalError

UNNAMED = getattr(os, "O_TMPFILE", 0)
"""How Linux opens a file without a name, which goes with its process; 0 elsewhere."""


def appear(path: Path, content: bytes) -> None:
    """Writes a new file, which appears under its name only once all of it is on the disk.

    Raises FileExistsError where something has that name already, and leaves it alone, and any
    other OSError, as of a full disk; nothing is left behind then, nor by a killed process where
    files can be written without a name.
    """
    if not _from_nameless(path, content):
        _by_rename(path, content)
    with contextlib.suppress(OSError):  # where a folder can be asked to hold the new name on disk
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def delivered(path: Path, made: Callable[[], bytes]) -> Path:
    """The path that a user named with --out, once a new file is there; `made`: what it holds.

    Raises VendorEvalError where there is such a file already, or none can be written.
    """
    try:
        appear(path, made())  # a workbook is made by way of the disk
    except FileExistsError:
        message = "this file exists; allowed: a new name, so that no filled-in file is overwritten"
        raise VendorEvalError(f"--out {path}: {message}") from None
    except OSError as error:
        raise VendorEvalError(f"--out {path}: cannot be written: {error.strerror}") from None
    return path


def replaced_file(path: Path, content: bytes) -> None:
    """Writes a file, new or in place of the one of that name, which stays whole until then.

    It has the permissions of the one before. Raises OSError, as of a full disk; nothing is changed
    or left behind then.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".vendor-eval-")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb"):
            _write(handle, content)
        if path.exists():
            aside.chmod(path.stat().st_mode)
        else:
            _allow(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _from_nameless(path: Path, content: bytes) -> bool:
    """Whether a file without a name could be written and given this one."""
    if not UNNAMED:
        return False
    try:
        handle = os.open(path.parent, UNNAMED | os.O_WRONLY, 0o666)
    except OSError:  # a file system that has none; another fault comes again without it
        return False
    with os.fdopen(handle, "wb"):
        _write(handle, content)
        try:
            # only with a directory does Python ask the system to follow the link to the open file
            os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle)
        except FileExistsError:
            raise
        except OSError:  # no /proc, or a disk without hard links
            return False
    return True


def _by_rename(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".vendor-eval-")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb"):
            _write(handle, content)
        _allow(aside)
        _name(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _write(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _allow(aside: Path) -> None:
    """The permissions that a file opened in the usual way would have."""
    mask = os.umask(0)
    os.umask(mask)
    with contextlib.suppress(OSError):
        aside.chmod(0o666 & ~mask)


def _name(aside: Path, path: Path) -> None:
    """A name for what was written aside, never one that is taken."""
    try:
        os.link(aside, path)  # unlike a rename, it replaces nothing
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if os.path.lexists(path):
            raise FileExistsError(str(path)) from None
        aside.rename(path)
