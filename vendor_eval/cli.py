"""The command line: `vendor-eval` and the name of a command."""

import atexit
import gc
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vendor_eval import __version__
from vendor_eval.award_commands import AWARD_COMMANDS, AWARD_HELP
from vendor_eval.batch_command import BATCH_COMMANDS, BATCH_HELP
from vendor_eval.endings import FORMAT, exit_codes, with_format
from vendor_eval.envelope_commands import ENVELOPE, ENVELOPE_COMMANDS, ENVELOPE_HELP
from vendor_eval.errors import InputFaults, NotReady, fault_lines, one_line
from vendor_eval.panel_commands import (
    FOLDER,
    PANEL_COMMANDS,
    PANEL_HELP,
    WITNESS,
    Codes,
    panel_check,
)
from vendor_eval.sealing_commands import SEALING_COMMANDS, SEALING_HELP

NO_AWARD = 3
"""No vendor is eligible, or none of those that are first gives a price."""
NOTEBOOK = "vendor_selection"
STRICT = click.option(
    "--strict", is_flag=True, help="End with 2 at any fault or needed answer in a vendor's bid."
)
HELP = {
    "new": "Make a new evaluation FOLDER, ready to edit.",
    "check": """Read everything in FOLDER and print every fault under its vendor; score nothing.

    A fault in a bid stops only that vendor: without --strict the command still ends with 0 if the
    rules and the folder have no fault.
    It also prints what was not read, and every cell not read letter for letter.""",
    "template": """Write the response workbook that vendors fill in, as FOLDER's rules ask.

    It shows no weight, scale or threshold. With two envelopes there is one for each.""",
    **SEALING_HELP,
    "score": "Print results.json only: no kernel, no report.",
    "run": "Run a notebook on FOLDER and write its report; the last line printed is its path.",
    "next": "Say the stage of FOLDER, what is missing, from whom, and the one thing to do next.",
    "list": "Print every measure, value function, pricing model, method and standard part.",
    "lab": """Open JupyterLab on working copies of the notebooks.

    FOLDER holds evaluations, and the copies are in FOLDER/lab. If FOLDER is one evaluation, they
    are in the folder lab next to it. OPTIONS after -- are JupyterLab's own.""",
    **PANEL_HELP,
    **AWARD_HELP,
    **BATCH_HELP,
    **ENVELOPE_HELP,
}
"""What each command does, as its `--help` says it."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "VENDOR_EVAL"},
    help="Choose the vendor of an outsourced business process, and say how sure the choice is.",
)
@click.version_option(__version__, prog_name="vendor-eval")
def main() -> None:
    """The command line, one command after its name."""


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    return main.command(name, help=HELP[name])


@_command("new")
@FOLDER
@exit_codes
def _new(folder: Path) -> None:
    from vendor_eval.rules.starter import make

    for name in make(folder):
        click.echo(folder / name)


@_command("check")
@FOLDER
@STRICT
@FORMAT
@click.option(
    "--letters",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write a letter to each vendor with a question or a fault into this directory.",
)
@WITNESS
@exit_codes
def _check(folder: Path, strict: bool, form: str, letters: Path | None, witness: Codes) -> int:
    from vendor_eval.clarifications.asking import NOT_WRITTEN, equally_asked, letters_into
    from vendor_eval.tender.folder import read
    from vendor_eval.tender.public_procedure import warnings

    tender, code, lines = None, 0, tuple[str, ...]()
    try:
        tender = read(folder)
        concerns = warnings(tender.rules, sealed=tender.seal is not None)
        notes = (*tender.warnings, *tender.notes, *tender.read_as)
        panel, needs, awaiting = panel_check(tender, witness)
        lines = (*concerns, *notes, *equally_asked(tender), *panel)
        faults = tuple(fault for held in tender.vendor_faults.values() for fault in held)
        stopped = strict and any(f.stops for f in faults)
        code = 2 if stopped else NotReady.exit_code if needs else 0
        faults = (*needs, *awaiting, *faults)
    except InputFaults as error:
        faults, code, lines = error.faults, error.exit_code, error.notes
    for line in (*lines, *(fault_lines(faults) if form == "text" else ())):
        click.echo(f"vendor-eval: {one_line(line)}", err=True)
    if form == "json":
        click.echo(json.dumps([f.as_json() for f in faults], indent=2, ensure_ascii=False))
    if tender:
        click.echo(tender.was_read, err=True)
        for letter in letters_into(tender, letters) if letters else ():
            click.echo(letter, err=form == "json")
    elif letters:
        click.echo(f"vendor-eval: --letters {letters}: {NOT_WRITTEN}", err=True)
    return code


@_command("template")
@FOLDER
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("response.xlsx"),
    show_default=True,
    help="Where the workbook goes.",
)
@exit_codes
def _template(folder: Path, out: Path) -> None:
    from vendor_eval.outputs.template.template import templates
    from vendor_eval.rules.whole_file import delivered
    from vendor_eval.tender.folder import read_rules

    for path, made in templates(read_rules(folder), out).items():
        click.echo(delivered(path, made))


def _parameters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which `score` and `run` set the notebook's parameters."""
    command = click.option(
        "-p", "settings", multiple=True, metavar="NAME=VALUE", help="Set a notebook parameter."
    )(command)
    command = click.option("--seed", type=int, help="Seed of the simulation.")(command)
    return click.option("--scenario", help="Weigh by one of the rules' scenarios.")(command)


@_command("score")
@FOLDER
@STRICT
@ENVELOPE
@_parameters
@exit_codes
def _score(
    folder: Path,
    strict: bool,
    envelope: str,
    scenario: str | None,
    seed: int | None,
    settings: tuple[str, ...],
) -> int:
    from vendor_eval.outputs.results import results_json
    from vendor_eval.outputs.stage_results import stage_json
    from vendor_eval.runs.parameters import entered
    from vendor_eval.tender.folder import read

    given = entered(NOTEBOOK, settings, scenario=scenario, seed=seed)
    tender = read(folder, envelope=envelope)
    tender = tender.strictly() if strict else tender
    if envelope:
        click.echo(stage_json(tender).decode(), nl=False)
        return 0
    result = tender.evaluate(**given)
    click.echo(results_json(tender, result), nl=False)
    return NO_AWARD if result.recommendation.verdict == "none" else 0


@_command("run")
@FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="Where the finished run goes.")
@click.option("--notebook", default=NOTEBOOK, help="Which notebook to run.", show_default=True)
@click.option(
    "--cell-timeout",
    type=click.IntRange(min=1),
    metavar="SECONDS",
    help="End the run with 2 if a cell takes longer.  [default: no limit]",
)
@STRICT
@ENVELOPE
@click.option("--docx", is_flag=True, help="Also write the board page as board.docx, for Word.")
@_parameters
@exit_codes
def _run(
    folder: Path,
    out: Path | None,
    notebook: str,
    cell_timeout: int | None,
    strict: bool,
    envelope: str,
    docx: bool,
    scenario: str | None,
    seed: int | None,
    settings: tuple[str, ...],
) -> int:
    from vendor_eval.runs import run as run_notebook
    from vendor_eval.runs.parameters import entered

    if envelope and notebook == NOTEBOOK:
        notebook = "first_envelope"
    options = {"scenario": scenario, "seed": seed, "envelope": envelope or None}
    given = entered(notebook, settings, **options)
    report = run_notebook(
        folder,
        out=out,
        notebook=notebook,
        parameters=given,
        strict=strict,
        cell_timeout=cell_timeout,
        docx=docx,
    )
    click.echo(report)
    advised = json.loads((report.parent / "results.json").read_bytes())["recommendation"]
    return NO_AWARD if advised and advised["verdict"] == "none" else 0


@_command("next")
@FOLDER
@FORMAT
@exit_codes
def _next(folder: Path, form: str) -> int:
    from vendor_eval.outputs.stages.order import advice

    advised = advice(folder)
    if form == "json":
        click.echo(json.dumps(advised.as_json(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(advised.lines))
    return advised.exit_code


@_command("list")
@exit_codes
def _list() -> None:
    from vendor_eval.outputs.catalogue import catalogue_lines

    for line in catalogue_lines():
        click.echo(line)


@_command("lab")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@exit_codes
def _lab(folder: Path, options: tuple[str, ...]) -> None:
    from vendor_eval.lab.server import open_lab

    open_lab(folder, options)


ADDED = (*SEALING_COMMANDS, *PANEL_COMMANDS, *ENVELOPE_COMMANDS, *AWARD_COMMANDS, *BATCH_COMMANDS)
for command in ADDED:
    command.callback = exit_codes(command.callback)
    main.add_command(command)
for command in main.commands.values():
    with_format(command)


def start() -> None:
    """The command itself: `main`, without collecting garbage that a short life does not make."""
    gc.disable()
    atexit.register(gc.freeze)
    main()
