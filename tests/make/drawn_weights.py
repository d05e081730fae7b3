"""Trees of criteria, and weights drawn on them."""

import numpy as np

from make.builders import rules
from vendor_eval.analysis.weights.information import informed
from vendor_eval.rules.criteria import Tree, tree
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.weight_information import WeightInformation

DRAWS = 40_000


def flat(size: int) -> Tree:
    return tree(rules({f"c{n}": 1.0 for n in range(size)}).criteria)


def two_levels() -> Tree:
    """Cost 60 (fee 75, travel 25) and quality 40 (people 50, process 50)."""

    def leaf(name: str, weight: float) -> dict:
        return {
            "id": name,
            "label": name,
            "weight": weight,
            "answer": name,
            "value": "identity",
        }

    cost = {"id": "cost", "label": "c", "weight": 60.0}
    quality = {"id": "quality", "label": "q", "weight": 40.0}
    top = (
        cost | {"criteria": (leaf("fee", 75.0), leaf("travel", 25.0))},
        quality | {"criteria": (leaf("people", 50.0), leaf("process", 50.0))},
    )
    typed = {"title": "t", "decision": "d", "currency": "EUR", "price": "fee"}
    return tree(Rules.model_validate(typed | {"criteria": top}).criteria)


def drawn(on: Tree, draws: int = DRAWS, **said: object) -> np.ndarray:
    return informed(on, WeightInformation.of(**said)).drawn(draws, seed=1)
