"""The explorer's counting, asked in a real browser, and the same asked of the package."""

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from playwright.sync_api import Page

from vendor_eval.analysis.what_if import WhatIf, price_formula_names, what_if_result
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.explorer.code import counting
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.rules.criteria import shares
from vendor_eval.tender.tender import Tender

COUNT = """([model, moves]) => moves.map((typed) => {
  const at = (names, list, key) =>
    new Set(names.map((name) => list.findIndex((x) => x[key] === name)));
  const move = {
    shares: typed.shares,
    without: at(typed.without, model.vendors, "name"),
    ungated: at(typed.ungated, model.gates, "id"),
    formula: typed.formula,
  };
  const found = counting.evaluation(model, move);
  const named = (v) => model.vendors[found.vendors[v]].name;
  const by = (list) => Object.fromEntries(found.vendors.map((_, v) => [named(v), list(v)]));
  const name = (v) => (v === null ? null : model.vendors[v].name);
  const intervals = counting.weightIntervals(found);
  return {
    ranking: found.order.map(named),
    ranks: by((v) => found.ranks[v]),
    scores: by((v) => found.scores[v]),
    standings: by((v) => found.standings[v]),
    values: by((v) => found.values.map((row) => row[v])),
    weights: found.weights,
    unscored: [...found.out].filter(([, { why }]) => why).map(([v]) => name(v)).sort(),
    intervals: intervals.map((i) => ({ ...i, below: name(i.below), above: name(i.above) })),
    to_win: by((v) => (found.ranks[v] > 1 ? counting.toWin(found, v) : null)),
  };
})"""


def core(page: Page) -> Page:
    """A blank page in which `counting` holds what the component exports."""
    names = "evaluation, weightIntervals, toWin, stability, leafWeights, shareMoved, "
    names += "percent, percentsWithin, inPoints, lead, of100, money, number"
    page.goto("about:blank")
    page.add_script_tag(content=f"{counting()}\nwindow.counting = {{{names}}};", type="module")
    page.wait_for_function("window.counting")
    return page


def counted(page: Page, told: dict[str, Any], moves: Sequence[dict[str, Any]]) -> list[Any]:
    """What the browser counts for each move."""
    return page.evaluate(COUNT, [json.loads(json.dumps(told)), list(moves)])


def moves(judged: Result, number: int, seed: int) -> Iterator[WhatIf]:
    """Random explorations: weights with zeros and ones, some vendors out, some gates off."""
    evaluation, drawn = judged.evaluation, random.Random(seed)
    tree, gates = evaluation.tree, [gate.id for gate in evaluation.rules.gates]
    for n in range(number):
        weights = {}
        for family in tree.families:
            sort = drawn.choice(["as ruled", "any", "any", "round", "one"])
            raw = {
                "as ruled": lambda p: float(tree.shares[tree.at(p)]),
                "any": lambda _: drawn.expovariate(1),
                "round": lambda _: drawn.randint(0, 4),
                "one": lambda _: 0,
            }[sort]
            found = {tree.paths[i]: raw(tree.paths[i]) for i in family}
            if not sum(found.values()):
                found[drawn.choice(list(found))] = 1
            weights |= shares(found)
        yield WhatIf(
            weights=weights,
            without=tuple(v for v in evaluation.vendors[1:] if drawn.random() < 0.15 * (n % 3)),
            ungated=tuple(g for g in gates if drawn.random() < 0.5 * (n % 2)),
            price_formula=drawn.choice(price_formula_names(evaluation)),
        )


def typed(evaluation: Evaluation, move: WhatIf) -> dict[str, Any]:
    """A move as the component holds it: shares of all nodes, the rest by name."""
    tree = evaluation.tree.reweighted(move.weights)
    return {
        "shares": tree.shares.tolist(),
        "without": list(move.without),
        "ungated": list(move.ungated),
        "formula": move.price_formula,
    }


def expected(evaluation: Evaluation, move: WhatIf) -> tuple[Evaluation, list[str]]:
    """The package's own evaluation, and who is left out because it cannot be scored."""
    found = what_if_result(evaluation, move)
    return found, sorted(found.having("incomplete"))


def told(case: Tender, judged: Result) -> dict[str, Any]:
    """The component's model."""
    return explorer_model(case, judged)
