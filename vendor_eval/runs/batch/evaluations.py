"""One evaluation of a batch: what is to be done, and what came of it."""

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from vendor_eval.errors import DiskFull, VendorEvalError, faults_of
from vendor_eval.runs import (
    MANIFEST,
    RESULTS,
    Cells,
    Laps,
    Planned,
    aside_for,
    planned,
    recorded_in,
    run,
)
from vendor_eval.runs.batch.rows import Row

NO_AWARD = 3
"""The exit code where no vendor is eligible, or the first gives no price."""
STATUS = {0: "ok", 1: "failed", 2: "faulty", NO_AWARD: "no_award", 4: "seal_broken", 5: "not_ready"}
"""By exit code, how an evaluation ended that did end."""
Engine = Literal["kernel", "fork", "dask"]


@dataclass(frozen=True)
class Task:
    """A row, and how and where it is run."""

    row: Row
    out: Path
    engine: Engine = "kernel"
    strict: bool = False
    score_only: bool = False

    @property
    def name(self) -> str:
        """The row's name."""
        return self.row.name

    @property
    def options(self) -> dict[str, Any]:
        """What outputs depend on besides inputs, notebook and parameters."""
        alone: dict[str, Any] = {"score_only": True} if self.score_only else {"docx": False}
        return {"strict": self.strict, **alone}

    def as_json(self) -> dict[str, Any]:
        """The task as plain values, for the process that does it."""
        return {**asdict(self), "row": self.row.model_dump(), "out": str(self.out)}


@dataclass(frozen=True)
class TaskOutcome:
    """What came of a task: its exit code, faults, seconds by part, and memory at its peak."""

    exit_code: int
    faults: tuple[Mapping[str, Any], ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    peak_memory_mb: int | None = None
    """Of the process and of its kernel, added; None where the system does not say."""
    status: str = ""
    """As in `STATUS`; or timed_out, lost, full for a disk that is."""

    @property
    def ended_as(self) -> str:
        """How it ended, in a word."""
        return self.status or STATUS[self.exit_code]


def task_of(plain: Mapping[str, Any]) -> Task:
    """The task that these plain values are."""
    return Task(**{**plain, "row": Row(**plain["row"]), "out": Path(plain["out"])})


def performed(task: Task, cells: Cells | None = None) -> TaskOutcome:
    """The outcome of a task, once its folder is there or something was wrong.

    `cells` runs a notebook's cells, a kernel without it.
    """
    laps, row = Laps(), task.row
    if task.out.is_dir():  # an attempt was lost after its folder was in its place
        shutil.rmtree(task.out)
    try:
        if task.score_only:
            out = _scored(task, laps)
        else:
            out = run(
                Path(row.folder),
                out=task.out,
                notebook=row.notebook,
                parameters=row.given,
                strict=task.strict,
                cells=cells,
                laps=laps,
            ).parent
        results = json.loads((out / RESULTS).read_bytes())
        award = results["recommendation"]  # None by one envelope alone
        code = NO_AWARD if award and award["verdict"] == "none" else 0
        return TaskOutcome(code, (), _rounded(laps), _peak())
    except DiskFull as error:
        return TaskOutcome(2, _plain(error), _rounded(laps), _peak(), "full")
    except VendorEvalError as error:
        return TaskOutcome(error.exit_code, _plain(error), _rounded(laps), _peak())


def _plain(error: VendorEvalError) -> tuple[dict[str, Any], ...]:
    return tuple(fault.as_json() for fault in faults_of(error))


def _scored(task: Task, laps: Laps) -> Path:
    """The folder with `results.json` and a manifest alone."""
    from vendor_eval.outputs.results import results_json
    from vendor_eval.outputs.stage_results import stage_json
    from vendor_eval.runs.destination import placed, refuse_occupied
    from vendor_eval.runs.manifest import manifest_json
    from vendor_eval.runs.recording import assessed_by
    from vendor_eval.tender.folder import read

    started, row = datetime.now(UTC), task.row
    plan = planned(Path(row.folder), row.notebook, row.given)
    refuse_occupied(task.out)
    with aside_for(task.out.parent, named=True) as staging:
        finished = staging / "report"
        finished.mkdir()
        inputs = folder_inputs(plan)
        tender = read(plan.folder, envelope=str(plan.values.get("envelope") or ""))
        tender = tender.strictly() if task.strict else tender
        laps.end("read")
        if tender.rules.stage:
            written = stage_json(tender)
        else:
            written = results_json(tender, tender.evaluate(**assessed_by(row.given)))
        (finished / RESULTS).write_bytes(written)
        laps.end("assess")
        manifest = manifest_json(
            notebook=plan.source,
            inputs={**inputs, **tender.hashes},
            outputs=finished,
            parameters=plan.values,
            started=started,
            seconds=laps.total,
            options=task.options,
            **recorded_in(finished / RESULTS),
        )
        (finished / MANIFEST).write_bytes(manifest)
        return placed(finished, task.out)


def folder_inputs(plan: Planned) -> dict[str, str]:
    """The sha256, in hex, of what a run would hash, by name."""
    from vendor_eval.panel.log import LOG
    from vendor_eval.runs.manifest import sha256_of
    from vendor_eval.tender.attachments import read_attachments
    from vendor_eval.tender.bid_files import input_names, is_there
    from vendor_eval.tender.folder import read, read_rules

    folder = plan.folder
    if is_there(folder, LOG) and read_rules(folder).envelopes:
        # a closed envelope's hash is its receipt's, and the log says which one is closed
        return dict(read(folder, envelope=str(plan.values.get("envelope") or "")).hashes)
    attachments, _ = read_attachments(folder)
    listed = {attachment.name: attachment.sha256 for attachment in attachments}
    return {name: sha256_of(folder / name) for name in input_names(folder)} | listed


def key_of(task: Task) -> tuple[str, str] | None:
    """The hash of a task's inputs and its key, both in hex; None where it cannot be run."""
    from vendor_eval.runs.installed import run_key
    from vendor_eval.runs.manifest import sha256_of
    from vendor_eval.tender.tender import inputs_hash

    try:
        plan = planned(Path(task.row.folder), task.row.notebook, task.row.given)
        digest = inputs_hash(folder_inputs(plan))
    except (VendorEvalError, OSError):  # the run itself will say it
        return None
    key = run_key(
        inputs_hash=digest,
        notebook=sha256_of(plan.source),
        parameters=plan.values,
        options=task.options,
    )
    return digest, key


def _rounded(laps: Laps) -> dict[str, float]:
    return {name: round(seconds, 3) for name, seconds in laps.seconds.items()}


def _peak() -> int | None:
    """Millions of bytes that this process and the largest of its children held at most."""
    if sys.platform == "win32":
        return None
    import resource

    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return sum(resource.getrusage(each).ru_maxrss for each in who) * unit // 1_000_000
