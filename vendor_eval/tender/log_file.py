"""The file of the log of scores, and the private files next to it; no link is followed out."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from vendor_eval.errors import Fault, InputFaults, VendorEvalError
from vendor_eval.panel.entries import Draft, LogEntry
from vendor_eval.panel.log import LOG, SCORES, ScoreLog, score_log
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.whole_file import replaced_file
from vendor_eval.tender.entries import misplaced, opened

LOCK, WAIT = f"{SCORES}/.log.lock", 30
"""What keeps two programs from adding lines at once, and seconds to wait for the other."""


def stored_log(folder: Path, rules: Rules) -> ScoreLog:
    """The log in a folder, without lines where there is no file."""
    refuse_misplaced(folder, (SCORES, "folder"), (LOG, "file"))
    content = read_whole(folder / LOG, LOG) if (folder / LOG).exists() else b""
    return score_log(content, rules)


def recorded(
    folder: Path, rules: Rules, compose: Callable[[ScoreLog], Sequence[Draft]]
) -> tuple[ScoreLog, tuple[LogEntry, ...]]:
    """The log once the lines are added that `compose` makes of it as it then is, and these lines.

    Nothing is written where it raises. Programs that add lines at the same time wait for one
    another. Raises LogBroken, InputFaults where a link stands in the place of the log, and
    VendorEvalError where the file cannot be written.
    """
    refuse_misplaced(folder, (SCORES, "folder"), (LOCK, "file"))
    with _alone(folder):
        log = stored_log(folder, rules)
        drafts = compose(log)
        longer = log.followed_by(drafts)
        if drafts:
            written(folder, LOG, longer.bytes_written())
    return longer, longer.entries[len(log.entries) :]


def refuse_misplaced(folder: Path, *places: tuple[str, Literal["file", "folder"]]) -> None:
    """Raises InputFaults where what has one of these names is not what it must be."""
    for name, kind in places:
        if wrong := misplaced(folder / name, folder, kind):
            raise InputFaults([Fault(name, wrong)])


def read_whole(path: Path, called: str, *, at_most: int | None = None) -> bytes:
    """A file's content; raises InputFaults where it is none, or is larger, and never waits."""
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            if at_most is not None and size > at_most:
                message = f"found {size} bytes; allowed: {at_most} at most"
                raise InputFaults([Fault(called, message)])
            return file.read()
    except OSError as error:
        raise InputFaults([Fault(called, f"cannot be read: {error.strerror}")]) from None


def written(folder: Path, name: str, content: bytes) -> None:
    """Writes a file of the folder whole; raises VendorEvalError where it cannot be written."""
    try:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        replaced_file(folder / name, content)
    except OSError as error:
        raise VendorEvalError(f"{name}: cannot be written: {error.strerror}") from None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While it lasts, no other program adds lines."""
    try:
        (folder / SCORES).mkdir(exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=WAIT)
        lock.acquire()
    except Timeout:
        message = f"{LOG}: another program has been writing to it for {WAIT} seconds"
        raise VendorEvalError(f"{message}; try again once it has ended") from None
    except OSError as error:
        raise VendorEvalError(f"{LOG}: cannot be written: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()
