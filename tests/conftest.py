"""Fixtures every test may use, and how hypothesis looks for counterexamples."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

import vendor_eval as vendor_eval  # before a test imports openpyxl: it settles how that writes
from make import LONGEST, ROOT

# A shell that starts the suite in the background has it ignore interrupts, and nohup hangups; so
# would each command that a test starts and ends.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# The same examples on every machine and no wall clock: a red test is red for everybody.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
# HYPOTHESIS_PROFILE=fuzz looks further, at the same examples each time; explore at fresh ones.
settings.register_profile("fuzz", settings.get_profile("fixed"), max_examples=300)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts tests of the longest modules first, in that order."""
    row = {ROOT / "tests" / f"{name}.py": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: row.get(item.path, len(row)))


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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running browser; one a module, since two at once are more than Playwright allows."""
    from make.browser import browser

    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Callable[[str], Path]:
    """The folder of a finished run of a notebook on the constructed example, never written to.

    It is made once, however many processes run the tests.
    """
    from make.running import invoked

    home = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        home = home.parent  # that of all workers

    def folder(notebook: str) -> Path:
        with FileLock(home / f"{notebook}.lock"):
            if not (home / notebook).exists():
                options = ("--notebook", notebook, "--out", notebook)
                done = invoked("run", data / "customer-support", *options, cwd=home)
                assert done.exit_code == 0, done.stderr
        return home / notebook

    return folder


@pytest.fixture(scope="session")
def report(finished_run: Callable[[str], Path]) -> Path:
    """The report on the constructed example."""
    return finished_run("vendor_selection") / "report.html"
