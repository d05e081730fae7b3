"""Files that are there whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vendor_eval.errors import VendorEvalError


def appear(path: Path, content: bytes) -> None:
    """Writes a new file, which appears under its name only once all of it is on the disk.

    Raises FileExistsError where something has that name already, and leaves it alone, and any
    other OSError, as of a full disk; nothing is left behind then.
    """
    with _written_aside(path, content) as aside:
        _name(aside, path)


def delivered(path: Path, content: bytes) -> Path:
    """The path that a user named with --out, once a new file is there.

    Raises VendorEvalError where there is such a file already, or none can be written.
    """
    try:
        appear(path, content)
    except FileExistsError:
        message = "there is such a file; allowed: a new name, as a filled-in one could be lost"
        raise VendorEvalError(f"--out {path}: {message}") from None
    except OSError as error:
        raise VendorEvalError(f"--out {path}: cannot be written: {error.strerror}") from None
    return path


def replaced_file(path: Path, content: bytes) -> None:
    """Writes a file, new or in place of the one of that name, which stays whole until then.

    Raises OSError, as of a full disk; nothing is changed or left behind then.
    """
    with _written_aside(path, content) as aside:
        aside.replace(path)


@contextlib.contextmanager
def _written_aside(path: Path, content: bytes) -> Iterator[Path]:
    """A file of this content on the same disk, gone afterwards unless it took another name."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".vendor-eval-")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _allow(aside)
        yield aside
    finally:
        aside.unlink(missing_ok=True)


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
