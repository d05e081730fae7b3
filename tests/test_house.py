"""The house is in order: imports run downwards, nothing gives a machine away."""

import ast
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from make import ROOT

PACKAGE = ROOT / "vendor_eval"

# The way of a bid, from the page that is read down to the tables it rests on: a room imports from
# itself and from the rooms below it, never from one above.
HOUSE = (
    *("__main__", "cli", "batch_command", "award_commands", "envelope_commands"),
    *("sealing_commands", "panel_commands", "runs", "lab", "report", "outputs"),
    *("award", "tender", "clarifications", "panel", "elicitation", "analysis", "evaluation"),
    *("measures", "bids", "questionnaire", "rules", "reference", "registry", "endings", "errors"),
    "wording",
)
ROW = {room: row for row, room in enumerate(HOUSE)}
LONGEST = 300
"""Lines of a file: a longer one hides a part that wants a name."""

# What must not be loaded before it is needed, by what is imported. scikit-criteria alone costs
# several times the import of pandas.
SLOW = {"IPython", "ipywidgets", "jupyterlab", "matplotlib", "nbclient", "nbconvert", "nbformat"}
SLOW |= {"openpyxl", "papermill", "plotly", "scipy", "seaborn", "skcriteria", "sklearn"}


def room_of(file: Path) -> str:
    """The room that a file of the package stands in."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(file: Path) -> str:
    """The dotted name of a file of the package."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def sources() -> dict[str, Path]:
    """The files of the package by their dotted names, without its face."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {module_of(file): file for file in files if file != PACKAGE / "__init__.py"}


def imports(module: str, modules: Mapping[str, Path]) -> set[str]:
    """The package's own modules that a module imports, wherever in its file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(modules[module].read_text("utf-8"))):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(level=0):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            case _:
                continue
        for name in names:
            known = name if name in modules else name.rpartition(".")[0]
            found |= {known} & set(modules)
    return found - {module}


def test_every_room_has_a_place_in_the_house() -> None:
    assert {room_of(file) for file in sources().values()} <= set(ROW)


def test_every_import_names_the_package_in_full() -> None:
    for module, file in sources().items():
        levels = {
            n.level
            for n in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(n, ast.ImportFrom)
        }
        assert levels <= {0}, module


def test_a_room_imports_only_from_itself_and_the_rooms_below() -> None:
    modules = sources()
    upwards = [
        f"{module} imports {other}"
        for module in modules
        for other in sorted(imports(module, modules))
        if ROW[room_of(modules[other])] < ROW[room_of(modules[module])]
        and module != "vendor_eval.__main__"
    ]
    assert upwards == []


def test_no_two_modules_lean_on_each_other_however_indirectly() -> None:
    modules = sources()
    graph = {module: imports(module, modules) for module in modules}
    while ready := [module for module, others in graph.items() if not others & set(graph)]:
        for module in ready:
            del graph[module]
    assert graph == {}


def test_no_file_of_the_package_or_its_tests_is_longer_than_a_reader_can_hold() -> None:
    files = [*sources().values(), *(ROOT / "tests").rglob("*.py")]
    lines = {file.relative_to(ROOT): len(file.read_text("utf-8").splitlines()) for file in files}
    assert {file: n for file, n in lines.items() if n > LONGEST} == {}


def test_no_two_classes_share_a_name_and_no_module_is_hidden_by_a_definition_of_its_name() -> None:
    classes: dict[str, list[str]] = {}
    hidden = []
    for module, file in sources().items():
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name, []).append(module)
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                hidden += [module] * (node.name == module.rpartition(".")[2])
    assert {name: where for name, where in classes.items() if len(where) > 1} == {}
    assert hidden == []


VAGUE = {"told", "some", "found"}


def _fields(file: Path) -> set[int]:
    """The lines of a file's fields, which may be named as a key of the contract is."""
    classes = [
        n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.ClassDef)
    ]
    return {
        part.lineno for held in classes for part in held.body if isinstance(part, ast.AnnAssign)
    }


def test_no_variable_is_named_for_anything() -> None:
    vague = [
        f"{module}:{node.lineno}"
        for module, file in sources().items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in VAGUE)
        or (isinstance(node, ast.arg) and node.arg in VAGUE)
        if node.lineno not in _fields(file)
    ]
    assert vague == []


def test_scikit_criteria_is_named_in_the_methods_alone() -> None:
    naming = {
        module
        for module, file in sources().items()
        if re.search(r"^\s*(import|from) skcriteria", file.read_text("utf-8"), re.MULTILINE)
    }
    assert {module.rpartition(".")[0] for module in naming} == {"vendor_eval.analysis.methods"}


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
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["lab"], *extras["dask"]]
    declared = {re.split(r"[^\w.-]", line)[0] for line in wanted}
    providers = packages_distributions()
    undeclared = {
        name
        for name in imported_packages()
        if not {d.lower().replace("_", "-") for d in providers.get(name, [])} & declared
    }
    assert undeclared == set()


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
