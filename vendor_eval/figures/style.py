"""What all figures share: one accent, direct labels, nothing moving, readable in greyscale."""

import html
import textwrap
from typing import Any

import plotly.graph_objects as go

INK, MUTED, LINE, WASH = "#16202c", "#5b6775", "#d9dfe6", "#f5f7f9"
BLUES = ("#0b5cad", "#3474b5", "#6fa1d0", "#9dc0e0", "#c8dcef", "#e3edf6")
"""From dark to light, told apart in greyscale."""
LEAD, SECOND, BAND = "#0b5cad", "#8aa9c9", "#bcd3ea"
FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


def label(text: str, *, at_most: int = 22) -> str:
    """A name as plotly shows it: cut where it is long, and never read as markup."""
    shown = text if len(text) <= at_most else text[: at_most - 1].rstrip() + "\u2026"
    return html.escape(" ".join(shown.split()), quote=False)


def wrapped(text: str, width: int) -> str:
    """A name as plotly shows it, whole, on as many lines as it takes."""
    lines = textwrap.wrap(text, width) or [""]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def labels(names: list[str]) -> list[str]:
    """Names as plotly shows them, each still different from the others."""
    shown: list[str] = []
    for name in names:
        text = label(name)
        # plotly would draw two bars of one name upon each other
        while text in shown:
            text += "\u200b"
        shown.append(text)
    return shown


def figure(traces: list[Any], *, alt: str, caption: str, height: int, **layout: Any) -> go.Figure:
    """A figure in the suite's style, with its text alternative and caption in `layout.meta`."""
    drawn = go.Figure(traces)
    drawn.update_layout(
        template="none",
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": "white", "font": {"family": FONT, "size": 13}},
        meta={"alt": alt, "caption": caption},
    )
    axes = {"fixedrange": True, "zeroline": False, "showgrid": False, "automargin": True}
    drawn.update_xaxes(**axes)
    drawn.update_yaxes(**axes)
    return drawn.update_layout(**layout)
