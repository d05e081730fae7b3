"""Everything that was found of one vendor: each leaf's answer, points, cells and reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vendor_eval import wording
from vendor_eval.award.amounts import priced
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.items import Item
from vendor_eval.tender.tender import Tender

CELLS = 6
"""Cells that a sentence names; the rest is counted."""


@dataclass(frozen=True)
class Assessed:
    """One criterion of one vendor; points are out of 100, None where there are none."""

    path: str
    label: str
    depth: int
    weight: float
    """In the whole, in [0, 1]."""
    points: float | None
    weighted: float | None
    """Points times weight."""
    leaf: bool
    judged: bool
    found: str
    """The answer with its unit, or the agreed level with its label; "" of a branch."""
    cells: tuple[str, ...]
    """Where the answer stands, as FILE!SHEET!CELL."""
    worth: str
    """What the answer is worth, as "is worth 53.3 of 100 points on the published scale"."""
    explanation: str
    """Why it has these points: by its rule and cell, or by the agreed level."""
    reason: str
    """The panel's agreed reason, word for word; "" where nobody judged."""


def assessed(
    tender: Tender, evaluation: Evaluation, vendor: str, *, whose: Literal["your", "its"]
) -> tuple[Assessed, ...]:
    """Every criterion of one vendor, parents first; `whose` workbook it is to the reader."""
    return tuple(_assessed(tender, evaluation, vendor, whose))


def _assessed(
    tender: Tender, evaluation: Evaluation, vendor: str, whose: str
) -> Iterator[Assessed]:
    tree = evaluation.tree
    scored = vendor in evaluation.scores.index
    for path, criterion in zip(tree.paths, tree.criteria, strict=True):
        weight = float(tree.weights[tree.at(path)])
        points = 100 * float(evaluation.values.at[vendor, path]) if scored else None
        if not scored and criterion.is_leaf:
            points = _points_alone(evaluation, vendor, path)
        item = tender.panel.items.get((vendor, path)) if tender.panel else None
        yield Assessed(
            path=path,
            label=criterion.label,
            depth=path.count("."),
            weight=weight,
            points=points,
            weighted=None if points is None else weight * points,
            leaf=criterion.is_leaf,
            judged=item is not None,
            found=found_words(evaluation, vendor, path, item) if criterion.is_leaf else "",
            cells=_cells(evaluation, vendor, path) if criterion.is_leaf else (),
            worth=_worth(evaluation, vendor, path, points),
            explanation=_explanation(evaluation, vendor, path, item, whose, points)
            if criterion.is_leaf
            else "",
            reason=item.reason if item else "",
        )


def _points_alone(evaluation: Evaluation, vendor: str, path: str) -> float | None:
    """What one answer of a vendor without a score is worth, out of 100; None where it has none."""
    row, m = evaluation.proposals.rows[vendor], evaluation.tree.leaves.index(path)
    value = evaluation.tree.criterion(path).value
    if evaluation.faulty[row, m] or (value is not None and value.relative):
        return None
    return 0.0 if evaluation.knocked_out[row, m] else 100 * float(evaluation.given_values[row, m])


def found_words(evaluation: Evaluation, vendor: str, path: str, item: Item | None) -> str:
    """An answer with its unit, or an agreed level with its label."""
    leaf = evaluation.tree.criterion(path)
    shown = evaluation.performance[path].shown(evaluation.proposals.rows[vendor])
    if shown is None:
        return evaluation.proposals.absence(vendor, str(leaf.reads))
    if item is not None:
        return _level(item, str(shown))
    unit = leaf.unit or ""
    if isinstance(shown, str):
        return shown
    if path == evaluation.price_path or unit == evaluation.rules.currency:
        return priced(evaluation, shown)
    return f"{wording.number(shown)} {unit}".strip()


def _level(item: Item, code: str) -> str:
    """A level by its code and label; points where marks are averaged."""
    for level in item.scale.levels:
        if level.level == code:
            return f"level {code} ({level.label})"
    return f"{wording.number(float(code))} points, from the evaluators\u2019 marks"


def _worth(evaluation: Evaluation, vendor: str, path: str, points: float | None) -> str:
    if points is None:
        return "has no points"
    row = evaluation.proposals.rows[vendor]
    if (
        path in evaluation.tree.leaves
        and (evaluation.knocked_out[row, m := evaluation.tree.leaves.index(path)])
    ):
        given = shown_points(100 * float(evaluation.given_values[row, m]))
        return f"is worth {given} of 100 points on the published scale, and counts 0"
    value = evaluation.tree.criterion(path).value
    compares = ", which compares bids" if value is not None and value.relative else ""
    return f"is worth {shown_points(points)} of 100 points on the published scale{compares}"


def _explanation(
    evaluation: Evaluation,
    vendor: str,
    path: str,
    item: Item | None,
    whose: str,
    points: float | None,
) -> str:
    """By which rule an answer has its points: its words, where it stands, what it is worth."""
    label = evaluation.tree.criterion(path).label
    answer = found_words(evaluation, vendor, path, item)
    worth = _worth(evaluation, vendor, path, points)
    if item is not None:
        return f"{label}: {answer}; it {worth}."
    origin = evaluation.proposals.origins.get((vendor, str(evaluation.tree.criterion(path).reads)))
    if origin and origin.unread:
        return f"{label}: {answer}."
    where = places_words(_cells(evaluation, vendor, path), whose)
    return f"{label}: {answer} ({where}) {worth}."


def knock_out_words(evaluation: Evaluation, vendor: str) -> tuple[str, ...]:
    """Why criteria count 0, to the vendor itself, a sentence each."""
    floors = {each.criterion: each.below for each in evaluation.rules.knock_out}
    return tuple(
        f"{evaluation.tree.criterion(path).label} counts 0: your tender has "
        f"{wording.points_apart(points / 100, floors[path])} points on it, below the floor of "
        f"{wording.digits(floors[path])}."
        for path, points in evaluation.knock_outs(vendor).items()
    )


def shown_points(points: float) -> str:
    """Points to one decimal."""
    return wording.points(points / 100)


def places_words(cells: tuple[str, ...], whose: str) -> str:
    """Cells as a letter names them, without the file: "your workbook, Sites C4"."""
    inside = [cell.split("!", 1)[1] for cell in cells if cell.count("!") >= 2]
    if not inside:
        return f"{whose} tender"
    return f"{whose} workbook, {cells_words(inside, at_most=CELLS)}"


def cells_words(cells: Sequence[str], *, at_most: int) -> str:
    """Cells one after another, those on the sheet of the one before by their cell alone."""
    shown, before = [], ""
    for place in cells:
        sheet, _, cell = place.rpartition("!")
        shown.append(cell if sheet == before else " ".join(filter(None, [sheet, cell])))
        before = sheet
    return wording.listed(shown, at_most=at_most)


def _cells(evaluation: Evaluation, vendor: str, path: str) -> tuple[str, ...]:
    column = str(evaluation.tree.criterion(path).reads)
    origin = evaluation.proposals.origins.get((vendor, column))
    if origin is None:
        return (f"{evaluation.proposals.file_of(column)}!{column}",)
    return tuple(place for place, _ in origin.cells)
