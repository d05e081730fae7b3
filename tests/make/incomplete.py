"""A small evaluation in which one vendor's answer may be faulty."""

from pathlib import Path

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - {id: q, label: Q, weight: 1, answer: q, value: identity}
  - {id: c, label: C, weight: 1, answer: cost, value: {linear: {worst: 100, best: 0}}}
gates:
  - {id: law, label: Law, answer: law, rule: {equals: EU}}
"""
ROWS = {"A": "70,40,EU", "B": "60,40,EU", "C": "50,40,EU"}
"""A has 65 points, B 60 and C 55: the mean of q and of 100 less the cost."""


def folder(at: Path, rows: dict[str, str], ruled: str = RULES) -> Path:
    """A folder with these rows of `q,cost,law` by vendor."""
    at.mkdir(exist_ok=True)
    (at / "evaluation.yaml").write_text(ruled, "utf-8")
    table = "".join(f"{vendor},{row}\n" for vendor, row in rows.items())
    (at / "proposals.csv").write_text(f"vendor,q,cost,law\n{table}", "utf-8")
    return at
