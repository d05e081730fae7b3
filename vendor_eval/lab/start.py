"""The working copies of the notebooks, and the start page that leads to them."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from vendor_eval.errors import VendorEvalError
from vendor_eval.lab.contents import (
    COPIES,
    START,
    EvaluationFolder,
    Notebook,
    evaluations,
    folders_in,
    notebook_path,
    notebooks,
)
from vendor_eval.report.html import Html, start

MADE_FROM = "made_from"
_FOLDER = 'folder: str = ""'
FIRST = "vendor_selection.ipynb"
"""What an evaluation's own link opens."""


def pristine() -> Path:
    """The folder of the notebooks as they came with the suite; nothing here writes to it."""
    return notebook_path("vendor_selection").parent


def laid_out(place: Path) -> Path:
    """The path of the start page, once copies of all notebooks lie in `lab` of a directory.

    Each evaluation there has copies that are about it. A copy stays as somebody left it; one of an
    older notebook is kept under another name. Git ignores them. Raises VendorEvalError where the
    directory cannot be written to.
    """
    copies = place / COPIES
    try:
        copies.mkdir(parents=True, exist_ok=True)
        (copies / ".gitignore").write_text("*\n", "utf-8")
        for listed in notebooks(pristine()):
            source = pristine() / listed.path
            _copy(source, copies / listed.path, folder="")
            if listed.path == START:
                continue
            for folder in folders_in(place):
                own = copies_of(place, folder) / listed.path
                _copy(source, own, folder=Path(os.path.relpath(folder, own.parent)).as_posix())
        page = copies / START
        page.write_text(filled(page.read_text("utf-8"), place), "utf-8")
    except OSError as error:
        way_out = "name a folder that can be: vendor-eval lab FOLDER"
        raise VendorEvalError(
            f"{copies}: cannot be written to: {error.strerror}; {way_out}"
        ) from None
    return page


def copies_of(place: Path, folder: Path) -> Path:
    """Where the notebooks about an evaluation folder lie."""
    return place / COPIES / folder.relative_to(place)


def _copy(source: Path, target: Path, *, folder: str) -> None:
    """Copies a notebook with its folder filled in, unless a copy of this very one is there."""
    content = source.read_text("utf-8")
    made_from = hashlib.sha256(content.encode()).hexdigest()
    if target.exists():
        if _made_from(target) == made_from:
            return
        target.replace(target.with_stem(f"{target.stem}-earlier"))
    content = content.replace(_quoted(_FOLDER), _quoted(f"folder: str = {json.dumps(folder)}"))
    notebook = json.loads(content)
    notebook["metadata"]["vendor_eval"] = {MADE_FROM: made_from}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook, indent=1) + "\n", "utf-8")


def _quoted(line: str) -> str:
    return json.dumps(line)[1:-1]


def _made_from(copy: Path) -> Any:
    try:
        return json.loads(copy.read_text("utf-8"))["metadata"]["vendor_eval"][MADE_FROM]
    except (ValueError, LookupError, TypeError):
        return None


def start_page(place: str | Path) -> Html:
    """The page for a working directory, its links as seen from where one is now."""
    return _page(Path(place), Path.cwd())


def _page(place: Path, seen_from: Path) -> Html:
    general = place / COPIES if (place / COPIES / START).is_file() else place / "notebooks"
    listed = [one for one in notebooks(pristine()) if one.path != START]
    rows = [(one.title, _link(general / one.path, seen_from), one.purpose) for one in listed]
    folders = [
        (one.title, _links(one, listed, place, general, seen_from), one.lines)
        for one in evaluations(place)
    ]
    return start(rows, folders)


def _links(
    one: EvaluationFolder, listed: list[Notebook], place: Path, general: Path, seen_from: Path
) -> list[tuple[str, str, bool]]:
    """(title, link, whether it is the evaluation's own) of each notebook about an evaluation."""
    links = []
    for notebook in listed:
        own = copies_of(place, place / one.path) / notebook.path
        path = own if own.is_file() else general / notebook.path
        links.append((notebook.title, _link(path, seen_from), notebook.path == FIRST))
    return links


def _link(path: Path, seen_from: Path) -> str:
    return Path(os.path.relpath(path, seen_from)).as_posix()


def filled(notebook: str, place: Path) -> str:
    """The start notebook as it looks from the copies' folder, with the output it has once run."""
    content = json.loads(notebook)
    shown = {"text/html": _page(place, place / COPIES)._repr_html_()}
    output = {"output_type": "display_data", "data": shown, "metadata": {}}
    content["cells"][-1] |= {"outputs": [output], "execution_count": None}
    return json.dumps(content, indent=1) + "\n"
