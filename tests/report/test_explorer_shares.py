"""The explorer in the browser moves shares and words numbers as the package does."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from make.explorer_core import core
from vendor_eval import wording
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.rules.values.relative import LowestOverThis
from vendor_eval.tender.folder import read


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    """A page in which the component's counting can be asked."""
    return core(chromium.new_page())


NODES = [
    {"parent": -1},
    {"parent": -1},
    {"parent": 0},
    {"parent": 0},
    {"parent": 0},
    {"parent": -1},
]
SHARES = [0.5, 0.3, 0.6, 0.4, 0.0, 0.2]


def moved(page: Page, n: int, to: float, locked: list[int], before: list[float]) -> list[float]:
    """Shares once node `n` has the share `to`."""
    call = "([locked, before, ...more]) => counting.shareMoved(...more, new Set(locked), before)"
    return page.evaluate(call, [locked, before, NODES, SHARES, n, to])


@pytest.mark.parametrize(
    ("n", "to", "locked", "wanted"),
    [
        (0, 0.6, [], [0.6, 0.24, 0.6, 0.4, 0.0, 0.16]),
        (0, 1.0, [], [1.0, 0.0, 0.6, 0.4, 0.0, 0.0]),
        (0, 0.6, [1], [0.6, 0.3, 0.6, 0.4, 0.0, 0.1]),
        (0, 0.9, [1], [0.7, 0.3, 0.6, 0.4, 0.0, 0.0]),
        (0, 0.9, [1, 5], SHARES),
        (3, 0.7, [], [0.5, 0.3, 0.3, 0.7, 0.0, 0.2]),
        (4, 0.5, [2], [0.5, 0.3, 0.6, 0.0, 0.4, 0.2]),
    ],
)
def test_siblings_always_make_up_the_whole(
    page: Page, n: int, to: float, locked: list[int], wanted: list[float]
) -> None:
    assert moved(page, n, to, locked, SHARES) == pytest.approx(wanted)


def test_a_function_that_only_python_knows_keeps_its_values_and_its_field(data: Path) -> None:
    class Halved(LowestOverThis):
        """Half of the lowest over this."""

    case = read(data / "california-two-envelope")
    judged = case.evaluate(draws=10)
    tree = judged.evaluation.tree
    at = tree.at(case.rules.price_path)
    odd = tree.criteria[at].model_copy(update={"value": Halved()})
    criteria = (*tree.criteria[:at], odd, *tree.criteria[at + 1 :])
    changed = replace(judged.evaluation, tree=replace(tree, criteria=criteria))
    model = explorer_model(case, replace(judged, evaluation=changed))
    assert model["fixed"] == [tree.criteria[at].label]
    leaf = model["leaves"][tree.leaves.index(case.rules.price_path)]
    assert "function" not in leaf
    assert max(leaf["values"]) == 1.0


SHARES_TOLD = [0, 1, 1 / 3, 2 / 3, 0.347, 0.3470001, 0.29, 0.57, 0.1 + 0.2, 0.99949, 0.9999, 0.005]
SHARES_TOLD += [
    0.7365,
    0.73649999,
    0.5005,
    0.4575,
    0.0005,
    0.1485,
    0.34785,
    0.00004,
    0.6245,
    0.0835,
]
AMOUNTS = [
    0.5,
    1.005,
    999.999,
    1000,
    3600,
    3600.0000000001,
    650736.2,
    17496000,
    12345678.9,
    250000000,
]


def test_numbers_are_worded_as_in_the_report(page: Page) -> None:
    called = "([name, numbers, ...more]) => numbers.map((n) => counting[name](n, ...more))"
    assert page.evaluate(called, ["percent", SHARES_TOLD]) == [
        wording.percent(s) for s in SHARES_TOLD
    ]
    counts = page.evaluate(called, ["of100", SHARES_TOLD])
    assert [str(count) for count in counts] == [wording.of_100(share) for share in SHARES_TOLD]
    assert page.evaluate(called, ["inPoints", SHARES_TOLD]) == [
        wording.points(share) for share in SHARES_TOLD
    ]
    pairs = [(a, b) for a in SHARES_TOLD for b in SHARES_TOLD]
    both = "([name, pairs]) => pairs.map(([a, b]) => counting[name](a, b))"
    spans = [pair for pair in pairs if pair[0] <= pair[1]]
    assert page.evaluate(both, ["percentsWithin", spans]) == [
        wording.percents_within(*pair) for pair in spans
    ]
    led = [pair for pair in pairs if pair[0] >= pair[1]]
    assert page.evaluate(both, ["lead", led]) == [wording.lead(*pair) for pair in led]
    plain = [amount for amount in AMOUNTS if amount != 1.005]  # in cents, as the page shows prices
    assert page.evaluate(called, ["money", plain, "EUR"]) == [
        wording.money_whole(amount, "EUR") for amount in plain
    ]
    assert page.evaluate(called, ["number", AMOUNTS]) == [wording.number(a) for a in AMOUNTS]
    up = "(amounts) => amounts.map((amount) => counting.money(amount, 'EUR', Math.ceil))"
    assert page.evaluate(up, AMOUNTS) == [wording.money_above(amount, "EUR") for amount in AMOUNTS]
