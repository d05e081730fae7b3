"""What tests make and drive: folders, workbooks, vendors, browsers, JupyterLab."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout."""
LONGEST = (
    *("runs/test_batch_many", "bids/test_workbooks_fuzz", "test_benchmarks", "lab/test_rooms"),
    *("runs/test_optimised", "analysis/test_unknowns_properties", "lab/test_laboratory"),
    *("runs/test_runs", "runs/test_batch", "bids/test_workbooks_hostile", "test_wheel"),
    *("bids/test_workbooks_round_trip", "bids/test_workbooks_struck", "runs/test_notebooks"),
    *("runs/test_run_failures", "runs/test_batch_dask", "runs/test_batch_ended"),
    *("runs/test_runs_ended", "test_hostile_input", "report/test_explorer_report"),
    *("report/test_report_browser", "report/test_figures_names", "test_house"),
    *("analysis/test_sensitivity_along", "analysis/test_methods_properties"),
    *("lab/test_widgets_together", "lab/test_widget"),
)
"""Modules that take longest. They are begun first: one begun last keeps a worker alone."""


def mostly_more(cases: Iterable[Any], *quick: Any) -> list[Any]:
    """The cases of a parametrised test, all but the quick ones left to `make test-more`."""
    every = list(cases)
    assert all(case in every for case in quick), quick
    return [case if case in quick else _more(case) for case in every]


def _more(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.more)


def examples(quick: int, further: int) -> settings:
    """How many examples of a property that is costly to check: few in `make test`, more elsewhere.

    `further`: in `make fuzz`, and where somebody explores.
    """
    fixed = settings.get_current_profile_name() == "fixed"
    return settings(max_examples=quick if fixed else further)
