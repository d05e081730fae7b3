"""A notebook kernel of our own: this very Python, no user's settings, no network."""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

import vendor_eval
from vendor_eval.runs.staging import aside

_LOG = "log"
_LONGEST_SOCKET = 90  # bytes of a path; systems allow 104 to 108 with the port appended
# What every notebook of the suite loads is loaded while the process that started the kernel is
# still busy with its own imports; by name, so that no name appears that a notebook did not import.
_PRELOADED = (
    "vendor_eval.runs.inside",
    "vendor_eval.award.result",
    "vendor_eval.tender.folder",
    "vendor_eval.report.first_screen",
    "vendor_eval.outputs.results",
)
_ARGV = [
    *(sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"),
    "--HistoryManager.enabled=False",
    f"--IPKernelApp.exec_lines=[__import__(name) for name in {_PRELOADED}]",
]


LONGEST_STOP = 10.0
"""Seconds that the kernel's process may be stopped, as by SIGSTOP, before it counts as dead."""


class Kernel(AsyncKernelManager):
    """A manager that knows one kernel specification, ours, and remembers its client."""

    stopped = False
    """Whether its process was stopped and did not go on."""
    _client: Any = None
    _stopped_at: float | None = None

    async def _async_is_alive(self) -> bool:
        """What its client asks every second: a process that was stopped would never answer."""
        if not await super()._async_is_alive():
            return False
        now = time.monotonic()
        if not self._is_stopped():
            self._stopped_at = None
        elif self._stopped_at is None:
            self._stopped_at = now
        self.stopped = self._stopped_at is not None and now - self._stopped_at >= LONGEST_STOP
        return not self.stopped

    def _is_stopped(self) -> bool:
        try:
            process = psutil.Process(getattr(self.provisioner, "pid", None))
            return process.status() == psutil.STATUS_STOPPED
        except psutil.Error:  # it has ended since
            return False

    def last_words(self) -> str:
        """The last line that the kernel's process wrote, for when it died."""
        written = Path(self.connection_file).with_name(_LOG).read_text(errors="replace")
        return written.strip().rpartition("\n")[2]

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=_ARGV, display_name="Python 3", language="python")

    def client(self, **options: Any) -> Any:
        self._client = super().client(**options)
        return self._client

    def close(self) -> None:
        """Kill the kernel at once and close what was opened to talk to it."""
        if self._client is not None:
            self._client.stop_channels()
        if self.has_kernel:
            run_sync(self.shutdown_kernel)(now=True)
        run_sync(self.cleanup_resources)()


@contextlib.contextmanager
def started(cwd: Path, staging: Path) -> Iterator[Kernel]:
    """The manager of a kernel that was just started in `cwd`: it boots while its user imports.

    `staging`: what the next run removes as well where this one is killed.
    """
    with (
        aside(Path(tempfile.gettempdir()), along=staging) as private,
        (private / _LOG).open("wb") as log,
    ):
        manager = Kernel(connection_file=str(private / "connection.json"), **_transport(private))
        try:
            run_sync(manager.start_kernel)(
                cwd=str(cwd.absolute()),
                env=environment(private),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            yield manager
        except (KeyboardInterrupt, SystemExit):
            run_sync(_call_off)()
            raise
        finally:
            manager.close()


async def _call_off() -> None:
    """Ends the tasks that an interrupt left behind, and asks for their errors, which mean nothing.

    Python would print them at its end.
    """
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _transport(private: Path) -> Mapping[str, str]:
    """Sockets that only this user can reach, where the system has them; else the loopback."""
    socket = str(private / "kernel")
    if sys.platform == "win32" or len(os.fsencode(socket)) > _LONGEST_SOCKET:
        return {"transport": "tcp", "ip": "127.0.0.1"}
    return {"transport": "ipc", "ip": socket}


def environment(private: Path) -> dict[str, str]:
    """A notebook's environment: the same packages, no user's profile, one BLAS thread."""
    home = str(private)
    ours = Path(vendor_eval.__file__).parents[1]
    path = [*filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    if ours.name not in ("site-packages", "dist-packages"):
        path.insert(0, str(ours))  # a checkout that is imported without being installed
    return {
        **os.environ,
        # relative entries would mean another place in the kernel's own working directory
        "PYTHONPATH": os.pathsep.join(map(os.path.abspath, path)),
        "IPYTHONDIR": home,
        "JUPYTER_CONFIG_DIR": home,
        "JUPYTER_NO_CONFIG": "1",
        "MPLCONFIGDIR": home,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "OMP_NUM_THREADS": "1",  # two threads are three times slower on blocked kernels
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
