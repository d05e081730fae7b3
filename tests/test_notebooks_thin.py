"""Notebooks are kept thin: a title, parameters, calls of the package, no outputs."""

import io
import json
import re
import tokenize
from pathlib import Path


def cells(notebook: Path, kind: str | None = None) -> list[dict]:
    """The cells of a notebook, of one kind if a kind is named."""
    content = json.loads(notebook.read_text("utf-8"))
    return [cell for cell in content["cells"] if kind in (None, cell["cell_type"])]


def text(cell: dict) -> str:
    """What is typed in a cell."""
    return "".join(cell["source"])


def test_there_is_a_notebook(notebooks: tuple[Path, ...]) -> None:
    assert "vendor_selection.ipynb" in [notebook.name for notebook in notebooks]


def test_notebooks_are_kept_without_outputs(notebooks: tuple[Path, ...]) -> None:
    for notebook in notebooks:
        for cell in cells(notebook, "code"):
            assert cell["outputs"] == [], f"{notebook.name}: {text(cell)}"
            assert cell["execution_count"] is None, f"{notebook.name}: {text(cell)}"
        assert "widgets" not in json.loads(notebook.read_text("utf-8"))["metadata"], notebook.name


def test_a_notebook_opens_with_a_title_and_a_sentence(notebooks: tuple[Path, ...]) -> None:
    for notebook in notebooks:
        first = cells(notebook)[0]
        assert first["cell_type"] == "markdown", notebook.name
        assert re.fullmatch(r"# \S.*\n\n\S[^\n]*\.\n?", text(first)), f"{notebook.name}: {first}"


def test_a_notebook_has_exactly_one_parameters_cell(notebooks: tuple[Path, ...]) -> None:
    for notebook in notebooks:
        tags = [tag for cell in cells(notebook) for tag in cell["metadata"].get("tags", [])]
        assert tags.count("parameters") == 1, notebook.name


def test_a_notebook_calls_the_package_and_programs_nothing(notebooks: tuple[Path, ...]) -> None:
    for notebook in notebooks:
        for cell in cells(notebook, "code"):
            typed = text(cell)
            lines = [line for line in typed.splitlines() if line.strip()]
            assert len(lines) <= 5, f"{notebook.name}: {typed}"
            words = {
                token.string for token in tokenize.generate_tokens(io.StringIO(typed).readline)
            }
            assert not words & {"def", "class", "for", "while", "lambda"}, (
                f"{notebook.name}: {typed}"
            )
