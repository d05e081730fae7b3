"""The runs of one evaluation: what each recommended, and what changed since the one before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vendor_eval.award.comparison import Comparison, compared
from vendor_eval.award.comparison_words import comparison_sentence
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.results import SCHEMA as RESULTS_SCHEMA
from vendor_eval.runs.destination import REPORTS

MANIFEST, RESULTS = "manifest.json", "results.json"
LARGEST = 200_000_000
"""Bytes that a file of a run may hold; more is refused before it is read."""


@dataclass(frozen=True)
class FinishedRun:
    """One run: where it is, and what its files hold."""

    path: Path
    results: Mapping[str, Any]
    manifest: Mapping[str, Any] | None = None
    """None where `results.json` stands alone."""

    @property
    def started(self) -> str:
        """When it began, in UTC, as its manifest says; "" without one."""
        return str((self.manifest or {}).get("started", ""))


@dataclass(frozen=True)
class HistoryEntry:
    """One run with what changed since the one before; None for the first."""

    run: FinishedRun
    since: Comparison | None
    fault: str = ""
    """Why it cannot be compared with the one before."""

    def as_json(self) -> dict[str, Any]:
        """The run as plain values."""
        results = self.run.results
        award = results["recommendation"]
        return {
            "run": self.run.path.name,
            "started": self.run.started,
            "sealed": results["sealed"],
            "rules_fingerprint": results["rules_fingerprint"],
            "inputs_hash": results["inputs_hash"],
            **{key: award[key] for key in ("vendor", "margin", "verdict")},
            "kinds": None if self.since is None else list(self.since.kinds),
            "changed": self.changed,
        }

    @property
    def changed(self) -> str:
        """What changed since the run before, in a sentence; "" for the first."""
        return self.fault or ("" if self.since is None else comparison_sentence(self.since))


def finished_run(path: Path) -> FinishedRun:
    """A run's folder or its `results.json`, read; raises VendorEvalError where it is neither."""
    results = path / RESULTS if path.is_dir() else path
    manifest = results.parent / MANIFEST
    read = _plain(results)
    if not isinstance(read, dict) or not str(read.get("schema", "")).startswith("vendor-eval/"):
        raise VendorEvalError(
            f"{results}: found no results of this tool; allowed: a run's folder, or the "
            f"{RESULTS} in it"
        )
    if read["schema"] != RESULTS_SCHEMA:
        raise VendorEvalError(
            f"{results}: found the form {read['schema']!r}; allowed: {RESULTS_SCHEMA!r}, so run "
            "the evaluation again"
        )
    return FinishedRun(path, read, _plain(manifest) if manifest.is_file() else None)


def comparison_of(old: FinishedRun, new: FinishedRun, **options: Any) -> Comparison:
    """What differs between two runs, files and versions by their manifests where both are there."""
    manifests = None
    if old.manifest is not None and new.manifest is not None:
        manifests = (old.manifest, new.manifest)
    return compared(old.results, new.results, manifests=manifests, **options)


def history(folder: Path, reports: Path | None = None) -> tuple[HistoryEntry, ...]:
    """The finished runs of an evaluation folder, the oldest first.

    They are looked for in `reports`, by default where runs go, and are those whose manifest names
    the folder and a file of it.
    """
    place = reports or REPORTS / folder.resolve().name
    runs = sorted(_runs_in(place, folder), key=lambda run: (run.started, run.path.name))
    entries, before = list[HistoryEntry](), None
    for run in runs:
        since, fault = None, ""
        if before is not None:
            try:
                since = comparison_of(before, run)
            except VendorEvalError as error:
                fault = str(error)
        entries.append(HistoryEntry(run, since, fault))
        before = run
    return tuple(entries)


def _runs_in(place: Path, folder: Path) -> Iterator[FinishedRun]:
    if not place.is_dir():
        raise VendorEvalError(
            f"{place}: no runs are there; allowed: the folder of an evaluation that was run, or "
            "--runs DIR with its runs"
        )
    for manifest in sorted(place.glob(f"*/{MANIFEST}")):
        if not (manifest.parent / RESULTS).is_file():
            continue
        run = finished_run(manifest.parent)
        named = (run.manifest or {}).get("parameters", {}).get("folder")
        inputs = (run.manifest or {}).get("inputs", {})
        if named == folder.resolve().name and any((folder / name).is_file() for name in inputs):
            yield run


def _plain(path: Path) -> Any:
    """What a JSON file holds; VendorEvalError where it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise VendorEvalError(f"{path}: found more than {LARGEST} bytes; allowed: a run's file")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise VendorEvalError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise VendorEvalError(f"{path}: found no JSON; allowed: a file that a run wrote") from None
