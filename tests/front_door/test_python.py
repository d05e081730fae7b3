"""The front door: what documents and docstrings show of it is what it does."""

import doctest
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vendor_eval as ve
from make import ROOT
from make.documents import blocks


@pytest.fixture
def desk(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory in which the shipped evaluations are found."""
    (tmp_path / "data").symlink_to(data, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failures(code: str, name: str) -> str:
    """What of some examples does not print what they say; examples share their names."""
    test = doctest.DocTestParser().get_doctest(code, {}, name, name, 0)
    assert test.examples, name
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return "".join(said)


def test_the_story_about_python_prints_what_it_says(desk: Path) -> None:
    assert failures("\n".join(blocks(ROOT / "docs" / "python.md", "python")), "python.md") == ""


def documented() -> Iterator[tuple[str, str]]:
    """Each docstring with an example among the public names and their public methods."""
    for name in ("vendor_eval", *ve.__all__):
        thing = ve if name == "vendor_eval" else getattr(ve, name)
        members = inspect.getmembers(thing) if inspect.isclass(thing) else []
        for at, member in [(name, thing), *((f"{name}.{n}", m) for n, m in members)]:
            text = inspect.getdoc(member) or ""
            if ">>>" in text and not at.rpartition(".")[2].startswith("_"):
                yield at, text


@pytest.mark.parametrize("name", [name for name, _ in documented()])
def test_an_example_in_a_docstring_prints_what_it_says(name: str, desk: Path) -> None:
    assert failures(dict(documented())[name], name) == ""


def test_help_shows_an_example_of_every_entrance() -> None:
    shown = {name for name, _ in documented()}
    entrances = {"evaluate", "read", "from_skcriteria", "Tender", "Result", "Result.what_if"}
    assert entrances <= shown


def test_what_the_package_offers_is_what_tab_lists_and_all_of_it_is_there() -> None:
    script = "import vendor_eval as ve; print(*dir(ve)); [getattr(ve, n) for n in ve.__all__]"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == sorted(ve.__all__)
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = ve.reed


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "vendor_eval" / "py.typed").is_file()


def test_an_import_asks_for_no_module_but_its_own() -> None:
    script = (
        "import sys; before = set(sys.modules); import vendor_eval; print(*sys.modules - before)"
    )
    script = script.replace("*sys.modules - before", "*set(sys.modules) - before")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["vendor_eval"]


def test_the_public_objects_alone_reach_above_themselves_and_only_by_the_front_door() -> None:
    opened = {
        file.relative_to(ROOT / "vendor_eval").as_posix()
        for file in (ROOT / "vendor_eval").rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if line.strip().startswith("from vendor_eval import ")
        and {n.strip() for n in line.partition(" import ")[2].split(",")} & set(ve._HOME)
    }
    assert opened == {"award/result.py", "tender/tender.py"}
