"""Canaries: of what is run in forks, one in twenty is also run in a kernel and compared."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vendor_eval.errors import Fault
from vendor_eval.runs import MANIFEST
from vendor_eval.runs.batch.evaluations import Task
from vendor_eval.runs.batch.pool import Done
from vendor_eval.runs.staging import aside

EVERY = 20
"""Of so many forked runs one is also run in a kernel; at least one of all."""


@dataclass
class Watched:
    """Tasks with their canaries among them, and what came of both so far."""

    tasks: Sequence[Task]
    place: Path | None = None
    """Where canaries write."""
    _ended: dict[str, dict[bool, Done]] = field(default_factory=dict)

    def is_canary(self, task: Task) -> bool:
        """Whether a task is run for comparison alone."""
        return self.place is not None and task.out.parent == self.place

    def differs(self, done: Done) -> Mapping[str, Any] | None:
        """What differs between a task and its canary, as a fault, once both have ended."""
        pair = self._ended.setdefault(done.task.name, {})
        pair[self.is_canary(done.task)] = done
        if len(pair) < 2:
            return None
        forked, canary = pair[False], pair[True]
        if {forked.outcome.status, canary.outcome.status} != {""}:
            return None  # one of them was ended, which says nothing of what it would have written
        names = [f"exit code {forked.outcome.exit_code} against {canary.outcome.exit_code}"]
        if forked.outcome.exit_code == canary.outcome.exit_code:
            one, other = _contents(forked.task.out), _contents(canary.task.out)
            names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
        if not names:
            return None
        message = f"fork and kernel do not give the same bytes: {', '.join(names)}"
        return Fault(
            "canary", f"{message}; allowed: --engine kernel, until this is fixed"
        ).as_json()


def _contents(run: Path) -> dict[str, bytes]:
    """What a run wrote, by name, but for its manifest."""
    if not (run / MANIFEST).is_file():
        return {}
    files = (path for path in run.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(run).as_posix(): path.read_bytes() for path in files}


@contextmanager
def among(tasks: Sequence[Task], night: Path) -> Iterator[Watched]:
    """The tasks, and after each one to compare its canary; what canaries wrote is gone then."""
    forked = [task for task in tasks if task.engine == "fork"]
    if not forked:
        yield Watched(tasks)
        return
    with aside(night) as place:
        every: list[Task] = []
        for number, task in enumerate(tasks):
            every.append(task)
            if number % EVERY == 0:
                every.append(replace(task, out=place / task.name, engine="kernel"))
        yield Watched(every, place)
