"""A small evaluation that four people judge: rules, bids, and marks."""

import copy
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from ruamel.yaml import YAML

from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel.entries import Draft, draft
from vendor_eval.panel.items import asks
from vendor_eval.panel.log import ScoreLog
from vendor_eval.panel.record import PanelRecord, panel_record
from vendor_eval.panel.values import with_levels
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.panel_log import agreed, locked, scored

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
            "declarations": False,
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


def declaring_folder(place: Path) -> Path:
    """The folder of this evaluation where the rules ask for declarations."""
    typed = panel_rules()
    typed["panel"]["declarations"] = True
    return panel_folder(place, typed)


Levels = Mapping[tuple[str, str], Sequence[object]]
"""By evaluator and criterion, a level for each vendor in the order of their names."""
LEVELS_GIVEN: dict[tuple[str, str], Sequence[object]] = {
    ("e1", "approach"): [3, 4, 3],
    ("e2", "approach"): [3, 1, 4],
    ("e3", "approach"): [4, 4, 3],
    ("e1", "security"): [3, 3, 3],
    ("e2", "security"): [4, 3, 3],
    ("e3", "security"): [3, 3, 5],
}
SCORED_ON, AGREED_ON = date(2026, 11, 24), date(2026, 11, 26)


class BookEdit:
    """A workbook of the panel as a person fills it in; it is saved when the block ends."""

    def __init__(self, path: Path, sheet: str, form: Mapping[str, object], table: str) -> None:
        self.path, self.book = path, load_workbook(path)
        self.sheet = self.book[sheet]
        for row in self.sheet.iter_rows():
            for cell in row:
                if cell.value in form:
                    self.sheet.cell(cell.row, 3).value = form[cell.value]
                if cell.value == table and cell.column == 1:
                    self.header = cell.row
        self.columns = {
            str(cell.value).removesuffix(" *"): cell.column for cell in self.sheet[self.header]
        }

    def __enter__(self) -> "BookEdit":
        return self

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)

    def rows(self) -> range:
        """The rows of the table."""
        return range(self.header + 1, self.sheet.max_row + 1)

    def at(self, row: int, column: str) -> Any:
        """What stands in a row under a heading."""
        return self.sheet.cell(row, self.columns[column]).value

    def put(self, row: int, column: str, value: object) -> None:
        """Writes into a row under a heading."""
        self.sheet.cell(row, self.columns[column]).value = value


def scored_book(path: Path, evaluator: str, levels: Levels = LEVELS_GIVEN) -> None:
    """Fills in an evaluator's workbook: a level and a comment for every item."""
    met: dict[str, int] = {}
    with BookEdit(path, "Scores", {"scored_on": SCORED_ON}, "marks") as edit:
        for row in edit.rows():
            criterion = edit.at(row, "Criterion")
            n = met[criterion] = met.get(criterion, -1) + 1
            edit.put(row, "Level", levels[evaluator, criterion][n])
            edit.put(row, "Comment", f"{COMMENT} {evaluator}, {criterion}, {n}.")


def agreed_book(
    path: Path,
    level: Callable[[str, str], object] = lambda *_: 3,
    present: str = "e1, e2, e3",
) -> None:
    """Fills in an agenda: a level, a reason and who was present for every item."""
    form = {"agreed_on": AGREED_ON, "recorded_by": "moderator"}
    with BookEdit(path, "Agenda", form, "agenda") as edit:
        for row in edit.rows():
            edit.put(row, "Agreed level", level(edit.at(row, "Vendor"), edit.at(row, "Criterion")))
            edit.put(row, "Reason for the vendor", REASON)
            edit.put(row, "Present (ids)", present)


def built_once(build: Callable[..., Path]) -> Callable[..., Path]:
    """The same builder of a folder, which from then on copies what it built without options."""

    @cache
    def files() -> tuple[str, dict[str, bytes | None]]:
        with tempfile.TemporaryDirectory() as home:
            folder, place = build(Path(home)), Path(home)
            kept = {
                path.relative_to(place).as_posix(): path.read_bytes() if path.is_file() else None
                for path in sorted(place.rglob("*"))
            }
            return folder.relative_to(place).as_posix(), kept

    @wraps(build)
    def copied(place: Path, *levels: Any, **more: Any) -> Path:
        if levels or more:
            return build(place, *levels, **more)
        folder, kept = files()
        for name, content in kept.items():
            path = place / name
            if content is None:
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return place / folder

    return copied


@built_once
def scored_folder(place: Path, levels: Levels = LEVELS_GIVEN, **more: Any) -> Path:
    """The folder once every evaluator has scored."""
    folder = panel_folder(place / "folder", **more)
    books = evaluator_workbooks(folder, place / "sheets")
    for path in books:
        scored_book(path, path.stem, levels)
    scored(folder, books)
    return folder


@built_once
def agreed_folder(place: Path, **more: Any) -> Path:
    """The folder once every level is agreed; it is not locked."""
    folder = scored_folder(place, **more)
    agenda = written_agenda(folder, place / "agenda.xlsx")
    agreed_book(agenda)
    agreed(folder, agenda)
    return folder


@built_once
def locked_folder(place: Path, **more: Any) -> Path:
    """The folder once the panel is locked."""
    folder = agreed_folder(place, **more)
    locked(folder, by="chair", on=AGREED_ON)
    return folder


def built(
    typed: Mapping[str, Any],
    answers: Mapping[str, Mapping[str, object]],
    marks: Mapping[tuple[str, str, str], object],
    agreed_levels: Mapping[tuple[str, str], object],
) -> tuple[Evaluation, PanelRecord]:
    """A locked panel without a folder: marks by evaluator, vendor and path; levels by item."""
    rules = Rules.model_validate(unchangeable(typed))
    lines = []
    for (evaluator, vendor, path), level in marks.items():
        body = {"evaluator": evaluator, "vendor": vendor, "criterion": path, "level": level}
        lines.append(_line("individual", evaluator, rules, path, {**body, "comment": COMMENT}))
    for (vendor, path), level in agreed_levels.items():
        body = {"vendor": vendor, "criterion": path, "level": level, "reason": REASON}
        lines.append(_line("agreed", "moderator", rules, path, body))
    lock = draft("locked", on=AGREED_ON, by="chair", source="", performance="0" * 64, inputs={})
    log = ScoreLog((), fingerprint(rules)).followed_by([*lines, lock])
    record = panel_record(rules, log, sorted(answers))
    return evaluate(rules, with_levels(proposals(answers), record)), record


def _line(kind: str, by: str, rules: Rules, path: str, body: Mapping[str, Any]) -> Draft:
    salt = lambda: "0" * 32  # noqa: E731
    asked = asks(rules, path)
    return draft(kind, on=AGREED_ON, by=by, source="", salt=salt, asks=asked, **body)


def unchangeable(typed: Any) -> Any:
    """What was entered with its lists as tuples, as the rules are read."""
    if isinstance(typed, Mapping):
        return {key: unchangeable(value) for key, value in typed.items()}
    return tuple(map(unchangeable, typed)) if isinstance(typed, list) else typed


def built_with_texts(
    texts: Mapping[tuple[str, str], str],
    *,
    levels: Mapping[tuple[str, str], object] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> PanelRecord:
    """A panel on one criterion with these comments, by evaluator and vendor, and reasons."""
    typed = panel_rules()
    typed["criteria"] = [typed["criteria"][0], typed["criteria"][2]]
    for evaluator in typed["panel"]["evaluators"]:
        evaluator["criteria"] = ["approach"]
    rules = Rules.model_validate(unchangeable(typed))
    vendors, lines = ("Alder", "Birch", "Cedar"), []
    for vendor in vendors:
        for evaluator in ("e1", "e2", "e3"):
            key = (evaluator, vendor)
            own = texts.get(key, f"{COMMENT} As read by {evaluator} in the part of this bid.")
            body = {"evaluator": evaluator, "vendor": vendor, "criterion": "approach"}
            body |= {"level": str((levels or {}).get(key, 3)), "comment": own or None}
            lines.append(_line("individual", evaluator, rules, "approach", body))
    for vendor in vendors:
        reason = (reasons or {}).get(vendor, REASON)
        body = {"vendor": vendor, "criterion": "approach", "level": "3", "reason": reason}
        lines.append(_line("agreed", "moderator", rules, "approach", body))
    log = ScoreLog((), fingerprint(rules)).followed_by(lines)
    return panel_record(rules, log, vendors)
