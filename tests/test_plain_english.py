"""Readers find modern English: no text holds a word that CONTRIBUTING lists as unwanted."""

import ast
import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from make import ROOT
from make.running import invoked

PACKAGE = ROOT / "vendor_eval"
LINTED = (
    *sorted(path for ending in ("py", "j2", "js", "css") for path in PACKAGE.rglob(f"*.{ending}")),
    *sorted(path for ending in ("json", "yaml") for path in PACKAGE.rglob(f"*.{ending}")),
    *sorted((ROOT / "notebooks").glob("*.ipynb")),
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "data").glob("*/README.md")),
    *sorted((ROOT / "data").glob("*/*.yaml")),
)
TABLE = re.compile(r"^\| write \| not \|\n\|---\|---\|\n(.*?)\n\n", re.M | re.S)


def unwanted() -> list[str]:
    """The column *not* of the word list, phrase by phrase."""
    table = TABLE.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert table is not None
    cells = [row.split("|")[2] for row in table[1].splitlines()]
    return [phrase.strip() for cell in cells for phrase in cell.split(",")]


PHRASES = unwanted()
UNWANTED = re.compile(r"\b(?:{})\b".format("|".join(PHRASES).replace(" ", r"\s+")), re.I)


def texts(path: Path) -> Iterator[str]:
    """What a file holds to be read by people; of Python its strings, of a notebook its Markdown."""
    content = path.read_text("utf-8")
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(content)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    elif path.suffix == ".ipynb":
        cells = json.loads(content)["cells"]
        yield from ("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    elif path.suffix in (".js", ".css", ".yaml"):
        yield re.sub(r"\n[ \t]*(?://|#|\*)?", " ", content)  # a comment goes on in its next line
    else:
        yield TABLE.sub("", content)


def hits(text: str) -> list[str]:
    """The unwanted phrases of a text, each with the words around it."""
    around = ((max(0, m.start() - 40), m.end() + 40) for m in UNWANTED.finditer(text))
    return [" ".join(text[first:last].split()) for first, last in around]


def shown(page: str) -> str:
    """The words of a page, with those that its attributes show or speak, but no script."""
    visible = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    spoken = re.findall(r'\b(?:alt|title|aria-label|placeholder)="([^"]*)"', visible)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", visible), *spoken]))


@pytest.mark.parametrize("path", LINTED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_holds_no_word_that_the_word_list_replaces(path: Path) -> None:
    assert not [hit for text in texts(path) for hit in hits(text)]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_listed_phrase_is_found_in_a_string_a_page_and_over_a_line_end(
    phrase: str, tmp_path: Path
) -> None:
    source = tmp_path / "added.py"
    source.write_text(f'"""What it {phrase} shows."""\n', "utf-8")
    assert [hit for text in texts(source) for hit in hits(text)]
    assert hits(shown(f"<p>{phrase.capitalize()}</p>"))
    assert hits(shown(f'<i title="{html.escape(phrase)}"></i><script>1</script>'))
    assert hits(phrase.replace(" ", "\n    "))
    assert not hits(f"un{phrase}ing")


def test_a_report_and_what_it_writes_hold_no_such_word(
    finished_run: Callable[[str], Path],
) -> None:
    run = finished_run("vendor_selection")
    results = (run / "results.json").read_text("utf-8")
    page = shown((run / "report.html").read_text("utf-8"))
    assert "How firm this is" in page
    assert not hits(page) + hits(results)


def test_check_and_its_letters_hold_no_such_word(data: Path, tmp_path: Path) -> None:
    done = invoked("check", data / "customer-support", "--letters", "out", cwd=tmp_path)
    letters = [path.read_text("utf-8") for path in sorted((tmp_path / "out").iterdir())]
    assert letters
    assert not [hit for text in (done.stdout, done.stderr, *letters) for hit in hits(text)]
