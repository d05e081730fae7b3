"""Fixtures every test may use, and how hypothesis looks for counterexamples."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every machine and no wall clock: a red test is red for everybody.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
# HYPOTHESIS_PROFILE=explore looks further, with fresh examples each time.
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data(root: Path) -> Path:
    """The folder that holds the evaluations, one folder each."""
    return root / "data"


@pytest.fixture(scope="session")
def notebooks(root: Path) -> tuple[Path, ...]:
    """Every notebook of the suite."""
    return tuple(sorted((root / "notebooks").glob("*.ipynb")))
