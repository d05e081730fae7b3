"""The commands of a panel: sheets, scores, moderate, lock and redact."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vendor_eval.errors import Fault, NotReady, VendorEvalError, one_line
from vendor_eval.wording import counted

if TYPE_CHECKING:  # reading is imported by the command that needs it
    from vendor_eval.tender.tender import Tender

FOLDER = click.argument("folder", type=click.Path(path_type=Path))
FILE = click.Path(path_type=Path)
BY = click.option(
    "--by", default="moderator", show_default=True, help="Who does this: an id or a role, no name."
)
ON = click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which this is done.  [default: today]",
)

PANEL_HELP = {
    "sheets": """Write a workbook for each evaluator: their items, the scale in words, and a guide.

    A workbook holds the evaluator's own marks so far, and no marks of others.""",
    "scores": """Read the workbooks that evaluators returned into scores/log.jsonl.

    A changed mark needs a reason; both marks are kept. Nothing is added while any workbook has a
    fault.""",
    "moderate": """Write the agenda of the meeting, or read back what it agreed, with reasons.

    The agenda shows no total and no rank.""",
    "lock": """Lock the panel: no level changes after this, and totals may be computed.

    With two envelopes, ENVELOPE is the first. If anything is missing, the command lists it and
    ends with 5.""",
    "redact": """Remove the texts of one LINE of scores/log.jsonl.

    A new line says so, and the chain of lines still holds.""",
}
"""What each command does, as its `--help` says it."""

Codes = tuple[str, ...]
Faults = tuple[Fault, ...]
WITNESS = click.option(
    "--witness",
    multiple=True,
    help="Compare the log of scores with a code that somebody kept.",
)


def panel_check(tender: "Tender", codes: Codes) -> tuple[tuple[str, ...], Faults, Faults]:
    """What to know of a panel and its log, what is still owed, and what the opening waits for.

    Raises LogBroken where the log is not the one that a code was taken from.
    """
    from vendor_eval.panel.standing import panel_notes, witnessed
    from vendor_eval.tender.lock import awaited, lock_notes
    from vendor_eval.tender.void_receipts import void_lines

    lines = (*witnessed(tender.log, codes), *panel_notes(tender.panel))
    closed = tender.envelopes.closed if tender.envelopes else ()
    lines = (*lines, *(f"{name}: not opened; known by its receipt" for name in sorted(closed)))
    needs = tender.panel_needs
    waits = () if needs else _waits_for(tender)
    lines = (*lines, *void_lines(tender.log), *lock_notes(tender.record, tender.hashes))
    return (*lines, *waits), needs, awaited(tender)


def _waits_for(tender: "Tender") -> tuple[str, ...]:
    """What `score` and `run` wait for where people owe nothing: a lock, or an opening."""
    try:
        tender.ready()
    except NotReady as error:
        return tuple(map(str, error.faults))
    return ()


def day_of(day: datetime | None) -> date:
    """The day that was entered, or today."""
    return (day or datetime.now(UTC)).date()


def warn(warnings: tuple[str, ...]) -> None:
    """Prints warnings on standard error."""
    for warning in warnings:
        click.echo(f"vendor-eval: {one_line(warning)}", err=True)


def code_line(code: str) -> None:
    """Prints the code of the log."""
    click.echo(f"code of the log: {code}; keep it elsewhere, 'check --witness' compares it")


@click.command("sheets", help=PANEL_HELP["sheets"])
@FOLDER
@click.option("--out", type=FILE, required=True, help="The directory for the workbooks.")
@click.option("--blind", is_flag=True, help="Show codes for vendors; the key is in private/.")
@click.option("--round", "round_name", default="", help="The name of the round of scoring.")
def sheets(folder: Path, out: Path, blind: bool, round_name: str) -> None:
    """The workbooks, once they are written."""
    from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, names_in_answers

    for path in evaluator_workbooks(folder, out, blind=blind, round_name=round_name):
        click.echo(path)
    warn(names_in_answers(folder) if blind else ())


@click.command("scores", help=PANEL_HELP["scores"])
@FOLDER
@click.argument("files", type=FILE, nargs=-1)
@click.option("--merge", type=FILE, help="Add the lines of another copy: its folder or its log.")
@BY
@ON
def scores(
    folder: Path, files: tuple[Path, ...], merge: Path | None, by: str, day: datetime | None
) -> None:
    """The log, once marks or another copy are added."""
    from vendor_eval.tender.panel_log import merged, scored

    if bool(files) == (merge is not None):
        raise VendorEvalError("found no single source of marks; allowed: FILE..., or --merge OTHER")
    if merge is not None:
        log, lines = merged(folder, merge, by=by, on=day_of(day))
    else:
        log, entries, warnings = scored(folder, files)
        warn(warnings)
        lines = len(entries)
    click.echo(f"{counted(lines, 'line')} added to scores/log.jsonl")
    code_line(log.code)


@click.command("moderate", help=PANEL_HELP["moderate"])
@FOLDER
@click.option("--out", type=FILE, help="The file for the agenda.")
@click.option("--read", "returned", type=FILE, help="Read the agenda that the meeting filled in.")
def moderate(folder: Path, out: Path | None, returned: Path | None) -> None:
    """The agenda, or the log with what the meeting agreed."""
    from vendor_eval.outputs.evaluators.sheets import written_agenda
    from vendor_eval.tender.panel_log import agreed

    if (out is None) == (returned is None):
        raise VendorEvalError("found neither or both; allowed: --out FILE or --read FILE")
    if returned is not None:
        log, entries, warnings = agreed(folder, returned)
        warn(warnings)
        lines = len(entries)
        click.echo(f"{counted(lines, 'line')} added to scores/log.jsonl")
        code_line(log.code)
    elif out is not None:
        click.echo(written_agenda(folder, out))


@click.command("lock", help=PANEL_HELP["lock"])
@FOLDER
@click.argument("envelope", required=False)
@BY
@ON
def lock(folder: Path, envelope: str | None, by: str, day: datetime | None) -> None:
    """The log, once it is locked."""
    from vendor_eval.panel.standing import lock_dates
    from vendor_eval.tender.panel_log import locked

    log, entry = locked(folder, by=by, on=day_of(day), envelope=envelope)
    warn(lock_dates(entry, log))
    click.echo(f"locked on line {entry.n} of scores/log.jsonl, dated {entry.line.on}")
    code_line(log.code)


@click.command("redact", help=PANEL_HELP["redact"])
@FOLDER
@click.argument("line", type=int)
@click.option("--why", required=True, help="Why the text is removed.")
@BY
@ON
def redact(folder: Path, line: int, why: str, by: str, day: datetime | None) -> None:
    """The log, once a text is removed."""
    from vendor_eval.tender.panel_log import redacted

    log = redacted(folder, line, why=why, by=by, on=day_of(day))
    click.echo(f"the texts of line {line} are removed; line {len(log.entries)} says so")
    code_line(log.code)


PANEL_COMMANDS: tuple[Any, ...] = (sheets, scores, moderate, lock, redact)
