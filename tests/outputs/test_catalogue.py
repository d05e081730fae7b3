"""`vendor-eval list` shows everything that the rules may name, each with its unit and a line."""

import re
from pathlib import Path

from make.running import vendor_eval
from vendor_eval.analysis.methods.panel import METHODS
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
    assert "  linear             (x - worst) / (best - worst). [numbers]" in lines
    assert len(lines) == len(catalogue_entries()) + 5
