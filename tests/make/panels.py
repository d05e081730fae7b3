"""A small evaluation that four people judge: rules, bids, and marks."""

import copy
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

LEVELS = [
    {"level": 0, "points": 0, "label": "No answer", "means": "Nothing answers the requirement."},
    {"level": 1, "points": 10, "label": "Poor", "means": "Most of the requirement is not met."},
    {"level": 3, "points": 60, "label": "Meets it", "means": "The requirement is met."},
    {"level": 4, "points": 85, "label": "Good", "means": "Met, with evidence."},
    {"level": 5, "points": 100, "label": "Outstanding", "means": "Exceeded, with evidence."},
]
COST = {"linear": {"worst": 200, "best": 100}}
COMMENT = "The plan names people, dates and a way back; page 12 of the proposal."
REASON = "The tender asks for a dated plan; page 12 has it, without the test of level 5."


def panel_rules() -> dict[str, Any]:
    """Rules with two judged leaves and a price, as they are entered; free to be changed."""
    typed = {
        "title": "Help desk (constructed)",
        "decision": "Who runs the help desk?",
        "currency": "EUR",
        "price": "cost",
        "scales": {"quality": {"levels": LEVELS}},
        "criteria": [
            {"id": "approach", "label": "Approach", "weight": 40, "panel": _asks("take over?")},
            {"id": "security", "label": "Security", "weight": 20, "panel": _asks("keep data?")},
            {"id": "cost", "label": "Cost", "weight": 40, "answer": "cost", "value": COST},
        ],
        "panel": {
            "evaluators": [
                {"id": "e1", "role": "Operations", "criteria": ["approach", "security"]},
                {"id": "e2", "role": "Security", "criteria": ["approach", "security"]},
                {"id": "e3", "role": "Finance", "criteria": ["approach", "security"]},
            ],
        },
    }
    return copy.deepcopy(typed)


def _asks(end: str) -> dict[str, str]:
    return {"scale": "quality", "question": f"How will you {end}"}


TABLE = (
    "vendor,approach,security,cost\n"
    "Alder,We send ten people.,We hold a certificate.,150\n"
    "Birch,We begin in May.,Data stay here.,130\n"
    "Cedar,We have done it twice.,Two keys for all.,120\n"
)


def panel_folder(place: Path, typed: dict[str, Any] | None = None, table: str = TABLE) -> Path:
    """The folder of this evaluation, once it is written."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "evaluation.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(typed or panel_rules(), file)
    (place / "proposals.csv").write_text(table, encoding="utf-8")
    return place
