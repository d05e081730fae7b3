"""A finished run is a whole folder: five files that say the same each time, and nothing else."""

import base64
import getpass
import gzip
import hashlib
import json
import re
import socket
from importlib.util import find_spec
from pathlib import Path

import pytest

from make import ROOT, mostly_more
from make.running import (
    FILES,
    cell,
    furnished,
    invoked,
    vendor_eval,
    written_folder,
    written_notebook,
)
from vendor_eval.runs.kernel import _PRELOADED


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A directory to work in, with a folder `helpdesk` and a notebook `small.ipynb`."""
    return furnished(tmp_path)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished report folder of the small notebook."""
    home = tmp_path_factory.mktemp("finished")
    written_folder(home / "helpdesk")
    notebook = written_notebook(home / "small.ipynb")
    done = invoked("run", "helpdesk", "--notebook", notebook, "--seed", 7, cwd=home)
    assert done.exit_code == 0, done.stderr
    return home / Path(done.stdout.splitlines()[-1]).parent


# what a finished run is


def test_a_run_writes_five_files_and_ends_with_the_path_of_the_report(finished: Path) -> None:
    assert sorted(path.name for path in finished.iterdir()) == FILES
    assert finished.parent.parts[-2:] == ("reports", "helpdesk")
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", finished.name)


def test_the_manifest_tells_the_truth_about_every_file(finished: Path) -> None:
    manifest = json.loads((finished / "manifest.json").read_bytes())
    home = finished.parents[2]
    for files, place in ((manifest["inputs"], home / "helpdesk"), (manifest["outputs"], finished)):
        for name, digest in files.items():
            assert digest == f"sha256:{hashlib.sha256((place / name).read_bytes()).hexdigest()}"
    assert sorted(manifest["inputs"]) == ["evaluation.yaml", "proposals.csv"]
    assert sorted(manifest["outputs"]) == [name for name in FILES if name != "manifest.json"]
    assert finished.name.endswith(manifest["inputs_hash"].removeprefix("sha256:")[:8])
    assert manifest["seed"] == manifest["parameters"]["seed"] == 7
    assert manifest["parameters"]["folder"] == "helpdesk"
    assert manifest["parameters"]["spread"] == 0.25
    assert {"python", "vendor_eval", "pandas", "plotly"} <= set(manifest["versions"])
    assert manifest["duration_seconds"] > 0


def test_no_file_tells_a_path_a_user_or_a_host(finished: Path) -> None:
    secrets = {str(finished.parents[2]), str(ROOT), str(Path.home()), socket.gethostname()}
    secrets |= {"/tmp", getpass.getuser() + "@", ".vendor-eval-"}
    for path in finished.iterdir():
        content = path.read_bytes().decode("utf-8", errors="replace")
        words = set(re.findall(r"[\w.-]+", content)) if path.suffix == ".html" else set()
        for secret in secrets:
            if secret == socket.gethostname() and secret.isalpha():
                assert secret not in words, path.name
            else:
                assert secret not in content, f"{path.name}: {secret}"


def test_the_stored_notebook_keeps_no_times_warnings_or_live_cells(finished: Path) -> None:
    notebook = json.loads((finished / "notebook.ipynb").read_bytes())
    assert "papermill" not in json.dumps(notebook)
    assert "a widget" not in json.dumps(notebook)
    assert not any("name" in output for c in notebook["cells"] for output in c.get("outputs", ()))
    assert not any("execution" in cell["metadata"] for cell in notebook["cells"])
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert any("seed = 7" in "".join(cell["source"]) for cell in notebook["cells"])


# the page


@pytest.fixture(scope="module")
def page(finished: Path) -> str:
    """The report's HTML."""
    return (finished / "report.html").read_text("utf-8")


def test_the_page_shows_sections_figures_and_no_code(page: str) -> None:
    shown = page.partition('<script type="text/plain"')[0]
    assert '<section aria-labelledby="how-it-why-heading">' in shown
    assert "How it &amp; &lt;why&gt;" in shown
    assert "Nothing to show here" not in shown
    assert "Who answers the phone" not in shown
    assert shown.count('<figure class="chart" ') == 1
    assert 'aria-label="Aurora &lt;1&gt;"' in shown
    [caption] = re.findall(r'<figcaption id="caption-1">(.*?)</figcaption>', shown, re.DOTALL)
    assert caption.strip() == "Points &amp; more"
    assert "import" not in shown.partition("<body>")[2]
    assert shown.count("<h1>") == 1
    assert "<title>Helpdesk &lt;2027&gt;</title>" in shown


def test_a_figures_data_cannot_leave_its_script(page: str) -> None:
    (data,) = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page)
    assert not set("<>&") & set(data)
    assert json.loads(data)["data"][0]["y"] == ["</script><b>A"]


def test_the_policy_names_the_hash_of_every_script_and_lets_nothing_else_run(page: str) -> None:
    def source(script: str) -> str:
        digest = hashlib.sha256(script.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (packed,) = re.findall(r'id="plotly">(.*?)</script>', page)
    library = gzip.decompress(base64.b64decode(packed)).decode()
    directives = dict(part.split(" ", 1) for part in policy.replace("&#39;", "'").split("; "))
    assert directives["script-src"].split() == [source(script), source(library)]
    assert directives["default-src"] == "'none'"
    assert directives["form-action"] == directives["base-uri"] == "'none'"


def test_the_same_input_gives_the_same_page_notebook_and_results(
    finished: Path, tmp_path: Path
) -> None:
    written_folder(tmp_path / "elsewhere" / "helpdesk")
    notebook = written_notebook(tmp_path / "small.ipynb")
    folder = tmp_path / "elsewhere" / "helpdesk"
    again = tmp_path / "a b" / "c"
    options = ("--notebook", notebook, "--seed", 7, "--out", again)
    # in a process of its own, unlike the other
    assert vendor_eval("run", folder, *options, cwd=tmp_path).returncode == 0
    for name in ("report.html", "notebook.ipynb", "results.json"):
        assert (again / name).read_bytes() == (finished / name).read_bytes(), name


def test_whatever_a_notebook_writes_to_the_record_stays_as_scored(
    finished: Path, desk: Path
) -> None:
    reading = """\
from pathlib import Path
from vendor_eval.tender.folder import read
tender = read(folder)
result = tender.evaluate()
"""
    writing = """\
tender.proposals.answers.loc[:, "cost"] = "5"
result.evaluation.values.loc[:, "cost"] = 0.0
result.evaluation.ranks.clear()
Path(folder, "proposals.csv").write_text("vendor,cost\\nAurora,9\\n")
"""
    written_notebook(desk / "small.ipynb", cell(reading), cell(writing))
    options = ("--notebook", "small.ipynb", "--seed", 7, "--out", "out")
    done = invoked("run", "helpdesk", *options, cwd=desk)
    assert done.exit_code == 0, done.stderr
    recorded = (desk / "out" / "results.json").read_bytes()
    assert recorded == (finished / "results.json").read_bytes()


def test_what_a_kernel_loads_first_is_there() -> None:
    for name in _PRELOADED:
        assert find_spec(name) is not None, name


def test_a_declared_parameter_is_not_said_to_be_unknown(desk: Path) -> None:
    options = ("--notebook", "small.ipynb", "-p", "scenario=None", "-p", "shares={}")
    done = invoked("run", "helpdesk", *options, cwd=desk)
    assert done.exit_code == 0, done.stderr
    lines = done.stderr.replace("\r", "\n").splitlines()
    assert [line for line in lines if line and not line.startswith("small: ")] == []


# what an evaluation folder may be


def test_a_folder_may_be_read_only(desk: Path) -> None:
    folder = desk / "helpdesk"
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = invoked("run", "helpdesk", "--notebook", "small.ipynb", cwd=desk)
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["evaluation.yaml", "proposals.csv"]


NAMES = ("a {b} 'c' \"d\" $e %f", "Ünïcode 服务", "-rf", "back\\slash{0}{{x}}", "numpy")


@pytest.mark.parametrize("name", mostly_more(NAMES, NAMES[0]))
def test_a_folder_may_have_any_printable_name(desk: Path, name: str) -> None:
    written_folder(desk / "in" / name)
    done = invoked("run", "--notebook", "small.ipynb", "--", f"in/{name}", cwd=desk)
    assert done.exit_code == 0, done.stderr
    report = Path(done.stdout.splitlines()[-1])
    assert report.parts[:2] == ("reports", name)
    assert sorted(path.name for path in (desk / report).parent.iterdir()) == FILES


@pytest.mark.more
def test_a_run_does_without_the_grammar_that_jupyterlab_brings(desk: Path) -> None:
    (desk / "lab").mkdir()
    (desk / "lab" / "rfc3987_syntax.py").write_text("open('loaded', 'w').close()")
    arguments = ("run", "helpdesk", "--notebook", "small.ipynb")
    done = vendor_eval(*arguments, cwd=desk, setup="import sys; sys.path.insert(0, 'lab')")
    assert done.returncode == 0, done.stderr
    assert not (desk / "loaded").exists()
