"""`vendor-eval list` shows everything that the rules may name, each with its unit and a line."""

import re

from click.testing import CliRunner

from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.cli import main
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


def test_list_prints_a_line_for_each_under_the_name_of_its_kind() -> None:
    done = CliRunner().invoke(main, ["list"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    kinds = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert kinds == ["measures", "value functions", "pricing models", "methods", "standard parts"]
    assert "  linear             (x - worst) / (best - worst). [numbers]" in lines
    assert len(lines) == len(catalogue_entries()) + 5
