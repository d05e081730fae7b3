"""Where a finished report folder goes, and the one step that puts it there."""

import errno
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from vendor_eval.errors import ToolFailed, VendorEvalError

REPORTS = Path("reports")


def refuse_occupied(out: Path, *, named: str = "--out ") -> None:
    """Raises when a finished folder could not be moved to `out`: before any work is done.

    `named` is what stands before its name in what is raised.
    """
    if os.path.ismount(out):
        raise VendorEvalError(f"{named}{out}: is a mount point; name a folder inside it")
    if out.is_dir() and out.samefile(Path.cwd()):
        raise VendorEvalError(f"{named}{out}: is the working directory; name a folder inside it")
    if out.is_dir() and any(out.iterdir()):
        raise VendorEvalError(f"{named}{out}: is not empty; name a new or an empty folder")
    if out.exists() and not out.is_dir():
        raise VendorEvalError(f"{named}{out}: is a file; name a new or an empty folder")


def placed(finished: Path, out: Path) -> Path:
    """`out`, once the finished folder is there, whole, by one rename."""
    try:
        if os.name == "nt" and out.is_dir():
            out.rmdir()  # Windows replaces no directory, not even an empty one
        finished.rename(out.resolve())
    except OSError as error:
        raise ToolFailed(f"{out}: the report could not be moved there: {error.strerror}") from error
    return out


def placed_by_time(finished: Path, parent: Path, started: datetime, inputs_hash: str) -> Path:
    """The folder `<UTC time>-<8 hex of the inputs' hash>` in `parent`, once it is there, whole."""
    moment = started
    while True:
        out = parent / f"{moment:%Y%m%dT%H%M%SZ}-{inputs_hash[:8]}"
        try:
            finished.rename(out)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise ToolFailed(f"{out}: could not be made: {error.strerror}") from error
            time.sleep(0.2)  # the same inputs were run in the same second
            moment = datetime.now(UTC)
        else:
            return out
