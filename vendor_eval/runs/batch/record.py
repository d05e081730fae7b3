"""What a night leaves for pipelines: batch.json, tables, events as they happen, faults."""

import csv
import hashlib
import io
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vendor_eval import __version__
from vendor_eval.award.comparison_words import comparison_sentence
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.finished_runs import FinishedRun, comparison_of, finished_run
from vendor_eval.rules.whole_file import replaced_file
from vendor_eval.runs import MANIFEST, REPORT, RESULTS
from vendor_eval.runs.batch.evaluations import Task
from vendor_eval.runs.batch.pool import Done
from vendor_eval.runs.installed import machine, versions
from vendor_eval.runs.staging import aside

SCHEMA = "vendor-eval-batch/1"
EVENTS, TABLE, TIMINGS, FAULTS = "events.jsonl", "index.csv", "timings.csv", "faults.json"
COLUMNS = (
    *("name", "folder", "notebook", "scenario", "status", "exit_code", "vendor", "verdict"),
    *("margin", "winner_changed", "change", "fault", "inputs_hash", "rules_fingerprint"),
)
"""The columns of index.csv; nothing in them depends on a clock or on what ran at once."""
PARTS = ("read", "assess", "cells", "export")
"""The parts of a run that are timed; a notebook's cells assess as well."""
_SHOWN = 3
"""Faults of a run that a table shows."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Entry = dict[str, Any]
"""One run of a night, as batch.json has it."""


def entry_of(
    task: Task, done: Done | None, keys: tuple[str, str] | None, before: Path | None
) -> Entry:
    """One run as batch.json has it; skipped where nothing was done.

    `keys` are the hash of its inputs and its key; `before` is where the earlier night has the run
    of this name.
    """
    run = finished_run(task.out) if (task.out / MANIFEST).is_file() else None
    award: Mapping[str, Any] = (run.results["recommendation"] or {}) if run else {}
    code = (3 if award.get("verdict") == "none" else 0) if run else 1
    keep = ("vendor", "runner_up", "margin", "verdict", "sentence") if award else ()
    shown = {key: award[key] for key in keep}
    outcome = done.outcome if done else None
    return {
        "name": task.name,
        "title": run and run.results.get("title"),
        "folder": task.row.folder,
        "path": _file(task),
        "notebook": task.row.notebook,
        "scenario": task.row.scenario,
        "status": outcome.ended_as if outcome else "skipped",
        "exit_code": outcome.exit_code if outcome else code,
        "engine": task.engine if done else None,
        "key": keys and keys[1],
        "inputs_hash": keys and f"sha256:{keys[0]}",
        "rules_fingerprint": run and run.results["rules_fingerprint"],
        "recommendation": shown or None,
        "faults": [dict(fault) for fault in outcome.faults] if outcome else [],
        "timings": {
            "total": round(done.seconds, 3) if done else 0.0,
            **{part: (outcome.timings.get(part) if outcome else None) for part in PARTS},
        },
        "attempts": done.attempts if done else 0,
        "peak_memory_mb": outcome.peak_memory_mb if outcome else None,
        "change": change_of(before, run),
    }


def _file(task: Task) -> str:
    """What to open of a run, from its night's folder."""
    names = (REPORT, RESULTS) if (task.out / MANIFEST).is_file() else ()
    return f"{task.name}/{next((n for n in names if (task.out / n).is_file()), FAULTS)}"


def change_of(before: Path | None, run: FinishedRun | None) -> dict[str, Any] | None:
    """What changed from an earlier run of the same name, and why; None without one of them."""
    if before is None or run is None or not (before / MANIFEST).is_file():
        return None
    try:
        comparison = comparison_of(finished_run(before), run)
    except VendorEvalError as error:  # another form of results, or a vendor that looks renamed
        return {"kinds": None, "winner_changed": None, "sentence": str(error), "causes": []}
    return {
        "kinds": list(comparison.kinds),
        "winner_changed": comparison.winner_changed,
        "sentence": comparison_sentence(comparison),
        "causes": [{"cause": cause.kind, "says": cause.says} for cause in comparison.causes],
    }


class Events:
    """A night's events, a line of JSON each, written as they happen and read when it goes on."""

    def __init__(self, night: Path) -> None:
        self._path = night / EVENTS
        if self._path.is_file() and self._path.read_bytes()[-1:] not in (b"", b"\n"):
            self._append(b"\n")  # a line that a full disk or a kill cut off

    def write(self, event: str, **fields: Any) -> None:
        """Adds a line with the time and what happened."""
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        line = json.dumps({"at": at, "event": event, **fields}, ensure_ascii=False)
        self._append(line.encode() + b"\n")

    def _append(self, line: bytes) -> None:
        with self._path.open("ab", buffering=0) as file:
            file.write(line)

    def finished(self) -> dict[str, Entry]:
        """The last entry of each run that ended, by name."""
        entries: dict[str, Entry] = {}
        lines = self._path.read_bytes().splitlines() if self._path.is_file() else []
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # cut off
            if isinstance(event, dict) and event.get("event") == "finished":
                entries[event["run"]["name"]] = event["run"]
        return entries


def write_faults(out: Path, entry: Entry) -> None:
    """The folder of a run that failed, with faults.json alone, whole."""
    plain = {key: entry[key] for key in ("name", "folder", "status", "exit_code", "faults")}
    with aside(out.parent) as staging:
        folder = staging / "run"
        folder.mkdir()
        (folder / FAULTS).write_bytes(as_json(plain))
        folder.rename(out)


def batch_record(
    entries: Sequence[Entry],
    *,
    arguments: Mapping[str, Any],
    started: datetime,
    clock: float,
    whole: bool,
    pending: Sequence[str],
    against: str | None,
    exit_code: int,
) -> dict[str, Any]:
    """batch.json as plain values; `batch.schema.json` says of which kinds. `clock`: its start."""
    plain = json.dumps(dict(versions()), sort_keys=True)
    states = dict.fromkeys(sorted({entry["status"] for entry in entries}), 0)
    for entry in entries:
        states[entry["status"]] += 1
    return {
        "schema": SCHEMA,
        "tool": {"name": "vendor-eval", "version": __version__},
        "distributions_hash": f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}",
        "machine": machine(),
        "arguments": dict(arguments),
        "started": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "elapsed_seconds": round(time.perf_counter() - clock, 3),
        "whole": whole,
        "pending": list(pending),
        "against": against,
        "exit_code": exit_code,
        "states": states,
        "runs": list(entries),
    }


def write_tables(night: Path, entries: Sequence[Entry]) -> None:
    """index.csv, and apart from it timings.csv."""
    replaced_file(night / TABLE, _csv(COLUMNS, [_row(entry) for entry in entries]))
    head = ("name", "status", "engine", "total", *PARTS, "attempts", "peak_memory_mb")
    timed = [{**entry, **entry["timings"]} for entry in entries]
    replaced_file(night / TIMINGS, _csv(head, [[row[key] for key in head] for row in timed]))


def _row(entry: Entry) -> list[Any]:
    award, change = entry["recommendation"] or {}, entry["change"] or {}
    flat = {**entry, **{key: award.get(key) for key in ("vendor", "verdict", "margin")}}
    flat |= {"winner_changed": change.get("winner_changed"), "change": change.get("sentence")}
    flat["fault"] = "; ".join(shown_faults(entry))
    return [flat[column] for column in COLUMNS]


def shown_faults(entry: Entry) -> list[str]:
    """The first faults of a run, each with its place; faults.json has all of them."""
    shown = [f"{f['place']}: {f['found']}".removeprefix(": ") for f in entry["faults"]]
    return [*shown[:_SHOWN], *(["and more"] if shown[_SHOWN:] else [])]


def _csv(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    """A value as a table holds it: no text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value).lower() if isinstance(value, bool) else value


def as_json(plain: Any) -> bytes:
    """Plain values as UTF-8 JSON with a line break at the end."""
    return (json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
