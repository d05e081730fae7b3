"""Build data/customer-support-panel as a panel would: sheets out, marks in, a meeting, a lock.

    python scripts/build_customer_support_panel.py [FOLDER]

Reads FOLDER/evaluation.yaml (default: data/customer-support-panel) and writes its seal, its bids
and its log of scores. The workbooks are filled in and read back as evaluators' would be. The same
rules give the same bytes: the salts of texts, which chance gives elsewhere, are numbered.
"""

import csv
import itertools
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from customer_support_panel.bids import ANSWERS, FINDINGS, PATHS, PRICES
from customer_support_panel.marks import (
    AGREED,
    COPIED,
    EVALUATORS,
    GIVEN,
    LATE,
    LATE_REASON,
    VENDORS,
    at,
)
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel import entries
from vendor_eval.tender.folder import read_rules
from vendor_eval.tender.panel_log import agreed, declared, locked, scored
from vendor_eval.tender.sealing import new_seal

HERE = Path(__file__).resolve().parent.parent / "data" / "customer-support-panel"
SEALED, DECLARED, SCORED, MET, CHANGED, AGAIN = (
    date(2027, month, day) for month, day in ((1, 11), (3, 1), (3, 8), (3, 11), (3, 12), (3, 15))
)
INTEREST = (
    "fin",
    "Borealis Contact",
    "A cousin worked there until 2021. Reads its price with a colleague.",
)
MEANS = {
    0: "Level 0: the question is not answered",
    1: "Level 1: parts are answered, and what is lacking puts the service at risk",
    2: "Level 2 asks for an answer in full: it is, without a way to check all of it",
    3: "Level 3 asks for figures, dates or names that can be checked: they are there",
    4: "Level 4 asks for results of a client: they are there",
}
NOTED = {
    "ops": "For the daily service that is what counts.",
    "sec": "Read with the security annex.",
    "hr": "Read for what it means to agents.",
    "fin": "Read for what we would have to add.",
}


def build(folder: Path) -> None:
    """Writes the seal, the bids and the log of scores."""
    for name in ("seal.json", "proposals.csv"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "scores", ignore_errors=True)
    numbers = itertools.count(1)
    entries.new_salt = lambda: f"{next(numbers):032x}"
    new_seal(folder, read_rules(folder), on=SEALED, bids=())
    bids(folder / "proposals.csv")
    with tempfile.TemporaryDirectory() as directory:
        desk = Path(directory)
        *books, blank = evaluator_workbooks(folder, desk / "out", round_name="first")
        declared(folder, [declaration(blank, desk, person) for person in ("moderator", "chair")])
        for path, evaluator in zip(books, EVALUATORS, strict=True):
            fill(path, "Declarations", {"declared_on": DECLARED}, "interests", declaring(evaluator))
            fill(path, "Scores", {"scored_on": SCORED}, "marks", marking(evaluator))
        scored(folder, books)
        meeting = written_agenda(folder, desk / "meeting.xlsx")
        fill(meeting, "Agenda", said_at(MET), "agenda", agreeing())
        agreed(folder, meeting)
        *late, _ = evaluator_workbooks(folder, desk / "late", round_name="late")
        [book] = [p for p in late if p.stem.startswith(LATE[0])]
        fill(book, "Scores", {"scored_on": CHANGED}, "marks", changing())
        scored(folder, [book])
        again = written_agenda(folder, desk / "second-meeting.xlsx")
        fill(again, "Agenda", said_at(AGAIN), "agenda", agreeing())
        agreed(folder, again)
    locked(folder, by="chair", on=AGAIN)
    (folder / "scores" / ".log.lock").unlink(missing_ok=True)
    shutil.rmtree(folder / "private")  # the details of interests are for nobody who reads this


def bids(path: Path) -> None:
    """Writes the table of bids."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["vendor", *PATHS, "price", "terms"])
        for vendor in VENDORS:
            rows.writerow([vendor, *ANSWERS[vendor], PRICES[vendor], "accepted"])


def said_at(day: date) -> dict[str, object]:
    """When a meeting was, and who recorded it."""
    return {"agreed_on": day, "recorded_by": "moderator"}


Filling = Callable[[str, str], dict[str, object]]
"""What is written into a line of a vendor and a criterion, by heading."""


def fill(path: Path, name: str, form: dict[str, object], table: str, filling: Filling) -> None:
    """Fills in a workbook as a person would, and saves it."""
    book = load_workbook(path)
    sheet: Worksheet = book[name]
    header = 0
    for row in sheet.iter_rows(max_col=1):
        if row[0].value in form:
            sheet.cell(row[0].row, 3).value = form[row[0].value]
        header = row[0].row if row[0].value == table else header
    columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[header]}
    for line in range(header + 1, sheet.max_row + 1):
        vendor = sheet.cell(line, columns["Vendor"]).value
        path_ = sheet.cell(line, columns.get("Criterion", columns["Vendor"])).value
        for heading, value in filling(str(vendor), str(path_)).items():
            sheet.cell(line, columns[heading]).value = value
    book.save(path)


def declaration(blank: Path, desk: Path, person: str) -> Path:
    """The workbook in which somebody declares who scores nothing."""
    path = Path(shutil.copyfile(blank, desk / f"{person}.xlsx"))
    given = {"person": person, "declared_on": DECLARED}
    fill(path, "Declarations", given, "interests", declaring(person))
    return path


def declaring(person: str) -> Filling:
    """What a person declares of each vendor: nothing, but for one."""

    def line(vendor: str, _: str) -> dict[str, object]:
        who, whose, detail = INTEREST
        if (person, vendor) != (who, whose):
            return {"Interest": "none"}
        return {
            "Interest": "perceived",
            "What it is": detail,
            "Measure": "restricted",
            "Who decided the measure": "chair",
        }

    return line


def comment(evaluator: str, vendor: str, path: str, level: int) -> str:
    """What an evaluator wrote on one item."""
    finding, lacking = FINDINGS[vendor][at(path)]
    return f"Offers {finding}. {MEANS[level]}. Lacking: {lacking}. {NOTED[evaluator]}"


def marking(evaluator: str) -> Filling:
    """An evaluator's first marks."""

    def line(vendor: str, path: str) -> dict[str, object]:
        level = GIVEN[evaluator, path][VENDORS.index(vendor)]
        who, where, source, copied = COPIED
        if (who, where, copied) == (evaluator, path, vendor):
            first = GIVEN[evaluator, path][VENDORS.index(source)]
            return {"Level": level, "Comment": comment(evaluator, source, path, first)}
        return {"Level": level, "Comment": comment(evaluator, vendor, path, level)}

    return line


def changing() -> Filling:
    """The late change."""

    def line(vendor: str, path: str) -> dict[str, object]:
        evaluator, whose, where, level = LATE
        if (vendor, path) != (whose, where):
            return {}
        said = comment(evaluator, vendor, path, level)
        return {"Level": level, "Comment": said, "Reason for a change": LATE_REASON}

    return line


def agreeing() -> Filling:
    """What the meeting agreed, with a reason for the vendor."""

    def line(vendor: str, path: str) -> dict[str, object]:
        level = AGREED[path][VENDORS.index(vendor)]
        finding, lacking = FINDINGS[vendor][at(path)]
        reason = f"You offer {finding}. {MEANS[level]}. The next level is not reached: {lacking}."
        present = ", ".join(e for e in EVALUATORS if (e, path) in GIVEN)
        return {"Agreed level": level, "Reason for the vendor": reason, "Present (ids)": present}

    return line


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
