"""The result of an evaluation as notebooks, scripts and tests hold it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from vendor_eval import wording
from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.analysis.second_opinions import skcriteria_matrix
from vendor_eval.analysis.simulation.simulation import checked
from vendor_eval.analysis.weights.information import fitting_weights
from vendor_eval.analysis.what_if import WhatIf, what_if_result
from vendor_eval.award.analyses import Analyses
from vendor_eval.award.rank_basis import standing
from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import POINT_DECIMALS
from vendor_eval.rules.robustness import DRAWS, EXPLORED
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.tender.given import tender_of
from vendor_eval.tender.tender import Tender
from vendor_eval.wording.short_repr import briefly

if TYPE_CHECKING:
    from vendor_eval import Plots


@dataclass(frozen=True, eq=False, repr=False)
class Result(Analyses):
    """A ranking, how firm it is, and every question that may be asked of it.

    Each answer is computed when it is first asked for. Points are out of 100.

    Example:
        >>> import vendor_eval as ve
        >>> result = ve.read("data/california-two-envelope").evaluate()
        >>> result.scores.round(1).to_dict()
        {'Bidder 3': 96.9, 'Bidder 2': 88.7, 'Bidder 4': 86.9}
        >>> result.what_if(weights={"cost": 0.9}).ranking.index[0]
        'Bidder 3'
    """

    moved: WhatIf | None = None
    """What was moved, where this is a trial that `what_if` gave."""

    @classmethod
    def of(cls, tender: Tender, *, scenario: str | None, seed: int, draws: int) -> "Result":
        """The result of a tender under the rules' own weights or a scenario's.

        Raises UnknownName for an unknown scenario or method, VendorEvalError for a simulation that
        cannot be run, or a scenario in a public procedure.
        """
        own = tender.evaluation
        evaluation = own.weighed(scenario) if scenario else own
        if tender.rules.procedure == "public" and scenario:
            raise VendorEvalError(
                f"found the scenario {scenario!r} in a public procedure; allowed: none, since the "
                "published weights decide; every report shows the scenarios under 'Other ways to "
                "count'"
            )
        # what the answers would raise later is raised now
        checked(draws, seed)
        for name in tender.rules.methods:
            METHODS[name]
        return cls(tender, evaluation, seed, draws)

    @property
    def ranking(self) -> pd.Series:
        """The rank of every eligible vendor, 1 the best, best first; ties share a rank."""
        ranks = {vendor: self.evaluation.ranks[vendor] for vendor in self.evaluation.ranking}
        return _by_vendor(ranks, "rank", dtype=int)

    @property
    def scores(self) -> pd.Series:
        """The points of every eligible vendor, 0 to 100, best first; none at the lowest price.

        Where a price per point ranks they are points of quality.
        """
        scored = () if self.evaluation.rules.lowest_price else self.evaluation.ranking
        scores = self.evaluation.scores
        points = {v: round(100 * float(scores[v]), POINT_DECIMALS) for v in scored}
        return _by_vendor(points, "points", dtype=float)

    @property
    def weights(self) -> pd.Series:
        """The share of every criterion among its siblings, 0 to 1, by path: as `what_if` takes."""
        tree = self.evaluation.tree
        paths = pd.Index(tree.paths, name="criterion", dtype=object)
        return pd.Series(np.array(tree.shares), index=paths, name="share")

    @cached_property
    def fitting_weights(self) -> Floats | None:
        """Top-level weights that fit what is stated of them, (10,000, criteria), in [0, 1].

        None where weights are agreed.
        """
        if self.information is None:
            return None
        return fitting_weights(self.evaluation.tree, self.information, EXPLORED, seed=self.seed)

    @property
    def verdict(self) -> str:
        """How firm the first place is, in a word.

        One of: firm, sensitive, too close, open, uncontested, none.
        """
        return self.recommendation.verdict

    def to_frame(self) -> pd.DataFrame:
        """Every vendor a row, those in the ranking first.

        Columns: `status`, `rank`, `points` (0 to 100), `price` in the rules' currency
        where one is asked, `price_per_point` where that ranks, and by its path the points of each
        criterion that reads an answer. Where the lowest price wins there are no points. What is
        not known is `pd.NA`. A vendor without a rank may have points: those it would have if it
        were eligible.
        """
        evaluation = self.evaluation
        others = [v for v in evaluation.vendors if v not in evaluation.ranks]
        vendors = [*evaluation.ranking, *others]
        scored = [v for v in vendors if v in evaluation.scores.index]
        index = pd.Index(vendors, name="vendor", dtype=object)
        leaves = list(evaluation.tree.leaves)
        numbers = {
            "rank": pd.Series(evaluation.ranks, dtype="Int64"),
            "points": (100 * evaluation.scores).round(POINT_DECIMALS).astype("Float64"),
        }
        if evaluation.rules.price is not None:
            prices = {v: evaluation.price(v) for v in vendors}
            numbers["price"] = pd.Series(prices, dtype="Float64")
        if evaluation.rules.per_point:
            each = {v: evaluation.price_per_point(v) for v in scored}
            numbers["price_per_point"] = pd.Series(each, dtype="Float64")
        if evaluation.rules.lowest_price:
            del numbers["points"]
            leaves = []
        values = (
            (100 * evaluation.values.loc[scored, leaves]).round(POINT_DECIMALS).astype("Float64")
        )
        frame = pd.DataFrame(
            {"status": [evaluation.status(v) for v in vendors]}, index=index, dtype=object
        )
        columns = {name: column.reindex(index) for name, column in numbers.items()}
        return frame.assign(**columns).join(values.reindex(index))

    def what_if(
        self,
        *,
        weights: Mapping[str, float] | pd.Series | None = None,
        without: str | Collection[str] = (),
        gates_off: str | Collection[str] = (),
    ) -> "Result":
        """The result with other weights, without vendors, with gates off; this one stays as it is.

        `weights` are shares among siblings from 0 to 1, by path (`result.weights` lists them). One
        alone is enough: its siblings share the rest in the proportions they had. A trial can be
        asked everything a result can, another `what_if` included, but it is not saved. Raises
        InputFaults with every name that there is not and every weight that is none, and
        VendorEvalError for what is neither a dictionary nor names.

        Example:
            >>> import vendor_eval as ve
            >>> result = ve.read("data/customer-support").evaluate()
            >>> trial = result.what_if(weights={"cost": 0.6}, without="Cygnus Assist")
            >>> float(trial.weights["cost"])
            0.6
        """
        moved = WhatIf(
            weights=_shares(weights),
            without=_names("without", without),
            ungated=_names("gates_off", gates_off),
        )
        evaluation = what_if_result(self.evaluation, moved)
        tender = self.tender.under(evaluation.rules, evaluation.proposals)
        return replace(self, tender=tender, evaluation=evaluation, moved=moved)

    @property
    def plot(self) -> "Plots":
        """The figures of the reports, each a `plotly.graph_objects.Figure` to be restyled.

        Example:
            >>> import vendor_eval as ve
            >>> result = ve.read("data/california-two-envelope").evaluate()
            >>> type(result.plot.contributions().update_layout(height=300)).__name__
            'Chart'
        """
        from vendor_eval import Plots

        return Plots(self)

    def to_skcriteria(self) -> Any:
        """The eligible vendors as a decision matrix of scikit-criteria, weights included.

        A criterion enters with its raw answers where these are numbers, more or less of them is
        better throughout, and every vendor gave one; otherwise with its points, to be maximised.
        Raises VendorEvalError where no vendor is eligible.

        Example:
            >>> import vendor_eval as ve
            >>> ve.read("data/california-two-envelope").evaluate().to_skcriteria().shape
            (3, 2)

        Its methods need criteria that are all maximised and on one scale; `docs/python.md` shows
        TOPSIS. `opinions` holds the methods that the rules name, already computed.
        """
        return skcriteria_matrix(self.evaluation)

    def save(self, folder: str | Path) -> Path:
        """The folder, once `results.json`, `scorecard.xlsx` and letters to vendors are in it.

        `results.json` is what `vendor-eval score` prints. All is written or nothing; the folder
        must be new or empty. Raises VendorEvalError where it is not, and for a trial.
        """
        if self.moved is not None:
            raise VendorEvalError(
                "found a trial of 'what_if'; allowed: a result under the rules; weights to be kept "
                "are entered as a scenario in evaluation.yaml"
            )
        from vendor_eval import saved

        return saved(self, Path(folder))

    def _repr_html_(self) -> str:
        from vendor_eval import result_card

        return result_card(self)._repr_html_()

    def __repr__(self) -> str:
        evaluation = self.evaluation
        title = wording.brief(self.tender.rules.title, 50)
        trial = ", a trial" if self.moved else ""
        points = [f"{v} {standing(evaluation, v)}" for v in evaluation.ranking[:2]]
        others = len(evaluation.ranking) - 2
        more = f" and {others} more" if others > 0 else ""
        return f"<Result of {title!r}{trial}: {', '.join(points) or 'nobody is ranked'}{more}>"


def _shares(given: Any) -> dict[str, float]:
    """Shares by path, of a dictionary or a Series."""
    if given is None or isinstance(given, Mapping | pd.Series):
        return {} if given is None else dict(given)
    example = "a dictionary or a Series, such as {'cost': 0.5}"
    raise VendorEvalError(f"weights: found {briefly(given)}; allowed: {example}")


def _names(parameter: str, given: str | Collection[str]) -> tuple[str, ...]:
    """Each name once; a single one may stand for itself."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Collection):
        raise VendorEvalError(f"{parameter}: found {briefly(given)}; allowed: a name or a list")
    return tuple(dict.fromkeys(given))


def _by_vendor(numbers: Mapping[str, float], name: str, *, dtype: type) -> pd.Series:
    index = pd.Index(list(numbers), name="vendor", dtype=object)
    return pd.Series(list(numbers.values()), index=index, name=name, dtype=dtype)


def evaluate(
    rules: Mapping[str, Any] | str | Path | Rules,
    bids: pd.DataFrame | str | Path | Proposals,
    *,
    scenario: str | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> Result:
    """The result of bids in a table under rules, without a folder.

    `rules`: a dictionary with the keys of `evaluation.yaml`, or the path of such a file. `bids`: a
    DataFrame with a row for each vendor, named by its index or a column `vendor`, or the path of a
    CSV file; a blank, NaN or None is an answer that was not given. Raises InputFaults with every
    fault of the rules or the table; a fault in one vendor's row makes that vendor incomplete.

    Example:
        >>> import pandas as pd
        >>> import vendor_eval as ve
        >>> rules = {
        ...     "title": "Payroll", "decision": "Who?", "currency": "EUR", "price": "cost",
        ...     "criteria": [
        ...         {"id": "cost", "label": "Cost", "weight": 60, "answer": "cost",
        ...          "value": {"linear": {"worst": 900, "best": 500}}},
        ...         {"id": "quality", "label": "Quality", "weight": 40, "answer": "quality",
        ...          "unit": "points", "value": "identity"},
        ...     ],
        ... }
        >>> bids = pd.DataFrame({"cost": [640, 580], "quality": [90, 60]}, index=["Alder", "Birch"])
        >>> ve.evaluate(rules, bids).scores.round(1).to_dict()
        {'Alder': 75.0, 'Birch': 72.0}
    """
    return tender_of(rules, bids).evaluate(scenario=scenario, seed=seed, draws=draws)
