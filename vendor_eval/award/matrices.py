"""Results from decision matrices that were made elsewhere."""

import re
from typing import Any

from vendor_eval.award.result import Result, evaluate
from vendor_eval.errors import VendorEvalError, nearest, quoted
from vendor_eval.rules.robustness import DRAWS

NO_CURRENCY = "XXX"
"""What ISO 4217 has for amounts that are in none."""


def from_skcriteria(
    matrix: Any, *, price: str | None = None, seed: int = 0, draws: int = DRAWS
) -> Result:
    """The additive model's result of a decision matrix of scikit-criteria.

    Each criterion counts from 0 points at its worst alternative to 100 at its best; one on which
    all are equal gives 100 to all. That scale depends on who is in the matrix: for a tender, state
    it in rules and use `evaluate`. `price` names the criterion that holds the price; it may be left
    out where exactly one is to be minimised. Raises VendorEvalError where it cannot be known and
    for what is no decision matrix, and InputFaults for names and numbers that no evaluation takes.

    Example:
        >>> import vendor_eval as ve
        >>> from skcriteria import mkdm
        >>> matrix = mkdm([[7, 90], [5, 60]], ["min", "max"], weights=[1, 3],
        ...               alternatives=["Alder", "Birch"], criteria=["cost", "quality"])
        >>> ve.from_skcriteria(matrix).scores.to_dict()
        {'Alder': 75.0, 'Birch': 25.0}
    """
    if not hasattr(matrix, "minwhere"):
        allowed = "a DecisionMatrix of scikit-criteria, as 'mkdm' makes it"
        raise VendorEvalError(f"matrix: found a {type(matrix).__name__}; allowed: {allowed}")
    table = matrix.matrix.astype(float)
    less = {str(name) for name, lower in zip(table.columns, matrix.minwhere, strict=True) if lower}
    names = [str(name) for name in table.columns]
    read = _price(price, names, less)
    table = table.set_axis(names, axis=1).set_axis(map(str, table.index), axis=0)
    weights = dict(zip(names, matrix.weights.to_numpy(dtype=float).tolist(), strict=True))
    criteria = [
        {
            "id": f"c{n}_{re.sub('[^a-z0-9]+', '_', name.lower()).strip('_')}".rstrip("_"),
            "label": name,
            "weight": weights[name],
            "answer": name,
            "judged": False,
            "value": {"linear": _ends(table[name].tolist(), less=name in less)},
        }
        for n, name in enumerate(names, start=1)
    ]
    rules = {
        "title": "Decision matrix",
        "decision": "Which alternative is chosen?",
        "currency": NO_CURRENCY,
        "price": read,
        "criteria": [{**c, "judged": None} if c["answer"] == read else c for c in criteria],
    }
    return evaluate(rules, table, seed=seed, draws=draws)


def _price(named: str | None, names: list[str], less: set[str]) -> str:
    """The criterion that holds the price."""
    if named is not None:
        if named not in names:
            hint = nearest(named, names) or f"; allowed: {quoted(names)}"
            raise VendorEvalError(f"price: unknown criterion {named!r}{hint}")
        return named
    if len(less) != 1:
        candidates = [name for name in names if name in less] or names
        raise VendorEvalError(
            f"price: found {len(less)} criteria to be minimised; allowed: price=NAME, one of "
            f"{quoted(candidates)}"
        )
    return next(iter(less))


def _ends(answers: list[float], *, less: bool) -> dict[str, float]:
    """The worst and the best answer; where all are equal, a scale on which all are at its best."""
    low, high = min(answers), max(answers)
    worst, best = (high, low) if less else (low, high)
    return {"worst": worst if low < high else best + (1.0 if less else -1.0), "best": best}
