"""Tasks done by a number of processes at a time, each by one that ends with it."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import IO

import psutil

from vendor_eval.errors import Fault
from vendor_eval.runs.batch.children import Child, Started
from vendor_eval.runs.batch.evaluations import Task, TaskOutcome

_LOOK = 0.02
"""Seconds between two looks at what runs."""
_GRACE = 10.0
"""Seconds in which a process that is asked to end may put away what it made."""
_MEMORY = 500_000_000
"""Bytes that one evaluation takes at most, its kernel included."""

Begin = Callable[[Task, IO[bytes], IO[bytes]], Child]


@dataclass(frozen=True)
class Done:
    """A task with its outcome, after so many attempts."""

    task: Task
    outcome: TaskOutcome
    attempts: int
    seconds: float
    modules: tuple[str, ...] = ()
    """What a fork imported that its parent had not."""


def usable_jobs() -> int:
    """How many evaluations this machine does at once: its cores, and no more than fit in memory."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min(cores, psutil.virtual_memory().available // _MEMORY))


def finished(
    tasks: Iterable[Task],
    begin: Callable[[Task], Begin],
    *,
    jobs: int,
    retries: int,
    timeout: float | None,
    stopped: Callable[[], bool],
) -> Iterator[Done]:
    """Each task as it ends. Nothing new is begun once `stopped` says so; what runs goes on.

    A task whose process was lost, and one that failed by a defect of the tool, is tried again up
    to `retries` times; one that takes more than `timeout` seconds is ended. A process that was
    begun never outlives the caller.
    """
    waiting = deque((task, 1) for task in tasks)
    running: list[tuple[Started, int]] = []
    try:
        while running or (waiting and not stopped()):
            while waiting and len(running) < jobs and not stopped():
                task, attempt = waiting.popleft()
                running.append((Started(task, begin(task)), attempt))
            for one in [*running]:
                started, attempt = one
                late = _late(started, timeout)
                code = started.child.poll()
                if code is None and not late:
                    continue
                running.remove(one)
                seconds = time.monotonic() - started.since
                outcome = _ended(started, timeout) if code is None else started.outcome(code)
                again = outcome.exit_code == 1 and outcome.ended_as != "timed_out"
                if again and attempt <= retries and not stopped():
                    waiting.append((started.task, attempt + 1))
                else:
                    yield Done(started.task, outcome, attempt, seconds, started.modules)
            time.sleep(_LOOK)
    finally:
        for started, _ in running:
            _end(started.child)


def _late(started: Started, timeout: float | None) -> bool:
    return timeout is not None and time.monotonic() - started.since > timeout


def _ended(started: Started, timeout: float | None) -> TaskOutcome:
    """The outcome of what took too long, once it has ended."""
    _end(started.child)
    message = f"--timeout {timeout:g}: it took longer and was ended; allowed: more seconds"
    outcome = started.outcome(1)
    return replace(outcome, exit_code=1, status="timed_out", faults=(Fault("", message).as_json(),))


def _end(child: Child) -> None:
    child.terminate()
    until = time.monotonic() + _GRACE
    while child.poll() is None:
        if time.monotonic() > until:
            child.kill()
        time.sleep(_LOOK)
