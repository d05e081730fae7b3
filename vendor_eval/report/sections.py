"""What a section of a report shows: figures, sentences and tables, in a notebook."""

from dataclasses import dataclass
from typing import Any

from vendor_eval.wording.short_repr import ShortRepr

PLOTLY = "application/vnd.plotly.v1+json"
CONFIG = {"displayModeBar": False, "showSendToCloud": False}
"""No buttons: one of plotly's would upload what is drawn."""


_shown: list[str] = []
"""Names of the displays that are on the screen; the notebook that made them can take them away."""


def withdraw() -> None:
    """Empties everything that was shown in this process so far, wherever it stands."""
    from IPython.display import update_display

    while _shown:
        update_display({"text/plain": ""}, display_id=_shown.pop(), raw=True)


def _displayed(data: dict[str, Any]) -> None:
    from IPython.display import display

    name = f"vendor-eval-{len(_shown)}-{id(data)}"
    _shown.append(name)
    display(data, raw=True, display_id=name)


def show(*parts: Any) -> None:
    """Shows parts of a report in a notebook: figures as plotly's own MIME type, the rest as HTML.

    Not through `Figure.show`: it loads nbformat, and offers to upload what it draws.
    """
    import json

    from plotly.basedatatypes import BaseFigure

    for part in parts:
        if isinstance(part, BaseFigure):
            if not part.data:
                continue  # with nobody to compare there is nothing to draw
            plain = json.loads(part.to_json())
            plain["config"] = CONFIG
            _displayed({PLOTLY: plain})
        elif part.markup:  # a heading with nothing under it is left out of the report
            _displayed({"text/html": part._repr_html_()})


@dataclass(frozen=True, eq=False)
class Section(ShortRepr):
    """Parts of a report that a notebook shows where it stands last in a cell."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        show(*self.parts)


def section(*parts: Any) -> Section:
    """A section of figures, sentences and tables, in this order; empty parts are left out."""
    return Section(parts)
