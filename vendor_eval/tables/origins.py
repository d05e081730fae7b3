"""From which cells every number was read, and how."""

import re
from collections.abc import Iterator

from vendor_eval.award import Assessment
from vendor_eval.evaluation import Evaluation
from vendor_eval.performance import NUMBER
from vendor_eval.tables.clarifications import cells
from vendor_eval.tables.html import NONE, Html, table


def origins(assessment: Assessment) -> Html:
    """For every vendor each answer that is weighed or gates: its value, cells and evidence.

    Nothing where the answers came from a table: there each stands in its vendor's row.
    """
    evaluation = assessment.evaluation
    if not evaluation.proposals.origins:
        return Html("")
    head = ["Read for", "Value", "How", "Cells", "Evidence named"]
    pieces = [
        table(f"What each number of {vendor} was read from", head, rows, prose=True).markup
        for vendor in evaluation.vendors
        if (rows := list(_rows(evaluation, vendor)))
    ]
    return Html("\n".join(pieces))


def _rows(evaluation: Evaluation, vendor: str) -> Iterator[list[str]]:
    proposals = evaluation.proposals
    for label, column, unit in _readers(evaluation):
        origin = proposals.origins.get((vendor, column))
        if origin is None:
            continue
        answer = _short(str(proposals.answers.loc[vendor, column]))
        absent = "cannot be read" if (vendor, column) in proposals.spoilt else "blank"
        value = " ".join(filter(None, [answer, unit])) if answer else absent
        where = cells(origin.cells) or f"nothing at {origin.place}"
        yield [label, value, origin.note or NONE, where, cells(origin.evidence) or NONE]


def _readers(evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    """Who reads which column in which unit: criteria first, then gates that read another."""
    read = set()
    for path in evaluation.tree.leaves:
        leaf = evaluation.tree.criterion(path)
        read.add(leaf.reads)
        yield leaf.label, str(leaf.reads), leaf.unit or ""
    for gate in evaluation.rules.gates:
        if gate.reads is not None and gate.reads not in read:
            yield gate.label, gate.reads, ""


def _short(answer: str) -> str:
    """An answer with a number's digits cut to the twelve that `results.json` holds."""
    if not re.fullmatch(NUMBER, answer):
        return answer
    return f"{float(answer):.12g}" if len(answer) > 12 else answer
