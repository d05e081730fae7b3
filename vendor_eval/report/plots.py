"""The figures of the reports, each available alone."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.errors import UnknownName, VendorEvalError, nearest, quoted
from vendor_eval.measures.costs.comparisons import Comparison
from vendor_eval.report import (
    along,
    cost_over_time,
    firmness,
    other_ways,
    total_cost,
    volumes,
    weight_changes,
    why,
)
from vendor_eval.report.html import say
from vendor_eval.report.sections import CONFIG, show
from vendor_eval.wording.short_repr import ShortRepr


class Chart(go.Figure):
    """A `go.Figure` that shows without plotly's buttons: one of them uploads what is drawn."""

    def show(self, *args: Any, **options: Any) -> None:
        super().show(*args, **options | {"config": CONFIG | options.get("config", {})})

    def to_html(self, *args: Any, **options: Any) -> str:
        return str(
            super().to_html(*args, **options | {"config": CONFIG | options.get("config", {})})
        )

    def write_html(self, *args: Any, **options: Any) -> None:
        super().write_html(*args, **options | {"config": CONFIG | options.get("config", {})})

    def _ipython_display_(self) -> None:
        show(self if self.data else say("There is nothing to draw."))

    def __repr__(self) -> str:
        says = (self.layout.meta or {}).get("alt", "nothing to draw")
        return f"<Chart: {wording.brief(says, 120)}>"


@dataclass(frozen=True, eq=False)
class Plots(ShortRepr):
    """Each figure of a result as a `go.Figure`; one with nothing to draw has no traces.

    Those of costs raise VendorEvalError where no workbook was priced.
    """

    _result: Result

    def contributions(self) -> go.Figure:
        """What each criterion adds to every vendor's score, in points out of 100, best first."""
        return Chart(why.contributions_figure(self._result))

    def reruns(self) -> go.Figure:
        """In how many of 100 re-runs the first vendor stays ahead of each rival."""
        return Chart(firmness.reruns_figure(self._result))

    def weight_intervals(self) -> go.Figure:
        """Between which shares of each criterion the first vendor stays first."""
        return Chart(weight_changes.weight_intervals_figure(self._result))

    def winner_map(self) -> go.Figure:
        """Who is first over the two weights that are nearest to changing it."""
        return Chart(weight_changes.winner_map_figure(self._result))

    def along(self, criterion: str) -> go.Figure:
        """Every vendor's score while the share of one top-level criterion goes from 0 to 1.

        Raises UnknownName for a criterion that is not at the top.
        """
        top = self._result.evaluation.tree.top
        if criterion not in top:
            hint = nearest(criterion, top) or f"; allowed: {quoted(top)}"
            raise UnknownName(f"unknown top-level criterion {criterion!r}{hint}")
        drawn = along.along_figure(self._result)
        return Chart(drawn[top.index(criterion)] if drawn else None)

    def scenarios(self) -> go.Figure:
        """Every vendor's rank under the rules' own weights and under each scenario."""
        return Chart(other_ways.scenarios_figure(self._result))

    def methods(self) -> go.Figure:
        """Every vendor's rank under each ranking method that the rules name."""
        return Chart(other_ways.methods_figure(self._result))

    def total_cost(self) -> go.Figure:
        """What each bid costs over the term, by component, in the rules' currency."""
        return Chart(total_cost.cost_components_figure(self._priced))

    def cost_by_year(self) -> go.Figure:
        """What each bid costs in every year, in the rules' currency."""
        return Chart(cost_over_time.cost_by_year_figure(self._priced))

    def volumes(self) -> go.Figure:
        """What each bid costs at every forecast of volumes, in the rules' currency."""
        return Chart(volumes.volume_scenarios_figure(self._priced))

    def break_even(self) -> go.Figure:
        """Who is cheaper at which monthly volume."""
        return Chart(volumes.break_even_figure(self._priced))

    @property
    def _priced(self) -> Comparison:
        tender = self._result.tender
        if not tender.facts or tender.rules.commercial is None:
            raise VendorEvalError(
                "found no priced workbook; allowed: rules with 'commercial' and bids in workbooks"
            )
        return tender.comparison
