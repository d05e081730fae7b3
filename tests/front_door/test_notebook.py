"""An analyst's first notebook: load, change a weight, plot, export to scikit-criteria, TOPSIS."""

import json
from typing import Any

import nbclient
import nbformat
import pytest

from make import ROOT

CELLS = (
    """import vendor_eval as ve
tender = ve.read("data/customer-support")
tender""",
    """result = tender.evaluate()
result""",
    """trial = result.what_if(weights={"cost": 0.5})
trial.plot.contributions().update_layout(height=240)""",
    """from skcriteria.agg.topsis import TOPSIS
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.invert_objectives import NegateMinimize
from skcriteria.preprocessing.scalers import VectorScaler
ranked = mkpipe(NegateMinimize(), VectorScaler("matrix"), TOPSIS())""",
    "ranked.evaluate(result.to_skcriteria())",
    """result.what_if(without=["Aurora"])""",
)


@pytest.fixture(scope="module")
def outputs() -> list[Any]:
    """The one output of each cell."""
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    place = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(notebook, allow_errors=True, resources=place).execute()
    return [next(iter(cell.outputs), None) for cell in notebook.cells]


def test_it_is_fifteen_lines_and_shows_cards_a_figure_and_a_ranking(outputs: list[Any]) -> None:
    assert sum(len(source.splitlines()) for source in CELLS) <= 15
    tender, result, figure, _, topsis, _ = outputs
    assert tender.data["text/plain"].startswith("<Tender ")
    assert "Aurora Service" in result.data["text/html"]
    drawn = figure.data["application/vnd.plotly.v1+json"]
    assert (drawn["layout"]["height"], len(drawn["data"])) == (240, 5)
    assert "[Method: TOPSIS]" in topsis.data["text/plain"]


def test_a_wrong_name_shows_the_nearest_one_and_no_traceback(outputs: list[Any]) -> None:
    shown = outputs[-1].traceback
    assert shown == ["without: unknown vendor 'Aurora'; did you mean 'Aurora Service'?"]


def test_what_its_cells_show_is_small(outputs: list[Any]) -> None:
    assert max(len(json.dumps(output)) for output in outputs if output) < 20_000
