"""`vendor-eval list` shows everything that the rules may name, each with its unit and a line."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from make.running import vendor_eval
from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.cli import HELP, main
from vendor_eval.measures.measure import MEASURES
from vendor_eval.outputs.catalogue import catalogue_entries
from vendor_eval.rules.values.function import VALUE_FUNCTIONS


def test_every_registered_name_is_listed_once_with_a_unit_and_a_sentence() -> None:
    names = [(entry.kind, entry.name) for entry in catalogue_entries()]
    assert len(names) == len(set(names))
    registries = {"measure": MEASURES, "value function": VALUE_FUNCTIONS, "method": METHODS}
    for kind, registry in registries.items():
        assert [name for k, name in names if k == kind] == list(registry)
    for entry in catalogue_entries():
        assert entry.unit, entry
        assert re.fullmatch(r"\S.*\.", entry.about), entry


def test_a_fresh_process_lists_every_kind_with_a_line_for_each(tmp_path: Path) -> None:
    done = vendor_eval("list", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    kinds = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert kinds == ["measures", "value functions", "pricing models", "methods", "standard parts"]
    assert any(line.startswith("  total_cost ") for line in lines)
    assert (
        "  linear             (x - worst) / (best - worst). [numbers; takes worst, best]" in lines
    )
    assert len(lines) == len(catalogue_entries()) + 5


TEXTS = """
import json
from vendor_eval import clarifications
from vendor_eval.clarifications.check import CHECKS
from vendor_eval.cli import main
from vendor_eval.outputs.catalogue import catalogue_entries
texts = {
    "command line": main.help,
    "commands": {name: command.help for name, command in main.commands.items()},
    "catalogue": [[entry.kind, entry.name, entry.about] for entry in catalogue_entries()],
    "checks": {name: CHECKS[name].about for name in CHECKS},
}
print(json.dumps(texts))
"""


def _texts(root: Path, *options: str) -> Any:
    command = [sys.executable, *options, "-c", TEXTS]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_readers_see_every_text_where_python_keeps_no_docstring(root: Path) -> None:
    kept, without = _texts(root), _texts(root, "-OO")
    assert without == kept
    assert main.help == without["command line"]
    assert set(without["commands"]) == set(HELP)
    sentences = [
        *(about for _, _, about in without["catalogue"]),
        *without["checks"].values(),
        *without["commands"].values(),
    ]
    assert len(sentences) > 100
    for sentence in sentences:
        assert sentence.endswith("."), sentence
