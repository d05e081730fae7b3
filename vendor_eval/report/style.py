"""What all figures share: one accent, direct labels, nothing moving, readable in greyscale."""

import html
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import plotly.graph_objects as go

INK, LINE, WASH = "#16202c", "#d9dfe6", "#f5f7f9"
ON_FILL = "#17202c"
"""Ink on a light fill: a dark theme makes `INK` light, and must leave this as it is."""
BLUES = ("#0b5cad", "#3474b5", "#6fa1d0", "#9dc0e0", "#c8dcef", "#e3edf6")
"""From dark to light, different in greyscale too."""
LEAD, SECOND, GREY, BAND = "#0b5cad", "#8aa9c9", "#4a5663", "#bcd3ea"
FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


def label(text: str) -> str:
    """A name as plotly shows it, whole, and never read as markup."""
    return html.escape(" ".join(text.split()), quote=False)


def wrapped(text: str, width: int) -> str:
    """A name as plotly shows it, whole, on as many lines as it takes."""
    lines = textwrap.wrap(text, width) or [""]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def labels(names: list[str]) -> list[str]:
    """Names as they stand alongside rows, whole."""
    return [wrapped(name, WIDTH) for name in names]


def row_height(shown: Sequence[str], least: int) -> int:
    """Pixels from one row to the next, so that no name stands upon another."""
    lines = max((text.count("<br>") + 1 for text in shown), default=1)
    return max(least, 17 * lines + 6)


WIDTH = 22
"""Characters in a line of a name alongside a row: more leave a phone no room for the picture."""
DASHES = {"solid": "", "dash": "7 5", "dot": "2 4", "dashdot": "7 4 2 4"}
"""How a line is drawn, by plotly's name, and as an SVG draws the same."""


def line(place: int) -> dict[str, Any]:
    """How the line of the vendor in one place is drawn: eight differ in grey."""
    if place == 0:
        return {"width": 4, "color": LEAD, "dash": "solid"}
    colour = SECOND if place < len(DASHES) else GREY
    return {"width": 2, "color": colour, "dash": list(DASHES)[place % len(DASHES)]}


def line_key(names: Sequence[str]) -> "Key":
    """The key of lines that are drawn by `line`."""
    drawn = [line(place) for place in range(len(names))]
    return [
        (name, str(one["color"]), str(one["width"]), DASHES[one["dash"]])
        for name, one in zip(names, drawn, strict=True)
    ]


def bar_part(
    lengths: list[float], colour: str, *, inside: list[str], ink: str, hover: list[str]
) -> go.Bar:
    """One part of horizontal bars that are stacked, a row each from the top."""
    return go.Bar(
        x=lengths,
        y=list(range(len(lengths))),
        orientation="h",
        marker={"color": colour, "line": {"color": "white", "width": 1}},
        text=inside,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink},
        hovertext=hover,
        hoverinfo="text",
    )


def write_totals(drawn: go.Figure, totals: Iterable[tuple[float, str]]) -> None:
    """Writes next to each row's bar what it comes to; `totals`: where each bar ends, and that."""
    for row, (end, total) in enumerate(totals):
        text = f"<b>{total}</b>"
        drawn.add_annotation(x=end, y=row, text=text, showarrow=False, xanchor="left", xshift=6)


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


Key = Sequence[tuple[str, ...]]
"""What each colour of a picture stands for: (name, colour); of a line also its width and dashes."""


def figure(
    traces: list[Any], *, alt: str, caption: str, height: int, key: Key = (), **layout: Any
) -> go.Figure:
    """A figure in the suite's style; text alternative, caption and key are in `layout.meta`."""
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
        meta={"alt": alt, "caption": caption, "key": [list(entry) for entry in key]},
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
