"""Commands timed side by side, and the facts of the machine they ran on."""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

Command = Sequence[str | Path]

NAMED = ["numpy", "pandas", "scikit-criteria", "papermill", "nbconvert", "plotly", "ipykernel"]


@dataclass(frozen=True)
class Times:
    """Seconds that the same work took, once a round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def over(self, other: "Times") -> float:
        """The ratio to another job's times, the median of the rounds'."""
        pairs = zip(self.seconds, other.seconds, strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)

    def __str__(self) -> str:
        return f"{self.median:.2f} ({min(self.seconds):.2f}-{max(self.seconds):.2f})"


def interleaved(
    jobs: Mapping[str, Sequence[Command]], *, rounds: int, keep: Path | None = None
) -> dict[str, Times]:
    """Times of each job, a run of commands, one round of all jobs after another.

    Each job runs in an empty folder, `{dir}` in its commands; a first round that is not counted
    warms the disk, but where no round is asked for: then it is the one that counts. The folder of
    the last round goes to `keep`, by the job's name. Jobs of the same commands are run once.
    """
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    alike = {name: [n for n in jobs if jobs[n] == jobs[name]] for name in jobs}
    for turn in range(rounds + 1):
        for name, commands in jobs.items():
            if name != alike[name][0]:
                continue
            with tempfile.TemporaryDirectory() as folder:
                start = time.perf_counter()
                for command in commands:
                    run([str(part).replace("{dir}", folder) for part in command], cwd=Path(folder))
                taken = time.perf_counter() - start
                for each in alike[name]:
                    if turn or not rounds:
                        seconds[each].append(taken)
                    if keep and turn == rounds:
                        shutil.copytree(folder, keep / each)
    return {name: Times(tuple(every)) for name, every in seconds.items()}


def run(command: Sequence[str], *, cwd: Path) -> str:
    """What a command wrote to standard output; a command that fails ends the benchmark."""
    env = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    env["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)  # this checkout is measured
    env["PATH"] = os.pathsep.join([str(Path(command[0]).parent), env.get("PATH", "")])
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def machine() -> str:
    """What one needs to read the figures: cores, system, Python and the packages that matter."""
    packages = ", ".join(f"{name} {version(name)}" for name in NAMED)
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def table(*header: str, rows: list[tuple[object, ...]]) -> list[str]:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]


def against(times: dict[str, Times], reference: str) -> list[tuple[object, ...]]:
    """Rows of job, seconds and ratio to the reference job."""
    base = times[reference]
    return [(name, taken, f"{taken.over(base):.2f} x") for name, taken in times.items()]
