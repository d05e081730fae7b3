"""Everything that was found of one vendor: each leaf's answer, points, cells and reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vendor_eval import wording
from vendor_eval.award.amounts import priced
from vendor_eval.award.contract import price_parts_words
from vendor_eval.award.standstill_period import day
from vendor_eval.bids.decisions import GROUNDS
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.items import Item
from vendor_eval.tender.tender import Tender

CELLS = 6
"""Cells that a sentence names; the rest is counted."""
Reader = Literal["your", "its", "the successful supplier\u2019s"]
"""Whose bid it is to who reads of it."""
GIVERS: Mapping[Reader, str] = {
    "your": "you",
    "its": "it",
    "the successful supplier\u2019s": "the successful supplier",
}
"""Who answered, to the same reader."""
CHARGES: Mapping[Reader, str] = {
    "your": "you charge",
    "its": "it charges",
    "the successful supplier\u2019s": "the successful supplier charges",
}
"""Who charges a price, to the same reader."""


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
    """What the answer scores, as "scores 53.3 out of 100"."""
    explanation: str
    """Why it has these points: by its rule and cell, or by the agreed level."""
    reason: str
    """The panel's reason for the level that counts, word for word; "" where nobody judged."""
    corrected: str
    """That a manifest error was corrected in the level, when and by whose approval; "" if not."""
    replaced: str
    """The level that was corrected, with the reason that was agreed for it; "" if none was."""

    @property
    def full_reason(self) -> str:
        """The reason with what a correction replaced; "" without a reason."""
        parts = (self.reason, self.corrected, self.replaced) if self.reason else ()
        return " ".join(filter(None, parts))


def assessed(
    tender: Tender, evaluation: Evaluation, vendor: str, *, whose: Reader
) -> tuple[Assessed, ...]:
    """Every criterion of one vendor, parents first; `whose` workbook it is to the reader."""
    return tuple(_assessed(tender, evaluation, vendor, whose))


def _assessed(
    tender: Tender, evaluation: Evaluation, vendor: str, whose: Reader
) -> Iterator[Assessed]:
    tree = evaluation.tree
    scored = vendor in evaluation.scores.index
    for path, criterion in zip(tree.paths, tree.criteria, strict=True):
        weight = float(tree.weights[tree.at(path)])
        points = 100 * float(evaluation.values.at[vendor, path]) if scored else None
        if not scored and criterion.is_leaf:
            points = _points_alone(evaluation, vendor, path)
        item = tender.panel.items.get((vendor, path)) if tender.panel else None
        worth = _worth(evaluation, vendor, path, points, whose)
        explanation = ""
        if item is not None:
            shown = found_words(evaluation, vendor, path, item)
            explanation = f"{criterion.label}: {shown}; it {worth}."
        elif criterion.is_leaf:
            explanation = _explanation(tender, evaluation, vendor, path, whose, worth)
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
            worth=worth,
            explanation=explanation,
            reason=item.reason if item else "",
            corrected=corrected_words(item) if item else "",
            replaced=replaced_words(item) if item else "",
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
    shown = evaluation.performance[path].shown(evaluation.proposals.rows[vendor])
    if shown is None:
        return evaluation.proposals.absence(vendor, str(evaluation.tree.criterion(path).reads))
    if item is not None:
        return _level(item, str(shown))
    return shown if isinstance(shown, str) else amount_words(evaluation, path, shown)


def amount_words(evaluation: Evaluation, path: str, amount: float) -> str:
    """A number on a criterion with its unit, or as money."""
    unit = evaluation.tree.criterion(path).unit or ""
    if path == evaluation.price_path or unit == evaluation.rules.currency:
        return priced(evaluation, amount)
    return f"{wording.number(amount)} {unit}".strip()


def _level(item: Item, code: str) -> str:
    """A level by its code and label; points where marks are averaged."""
    for level in item.scale.levels:
        if level.level == code:
            return f"level {code} ({level.label})"
    return f"{wording.number(float(code))} points, from the evaluators\u2019 marks"


def corrected_words(item: Item) -> str:
    """That a manifest error was corrected, with the day and who approved it; "" if none was."""
    if item.correction is None:
        return ""
    entry = item.correction.entry
    who = getattr(entry.body, "approved_by", "")
    return f"Manifest error, corrected on {day(entry.line.on)} and approved by {who}."


def replaced_words(item: Item) -> str:
    """The level that a correction replaced and the reason agreed for it; "" if none was."""
    if item.correction is None or item.agreement is None:
        return ""
    reason = f": \u201c{item.agreement.reason}\u201d" if item.agreement.reason else "."
    return f"It replaces level {item.agreement.level}{reason}"


def _worth(
    evaluation: Evaluation, vendor: str, path: str, points: float | None, whose: Reader
) -> str:
    if points is None:
        return "has no points"
    row = evaluation.proposals.rows[vendor]
    if (
        path in evaluation.tree.leaves
        and (evaluation.knocked_out[row, m := evaluation.tree.leaves.index(path)])
    ):
        given = shown_points(100 * float(evaluation.given_values[row, m]))
        return f"scores {given} out of 100, and counts 0"
    value = evaluation.tree.criterion(path).value
    bid = "your bid" if whose == "your" else "this bid"
    compares = f", which compares {bid} with the others" if value and value.relative else ""
    return f"scores {shown_points(points)} out of 100{compares}"


def _explanation(
    tender: Tender, evaluation: Evaluation, vendor: str, path: str, whose: Reader, worth: str
) -> str:
    """By which rule a measured answer has its points: what was given, where, what was counted."""
    leaf = evaluation.tree.criterion(path)
    where = places_words(_cells(evaluation, vendor, path), whose)
    origin = evaluation.proposals.origins.get((vendor, str(leaf.reads)))
    if origin and origin.unread:
        return f"{leaf.label}: {found_words(evaluation, vendor, path, None)}."
    proposals, column = evaluation.proposals, str(leaf.reads)
    places = {*proposals.places(vendor, column), proposals.place(vendor, column)}
    corrected = "".join(
        f" We corrected {cells_words(without_files([each.at]), at_most=1)} from "
        f"{_held(each.holds)} to {_held(each.becomes)} on {day(each.on)}; "
        f"ground: {GROUNDS[each.ground]}."
        for each in tender.decisions.corrections
        if each.at in places
    )
    given = _given(evaluation, vendor, path, whose, where, corrected=bool(corrected))
    parts: tuple[str, ...] = ()
    if path == evaluation.price_path:
        parts = price_parts_words(tender, evaluation, vendor, charges=CHARGES[whose])
    return " ".join([f"{leaf.label}: {given} {worth}.{corrected}", *parts])


def _held(text: str) -> str:
    return f"\u201c{text}\u201d" if text else "a blank"


def _given(
    evaluation: Evaluation, vendor: str, path: str, whose: Reader, where: str, *, corrected: bool
) -> str:
    """What a vendor answered and what of it counts, as the subject of what it scores."""
    leaf, row = evaluation.tree.criterion(path), evaluation.proposals.rows[vendor]
    read, who = evaluation.performance[path], GIVERS[whose]
    counted = found_words(evaluation, vendor, path, None)
    if not read.given[row]:
        worst = leaf.missing == "worst"
        rule = "by the rules, a blank answer counts as the worst and" if worst else "it"
        return f"{who} gave no answer ({where}); {rule}"
    if read.low[row] == read.high[row]:
        counts = f"calculated from {where}" if leaf.measure is not None else where
        return f"{counted} ({counts}{', as corrected' if corrected else ''})"
    ends = " to ".join(amount_words(evaluation, path, float(x[row])) for x in (read.low, read.high))
    what = "the likely value" if read.peaked[row] else "the middle"
    gave = f"{who} answered {ends}" if leaf.measure is None else f"the answers come to {ends}"
    return f"{gave} ({where}); we counted {what}, {counted}, which"


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
    named = [cell for cell in cells if cell.count("!") >= 2]
    if not named:
        return f"{whose} tender"
    bid = "tender" if all(map(_in_table, named)) else "workbook"
    return f"{whose} {bid}, {cells_words(without_files(named), at_most=CELLS)}"


def _in_table(cell: str) -> bool:
    return cell.partition("!")[0].endswith(".csv")


def without_files(cells: Iterable[str]) -> list[str]:
    """Cells without the file, which only its vendor knows; of a buyer's table the column alone."""
    return [
        cell.split("!", 2 if _in_table(cell) else 1)[-1] if cell.count("!") >= 2 else cell
        for cell in cells
    ]


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
    proposals = evaluation.proposals
    if (vendor, column) not in proposals.origins:
        return (f"{proposals.file_of(column)}!{column}",)
    return proposals.places(vendor, column) or (proposals.place(vendor, column),)
