"""Evaluations in two envelopes: a panel judges the first, and the last holds the price."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from make.panels import agreed_book, built_once, panel_rules, scored_book
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.tender.panel_log import agreed, locked, scored
from vendor_eval.tender.receiving import opened_envelope, received

IN_TIME, LATE = datetime(2026, 11, 20, 11, 0), datetime(2026, 11, 20, 12, 1)  # noqa: DTZ001
DAY = date(2026, 11, 27)
QUALITY = (
    "vendor,approach,security\n"
    "Alder,We send ten people.,We hold a certificate.\n"
    "Birch,We begin in May.,Data stay here.\n"
    "Cedar,We have done it twice.,Two keys for all.\n"
)
PRICE = "vendor,cost\nAlder,151.7\nBirch,133.1\nCedar,121.9\n"


def envelope_rules(**more: Any) -> dict[str, Any]:
    """Rules with two envelopes, as they are entered; free to be changed."""
    typed = panel_rules() | {
        "envelopes": [
            {"id": "quality", "criteria": ["approach", "security"]},
            {"id": "price", "criteria": ["cost"]},
        ],
        "tender": {"deadline": date(2026, 11, 20), "deadline_time": "12:00"},
    }
    return typed | more


def envelope_folder(
    place: Path, typed: Mapping[str, Any] | None = None, tables: tuple[str, str] = (QUALITY, PRICE)
) -> Path:
    """The folder once both tables came in; nothing is scored."""
    folder = place / "folder"
    folder.mkdir(parents=True)
    with (folder / "evaluation.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(dict(typed or envelope_rules()), file)
    for id, content in zip(("quality", "price"), tables, strict=True):
        table = place / f"{id}.csv"
        table.write_text(content, "utf-8")
        received(
            folder, table, vendor=None, envelope=id, at=IN_TIME, channel="portal", by="moderator"
        )
    return folder


@built_once
def agreed_envelope(place: Path, level: Any = lambda *_: 3, **more: Any) -> Path:
    """The folder once every level of the first envelope is agreed."""
    folder = envelope_folder(place, **more)
    books = evaluator_workbooks(folder, place / "sheets")
    for path in books:
        scored_book(path, path.stem)
    scored(folder, books)
    agenda = written_agenda(folder, place / "agenda.xlsx")
    agreed_book(agenda, level)
    agreed(folder, agenda)
    return folder


@built_once
def locked_envelope(place: Path, **more: Any) -> Path:
    """The folder once the first envelope is locked."""
    folder = agreed_envelope(place, **more)
    locked(folder, by="chair", on=DAY, envelope="quality")
    return folder


@built_once
def opened_prices(place: Path, **more: Any) -> Path:
    """The folder once the prices are opened."""
    folder = locked_envelope(place, **more)
    opened_envelope(folder, "price", by="chair", on=DAY)
    return folder
