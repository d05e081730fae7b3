"""What a section of a report shows: figures, sentences and tables, in a notebook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

from vendor_eval.award.result import Result
from vendor_eval.wording.short_repr import ShortRepr

PLOTLY = "application/vnd.plotly.v1+json"
CONFIG = {"displayModeBar": False, "showSendToCloud": False}
"""No buttons: one of plotly's would upload what is drawn."""


Given = ParamSpec("Given")


def of_points(section: Callable[Given, "Section"]) -> Callable[Given, "Section"]:
    """A section on points or weights, which has nothing to show where the lowest price wins."""

    @wraps(section)
    def filled(*given: Given.args, **options: Given.kwargs) -> Section:
        rules = next(each.evaluation.rules for each in given if isinstance(each, Result))
        return Section(()) if rules.lowest_price else section(*given, **options)

    return filled


_away: list[Callable[[], object]] = []
"""What takes away each thing that is on the screen, in the notebook that showed it."""


def withdraw() -> None:
    """Takes away everything that was shown in this process so far."""
    while _away:
        _away.pop()()


def at_withdrawal(take_away: Callable[[], object]) -> None:
    """Has something done when what is shown now is taken away."""
    _away.append(take_away)


def displayed(data: Mapping[str, Any]) -> None:
    """Shows the forms of one thing, by type, until it is withdrawn."""
    from IPython.display import display

    handle = display(dict(data), raw=True, display_id=True)
    if handle is not None:  # nobody looks outside a notebook
        at_withdrawal(lambda: handle.update({"text/plain": ""}, raw=True))


def in_words(meta: Mapping[str, str]) -> dict[str, str]:
    """What a figure shows as a table and as text, by type, for who has no plotly.

    Its text alternative names what is shown, and after a colon each part, with its numbers.
    """
    from vendor_eval.report.html import table

    what, colon, parts = meta["alt"].partition(": ")
    rows = [[part] for part in parts.split("; ")] if colon else []
    shown = table(meta["caption"], [what], rows, prose=True)
    return {"text/html": shown._repr_html_(), "text/plain": f"{meta['alt']}. {meta['caption']}"}


def show(*parts: Any) -> None:
    """Shows parts of a report in a notebook: figures as plotly's own MIME type and in words.

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
            displayed({PLOTLY: plain, **in_words(plain["layout"]["meta"])})
        elif hasattr(part, "_ipython_display_"):
            part._ipython_display_()
        elif part.markup:  # a heading with nothing under it is left out of the report
            displayed({"text/html": part._repr_html_()})


@dataclass(frozen=True, eq=False)
class Section(ShortRepr):
    """Parts of a report that a notebook shows where it stands last in a cell."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        show(*self.parts)


def section(*parts: Any) -> Section:
    """A section of figures, sentences and tables, in this order; empty parts are left out."""
    return Section(parts)
