"""What notebooks show of an evaluation, without a kernel: each headless cell's last value."""

import ast
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from make import ROOT

SECTION = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


def shown_texts(notebook: str, folder: Path, *, draws: int = 500) -> Iterator[str]:
    """The words of everything that a notebook shows of a folder, a part each, tags left out."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    code = [c for c in cells if c["cell_type"] == "code" and not _is_live(c)]
    space: dict[str, Any] = {"__name__": "__main__"}
    for cell in code:
        value = _executed("".join(cell["source"]), space)
        if "parameters" in cell["metadata"].get("tags", ()):
            space |= {"folder": str(folder), "draws": draws}
        yield from map(words, _markups(value))


def _is_live(cell: Any) -> bool:
    return "live" in cell["metadata"].get("tags", ())


def _executed(source: str, space: dict[str, Any]) -> Any:
    """What the last expression of a cell is; None for a cell without one."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), space)  # noqa: S102
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space)  # noqa: S307


def _markups(value: Any) -> Iterator[str]:
    for part in getattr(value, "parts", ()):
        if hasattr(part, "layout"):
            yield json.dumps(part.layout.meta, ensure_ascii=False)
        elif hasattr(part, "markup"):
            yield part.markup


def words(markup: str) -> str:
    """A page's words, cells of a table a bar apart."""
    shown = SECTION.sub("", markup)
    return html.unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", "|", shown)))
