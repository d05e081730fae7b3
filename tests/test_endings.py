"""How commands end: faults as JSON, settings from the environment, signals, quiet errors."""

import json
import signal
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from make import ROOT, mostly_more
from make.running import furnished, vendor_eval
from vendor_eval.cli import main

ARGUMENTS = {
    "sheets": ("no", "--out", "out"),
    "scores": ("no", "book.xlsx"),
    "moderate": ("no", "--out", "out"),
    "redact": ("no", "1", "--why", "x"),
    "compare": ("no", "nor"),
    "answer": ("no", "--vendor", "x"),
    "award": ("no", "--form", "private", "--out", "out"),
    "batch": ("--out", "out"),
    "receive": ("no", "book.xlsx", "--envelope", "price"),
    "void": ("no", "1", "--why", "x"),
    "open": ("no", "price"),
    "declare": ("no", "sheet.xlsx"),
    "manifest-error": (
        *("no", "--vendor", "x", "--criterion", "x", "--level", "1", "--reason", "x"),
        *("--evidence", "x", "--approved-by", "x", "--read-again", "x"),
    ),
    "new": (str(ROOT / "data" / "customer-support"),),
}
"""What makes a command end with a fault, where `COMMAND no` does not do."""
FAULTLESS = ("list",)


@pytest.mark.parametrize("name", sorted({*main.commands} - {*FAULTLESS, "lab", "next"}))
def test_every_command_prints_its_faults_as_json_where_that_is_asked_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ARGUMENTS.get(name, ("no",))
    done = CliRunner().invoke(main, [name, *arguments, "--format", "json"])
    assert done.exit_code == 2, done.output
    faults = json.loads(done.stdout)
    assert faults
    keys = ["place", "found", "allowed", "vendor", "audience", "severity"]
    assert all(list(fault) == keys for fault in faults)
    assert "vendor-eval: " not in done.stderr
    as_text = CliRunner().invoke(main, [name, *arguments])
    assert as_text.exit_code == 2
    assert faults[0]["found"][:60] in as_text.stderr


def test_every_command_has_the_option() -> None:
    for name, command in main.commands.items():
        [option] = [each for each in command.params if each.name == "form"]
        assert {"text", "json"} <= {*option.type.choices}, name


def test_options_can_be_set_in_the_environment(data: Path) -> None:
    score = ["score", str(data / "time-attendance-software"), "-p", "draws=50"]
    done = CliRunner().invoke(main, score, env={"VENDOR_EVAL_SCORE_SEED": "7"})
    assert json.loads(done.stdout)["robustness"]["seed"] == 7
    stated = CliRunner().invoke(main, [*score, "--seed", "3"], env={"VENDOR_EVAL_SCORE_SEED": "7"})
    assert json.loads(stated.stdout)["robustness"]["seed"] == 3


SIGNALLED = """\
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r} and sys.meta_path[0] is self:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.{sign})
sys.meta_path.insert(0, Finder())
"""


SENTENCES = {"SIGINT": "interrupted", "SIGTERM": "terminated"}
IMPORTED = ("click", "ruamel.yaml", "numpy", "numpy.linalg", "pandas")


@pytest.mark.parametrize(
    ("sign", "module"),
    mostly_more(
        product(SENTENCES, IMPORTED),
        ("SIGINT", "click"),
        ("SIGINT", "numpy"),
        ("SIGTERM", "pandas"),
    ),
)
def test_a_signal_while_something_is_imported_ends_in_a_line_with_its_code(
    sign: str, module: str, tmp_path: Path, data: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SIGNALLED.format(module=module, sign=sign))
    done = subprocess.run(
        [sys.executable, "-m", "vendor_eval", "score", str(data / "time-attendance-software")],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (128 + getattr(signal, sign), "")
    assert done.stderr == f"vendor-eval: {SENTENCES[sign]}\n"


def test_without_a_terminal_nothing_but_messages_is_on_standard_error(tmp_path: Path) -> None:
    desk = furnished(tmp_path)
    done = vendor_eval("run", "helpdesk", "--notebook", "small.ipynb", "--out", "out", cwd=desk)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{Path('out', 'report.html')}\n"
