"""An executed notebook as one HTML page for readers: offline, no code, every figure drawn."""

import base64
import gzip
import hashlib
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mistune
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from vendor_eval.errors import ToolFailed
from vendor_eval.report.explorer.code import script as code_script
from vendor_eval.report.explorer.code import stylesheet
from vendor_eval.report.explorer.page import MIME
from vendor_eval.report.html import slug
from vendor_eval.report.html import stylesheet as html_stylesheet
from vendor_eval.report.sections import PLOTLY

EVIDENCE = "evidence"
"""The tag of a heading whose section is folded until a reader opens it."""
SHOWN = (
    MIME,
    PLOTLY,
    "text/html",
    "text/markdown",
    "image/png",
)  # the first of these in an output
_TEMPLATE = Path(__file__).parents[1] / "report" / "page"
_HEIGHT = 450  # pixels: what plotly takes when a figure names no height
_FIGURE = '<figure class="chart" '

_markdown = mistune.create_markdown(escape=True, plugins=["table"])


@dataclass(frozen=True)
class Library:
    """plotly.js as the page carries it: its own bytes' hash, and them packed as text."""

    packed: str
    policy: str


class _Figures:
    """The figures of one page as its template shows them, counted."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, figure: Mapping[str, Any]) -> Mapping[str, Any]:
        self.number += 1
        layout = figure["layout"]
        meta = layout.get("meta") or {}
        if not isinstance(meta, Mapping) or not meta.get("alt") or not meta.get("caption"):
            raise ToolFailed(f"figure {self.number} has no 'alt' and 'caption' in its layout.meta")
        _placed(self.number, figure)
        drawing = {
            "data": figure["data"],
            "layout": {k: v for k, v in layout.items() if k != "meta"},
        }
        return {
            "number": self.number,
            "alt": meta["alt"],
            "caption": meta["caption"],
            "key": meta.get("key", ()),
            "height": int(layout.get("height") or _HEIGHT),
            "json": _json(drawing),
        }


def _placed(number: int, figure: Mapping[str, Any]) -> None:
    """Refuses text as a position on an axis of no stated type.

    plotly would take a vendor named "3" for a number and "2027-01-01" for a date, and draw each in
    another's row.
    """
    layout = figure["layout"]
    for trace in figure["data"]:
        for axis in "xy":
            named = f"{axis}axis{trace.get(f'{axis}axis', axis)[1:]}"
            at = trace.get(axis)
            text = isinstance(at, list | tuple) and any(isinstance(one, str) for one in at)
            if text and not (layout.get(named) or {}).get("type"):
                raise ToolFailed(
                    f"figure {number} places text on its {axis} axis, which states no type; "
                    "allowed: numbers with tickvals and ticktext, or type 'category' or 'date'"
                )


def library() -> Library:
    """The installed plotly.js, packed: the same bytes each time (a tenth of a second)."""
    source = importlib.resources.files("plotly") / "package_data" / "plotly.min.js"
    plain = source.read_bytes()
    packed = gzip.compress(plain, compresslevel=9, mtime=0)
    return Library(base64.b64encode(packed).decode("ascii"), _source(plain))


def report(notebook: NotebookNode, *, title: str, plotly: Library) -> str:
    """The page: a section for every `## ` heading that has something to show under it."""
    cells = _for_readers(notebook.cells)
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    declared = sum(PLOTLY in output.data for output in outputs)
    script = (_TEMPLATE / "draw.js").read_text(encoding="utf-8")
    live, look, hashed = "", "", []
    if any(MIME in output.data for output in outputs):
        live, look = code_script("report"), stylesheet()
        hashed = [_source(live.encode())]
    exporter = _exporter()
    resources = {
        "title": title,
        "policy": _policy(_source(script.encode()), plotly.policy, *hashed),
        "style": (_TEMPLATE / "style.css").read_text(encoding="utf-8") + html_stylesheet() + look,
        "contents": [(m.anchor, m.heading) for c in cells if "heading" in (m := c.metadata)],
        "plotly": plotly.packed if declared else "",
        "script": script,
        "explorer": live,
    }
    page, _ = exporter.from_notebook_node(new_notebook(cells=cells), resources)
    drawn = page.count(_FIGURE)
    if drawn != declared:
        raise ToolFailed(f"{declared} figures are declared and {drawn} are drawn in the report")
    return page


def _exporter() -> TemplateExporter:
    exporter = TemplateExporter(
        # one place only: no template of the user's can stand in for ours
        template_paths=[str(_TEMPLATE)],
        template_file="index.html.j2",
        file_extension=".html",
        default_preprocessors=[],
        filters={"figure": _Figures(), "markdown": _markdown, "harmless_json": _json},
    )
    exporter.config.NbConvertBase.display_data_priority = list(SHOWN)
    exporter.environment.autoescape = True
    return exporter


def _for_readers(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Headings with something under them, texts, and cells with outputs that a page can show."""
    kept: list[NotebookNode] = []
    number = 0
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            continue  # the notebook's own title: the first screen has the page's
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            if kept and "heading" in kept[-1].metadata:
                kept.pop()  # nothing was shown under it
                number -= 1
            heading, _, text = cell.source.removeprefix("## ").partition("\n")
            number += 1
            kept.append(_heading(cell, heading.strip(), number))
            if text.strip():
                kept.append(_cell(cell, source=text, id=f"{cell.id}-text"))
        elif cell.cell_type == "markdown":
            kept.append(_cell(cell))
        elif outputs := [o for o in cell.get("outputs", ()) if set(SHOWN) & set(o.get("data", ()))]:
            kept.append(_cell(cell, outputs=outputs))
    if kept and "heading" in kept[-1].metadata:
        kept.pop()
    return kept


def _heading(cell: NotebookNode, heading: str, number: int) -> NotebookNode:
    """A heading with what its section is found by; folded where the cell is tagged as evidence."""
    folded = EVIDENCE in cell.metadata.get("tags", ())
    anchor = slug(heading)
    named = {"heading": heading, "number": number, "anchor": anchor, "folded": folded}
    return _cell(cell, metadata=named)


def _cell(cell: NotebookNode, **changed: Any) -> NotebookNode:
    return NotebookNode({**cell, "metadata": NotebookNode(), **_nodes(changed)})


def _nodes(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: NotebookNode(v) if isinstance(v, dict) else v for k, v in fields.items()}


def _json(plain: Any) -> str:
    """JSON that no HTML parser can leave: `json.dumps` has escaped all but ASCII already."""
    text = json.dumps(plain, separators=(",", ":"), allow_nan=False)
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def _source(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode('ascii')}'"


def _policy(*scripts: str) -> str:
    """A content security policy under which these scripts run and nothing is fetched."""
    return (
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
