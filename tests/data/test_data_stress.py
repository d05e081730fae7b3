"""What the stress test finds in the rules of each evaluation that comes with the suite."""

from collections import Counter

import pytest

from make import ROOT
from vendor_eval.analysis.stress.trial import stress_test
from vendor_eval.tender.folder import read_rules

EXPECTED = {
    "california-two-envelope": {
        **{"third-bid-decides": 2, "single-vendor-scale": 2},
        **{"no-tie-rule": 1, "no-price-cap": 1},
    },
    "customer-support": {
        **{"dead-level": 4, "selection-like": 6, "no-price-cap": 1, "weights-matter": 1}
    },
    "customer-support-panel": {"empty-bid-wins": 1, "no-price-cap": 1},
    "gsa-help-desk": {"dead-level": 1, "selection-like": 1, "no-price-cap": 1},
    "i35w-bridge": {"empty-bid-wins": 1, "no-tie-rule": 1, "no-price-cap": 1},
    "time-attendance-software": {"no-tie-rule": 1, "no-price-cap": 1, "weights-matter": 1},
}


def test_every_evaluation_that_comes_with_the_suite_is_stressed() -> None:
    assert {path.parent.name for path in (ROOT / "data").glob("*/evaluation.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_its_warnings_are_the_expected_ones(name: str) -> None:
    tested = stress_test(read_rules(ROOT / "data" / name))
    assert dict(Counter(warning.id for warning in tested.warnings)) == EXPECTED[name]
