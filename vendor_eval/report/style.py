"""What all figures share: one accent, direct labels, nothing moving, readable in greyscale."""

import html
import textwrap
from typing import Any

import plotly.graph_objects as go

INK, LINE, WASH = "#16202c", "#d9dfe6", "#f5f7f9"
ON_FILL = "#17202c"
"""Ink on a light fill: a dark theme makes `INK` light, and must leave this as it is."""
BLUES = ("#0b5cad", "#3474b5", "#6fa1d0", "#9dc0e0", "#c8dcef", "#e3edf6")
"""From dark to light, different in greyscale too."""
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
    """Names as plotly shows them; those that cutting would make alike are shown whole."""
    cut = [label(name) for name in names]
    return [
        wrapped(name, 22) if cut.count(shown) > 1 else shown
        for name, shown in zip(names, cut, strict=True)
    ]


def name_rows(drawn: go.Figure, names: list[str]) -> None:
    """Names on the upright axis, row 0 at the top; what is drawn stands at the rows' numbers.

    A name is never a position: plotly would read "3" as a number, "2027-01-01" as a date, and
    "360,2,0,Alpha" as no place at all.
    """
    drawn.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[len(names) - 0.5, -0.5],
        ticks="",
    )


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
    # the type is stated, since plotly guesses it from what it is given
    axes = {
        "type": "linear",
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "automargin": True,
    }
    drawn.update_xaxes(**axes)
    drawn.update_yaxes(**axes)
    return drawn.update_layout(**layout)
