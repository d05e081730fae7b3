"""The command that runs many evaluations: batch."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from vendor_eval.errors import VendorEvalError, one_line
from vendor_eval.panel_commands import FILE

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
BATCH_HELP = {
    "batch": """Run many evaluations into a night's folder; the last line is the path of its page.

    FOLDERS are evaluations. --from reads one row for each run: folder, notebook, scenario, seed,
    parameters, name. A run with the same inputs, parameters and versions as on an earlier night is
    skipped. The exit code is that of the worst run, in the order 1, 4, 2, 5, 6, 3, 0."""
}
"""What the command does, as its `--help` says it."""


@click.command("batch", help=BATCH_HELP["batch"])
@click.argument("folders", type=FILE, nargs=-1)
@click.option(
    "--from",
    "source",
    type=click.Path(allow_dash=True),
    help="A file of rows; - is standard input.",
)
@click.option("--out", type=FILE, required=True, help="The folder for all nights.")
@click.option(
    "--jobs",
    default="auto",
    show_default=True,
    metavar="N|auto",
    help="Runs at a time; auto: as many as cores and memory allow.",
)
@click.option(
    "--engine",
    type=click.Choice(["kernel", "fork", "dask"]),
    default="kernel",
    show_default=True,
    help="fork (Linux): a fork for each run, 1 in 20 checked by kernel. dask: a cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler; tls:// if remote.")
@click.option("--night", help="The night's name.  [default: the time in UTC]")
@click.option("--against", type=FILE, help="The night to compare with.  [default: latest]")
@click.option("--no-skip", is_flag=True, help="Run everything, even what did not change.")
@click.option(
    "--retries",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="Further attempts if a process was lost or the tool failed.",
)
@click.option("--timeout", type=click.FloatRange(min=1), help="Seconds that a run may take.")
@click.option("--fail-fast", is_flag=True, help="Begin no run after a failure or a fault.")
@click.option("--fail-on", type=click.Choice(["change"]), help="End with 6 if a result changed.")
@click.option("--notebook", default="vendor_selection", show_default=True, help="Which notebook.")
@click.option("--scenario", default="", help="Weigh by one of the rules' scenarios.")
@click.option("-p", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option("--strict", is_flag=True, help="A run ends with 2 at any fault in a bid.")
@click.option("--score-only", is_flag=True, help="Write results.json alone: no notebook, no page.")
@click.option("--quiet", is_flag=True, help="Do not print a line for each run.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How each run is reported on standard error.",
)
def batch(
    folders: tuple[Path, ...], source: str | None, out: Path, jobs: str, **options: Any
) -> int:
    """The exit code of the worst run, once the night's page is written."""
    if options["scheduler"] and options["engine"] != "dask":
        raise VendorEvalError("--scheduler: allowed with --engine dask alone")
    if options["engine"] == "fork":
        if sys.platform != "linux":
            raise VendorEvalError("--engine fork: needs Linux; allowed: kernel")
        os.environ.update(dict.fromkeys(THREADS, "1"))  # before numpy is imported: it begins some

    from vendor_eval.runs.batch.nightly import Settings
    from vendor_eval.runs.batch.nightly import batch as night_of

    settings = Settings(
        engine=options["engine"],
        scheduler=options["scheduler"],
        jobs=_jobs(jobs),
        retries=options["retries"],
        timeout=options["timeout"],
        skip=not options["no_skip"],
        fail_fast=options["fail_fast"],
        fail_on_change=options["fail_on"] is not None,
        strict=options["strict"],
        score_only=options["score_only"],
    )
    page, code = night_of(
        _rows(folders, source, options),
        out,
        settings,
        night=options["night"],
        against=options["against"],
        say=_say(options["log_format"], quiet=options["quiet"]),
    )
    click.echo(page)
    return code


def _jobs(entered: str) -> int:
    from vendor_eval.runs.batch.pool import usable_jobs

    if entered == "auto":
        return usable_jobs()
    if entered.isdecimal() and int(entered) > 0:
        return int(entered)
    raise VendorEvalError(f"--jobs: found {entered!r}; allowed: a whole number from 1, or auto")


def _rows(folders: tuple[Path, ...], source: str | None, options: dict[str, Any]) -> Any:
    from vendor_eval.lab.contents import notebook_path
    from vendor_eval.runs.batch.rows import Row, rows_in, rows_of
    from vendor_eval.runs.parameters import assigned, notebook_parameters

    declared = notebook_parameters(notebook_path(options["notebook"]))
    common = Row(
        folder="-",
        notebook=options["notebook"],
        scenario=options["scenario"],
        parameters=assigned(options["settings"], declared),
    )
    entered: Any = ()
    if source is not None:
        try:
            with click.open_file(source, encoding="utf-8-sig") as file:
                entered = rows_in(source, file.read())
        except OSError as error:
            raise VendorEvalError(f"--from {source}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise VendorEvalError(f"--from {source}: found no UTF-8 text") from None
    return rows_of(folders, entered, common)


def _say(form: str, *, quiet: bool) -> Any:
    def say(entry: dict[str, Any], number: int, total: int) -> None:
        if quiet:
            return
        if form == "json":
            click.echo(json.dumps({"n": number, "of": total, **entry}), err=True)
            return
        line = f"{number} of {total} {entry['name']}: {entry['status'].replace('_', ' ')}"
        change = entry["change"] or {}
        if change.get("kinds"):
            line += f"; {change['sentence']}"
        for fault in entry["faults"][:1]:
            line += "; " + f"{fault['place']}: {fault['found']}".removeprefix(": ")
        click.echo(f"vendor-eval: {one_line(line)}", err=True)

    return say


BATCH_COMMANDS: tuple[Any, ...] = (batch,)
