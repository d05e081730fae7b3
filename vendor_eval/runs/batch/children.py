"""Processes that do one task each, started or forked, and what each leaves behind."""

import contextlib
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Protocol

import psutil

import vendor_eval
from vendor_eval.errors import Fault, ToolFailed
from vendor_eval.runs import Cells
from vendor_eval.runs.batch.evaluations import Task, TaskOutcome, performed, task_of

_MODULES = "modules"
_SCORED = ("vendor_eval.outputs.results", "vendor_eval.tender.folder", "vendor_eval.runs.manifest")
_WARM = (
    *_SCORED,
    *("vendor_eval.runs.own_process", "vendor_eval.runs.export", "vendor_eval.outputs.scorecard"),
    *("vendor_eval.report.first_screen", "vendor_eval.runs.recording"),
)
_NEVER = ("vendor_eval.runs.inside", "__main__")
"""What changes a process for good, and belongs in a fork alone."""
_LOOK = 0.02
"""Seconds between two looks at whether the parent is there."""
_LAST_WORDS = 2000
"""Characters of what a process wrote on standard error that are kept where it failed."""


class Child(Protocol):
    """A process that can be asked whether it ended, and ended."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""

    def terminate(self) -> None:
        """Asks it to end."""

    def kill(self) -> None:
        """Ends it."""


class Started:
    """A child at its task, with the files that it writes its outcome and its errors into."""

    def __init__(self, task: Task, begin: Callable[[Task, IO[bytes], IO[bytes]], Child]) -> None:
        self.task, self.since = task, time.monotonic()
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # until it has ended
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self.child = begin(task, self._said, self._errors)
        self.modules: tuple[str, ...] = ()

    def outcome(self, code: int) -> TaskOutcome:
        """What came of its task, now that it has ended with this code."""
        self._said.seek(0)
        self._errors.seek(0)
        said, errors = self._said.read(), self._errors.read()
        self._said.close()
        self._errors.close()
        try:
            plain = json.loads(said)
            self.modules = tuple(plain.pop(_MODULES, ()))
            return TaskOutcome(**{**plain, "faults": tuple(plain["faults"])})
        except (ValueError, TypeError, KeyError):
            words = errors.decode("utf-8", "replace").strip()[-_LAST_WORDS:]
        if code < 0:
            message = f"its process was ended by signal {-code}"
            return TaskOutcome(1, (Fault("", message).as_json(),), status="lost")
        message = f"its process ended with {code} and no result; {words}"
        return TaskOutcome(1, (Fault("", message).as_json(),), status="lost" if code == 0 else "")


def in_a_new_process(task: Task, said: IO[bytes], errors: IO[bytes]) -> Child:
    """A fresh Python that does the task by papermill in a kernel, as `run` does."""
    path = os.pathsep.join(filter(None, [_root(), os.environ.get("PYTHONPATH", "")]))
    process = subprocess.Popen(
        [sys.executable, "-m", "vendor_eval.runs.batch.children"],
        stdin=subprocess.PIPE,
        stdout=said,
        stderr=errors,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # an interrupt at the terminal is the batch's matter
    )
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError), process.stdin as given:
            given.write(json.dumps(task.as_json()).encode())
    return process


def _root() -> str:
    """Where this package is imported from, unless it is installed."""
    root = Path(vendor_eval.__file__).resolve().parents[1]
    return "" if root.name in ("site-packages", "dist-packages") else str(root)


class Fork:
    """A fork of this process, as `subprocess.Popen` shows a process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def terminate(self) -> None:
        """Asks it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it."""
        self._send(signal.SIGKILL)

    def _send(self, sign: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)


def in_a_fork(task: Task, said: IO[bytes], errors: IO[bytes]) -> Child:
    """A fork that does the task with everything imported already, cells in itself."""
    parent = os.getpid()
    if pid := os.fork():
        return Fork(pid)
    code = 1
    try:
        os.setsid()
        for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(sign, signal.SIG_DFL)
        with Path(os.devnull).open("r+b") as nothing:
            for at, file in ((0, nothing), (1, nothing), (2, errors)):
                os.dup2(file.fileno(), at)
        _end_with(parent)
        before = set(sys.modules)
        outcome = performed(task, _cells(task))
        new = sorted(set(sys.modules) - before)
        _say(said, outcome, new)
        code = 0
    except Exception:  # noqa: BLE001  # a fork must end here, after any failure
        import traceback

        traceback.print_exc(file=sys.__stderr__)
    finally:
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                stream.flush()
        os._exit(code)


def _cells(task: Task) -> Cells | None:
    """What runs the cells of a task's notebook in this fork; None where it has none to run."""
    if task.score_only:
        return None
    from vendor_eval.runs.own_process import in_this_process

    return in_this_process


def _say(said: IO[bytes], outcome: TaskOutcome, modules: list[str]) -> None:
    plain = {**vars(outcome), "faults": list(outcome.faults), _MODULES: modules}
    said.write(json.dumps(plain).encode())
    said.flush()


def _end_with(parent: int) -> None:
    """Ends this process once its parent has ended, which would have collected its outcome.

    At once: another attempt at the task would find the folder that this one puts in its place.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Does the task that standard input names, and writes its outcome on standard output."""
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no outcome
    if sys.platform != "win32":
        _end_with(os.getppid())
    gc.disable()
    task = task_of(json.load(sys.stdin))
    _say(said, performed(task), [])


def warm(*, score_only: bool) -> None:
    """Imports what every run needs, so that forks share it; raises ToolFailed where none can be.

    What else runs import is imported as soon as the first fork has shown it.
    """
    shared(_SCORED if score_only else _WARM)


def shared(modules: Iterable[str]) -> None:
    """Imports modules and freezes what is there, for forks to share."""
    wanted = [name for name in modules if name not in sys.modules and name not in _NEVER]
    if not wanted:
        return
    for name in wanted:
        with contextlib.suppress(ImportError):  # it was made on the way
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    if (threads := psutil.Process().num_threads()) > 1:
        raise ToolFailed(f"the fork engine needs a process of one thread, found {threads}")


if __name__ == "__main__":
    from vendor_eval.endings import exit_codes

    exit_codes(main)()
