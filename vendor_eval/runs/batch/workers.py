"""Tasks done by Dask's workers, for what one machine is too small for."""

import contextlib
import json
import logging
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from vendor_eval.errors import VendorEvalError
from vendor_eval.runs.batch.children import Started, in_a_new_process
from vendor_eval.runs.batch.evaluations import Task, task_of
from vendor_eval.runs.batch.pool import Begin

LOCAL = ("localhost", "127.0.0.1", "[::1]")
_PATIENCE = 30
"""Seconds to wait for a scheduler."""
_LOOK = 0.05
_FAILED, _LOST = 1, -9


class Submitted:
    """A task at a scheduler, as `subprocess.Popen` shows a process."""

    pid = 0

    def __init__(self, future: Any, said: IO[bytes]) -> None:
        self._future, self._said = future, said
        self._code: int | None = None

    def poll(self) -> int | None:
        """0 once its outcome is known; negative where its workers were lost; None until then."""
        if self._code is None and self._future.status != "pending":
            self._code = _LOST
            if self._future.status == "finished":
                self._said.write(json.dumps(self._future.result()).encode())
                self._code = 0
            self._future.release()
        return self._code

    def terminate(self) -> None:
        """Takes it back from the scheduler."""
        self._future.cancel(force=True)

    kill = terminate


def performed_by_a_worker(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome of a task as plain values, from a process that the worker starts and awaits."""
    started = Started(task_of(plain), in_a_new_process)
    try:
        while (code := started.child.poll()) is None:
            time.sleep(_LOOK)
    finally:
        if started.child.poll() is None:
            started.child.kill()
    outcome = started.outcome(code)
    return {**vars(outcome), "faults": [dict(fault) for fault in outcome.faults]}


@contextlib.contextmanager
def submitting(scheduler: str | None, jobs: int) -> Iterator[tuple[Begin, int]]:
    """What begins a task at a scheduler, and how many it may be given at a time.

    Without an address, workers are started here, `jobs` of them. Every worker must see the same
    files under the same paths. Raises VendorEvalError where Dask is missing, an address of another
    machine is not one of TLS, or nobody answers there.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        message = "needs Dask; allowed: pip install 'vendor-eval[dask]', or another engine"
        raise VendorEvalError(f"--engine dask: {message}") from None
    _refuse_open(scheduler)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        place: Any = scheduler
        if scheduler is None:
            private = stack.enter_context(tempfile.TemporaryDirectory(prefix="vendor-eval-dask-"))
            place = stack.enter_context(
                LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    host=LOCAL[1],
                    dashboard_address=None,
                    local_directory=private,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = stack.enter_context(Client(place, timeout=_PATIENCE, set_as_default=False))
        except (OSError, ValueError) as error:
            message = f"nobody answers there: {error}"
            raise VendorEvalError(f"--scheduler {scheduler}: {message}") from None
        threads = sum(client.nthreads().values())

        def begin(task: Task, said: IO[bytes], _errors: IO[bytes]) -> Submitted:
            plain = task.as_json()
            plain["row"]["folder"] = str(Path(task.row.folder).absolute())
            if task.row.notebook.endswith(".ipynb"):
                plain["row"]["notebook"] = str(Path(task.row.notebook).absolute())
            plain["out"] = str(task.out.absolute())
            return Submitted(client.submit(performed_by_a_worker, plain, pure=False), said)

        yield begin, max(threads, jobs)


def _refuse_open(scheduler: str | None) -> None:
    """Bids go over no network without TLS."""
    if scheduler is None or scheduler.startswith("tls://"):
        return
    host = scheduler.partition("://")[2].rpartition(":")[0]
    if host not in LOCAL:
        message = f"found {scheduler!r}; allowed: tls://HOST:PORT, or an address of this machine"
        raise VendorEvalError(f"--scheduler: {message}")
