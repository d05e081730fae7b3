"""What tests make and drive: folders, workbooks, vendors, browsers, JupyterLab."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout."""


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
