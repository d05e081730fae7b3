"""The runs of one evaluation: what each recommended, and what changed since the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vendor_eval.award.comparison import RunComparison
from vendor_eval.award.comparison_words import comparison_sentence
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.finished_runs import (
    MANIFEST,
    RESULTS,
    FinishedRun,
    comparison_of,
    finished_run,
)
from vendor_eval.runs.destination import REPORTS


@dataclass(frozen=True)
class HistoryEntry:
    """One run with what changed since the one before; None for the first."""

    run: FinishedRun
    since: RunComparison | None
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
