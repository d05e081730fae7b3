"""The component's code and style, as they stand in their files."""

import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Literal

COUNTING = ("evaluation", "sensitivity", "simulation")
"""Modules that count, and know nothing of the page they are on."""
SHOWING = ("wording", "elements", "moves", "controls", "pictures", "explorer")
"""Modules that show it, each after those it imports; the component's home comes last."""

COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
BRACES = re.compile(r"\s*([{}])\s*")
EXPORT = re.compile(r"^export (?!default)")


def counting() -> str:
    """One ES module of what counts alone, and of how numbers are worded."""
    return _joined((*COUNTING, "wording"))


def script(home: Literal["report", "widget"]) -> str:
    """One ES module: the whole component and what starts it in a report or as a widget."""
    return _joined((*COUNTING, *SHOWING, home))


def stylesheet() -> str:
    """The component's style sheet, which touches nothing outside it.

    Without comments and the white space around braces, which no text of it holds.
    """
    return BRACES.sub(r"\1", COMMENT.sub("", _text("explorer.css")))


def _joined(parts: Iterable[str]) -> str:
    """The parts in order, small, without imports and exports among them."""
    from rjsmin import jsmin

    lines = [line for part in parts for line in _text(f"{part}.js").splitlines()]
    kept = [EXPORT.sub("", line) for line in lines if not line.startswith("import ")]
    return str(jsmin("\n".join(kept)))


def _text(name: str) -> str:
    return (files("vendor_eval.report.explorer") / name).read_text("utf-8")
