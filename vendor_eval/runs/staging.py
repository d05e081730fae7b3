"""Directories in which work is done aside, so that what is half-written is never seen."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = ".vendor-eval-"
_LOCK = "lock"
_ALONG = "along"
_ATTEMPTS = 20


@contextlib.contextmanager
def aside(parent: Path, *, along: Path | None = None) -> Iterator[Path]:
    """A directory of our own inside `parent`, locked while we live and gone afterwards.

    What killed runs left there (their locks are free) is removed first, with what each of them had
    named as `along`, another such directory anywhere. Removed are afterwards the parents
    that were made for it and stayed empty.
    """
    made = _made(parent)
    staging = lock = None
    try:
        _sweep(parent)
        staging, lock = _locked(parent)
        if along is not None:
            (staging / _ALONG).write_bytes(os.fsencode(along.absolute()))
        yield staging
    finally:
        if staging is not None and lock is not None:
            lock.release()  # before removing: Windows keeps locked files
            shutil.rmtree(staging, ignore_errors=True)
        for directory in reversed(made):
            with contextlib.suppress(OSError):  # not empty: somebody's report is in it
                directory.rmdir()


def _made(parent: Path) -> list[Path]:
    """The directories made so that `parent` exists, outermost first."""
    missing = [path for path in (parent, *parent.parents) if not path.exists()][::-1]
    parent.mkdir(parents=True, exist_ok=True)
    return missing


def _locked(parent: Path) -> tuple[Path, FileLock]:
    """A fresh directory and its held lock, tried again when a sweeping neighbour was quicker."""
    for _ in range(_ATTEMPTS):
        parent.mkdir(parents=True, exist_ok=True)  # a neighbour may have removed an empty one
        with contextlib.suppress(FileNotFoundError):
            staging = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
            lock = FileLock(staging / _LOCK)
            lock.acquire()
            if (staging / _LOCK).exists():
                return staging, lock
            lock.release()
    raise FileNotFoundError(errno.ENOENT, "no folder can be made there", str(parent))


def _sweep(parent: Path) -> None:
    for entry in os.scandir(parent):
        if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
            staging = Path(entry.path)
            along = _along(staging)
            if _removed(staging) and along is not None:
                _removed(along)


def _along(staging: Path) -> Path | None:
    """The other directory that a staging of this user's names; None without one."""
    with contextlib.suppress(OSError, ValueError):
        if staging.stat().st_uid == os.stat(staging / _ALONG).st_uid == _user(staging):
            along = Path(os.fsdecode((staging / _ALONG).read_bytes()))
            if along.name.startswith(PREFIX) and along.is_dir() and not along.is_symlink():
                return along
    return None


def _user(staging: Path) -> int:
    """The number of who runs this; where the system has none, files have the same number all."""
    return os.geteuid() if hasattr(os, "geteuid") else staging.stat().st_uid


def _removed(staging: Path) -> bool:
    """Whether a staging's lock was free, so that it could be removed."""
    # held: its run is alive; not permitted or gone: another's, or removed by a neighbour
    with contextlib.suppress(Timeout, OSError):
        with FileLock(staging / _LOCK, blocking=False):
            if os.name != "nt":
                shutil.rmtree(staging, ignore_errors=True)
        if os.name == "nt":
            shutil.rmtree(staging, ignore_errors=True)
        return True
    return False
