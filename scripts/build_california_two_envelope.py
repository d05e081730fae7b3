"""Build data/california-two-envelope as a buyer would: receive, lock, open.

    python scripts/build_california_two_envelope.py [FOLDER]

Reads FOLDER/evaluation.yaml and FOLDER/source (default: data/california-two-envelope) and writes
both tables and the log. The same rules and figures give the same bytes.
"""

import csv
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from vendor_eval.tender.panel_log import locked
from vendor_eval.tender.receiving import opened_envelope, received

HERE = Path(__file__).resolve().parent.parent / "data" / "california-two-envelope"
SOURCE = "source/tender_ca_dgs_two_envelope.csv"
CAME_IN = datetime(2026, 1, 12, 14, 0)  # noqa: DTZ001  # the buyer's time, as receipts have it
LOCKED, OPENED = date(2026, 1, 26), date(2026, 1, 27)
TABLES = {
    "quality": ("bidder", "responsive", "technical_points"),
    "price": ("bidder", "adjusted_cost"),
}


def build(folder: Path) -> None:
    """Writes the tables of both envelopes, their receipts, the lock and the opening."""
    for name in ("proposals", "scores"):
        shutil.rmtree(folder / name, ignore_errors=True)
    rows = list(bidders(folder / SOURCE))
    with tempfile.TemporaryDirectory() as directory:
        for envelope, columns in TABLES.items():
            table = Path(directory) / f"{envelope}.csv"
            with table.open("w", encoding="utf-8", newline="") as file:
                written = csv.writer(file, lineterminator="\n")
                written.writerow(columns)
                written.writerows([row[column] for column in columns] for row in rows)
            received(
                folder,
                table,
                vendor=None,
                envelope=envelope,
                at=CAME_IN,
                channel="",
                by="buyer",
            )
    locked(folder, by="buyer", on=LOCKED, envelope="quality")
    opened_envelope(folder, "price", by="buyer", on=OPENED)
    (folder / "scores" / ".log.lock").unlink(missing_ok=True)


def bidders(path: Path) -> Iterator[dict[str, str]]:
    """What the published form holds of each bidder, by the names of the tables' columns."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points, cost = row["admin_tech_points"], row["adjusted_cost_usd"]
            yield {
                "bidder": row["bidder"],
                "responsive": row["status"].partition(" (")[0],
                "technical_points": f"{float(points):.0f}" if points else "",
                "adjusted_cost": f"{float(cost):.2f}" if cost else "",
            }


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
