"""The runs of one evaluation: what each recommended, and what changed since the one before."""

from collections.abc import Iterator, Mapping
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
from vendor_eval.runs.batch.night import COMMAND
from vendor_eval.runs.destination import REPORTS


@dataclass(frozen=True)
class HistoryEntry:
    """One run with what changed since the one before; None for the first."""

    run: FinishedRun
    name: str
    """Its folder in the place of all runs; a night's are named with the night."""
    since: RunComparison | None
    fault: str = ""
    """Why it cannot be compared with the one before."""

    def as_json(self) -> dict[str, Any]:
        """The run as plain values."""
        results = self.run.results
        award = results["recommendation"] or {}  # nothing is recommended by one envelope
        return {
            "run": self.name,
            "started": self.run.started,
            "sealed": results["sealed"],
            "rules_fingerprint": results["rules_fingerprint"],
            "inputs_hash": results["inputs_hash"],
            **{key: award.get(key) for key in ("vendor", "margin", "verdict")},
            "kinds": None if self.since is None else list(self.since.kinds),
            "changed": self.changed,
        }

    @property
    def changed(self) -> str:
        """What changed since the run before, in a sentence; "" for the first."""
        return self.fault or ("" if self.since is None else comparison_sentence(self.since))


def history(
    folder: Path, reports: Path | None = None
) -> tuple[tuple[HistoryEntry, ...], tuple[str, ...]]:
    """The finished runs of an evaluation folder, the oldest first, and why others cannot be read.

    They are looked for in `reports`, by default where runs go, and in the nights of a batch there;
    they are those whose manifest names the folder and a file of it. Raises VendorEvalError where
    none is.
    """
    place = reports or REPORTS / folder.resolve().name
    unread = list[str]()
    runs = sorted(_runs_in(place, folder, unread), key=lambda run: (run.started, str(run.path)))
    if not runs:
        wanted = f"{place}: found no run of {folder.resolve().name!r}"
        allowed = "allowed: the folder of its runs, or of a batch's nights, by --runs DIR"
        raise VendorEvalError("\n".join([*unread, f"{wanted}; {allowed}"]))
    entries, before = list[HistoryEntry](), None
    for run in runs:
        since, fault = None, ""
        if before is not None:
            try:
                since = comparison_of(before, run)
            except VendorEvalError as error:
                fault = str(error)
        name = run.path.relative_to(place).as_posix()
        entries.append(HistoryEntry(run, name, since, fault))
        before = run
    return tuple(entries), tuple(unread)


def _runs_in(place: Path, folder: Path, unread: list[str]) -> Iterator[FinishedRun]:
    if not place.is_dir():
        raise VendorEvalError(
            f"{place}: no runs are there; allowed: the folder of an evaluation that was run, or "
            "--runs DIR with its runs"
        )
    linked = list[Mapping[str, Any]]()
    for manifest in _manifests(place):
        if not (manifest.parent / RESULTS).is_file():
            continue
        try:
            run = finished_run(manifest.parent)
        except VendorEvalError as error:
            unread.append(str(error))  # one run of an older form hides none of the others
            continue
        held = run.manifest or {}
        named, inputs = held.get("parameters", {}).get("folder"), held.get("inputs", {})
        ours = named == folder.resolve().name and any((folder / n).is_file() for n in inputs)
        if ours and held not in linked:  # a night that skips a run links that of an earlier one
            linked.append(held)
            yield run


def _manifests(place: Path) -> list[Path]:
    """The manifests of runs in a place, and of runs in the nights there."""
    nights = [command.parent for command in sorted(place.glob(f"*/{COMMAND}"))]
    own = sorted(place.glob(f"*/{MANIFEST}"))
    return [*own, *(m for night in nights if not night.is_symlink() for m in _manifests(night))]
