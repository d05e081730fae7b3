"""From which cells every number was read, and how."""

import re
from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.clarifications import cells
from vendor_eval.report.html import Cell, Html, Noted, across, folded, say, table
from vendor_eval.report.negotiation import entered_decimals
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.why import node_labels
from vendor_eval.rules.estimates import NUMBER
from vendor_eval.wording import NONE


def origins_table(result: Result) -> Html:
    """For every vendor each answer that is weighed or gates: its value, cells and evidence.

    Nothing where the answers came from a table: there each stands in its vendor's row.
    """
    evaluation = result.evaluation
    if not evaluation.proposals.origins:
        return Html("")
    head = ["Read for", "Value", "How", "Cells", "Evidence named"]
    pieces = [
        (
            f"{vendor}: {wording.counted(len(rows), 'number')}",
            table(caption, head, rows, prose=True),
        )
        for vendor in evaluation.vendors
        if (rows := list(_rows(evaluation, vendor)))
        for caption in (f"What each number of {vendor} was read from",)
    ]
    return folded(pieces)


def traces_sentence(result: Result) -> str:
    """Where each number's cells are listed; "" where answers came from a table."""
    if not result.evaluation.proposals.origins:
        return ""
    return (
        "The cells that each number was read from are listed here by vendor, on screen only. They "
        "are also in scorecard.xlsx, as notes on the sheet Performance, and in results.json, under "
        "\u201cfrom\u201d."
    )


def _rows(evaluation: Evaluation, vendor: str) -> Iterator[list[str]]:
    proposals = evaluation.proposals
    measured = {each.column for each in evaluation.rules.measures}
    for label, column, unit in _readers(evaluation):
        origin = proposals.origins.get((vendor, column))
        if origin is None:
            continue
        answer = str(proposals.answers.loc[vendor, column])
        is_computed = column in measured and re.fullmatch(NUMBER, answer) is not None
        absent = "cannot be read" if (vendor, column) in proposals.spoilt else "blank"
        absent = "not read" if origin.unread else absent
        value = " ".join(filter(None, [_short(answer), unit])) if answer else absent
        if is_computed and unit == evaluation.rules.currency:
            value = wording.money_whole(float(answer), unit)
        elif is_computed:
            value = f"{_two_decimals(float(answer))} {unit}".strip()
        where = cells(origin.cells) or f"nothing at {origin.place}"
        comments = f"Comments: {cells(origin.comments)}" if origin.comments else ""
        how = "; ".join(filter(None, [origin.note, comments]))
        yield [label, value, how or NONE, where, cells(origin.evidence) or NONE]


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


def _two_decimals(number: float) -> str:
    """A number that was computed; one that two decimals would show as 0 has six digits."""
    return wording.number(float(wording.rounded(number, 2)) or number)


def _short(answer: str) -> str:
    """An answer with a number's digits cut to the twelve that `results.json` holds."""
    if not re.fullmatch(NUMBER, answer):
        return answer
    return wording.digits(float(answer)) if len(answer) > 12 else answer


def answers_table(result: Result) -> Html:
    """What every vendor answered on every criterion, as read."""
    evaluation = result.evaluation
    leaves, tree = evaluation.tree.leaves, evaluation.tree
    labels = [
        f"{tree.criterion(p).label} ({u})"
        if (u := tree.criterion(p).unit)
        else tree.criterion(p).label
        for p in leaves
    ]
    rows = {vendor: n for n, vendor in enumerate(evaluation.vendors)}

    def spoilt(row: int, vendor: str) -> bool:
        return (vendor, str(tree.criterion(leaves[row]).reads)) in evaluation.proposals.spoilt

    def shown(row: int, vendor: str) -> str:
        read, at = evaluation.performance[leaves[row]], rows[vendor]
        if tree.criterion(leaves[row]).measure is None or not read.numeric or not read.given[at]:
            column = str(tree.criterion(leaves[row]).reads)
            absent = evaluation.proposals.absence(vendor, column)
            return read.answers[at] or ("cannot be read" if spoilt(row, vendor) else absent)
        decimals = entered_decimals(evaluation, leaves[row]) + 1
        return wording.number(float(wording.rounded(float(read.likely[at]), decimals)))

    def cell(row: int, vendor: str) -> Cell:
        proof = _evidence(evaluation, vendor, str(tree.criterion(leaves[row]).reads))
        return Noted(shown(row, vendor), proof) if proof else shown(row, vendor)

    return across("Answers as read", "Criterion", labels, evaluation.vendors, cell)


def gate_answers_table(result: Result) -> Html:
    """What every vendor answered that gates or the price alone read, with the evidence it names."""
    evaluation = result.evaluation
    rules, divided = evaluation.rules, evaluation.divisor
    weighed = {evaluation.tree.criterion(path).reads for path in evaluation.tree.leaves}
    priced = {} if divided is None else {str(divided.leaf.reads): divided.leaf.label}
    read = {part.answer: part.question for part in rules.price_parts} | priced
    read |= {g.reads: g.label for g in rules.gates if g.reads is not None}
    read = {column: label for column, label in read.items() if column not in weighed}
    if not read:
        return Html("")
    columns = list(read)

    def cell(row: int, vendor: str) -> Cell:
        column = columns[row]
        typed = str(evaluation.proposals.answers.loc[vendor, column])
        shown = (
            wording.decimal(float(wording.rounded(float(typed), 1)))
            if re.fullmatch(NUMBER, typed)
            else typed
        )
        shown = shown or evaluation.proposals.absence(vendor, column)
        if (vendor, column) in evaluation.proposals.spoilt:
            shown = "cannot be read"
        proof = _evidence(evaluation, vendor, column)
        return Noted(shown, proof) if proof else shown

    priced_too = bool(rules.price_parts or priced)
    caption = f"Answers that only gates{' or the price' if priced_too else ''} read"
    head = "Read for" if priced_too else "Gate"
    return across(caption, head, list(read.values()), evaluation.vendors, cell)


NAMED = 2
"""Pieces of evidence that are shown at an answer before the rest is counted."""


def _evidence(evaluation: Evaluation, vendor: str, column: str) -> str:
    """What a vendor names as evidence for an answer; "" for nothing."""
    origin = evaluation.proposals.origins.get((vendor, column))
    texts = list(dict.fromkeys(text for _, text in origin.evidence)) if origin else []
    return f"Evidence: {wording.listed(texts, at_most=NAMED)}" if texts else ""


def values_table(result: Result) -> Html:
    """Share, weight, and every scored vendor's value of every node, in points."""
    evaluation = result.evaluation
    tree = evaluation.tree
    labels = [
        f"{label} ({wording.percent(share)}; {wording.percent(weight)})"
        for label, share, weight in zip(
            node_labels(evaluation), tree.shares, tree.weights, strict=True
        )
    ]

    def cell(row: int, vendor: str) -> str:
        return wording.points(evaluation.values.loc[vendor, tree.paths[row]])

    scored = [v for v in (*evaluation.ranking, *evaluation.vendors) if v in evaluation.scores.index]
    caption = (
        "Values in points; with each criterion its share within its group and its weight in all"
    )
    return across(caption, "Criterion (share; weight)", labels, list(dict.fromkeys(scored)), cell)


def section(result: Result) -> Section:
    """Every number: values, answers, and the cells they come from."""
    if result.evaluation.rules.lowest_price:
        return shown(*_read(result))
    return shown(values_table(result), *_read(result))


def answers_section(result: Result) -> Section:
    """Every answer, and the cells it comes from."""
    return shown(*_read(result))


def _read(result: Result) -> tuple[Html, ...]:
    sentence, origins = say(traces_sentence(result)), origins_table(result)
    return answers_table(result), gate_answers_table(result), sentence, origins
