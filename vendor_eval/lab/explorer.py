"""The explorer in JupyterLab: the browser counts, Python draws thousands of weightings and saves.

The browser asks one question at a time, the newest, so that no answer waits behind stale moves.
"""

import math
from pathlib import Path
from typing import Annotated, Any, Literal

import anywidget
import traitlets
from pydantic import Field, TypeAdapter, ValidationError

from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.analysis.second_opinions import method_opinions
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.sensitivity.winners import nearest_map
from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.analysis.what_if import WhatIf, scenario_of, what_if_result
from vendor_eval.award.result import Result
from vendor_eval.errors import VendorEvalError
from vendor_eval.report.explorer.answer import explorer_answer
from vendor_eval.report.explorer.code import script, stylesheet
from vendor_eval.report.explorer.model import scenario_model
from vendor_eval.report.explorer.page import explorer_page
from vendor_eval.report.html import theme
from vendor_eval.rules.values.function import Typed
from vendor_eval.tender.added_scenario import add_scenario
from vendor_eval.tender.tender import Tender

Share = Annotated[float, Field(ge=0)]


class ExplorerRequest(Typed):
    """What is explored, and asked of Python: near weights, a map and a method's opinion."""

    kind: Literal["ask"]
    id: str
    weights: dict[str, Share]
    without: list[str]
    ungated: list[str]
    price_formula: str
    concentration: Annotated[float, Field(ge=1, le=1e6)] | None
    method: str | None


class Wish(Typed):
    """Weights that the browser wants kept as a scenario."""

    kind: Literal["save"]
    id: str
    name: str
    weights: dict[str, Share]


MESSAGE: TypeAdapter[ExplorerRequest | Wish] = TypeAdapter(ExplorerRequest | Wish)


class Explorer(anywidget.AnyWidget):
    """The explorer of an assessment; what is explored in it changes no result.

    Scenarios are saved into the rules of `folder`.
    """

    _esm = script("widget")
    _css = stylesheet() + theme()
    page_data = traitlets.Dict().tag(sync=True)
    """What it counts with, and what Python knows of the rules themselves."""
    methods = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Names of the methods that can form a second opinion."""

    def __init__(self, tender: Tender, result: Result, folder: str | Path) -> None:
        super().__init__(page_data=explorer_page(tender, result).data, methods=sorted(METHODS))
        self._case, self._assessment, self._folder = tender, result, Path(folder)
        self.on_msg(self._answer)

    def _answer(self, _: Any, content: Any, __: Any) -> None:
        try:
            message = MESSAGE.validate_python(content)
            answer = self._saved(message) if isinstance(message, Wish) else self._heard(message)
        except (VendorEvalError, ValidationError) as error:
            answer = {"error": str(error)}
        self.send({"id": content.get("id"), **answer})

    def _heard(self, asked: ExplorerRequest) -> dict[str, Any]:
        moved = WhatIf(
            weights=asked.weights,
            without=tuple(asked.without),
            ungated=tuple(asked.ungated),
            price_formula=asked.price_formula,
        )
        standing = what_if_result(self._assessment.evaluation, moved)
        known = self._assessment.near_weights
        near = near_weights(
            standing,
            concentration=math.inf if asked.concentration is None else asked.concentration,
            judgement_error=known.judgement_error,
            draws=known.draws,
            seed=known.seed,
        )
        shown = nearest_map(standing, weight_intervals(standing))
        opinions, _ = method_opinions(standing, [asked.method] if asked.method else [])
        return explorer_answer(near, shown, next(iter(opinions.values()), None))

    def _saved(self, wish: Wish) -> dict[str, Any]:
        ruled = self._assessment.scenarios[""].tree
        scenario = scenario_of(ruled, wish.weights)
        rules = add_scenario(self._folder, wish.name, scenario, to=self._case.rules)
        late = self._case.seal is not None and not self._case.seal.covers(rules, wish.name)
        return {"scenario": scenario_model(ruled.reweighted(scenario.weights), late=late)}
