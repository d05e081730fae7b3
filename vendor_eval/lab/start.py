"""The start page: which notebooks there are, what each is for, and which evaluations were found."""

import json
import os
from pathlib import Path

from vendor_eval.lab.contents import evaluations, notebooks
from vendor_eval.report.html import Html, start

NOTEBOOKS = "notebooks"
START = "start.ipynb"
_ELSEWHERE, _HERE = 'place: str = ".."', 'place: str = "."'


def start_page(place: str | Path) -> Html:
    """The page for a working directory, its links as seen from where one is now."""
    folder = Path(place) / NOTEBOOKS
    listed = [n for n in notebooks(folder) if n.path != START]
    links = [Path(os.path.relpath(folder / n.path)).as_posix() for n in listed]
    rows = [(n.title, link, n.purpose) for n, link in zip(listed, links, strict=True)]
    folders = [(f.title, f.path, f.lines) for f in evaluations(place)]
    return start(rows, folders)


def written(place: Path) -> Path:
    """The path of a start page to open: one in `place` that shows everything before it is run.

    Where none can be written there, or something else has its name, it is the notebook itself, or
    the first that everybody needs where an older copy of the notebooks has no start page.
    """
    source, page = place / NOTEBOOKS / START, place / START
    try:
        typed = source.read_text("utf-8")
        title = json.loads(typed)["cells"][0]
        if page.exists() and json.loads(page.read_text("utf-8"))["cells"][0] != title:
            return source
        page.write_text(filled(typed, place), "utf-8")
    except (OSError, ValueError, LookupError):
        return source if source.is_file() else place / NOTEBOOKS / "vendor_selection.ipynb"
    return page


def filled(notebook: str, place: Path) -> str:
    """The start notebook as it looks from `place`, with the output it would have once run."""
    content = json.loads(notebook.replace(json.dumps(_ELSEWHERE)[1:-1], json.dumps(_HERE)[1:-1]))
    shown = {"text/html": start_page(place)._repr_html_()}
    output = {"output_type": "display_data", "data": shown, "metadata": {}}
    content["cells"][-1] |= {"outputs": [output], "execution_count": None}
    return json.dumps(content, indent=1) + "\n"
