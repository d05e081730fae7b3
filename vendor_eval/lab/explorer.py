"""The explorer in JupyterLab: the browser counts, Python draws thousands of weightings and saves.

The browser asks one question at a time, the newest, so that no answer waits behind stale moves.
"""

import math
from pathlib import Path
from typing import Annotated, Any, Literal

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from pydantic import Field, TypeAdapter, ValidationError

from vendor_eval.analysis.formulas import OWN
from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.analysis.second_opinions import method_opinions
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.sensitivity.winners import nearest_map
from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.analysis.what_if import WhatIf, scenario_of, what_if_result
from vendor_eval.award.result import Result
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.explorer.answer import explorer_answer
from vendor_eval.report.explorer.code import script, stylesheet
from vendor_eval.report.explorer.model import scenario_model
from vendor_eval.report.explorer.page import explorer_page, ranking_table
from vendor_eval.report.html import theme
from vendor_eval.report.sections import at_withdrawal
from vendor_eval.rules.values.function import Typed
from vendor_eval.tender.added_scenario import add_scenario

Share = Annotated[float, Field(ge=0)]
Traits = dict[str, Any]

MOVED = ("weights", "without", "gates_off", "price_formula", "concentration")
"""Names of the traits that say what is explored."""


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


class Greeting(Typed):
    """What the browser says to hear whether Python is there."""

    kind: Literal["hello"]
    id: str


class Wish(Typed):
    """Weights that the browser wants kept as a scenario."""

    kind: Literal["save"]
    id: str
    name: str
    weights: dict[str, Share]


MESSAGE: TypeAdapter[ExplorerRequest | Wish | Greeting] = TypeAdapter(
    ExplorerRequest | Wish | Greeting
)


class Explorer(anywidget.AnyWidget, widgets.ValueWidget):
    """The explorer of a result; what is explored in it changes no result.

    Every move sets its traits, and setting them moves it: they can be observed, linked, and given
    to `interact`, where `value` is all of them. Scenarios are saved into the rules of `folder`. A
    name that there is not and a weight that is none raise InputFaults.
    """

    _esm = script("widget")
    _css = stylesheet() + theme()
    page_data = traitlets.Dict().tag(sync=True)
    """What it counts with, and what Python knows of the rules themselves."""
    methods = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Names of the methods that can form a second opinion; none where a price is divided."""
    weights = traitlets.Dict().tag(sync=True)
    """Shares among siblings by path, in [0, 1]; those that are not set keep their proportions."""
    without = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Vendors that are left out."""
    gates_off = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Ids of the gates that do not count."""
    price_formula = traitlets.Unicode(OWN).tag(sync=True)
    """The formula that values the price; "own" is the rules' own."""
    concentration = traitlets.Float(None, allow_none=True).tag(sync=True)
    """How closely re-runs draw weights around those set; None where none are drawn."""
    ranking = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Who is ranked, best first; it follows from the others."""
    value = traitlets.Dict()
    """What is explored and the ranking, by the names of the traits."""

    def __init__(self, result: Result, folder: str | Path) -> None:
        page = explorer_page(result.tender, result)
        if page is None:
            raise VendorEvalError("the lowest price wins, so there is no weight to move")
        data = page.data
        plain = result.evaluation.rules.award_rule.form == "highest_score"
        self._result, self._folder = result, Path(folder)
        super().__init__(
            page_data=data,
            methods=sorted(METHODS) if plain else [],
            weights=result.weights.to_dict(),
            concentration=data["concentration"],
        )
        self.on_msg(self._answer)
        at_withdrawal(self.close)
        self.observe(self._follow, MOVED)
        self._follow()

    @classmethod
    def of(cls, result: Result, folder: str | Path) -> "Explorer | None":
        """The explorer of a result; None where the lowest price wins and nothing can be moved."""
        return None if result.evaluation.rules.lowest_price else cls(result, folder)

    @traitlets.validate("weights")
    def _whole(self, proposal: Traits) -> Traits:
        """The shares of all siblings, completed as `what_if` completes them."""
        moved = what_if_result(self._result.evaluation, WhatIf(proposal["value"]))
        whole = dict(zip(moved.tree.paths, moved.tree.shares.tolist(), strict=True))
        entered = {**whole, **proposal["value"]}
        # what the browser has completed stays as it is, to the last digit
        same = all(math.isclose(entered[p], whole[p], abs_tol=1e-12) for p in whole)
        return entered if same else whole

    @traitlets.validate("without", "gates_off", "price_formula")
    def _known(self, proposal: Traits) -> Any:
        given = {"without": (), "gates_off": (), "price_formula": OWN}
        given[proposal["trait"].name] = proposal["value"]
        self._standing(given)
        return proposal["value"]

    def _standing(self, moved: Traits) -> Evaluation | None:
        """The evaluation as it would be; None with every vendor left out."""
        evaluation = self._result.evaluation
        if set(moved["without"]) >= set(evaluation.vendors):
            return None
        what_if = WhatIf(
            weights=moved.get("weights", {}),
            without=tuple(moved["without"]),
            ungated=tuple(moved["gates_off"]),
            price_formula=moved["price_formula"],
        )
        return what_if_result(evaluation, what_if)

    def _follow(self, _: object = None) -> None:
        moved = {name: getattr(self, name) for name in MOVED}
        standing = self._standing(moved)
        self.ranking = [] if standing is None else list(standing.ranking)
        self.value = {**moved, "ranking": self.ranking}

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget, and the ranking as a table for where no kernel or no trust is."""
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return {**data, "text/html": ranking_table(self._result)._repr_html_()}, metadata

    def _answer(self, _: Any, content: Any, __: Any) -> None:
        try:
            message = MESSAGE.validate_python(content)
            match message:
                case Wish():
                    answer = self._saved(message)
                case Greeting():
                    answer = {}
                case _:
                    answer = self._heard(message)
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
        standing = what_if_result(self._result.evaluation, moved)
        known = self._result.near_weights
        ruled = self._result.evaluation.tree.shares
        as_stated = np.allclose(standing.tree.shares, ruled, rtol=0, atol=1e-12)
        near = near_weights(
            standing,
            information=self._result.information if as_stated else None,
            concentration=math.inf if asked.concentration is None else asked.concentration,
            judgement_error=known.judgement_error,
            draws=known.draws,
            seed=known.seed,
        )
        shown = nearest_map(standing, weight_intervals(standing))
        opinions, _ = method_opinions(standing, [asked.method] if asked.method else [])
        return explorer_answer(near, shown, next(iter(opinions.values()), None))

    def _saved(self, wish: Wish) -> dict[str, Any]:
        tender, ruled = self._result.tender, self._result.scenarios[""].tree
        scenario = scenario_of(ruled, wish.weights)
        rules = add_scenario(self._folder, wish.name, scenario, to=tender.rules)
        late = tender.seal is not None and not tender.seal.covers(rules, wish.name)
        return {"scenario": scenario_model(ruled.reweighted(scenario.weights), late=late)}
