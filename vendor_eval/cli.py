"""The command line: `vendor-eval new | template | check | seal | score | run | list | lab`."""

import atexit
import gc
import json
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from vendor_eval import __version__
from vendor_eval.errors import VendorEvalError, one_line

NO_AWARD = 3
"""No vendor is eligible, or none of those that are first gives a price."""
INTERRUPTED = 128 + signal.SIGINT
NOTEBOOK = "vendor_selection"
FOLDER = click.argument("folder", type=click.Path(path_type=Path))


def _exit_codes(command: Callable[..., int | None]) -> Callable[..., None]:
    """Ends with the exit code of what went wrong, each fault on a line of standard error."""

    @wraps(command)
    def ending(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except VendorEvalError as error:
            for line in str(error).splitlines():
                click.echo(f"vendor-eval: {one_line(line)}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("vendor-eval: interrupted", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code or 0)

    return ending


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vendor-eval")
def main() -> None:
    """Choose the vendor of an outsourced business process, and say how sure the choice is."""


@main.command()
@FOLDER
@_exit_codes
def new(folder: Path) -> None:
    """Make a new evaluation FOLDER, ready to edit."""
    from vendor_eval.starter import make

    for name in make(folder):
        click.echo(folder / name)


@main.command()
@FOLDER
@_exit_codes
def check(folder: Path) -> None:
    """Read everything in FOLDER and print every fault; nothing is scored.

    Of response workbooks it also prints what was not read, and every cell that was read otherwise
    than letter for letter.
    """
    from vendor_eval.folder import read
    from vendor_eval.wording import counted

    case = read(folder)
    for warning in (*case.warnings, *case.notes, *case.read_as):
        click.echo(f"vendor-eval: {one_line(warning)}", err=True)
    count = counted(len(case.proposals.vendors), "proposal")
    click.echo(f"{count} read, no fault found", err=True)


@main.command()
@FOLDER
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("response.xlsx"),
    show_default=True,
    help="Where the workbook goes.",
)
@_exit_codes
def template(folder: Path, out: Path) -> None:
    """Write the response workbook that vendors fill in, as FOLDER's rules ask.

    It shows no weight, scale or threshold. What comes back goes into FOLDER/proposals.
    """
    from vendor_eval.folder import read_rules
    from vendor_eval.workbooks import template as workbook

    content = workbook(read_rules(folder))
    try:
        with out.open("xb") as file:
            file.write(content)
    except FileExistsError:
        message = "there is such a file; allowed: a new name, as a filled-in one could be lost"
        raise VendorEvalError(f"--out {out}: {message}") from None
    except OSError as error:
        raise VendorEvalError(f"--out {out}: cannot be written: {error.strerror}") from None
    click.echo(out)


@main.command()
@FOLDER
@_exit_codes
def seal(folder: Path) -> None:
    """Write FOLDER/seal.json, the fingerprint of the rules, before proposals are opened."""
    from vendor_eval.folder import read_rules
    from vendor_eval.seal import SEAL, opened_seal, seal_json, sealed

    rules, path = read_rules(folder), folder / SEAL
    if path.exists():
        standing = opened_seal(path.read_bytes(), rules)
        if standing is not None:
            click.echo(f"already sealed on {standing.sealed_on}: {standing.rules_fingerprint}")
        return
    fresh = sealed(rules, on=datetime.now(UTC).date())
    try:
        path.write_bytes(seal_json(fresh))
    except OSError as error:
        raise VendorEvalError(f"{SEAL}: cannot be written: {error.strerror}") from None
    click.echo(f"sealed on {fresh.sealed_on}: {fresh.rules_fingerprint}")


def _parameters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which `score` and `run` set the notebook's parameters."""
    command = click.option(
        "-p", "settings", multiple=True, metavar="NAME=VALUE", help="Set a notebook parameter."
    )(command)
    command = click.option("--seed", type=int, help="Seed of the simulation.")(command)
    return click.option("--scenario", help="Weigh by one of the rules' scenarios.")(command)


def _given(
    notebook: str, settings: tuple[str, ...], scenario: str | None, seed: int | None
) -> dict[str, Any]:
    """The notebook's parameters as given on the command line, of the declared types."""
    from vendor_eval.runs import assigned, notebook_parameters, notebook_path

    given = assigned(settings, notebook_parameters(notebook_path(notebook)))
    options = {"scenario": scenario, "seed": seed}
    return given | {name: value for name, value in options.items() if value is not None}


@main.command()
@FOLDER
@_parameters
@_exit_codes
def score(folder: Path, scenario: str | None, seed: int | None, settings: tuple[str, ...]) -> int:
    """Print results.json alone: no kernel, no report."""
    from vendor_eval.award import assess
    from vendor_eval.folder import read
    from vendor_eval.record import results_json

    given = _given(NOTEBOOK, settings, scenario, seed)
    case = read(folder)
    assessment = assess(case.rules, case.proposals, **given)
    sys.stdout.buffer.write(results_json(case, assessment))
    sys.stdout.buffer.flush()
    return NO_AWARD if assessment.recommendation.verdict == "none" else 0


@main.command()
@FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="Where the finished run goes.")
@click.option("--notebook", default=NOTEBOOK, help="Which notebook to run.", show_default=True)
@_parameters
@_exit_codes
def run(
    folder: Path,
    out: Path | None,
    notebook: str,
    scenario: str | None,
    seed: int | None,
    settings: tuple[str, ...],
) -> int:
    """Run a notebook on FOLDER and write its report; the last line printed is its path."""
    from vendor_eval.runs import run as run_notebook

    given = _given(notebook, settings, scenario, seed)
    report = run_notebook(folder, out=out, notebook=notebook, parameters=given)
    results = json.loads((report.parent / "results.json").read_bytes())
    click.echo(report)
    return NO_AWARD if results["recommendation"]["verdict"] == "none" else 0


@main.command("list")
@_exit_codes
def list_() -> None:
    """Print every measure, value function, pricing model and method there is."""
    from vendor_eval.catalogue import KINDS, catalogue

    entries = catalogue()
    for kind in KINDS:
        some = [entry for entry in entries if entry.kind == kind]
        width = max((len(entry.name) for entry in some), default=0)
        click.echo(f"{kind}s" if some else f"{kind}s: none")
        for entry in some:
            click.echo(f"  {entry.name:{width}}  {entry.about} [{entry.unit}]")


@main.command()
@_exit_codes
def lab() -> None:
    """Open JupyterLab on the notebooks."""
    from vendor_eval.laboratory import open_lab

    open_lab()


def start() -> None:
    """The command itself: `main`, without collecting garbage that a short life does not make."""
    gc.disable()
    atexit.register(gc.freeze)
    main()
