"""What a section of a report shows: figures, sentences and tables, in a notebook."""

from dataclasses import dataclass
from typing import Any

from vendor_eval.wording.short_repr import ShortRepr

PLOTLY = "application/vnd.plotly.v1+json"
CONFIG = {"displayModeBar": False, "showSendToCloud": False}
"""No buttons: one of plotly's would upload what is drawn."""


def show(*parts: Any) -> None:
    """Shows parts of a report in a notebook: figures as plotly's own MIME type, the rest as HTML.

    Not through `Figure.show`: it loads nbformat, and offers to upload what it draws.
    """
    import json

    from IPython.display import display
    from plotly.basedatatypes import BaseFigure

    for part in parts:
        if isinstance(part, BaseFigure):
            if not part.data:
                continue  # with nobody to compare there is nothing to draw
            plain = json.loads(part.to_json())
            plain["config"] = CONFIG
            display({PLOTLY: plain}, raw=True)
        elif part.markup:  # a heading with nothing under it is left out of the report
            display({"text/html": part._repr_html_()}, raw=True)


@dataclass(frozen=True, eq=False)
class Section(ShortRepr):
    """Parts of a report that a notebook shows where it stands last in a cell."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        show(*self.parts)


def section(*parts: Any) -> Section:
    """A section of figures, sentences and tables, in this order; empty parts are left out."""
    return Section(parts)
