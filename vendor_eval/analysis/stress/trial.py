"""The stress test: every check of the rules, and the warnings, figures and gaps it ends with."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from vendor_eval.analysis.stress.divided_price import half_price
from vendor_eval.analysis.stress.dummies import Dummies
from vendor_eval.analysis.stress.gate_bounds import dead_and_closed_floors, dead_and_closed_gates
from vendor_eval.analysis.stress.leaves import (
    clamped,
    dead_criteria,
    dead_levels,
    double_counts,
    selection_like,
)
from vendor_eval.analysis.stress.price_scale import empty_bid_wins, no_price_cap, point_price
from vendor_eval.analysis.stress.relatives import single_vendor_scales, third_bid_decides
from vendor_eval.analysis.stress.warning import (
    Example,
    Finding,
    NotMade,
    StressFigure,
    StressWarning,
)
from vendor_eval.analysis.stress.weighing import evaluator_hours, no_tie_rule, weights_matter
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.wording.short_repr import ShortRepr

CHECKS: tuple[Callable[[Dummies], Iterator[Finding]], ...] = (
    empty_bid_wins,
    half_price,
    point_price,
    dead_and_closed_gates,
    dead_and_closed_floors,
    dead_criteria,
    clamped,
    dead_levels,
    third_bid_decides,
    double_counts,
    selection_like,
    no_tie_rule,
    no_price_cap,
    single_vendor_scales,
    evaluator_hours,
    weights_matter,
)
"""In the order in which they are reported; a further check is a function entered here."""
SCHEMA = "vendor-eval-stress/1"


@dataclass(frozen=True, eq=False)
class StressTest(ShortRepr):
    """What was found in some rules before any bid was seen."""

    rules: Rules
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> tuple[StressWarning, ...]:
        """The warnings, in the order of the checks."""
        return tuple(each for each in self.findings if isinstance(each, StressWarning))

    @property
    def figures(self) -> tuple[StressFigure, ...]:
        """What was computed, whether or not it warns."""
        return tuple(each for each in self.findings if isinstance(each, StressFigure))

    @property
    def not_made(self) -> tuple[NotMade, ...]:
        """The checks that lack something."""
        return tuple(each for each in self.findings if isinstance(each, NotMade))

    @property
    def pasteable(self) -> bool:
        """Whether a table of bids can hold all that these rules read."""
        return not self.rules.measures and not self.rules.judged_leaves

    @property
    def lines(self) -> tuple[str, ...]:
        """The test as lines of text: each warning with what to change, then figures and gaps."""
        warned = [f"{warning.line}: {warning.remedy}" for warning in self.warnings]
        figures = [f"figure: {figure.says} ({figure.id})" for figure in self.figures]
        lacking = [f"not made: {gap.id} needs {gap.needs} ({gap.place})" for gap in self.not_made]
        return (*(warned or ["no warning"]), *figures, *lacking)

    def table(self, example: Example) -> str:
        """The bids of an example as `proposals.csv` holds them, with its header."""
        rules = self.rules
        columns = [rules.vendor_column, *rules.answers, *(m.column for m in rules.measures)]
        columns += [str(leaf.reads) for leaf in rules.judged_leaves.values()]
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for name, answers in example.rows.items():
            writer.writerow({self.rules.vendor_column: name, **answers})
        return out.getvalue()

    def as_json(self) -> dict[str, Any]:
        """The test as plain data, each example also as the text of a `proposals.csv`.

        That text is None where the rules read measures or a panel, which no table holds.
        """
        warnings = []
        for warning in self.warnings:
            shown = warning.as_json()
            table = self.table(warning.example) if self.pasteable else None
            shown["example"]["proposals_csv"] = table
            warnings.append(shown)
        return {
            "schema": SCHEMA,
            "rules_fingerprint": fingerprint(self.rules),
            "warnings": warnings,
            "figures": [figure.as_json() for figure in self.figures],
            "not_made": [check.as_json() for check in self.not_made],
        }


def stress_test(rules: Rules) -> StressTest:
    """The warnings, figures and gaps of every check; it needs no bid."""
    bids = Dummies(rules)
    return StressTest(rules, tuple(finding for check in CHECKS for finding in check(bids)))
