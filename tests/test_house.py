"""The house is in order: imports run downwards, notebooks are thin, nothing tells on a machine."""

import ast
import io
import json
import re
import socket
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "vendor_eval"

# From the street down to the ground: a module imports from the rows below its own. Within a row
# a module may lean on its neighbour, as long as the neighbour does not lean back.
HOUSE = {
    "entrances": "__main__ cli interview laboratory native_slider runs widgets",
    "edges": "folder excel record starter workbooks",
    "pictures": "explorer figures tables",
    "sentences": "sentences summary wording",
    "questions": "award clarifications panel sensitivity robustness negotiation unknowns contest "
    "effective_weights elicitation point_price price_formulas swings catalogue "
    "exploration incomplete request",
    "steps": "answer_faults evaluation performance screening measures costs location language "
    "security expertise service staffing coverage measure measure_faults",
    "methods": "methods weights pricing programme",
    "nouns": "case seal consistency judgements questionnaire reference response rules terms "
    "criteria curves values proposal",
    "words": "registry errors",
}
ROW = {module: row for row, modules in enumerate(HOUSE.values()) for module in modules.split()}

# What must not be loaded before it is needed, by what is imported. scikit-criteria alone costs
# several times the import of pandas.
SLOW = {"IPython", "ipywidgets", "jupyterlab", "matplotlib", "nbclient", "nbconvert", "nbformat"}
SLOW |= {"openpyxl", "papermill", "plotly", "scipy", "seaborn", "skcriteria", "sklearn"}


def module_of(file: Path) -> str:
    """The name of the module or subpackage a file of the package belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    """The package's own modules that a file imports, wherever in the file it does so."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(level=0):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            case ast.ImportFrom():
                above = ".".join((*parts[: -node.level], *filter(None, [node.module])))
                names = [f"{above}.{alias.name}" for alias in node.names]
            case _:
                continue
        for name in names:
            if name.startswith("vendor_eval.") and name.split(".")[1] in ROW:
                yield name.split(".")[1]


def sources() -> dict[str, list[Path]]:
    """The files of each module or subpackage."""
    files: dict[str, list[Path]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if file != PACKAGE / "__init__.py":
            files.setdefault(module_of(file), []).append(file)
    return files


def leans_on() -> dict[str, set[str]]:
    """The other modules that each module imports."""
    return {
        module: {name for file in files for name in imports(file)} - {module}
        for module, files in sources().items()
    }


def test_every_module_has_a_place_in_the_house() -> None:
    assert sorted(set(sources()) - set(ROW)) == []


def test_a_module_imports_only_from_its_own_row_and_the_rows_below() -> None:
    upwards = [
        f"{module} imports {other}"
        for module, others in leans_on().items()
        for other in sorted(others)
        if ROW[other] < ROW[module]
    ]
    assert upwards == []


def test_no_two_modules_lean_on_each_other_however_indirectly() -> None:
    graph = leans_on()
    while ready := [module for module, others in graph.items() if not others & set(graph)]:
        for module in ready:
            del graph[module]
    assert graph == {}


def test_scikit_criteria_is_named_in_the_methods_alone() -> None:
    naming = {
        module
        for module, files in sources().items()
        for file in files
        if re.search(r"^\s*(import|from) skcriteria", file.read_text("utf-8"), re.MULTILINE)
    }
    assert naming <= {"methods"}


@pytest.mark.parametrize(
    ("imported", "not_yet"),
    [
        ("vendor_eval", SLOW | {"numpy", "pandas", "pydantic"}),
        ("vendor_eval.cli", SLOW | {"pandas"}),
    ],
)
def test_an_import_loads_nothing_slow_before_it_is_needed(imported: str, not_yet: set[str]) -> None:
    script = f"import sys, {imported}; print(*{{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert sorted(set(loaded.stdout.split()) & not_yet) == []


def imported_packages() -> set[str]:
    """What the package imports, anywhere, that is neither its own nor Python's."""
    names = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(str(node.module))
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"vendor_eval"}


def test_the_package_declares_what_it_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    declared = {re.split(r"[^\w.-]", line)[0] for line in wanted}
    providers = packages_distributions()
    undeclared = {
        name
        for name in imported_packages()
        if not {d.lower().replace("_", "-") for d in providers.get(name, [])} & declared
    }
    assert undeclared == set()


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


def kept_files() -> list[Path]:
    """Every file git keeps, or would keep at the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = [name.decode() for name in listed.stdout.split(b"\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def giveaways() -> re.Pattern[str]:
    """What tells where a file was made: an index's address, a home, this checkout, this host."""
    slash = "/"  # kept apart from the words, so that this file does not give itself away
    patterns = [
        rf"(index-url|find-links|trusted-host)[ =]+(https?|file):{slash}{slash}",
        rf"https?:{slash}{slash}[^\s\"']*{slash}simple\b",
        r"(files\.python" + r"hosted|registry\.npm" + r"js|download\.py" + r"torch)\.org",
        rf"^[^#\n]* @ (file|https?):{slash}{slash}",
        rf"{slash}(home|Users){slash}\w+{slash}",
        r"[A-Z]:\\" + r"Users\\",
        re.escape(f"{ROOT}{slash}"),
    ]
    host = socket.gethostname()
    if re.search(r"\d|-", host) and len(host) > 5:  # a plain word may stand in prose
        patterns.append(rf"\b{re.escape(host)}\b")
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE)


def test_no_kept_file_names_an_index_an_absolute_path_or_this_machine() -> None:
    found = []
    pattern = giveaways()
    for file in kept_files():
        try:
            content = file.read_text("utf-8")
        except UnicodeDecodeError:  # a picture or a workbook
            continue
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(content)]
    assert found == []


def test_every_pinned_version_is_a_name_and_a_version_and_nothing_else() -> None:
    pin = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.+]*( ; [^:@]+)?")
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not pin.fullmatch(line)] == []
    assert len(lines) > 100


def test_every_folder_of_data_says_where_its_data_come_from(data: Path) -> None:
    for folder in sorted(path for path in data.iterdir() if path.is_dir()):
        readme = (folder / "README.md").read_text("utf-8")
        assert re.search(r"\bsource", readme, re.IGNORECASE), folder.name
        assert re.search(r"\blicen[cs]e|public domain|constructed", readme, re.IGNORECASE), (
            folder.name
        )
