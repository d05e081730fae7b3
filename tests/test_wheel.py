"""What is in the wheel is enough: installed alone, it reads a folder and writes a report."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.more


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A finished process that knew nothing of this checkout; its output when it fails."""
    hidden = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "JUPYTER_PATH"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def environment(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment into which the wheel alone was installed."""
    made = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", made, root, cwd=made
    )
    [wheel] = made.glob("*.whl")
    venv.create(made / "venv", with_pip=True, symlinks=os.name != "nt")
    programs = made / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pins = root / "constraints.txt"
    run(
        programs / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--no-compile",
        "-c",
        pins,
        wheel,
        cwd=made,
    )
    return programs


def test_the_package_comes_from_the_wheel_and_not_from_the_checkout(
    environment: Path, root: Path, tmp_path: Path
) -> None:
    where = run(
        environment / "python",
        "-c",
        "import vendor_eval; print(vendor_eval.__file__)",
        cwd=tmp_path,
    )
    assert root not in Path(where.stdout.strip()).parents


def test_the_wheel_alone_makes_a_report_in_an_empty_folder(
    environment: Path, data: Path, tmp_path: Path
) -> None:
    evaluation = tmp_path / "elsewhere" / "customer-support"
    shutil.copytree(data / "customer-support", evaluation)
    empty = tmp_path / "empty"
    empty.mkdir()

    done = run(environment / "vendor-eval", "run", evaluation, cwd=empty)

    report = empty / done.stdout.splitlines()[-1]
    assert report.name == "report.html"
    assert report.read_text("utf-8").lower().startswith("<!doctype html>")
    assert {file.name for file in report.parent.iterdir()} == {
        "clarifications",
        "manifest.json",
        "notebook.ipynb",
        "report.html",
        "results.json",
        "scorecard.xlsx",
    }


def test_a_new_folder_is_free_of_faults(environment: Path, tmp_path: Path) -> None:
    run(environment / "vendor-eval", "new", "mine", cwd=tmp_path)
    run(environment / "vendor-eval", "check", "mine", cwd=tmp_path)
    run(environment / "vendor-eval", "score", "mine", cwd=tmp_path)
