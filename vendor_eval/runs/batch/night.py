"""A night's folder: found or made, alone in its place, and what earlier nights hold."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from vendor_eval.errors import VendorEvalError
from vendor_eval.rules.whole_file import replaced_file
from vendor_eval.runs import MANIFEST
from vendor_eval.runs.batch.rows import TAKEN
from vendor_eval.runs.manifest import sha256_of
from vendor_eval.runs.staging import aside

LOCK, LATEST, COMMAND, BATCH = ".lock", "latest", "night.json", "batch.json"
_PATIENCE = 3.0
"""Seconds to wait for the lock: a killed batch's children end within one."""
_LOOKED_AT = 30
"""Nights in which a run of the same key is looked for, the newest first."""


@contextlib.contextmanager
def alone(place: Path) -> Iterator[None]:
    """The place, made where it is not there, with no other batch in it."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / LOCK)
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        message = "another batch is writing here; wait for it, or name another place"
        raise VendorEvalError(f"--out {place}: {message}") from None
    except OSError as error:
        raise VendorEvalError(f"--out {place}: cannot be written to: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()


def night_for(
    place: Path, name: str | None, command: Mapping[str, Any], started: datetime
) -> tuple[Path, bool]:
    """The folder of this night, and whether it was begun before and is gone on with.

    A night that was not finished goes on by the same command, unless `name` is another's.
    """
    if name is not None and (Path(name).name != name or name[:1] in ("", ".") or name == LATEST):
        raise VendorEvalError(f"--night: found {name!r}; allowed: the name of a folder")
    unfinished = [night for night in nights(place) if not _is_whole(night)]
    if name is None:
        same = [night for night in unfinished if _command(night) == command]
        if same:
            return same[0], True
    night = place / (name or f"{started:%Y%m%dT%H%M%SZ}")
    if night in unfinished:
        if _command(night) != command:
            message = "was begun by another command and is not finished; allowed: another --night"
            raise VendorEvalError(f"--night {night.name}: {message}")
        return night, True
    if night.exists():
        raise VendorEvalError(f"{night}: is there already; allowed: another --night")
    night.mkdir()
    replaced_file(night / COMMAND, _json(command))
    return night, False


def nights(place: Path) -> list[Path]:
    """The folders of all nights in a place, the newest first."""
    held = [path.parent for path in place.glob(f"*/{COMMAND}") if not path.parent.is_symlink()]
    return sorted(held, key=lambda night: (night / COMMAND).stat().st_mtime_ns, reverse=True)


def _command(night: Path) -> Any:
    with contextlib.suppress(OSError, ValueError):
        return json.loads((night / COMMAND).read_bytes())
    return None


def _is_whole(night: Path) -> bool:
    with contextlib.suppress(OSError, ValueError, TypeError):
        return bool(json.loads((night / BATCH).read_bytes())["whole"])
    return False


def latest(place: Path) -> Path | None:
    """The folder of the last whole night, or None before there is one."""
    link = place / LATEST
    if link.is_file():
        link = place / link.read_text("utf-8").strip()
    return link.resolve() if link.is_dir() else None


def set_latest(place: Path, night: Path) -> None:
    """Names a night as the last whole one, by a link, or in a file where links are not had."""
    link, fresh = place / LATEST, place / f".{LATEST}"
    try:
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(night.name, target_is_directory=True)
        fresh.replace(link)
    except (OSError, NotImplementedError):
        replaced_file(link, f"{night.name}\n".encode())


def finished_folder(folder: Path, key: str) -> bool:
    """Whether a folder holds a whole run of this key: each output as its manifest has it."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return manifest["key"] == key and all(
            f"sha256:{sha256_of(folder / name)}" == digest
            for name, digest in manifest["outputs"].items()
        )
    return False


def earlier_run(place: Path, night: Path, name: str, key: str) -> Path | None:
    """The folder of a whole run of this name and key, in the newest other night that has one."""
    others = [other for other in nights(place) if other != night][:_LOOKED_AT]
    return next((o / name for o in others if finished_folder(o / name, key)), None)


def linked(run: Path, target: Path) -> None:
    """Puts a finished run at `target` too, its files shared where the system can."""
    with aside(target.parent) as staging:
        copy = staging / "run"
        shutil.copytree(run, copy, copy_function=_link)
        copy.rename(target)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or a system without links
        shutil.copy2(source, target)


def cleared(path: Path) -> None:
    """Removes what an earlier attempt of the same night left under a name."""
    if path.name in TAKEN:
        raise ValueError(path.name)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _json(plain: Any) -> bytes:
    return (json.dumps(plain, indent=2, ensure_ascii=False) + "\n").encode()
