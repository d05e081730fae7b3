"""A night: every row run or skipped, one folder with all of them, and one exit code."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vendor_eval.errors import NO_SPACE, DiskFull, VendorEvalError
from vendor_eval.rules.whole_file import replaced_file
from vendor_eval.runs.batch import canaries, pool
from vendor_eval.runs.batch.children import in_a_fork, in_a_new_process, shared, warm
from vendor_eval.runs.batch.evaluations import Engine, Task, key_of
from vendor_eval.runs.batch.index import index_page
from vendor_eval.runs.batch.night import (
    BATCH,
    alone,
    cleared,
    earlier_run,
    finished_folder,
    latest,
    linked,
    night_for,
    set_latest,
)
from vendor_eval.runs.batch.record import (
    Entry,
    Events,
    as_json,
    batch_record,
    entry_of,
    write_faults,
    write_tables,
)
from vendor_eval.runs.batch.rows import Row
from vendor_eval.runs.batch.stops import Stop, heeded, raise_for

INDEX = "index.html"
WORST = (1, 4, 2, 5, 6, 3, 0)
"""Exit codes of a batch, the one that wins first."""
FULL = "the disk is full: free some space, then the same command continues this night"


@dataclass(frozen=True)
class Settings:
    """How a batch is run; nothing here changes an output but `strict` and `score_only`."""

    engine: Engine = "kernel"
    scheduler: str | None = None
    jobs: int = 1
    retries: int = 2
    timeout: float | None = None
    skip: bool = True
    fail_fast: bool = False
    fail_on_change: bool = False
    strict: bool = False
    score_only: bool = False


@dataclass
class _Night:
    """What is known of a night while it is run."""

    folder: Path
    before: Path | None
    settings: Settings
    events: Events
    keys: Mapping[str, tuple[str, str] | None]
    entries: dict[str, Entry] = field(default_factory=dict)


def batch(
    rows: Sequence[Row],
    place: Path,
    settings: Settings,
    *,
    night: str | None = None,
    against: Path | None = None,
    say: Callable[[Entry, int, int], None],
) -> tuple[Path, int]:
    """The page of a night, once it is written, and the exit code of the whole.

    `against` is the night that this one is compared with, the last whole one without it. Raises
    DiskFull where the disk is, and Ended or KeyboardInterrupt for a signal, with the night's files
    written as far as it came; VendorEvalError where it cannot begin.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    if settings.engine == "fork":
        warm(score_only=settings.score_only)
    outputs = {"strict": settings.strict, "score_only": settings.score_only}
    command = {"rows": [row.model_dump(mode="json") for row in rows], **outputs}
    with alone(place), heeded() as stop:
        before = _night_before(place, against)
        folder, goes_on = night_for(place, night, command, started)
        tasks = [Task(row, folder / row.name, settings.engine, **outputs) for row in rows]
        keys = {task.name: key_of(task) for task in tasks}
        at_work = _Night(folder, before, settings, Events(folder), keys)
        at_work.events.write("begun" if not goes_on else "goes on", runs=len(rows))
        code = 1
        try:
            todo = _left_to_do(at_work, tasks, place, goes_on=goes_on, say=say)
            _do(at_work, todo, len(tasks), stop, say)
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            stop.by = "disk"
        pending = [task.name for task in tasks if task.name not in at_work.entries]
        entries = [at_work.entries[t.name] for t in tasks if t.name in at_work.entries]
        code = _exit_code(entries, settings)
        record = batch_record(
            entries,
            arguments={**vars(settings), "night": folder.name},
            started=started,
            clock=clock,
            whole=not pending or stop.by == "fault",
            pending=pending,
            against=before.name if before else None,
            exit_code=code,
        )
        _write(at_work, record, place)
        if stop.by == "disk":
            raise DiskFull(FULL)
        raise_for(stop)
        return folder / INDEX, code


def _night_before(place: Path, against: Path | None) -> Path | None:
    if against is None or str(against) == "latest":
        return latest(place)
    night = latest(against) or against
    if not (night / BATCH).is_file():
        raise VendorEvalError(f"--against {against}: found no night there; allowed: its folder")
    return night.resolve()


def _left_to_do(
    night: _Night,
    tasks: Sequence[Task],
    place: Path,
    *,
    goes_on: bool,
    say: Callable[[Entry, int, int], None],
) -> list[Task]:
    """The tasks to run: not those done in this night before it was interrupted, nor skipped."""
    written = night.events.finished() if goes_on else {}
    todo = []
    for task in tasks:
        keys = night.keys[task.name]
        if keys and goes_on and finished_folder(task.out, keys[1]):
            kept = written.get(task.name)
            fits = kept is not None and kept["key"] == keys[1]
            night.entries[task.name] = kept if kept and fits else _entry(night, task, None)
            continue
        cleared(task.out)
        same = (
            earlier_run(place, night.folder, task.name, keys[1])
            if keys and night.settings.skip
            else None
        )
        if same is None:
            todo.append(task)
            continue
        linked(same, task.out)
        _ended(night, task, None)
        say(night.entries[task.name], len(night.entries), len(tasks))
    return todo


def _do(
    night: _Night,
    todo: Sequence[Task],
    total: int,
    stop: Stop,
    say: Callable[[Entry, int, int], None],
) -> None:
    """Runs what is left to do, until all of it ended or something stops it."""
    settings = night.settings
    with _engine(settings) as (begin, jobs), canaries.among(todo, night.folder) as watched:
        for done in pool.finished(
            watched.tasks,
            begin,
            jobs=jobs,
            retries=settings.retries,
            timeout=settings.timeout,
            stopped=stop,
        ):
            if settings.engine == "fork":
                shared(done.modules)
            if done.outcome.ended_as == "full":
                stop.by = stop.by or "disk"
                continue
            differs = watched.differs(done)
            if not watched.is_canary(done.task):
                _ended(night, done.task, done)
            name = done.task.name
            if differs:
                _failed_canary(night, name, differs)
            if name in night.entries and not watched.is_canary(done.task):
                say(night.entries[name], len(night.entries), total)
            if settings.fail_fast and _exit_code([*night.entries.values()], settings) in (1, 2, 4):
                stop.by = stop.by or "fault"


@contextmanager
def _engine(settings: Settings) -> Iterator[tuple[Callable[[Task], pool.Begin], int]]:
    """What begins a task, and how many are done at a time."""
    if settings.engine == "dask":
        from vendor_eval.runs.batch.workers import submitting

        with submitting(settings.scheduler, settings.jobs) as (submit, jobs):
            yield lambda _: submit, jobs
    else:
        yield lambda task: in_a_fork if task.engine == "fork" else in_a_new_process, settings.jobs


def _failed_canary(night: _Night, name: str, differs: Mapping[str, Any]) -> None:
    """The run of a canary that differs counts as failed, by a defect of ours."""
    entry = night.entries[name]
    night.entries[name] = {
        **entry,
        **{"status": "failed", "exit_code": 1, "faults": [*entry["faults"], dict(differs)]},
    }
    night.events.write("canary", run=night.entries[name])


def _entry(night: _Night, task: Task, done: pool.Done | None) -> Entry:
    before = night.before / task.name if night.before else None
    return entry_of(task, done, night.keys[task.name], before)


def _ended(night: _Night, task: Task, done: pool.Done | None) -> None:
    """Writes down how a task ended."""
    entry = _entry(night, task, done)
    if entry["rules_fingerprint"] is None:  # no results were written
        write_faults(task.out, entry)
    night.events.write("finished", run=entry)
    night.entries[task.name] = entry


def _exit_code(entries: Sequence[Entry], settings: Settings) -> int:
    codes = {entry["exit_code"] for entry in entries}
    changed = any((entry["change"] or {}).get("kinds") for entry in entries)
    if settings.fail_on_change and changed:
        codes.add(6)
    return next((code for code in WORST if code in codes), 0)


def _earlier_page(night: _Night) -> str | None:
    """Where the page of the night before is, from the page of this one."""
    if night.before is None or not (night.before / INDEX).is_file():
        return None
    return Path(os.path.relpath(night.before / INDEX, night.folder.resolve())).as_posix()


def _write(night: _Night, record: Mapping[str, Any], place: Path) -> None:
    """Writes the night's files, batch.json last; nothing where the disk is full."""
    try:
        write_tables(night.folder, record["runs"])
        page = index_page(record, night.folder.name, _earlier_page(night))
        replaced_file(night.folder / INDEX, page.encode())
        night.events.write("ended", whole=record["whole"], exit_code=record["exit_code"])
        replaced_file(night.folder / BATCH, as_json(record))
        if record["whole"]:
            set_latest(place, night.folder)
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DiskFull(FULL) from None
        raise
