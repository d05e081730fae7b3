"""A new evaluation folder: a constructed example, ready to check, to run and to edit."""

import tempfile
from pathlib import Path

from vendor_eval.errors import VendorEvalError

TEMPLATE = Path(__file__).parent / "new_evaluation"


def make(folder: str | Path) -> tuple[str, ...]:
    """Names of the files made in a new evaluation folder, which is there whole or not at all.

    Raises VendorEvalError where something stands in the way, and touches nothing then.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise VendorEvalError(f"{folder}: found a file; allowed: a new name, or an empty folder")
    files = {
        file.name: file.read_bytes()
        for file in sorted(TEMPLATE.iterdir())
        if not file.name.startswith(".")
    }
    try:
        if folder.exists():
            _fill(folder, files)
        else:
            _appear(folder, files)
    except OSError as error:
        raise VendorEvalError(
            f"{folder}: cannot be written: {error.strerror}; allowed: a place you may write to"
        ) from None
    return tuple(files)


def _appear(folder: Path, files: dict[str, bytes]) -> None:
    """A folder that was not there, written aside and then named."""
    if not folder.parent.is_dir():
        raise VendorEvalError(
            f"{folder}: found no folder {folder.parent}; allowed: a name in a folder that exists"
        )
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".vendor-eval-") as aside:
        fresh = Path(aside) / "new"
        fresh.mkdir()
        _write(fresh, files)
        fresh.rename(folder)


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    """An empty folder, filled where it stands, since somebody's shell may be in it."""
    entries = sorted(entry.name for entry in folder.iterdir())
    if entries:
        shown = ", ".join(map(repr, entries[:3])) + (" ..." if entries[3:] else "")
        raise VendorEvalError(f"{folder}: found {shown} in it; allowed: a new or an empty folder")
    moved: list[Path] = []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".vendor-eval-") as aside:
        _write(Path(aside), files)
        try:
            # the rules last: without them it is no evaluation yet
            for name in sorted(files, reverse=True):
                (Path(aside) / name).rename(folder / name)
                moved.append(folder / name)
        except OSError:
            for path in moved:
                path.unlink(missing_ok=True)
            raise


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
