"""Declarations as people fill them in."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from make.panels import SCORED_ON, BookEdit, panel_rules
from vendor_eval.tender.panel_log import declared

DECIDED = "Who decided the measure"
SECRET = "My sister sells for Alder."


def declaring_rules() -> dict[str, Any]:
    """Rules of a panel of which everybody declares, and two evaluators are enough."""
    typed = panel_rules()
    typed["panel"] |= {"declarations": True, "least_evaluators": 2}
    return typed


Interests = dict[str, dict[str, object]]
NOTHING: Interests = {}


def declare_in(
    path: Path, interests: Interests = NOTHING, person: str = "", on: date = SCORED_ON
) -> Path:
    """Fills in a declaration: none for each vendor, but for those named."""
    form = {"declared_on": on} | ({"person": person} if person else {})
    with BookEdit(path, "Declarations", form, "interests") as book:
        for row in book.rows():
            entered = interests.get(book.at(row, "Vendor"), {"Interest": "none"})
            for heading, value in entered.items():
                book.put(row, heading, value)
    return path


def interest(kind: str, measure: str = "none", detail: str = SECRET) -> dict[str, object]:
    """The cells of one interest."""
    return {
        "Interest": kind,
        "What it is": detail or None,
        "Measure": measure,
        DECIDED: "chair",
    }


def others_declare(folder: Path, blank: Path, interests: Interests = NOTHING) -> None:
    """Has the moderator and the chair declare."""
    for person in ("moderator", "chair"):
        copy = Path(shutil.copyfile(blank, blank.with_name(f"{person}.xlsx")))
        declared(folder, [declare_in(copy, interests, person)])
