"""Which evaluations were opened last, kept for a user and not in anybody's folder."""

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path

MOST = 50
"""How many are remembered."""


def _kept() -> Path:
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "vendor-eval" / "recent.json"


def _recent() -> list[str]:
    """Absolute paths, the last opened first; none where nothing can be read."""
    try:
        paths = json.loads(_kept().read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []


def remember(folder: Path) -> None:
    """Remembers a folder as the last one opened, where that can be written."""
    path = str(folder.resolve())
    before = _recent()
    if before[:1] == [path]:
        return
    with contextlib.suppress(OSError):
        _kept().parent.mkdir(parents=True, exist_ok=True)
        others = [other for other in before if other != path]
        _kept().write_text(json.dumps([path, *others][:MOST]), "utf-8")


def recent_first(folders: Iterable[Path]) -> list[Path]:
    """The folders, the last opened first and the never opened last, by path."""
    order = {path: n for n, path in enumerate(_recent())}
    return sorted(folders, key=lambda one: (order.get(str(one.resolve()), MOST), str(one)))
