"""Every test is in one of `make test` and `make test-more`, and none waits for a fixed time."""

import re

import pytest

from make import LONGEST, ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def pytest_calls(target: str) -> list[str]:
    """The lines that call pytest in a target of the Makefile and the targets it names first."""
    [(named, recipe)] = re.findall(rf"^{target}:(.*)\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE)
    before = [name for name in named.split() if re.search(rf"^{name}:", MAKEFILE, re.MULTILINE)]
    calls = [line.strip() for line in recipe.splitlines() if "$(PYTEST)" in line]
    return [call for name in before if "/" not in name for call in pytest_calls(name)] + calls


def test_every_test_is_in_exactly_one_of_the_two_parts() -> None:
    # nothing but the marker chooses, and a test either has it or has it not
    assert pytest_calls("test") == ['$(PYTEST) -m "not more" $(PYTEST_FLAGS)']
    first, again = pytest_calls("test-more")
    assert first == "$(PYTEST) -m more $(PYTEST_FLAGS)"
    assert again.startswith("HYPOTHESIS_PROFILE=fuzz $(PYTEST) -m hypothesis ")
    [tool] = re.findall(r"^PYTEST := (.*)$", MAKEFILE, re.MULTILINE)
    assert tool == "$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder"
    assert (ROOT / ".ci" / "run").read_text("utf-8").endswith("\nmake test\nmake test-more\n")


def test_pytest_alone_runs_everything(pytestconfig: pytest.Config) -> None:
    assert not {"-m", "-k", "--ignore", "--deselect"} & set(pytestconfig.getini("addopts"))
    assert pytestconfig.getini("testpaths") == ["tests"]


def test_the_longest_modules_that_are_begun_first_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / f"{name}.py").is_file()] == []


def test_no_test_waits_for_a_fixed_time_in_a_browser() -> None:
    wait = "wait_for_" + "timeout"  # in two pieces, since this file is read too
    files = (ROOT / "tests").rglob("*.py")
    assert [file.name for file in files if wait in file.read_text("utf-8")] == []
