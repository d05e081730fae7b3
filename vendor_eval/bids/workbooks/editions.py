"""What a returned workbook was made to ask, which may be less, or more, than is asked today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import Book
from vendor_eval.questionnaire.first import FIRST
from vendor_eval.questionnaire.sheet import Questionnaire

VERSION = "vendor_eval_questions"
"""The property, and the name, that carries the version of the questions asked."""
QUESTIONS_MARK = "vendor-eval: questions"
"""What stands above the list of the questions asked, on the sheet of lists."""
ASKED = re.compile(r"(\w{1,100}): ([\w ]+)")
FINGERPRINT = re.compile("sha256:[0-9a-f]{64}")


NOT_ASKED = "was not asked when the workbook was made, and is blank"
"""How a note says that something is new."""


@dataclass(frozen=True)
class Edition:
    """The questions of one returned workbook against those of today, as "part.field"."""

    read_by: Questionnaire
    """What is looked for: what is asked today, and what was asked then."""
    now: frozenset[str]
    then: frozenset[str] | None
    """What the workbook asked; None where it has lost what says so."""
    older: bool = False
    """Whether its template was made for other questions than those of today."""

    def wanted(self, part: str, *fields: str) -> bool:
        """Whether some of these questions were asked then and are asked now."""
        return any(id in self.now and self.was_asked(id) for id in _ids(part, fields))

    def new(self, part: str, *fields: str) -> bool:
        """Whether some of these questions are asked now, and none of them was asked then."""
        ids = _ids(part, fields)
        return any(id in self.now for id in ids) and not any(map(self.was_asked, ids))

    def dropped(self, id: str) -> bool:
        """Whether this was asked then, and is not asked any more."""
        return self.then is not None and id in self.then and id not in self.now

    def was_asked(self, id: str) -> bool:
        """Whether the workbook asked this; what is not known to have been left out was asked."""
        return self.then is None or id in self.then


def listed(asked: Questionnaire) -> list[str]:
    """The questions asked, a line for each part, as the workbook carries them."""
    return [f"{part.id}: {' '.join(field.id for field in part.fields)}" for part in asked.parts]


def edition(opened: Book, asked: Questionnaire, known: Questionnaire) -> Edition:
    """What a workbook asked, by what it carries; `known`: everything that can be asked.

    Without any mark it is of the first questionnaire, if it holds any of its parts.
    """
    carried, version = frozenset(islice(_carried(opened), limits.QUESTIONS)), _version(opened)
    then: frozenset[str] | None = carried or None
    if not carried and version is None:
        then = _first(asked)
    elif not carried and version == asked.version:
        then = asked.questions
    read_by = _read_by(opened, asked, known, then or frozenset())
    return Edition(read_by, asked.questions, then, older=version != asked.version)


def _first(asked: Questionnaire) -> frozenset[str]:
    """What the first questionnaire asked; parts that rules made, it asked as they are."""
    first = {f"{part}.{id}" for part, ids in FIRST.items() for id in ids}
    return frozenset(first | {id for id in asked.questions if id.startswith("answers.")})


def _read_by(
    opened: Book, asked: Questionnaire, known: Questionnaire, then: frozenset[str]
) -> Questionnaire:
    """What is asked now, and of what was asked then all that is still known and is there."""
    now = {part.id for part in asked.parts}
    ids = {part.id for part in known.parts} - now
    cells = (cell for sheet in opened.sheets for cell in sheet.cells.values())
    there = now | {str(cell.value) for cell in cells if cell.held == "text" and cell.value in ids}
    parts = (p.limited(then | asked.questions) for p in known.parts if p.id in there)
    return Questionnaire(tuple(part for part in parts if part.fields))


def _carried(opened: Book) -> Iterator[str]:
    for sheet in opened.sheets:
        marked: set[int] = set()
        for line in sheet.rows.values():
            for column, cell in line.items():
                if column in marked:
                    carried = ASKED.fullmatch(str(cell.value))
                    yield from _ids(carried[1], tuple(carried[2].split())) if carried else ()
            marked |= {column for column, cell in line.items() if cell.value == QUESTIONS_MARK}


def _version(opened: Book) -> str | None:
    typed = (opened.properties.get(VERSION, ""), opened.names.get(VERSION, "").strip('"'))
    return next((each for each in typed if FINGERPRINT.fullmatch(each)), None)


def _ids(part: str, fields: tuple[str, ...]) -> list[str]:
    return [f"{part}.{field}" for field in fields]
