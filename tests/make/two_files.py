"""A folder of two files, evaluation.yaml and proposals.csv, with one thing changed."""

from collections.abc import Callable
from pathlib import Path

from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - {id: q, label: Q, weight: 1, answer: q, value: {levels: {lo: 0, hi: 100}}}
  - {id: c, label: C, weight: 1, answer: cost, value: {linear: {worst: 10, best: 0}}}
"""
TABLE = "vendor,q,cost\nA,hi,3\nB,lo,4\n"

Messages = Callable[..., list[str]]


def opened(folder: Path, rules: str | bytes = RULES, table: str | bytes = TABLE) -> Tender:
    """The folder with these two files, read, and evaluated to see that it can be."""
    for name, content in (("evaluation.yaml", rules), ("proposals.csv", table)):
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)
    case = read(folder)
    evaluate(case.rules, case.proposals)
    return case


def changed(old: str, new: str) -> str:
    """The rules with one thing typed otherwise."""
    assert old in RULES
    return RULES.replace(old, new)


def scaled(function: str) -> str:
    """The rules with another value function for the cost."""
    return changed("{linear: {worst: 10, best: 0}}", function)


def gated(rule: str, reads: str = "answer: q") -> str:
    """The rules with one gate, on line 9."""
    return RULES + f"gates:\n  - {{id: g, label: G, {reads}, rule: {rule}}}\n"
