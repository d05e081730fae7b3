"""Pictures of an assessment: pure functions from the result to a plotly figure."""

from typing import Any

from vendor_eval.figures.along import along
from vendor_eval.figures.contributions import contributions
from vendor_eval.figures.costs import (
    break_even,
    cost_by_year,
    cost_components,
    savings_over_time,
    volume_scenarios,
)
from vendor_eval.figures.dots import first_places
from vendor_eval.figures.intervals import weight_intervals
from vendor_eval.figures.slopes import methods, scenarios, stakeholders
from vendor_eval.figures.weight_sets import weight_sets
from vendor_eval.figures.winner_map import winner_map

__all__ = [
    "along",
    "break_even",
    "contributions",
    "cost_by_year",
    "cost_components",
    "first_places",
    "methods",
    "savings_over_time",
    "scenarios",
    "show",
    "stakeholders",
    "volume_scenarios",
    "weight_intervals",
    "weight_sets",
    "winner_map",
]

PLOTLY = "application/vnd.plotly.v1+json"


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
            plain["config"] = {"displayModeBar": False, "showSendToCloud": False}
            display({PLOTLY: plain}, raw=True)
        elif part.markup:  # a heading with nothing under it is left out of the report
            display({"text/html": part.markup}, raw=True)
