"""The commands of envelopes and declarations: receive, void, open, declare, manifest-error."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendor_eval.panel_commands import BY, FILE, FOLDER, ON, code_line, day_of, warn

ENVELOPE_HELP = {
    "receive": """Put a bid away in its envelope, unread, and log its receipt.

    FILE is one vendor's workbook or, without --vendor, a table of all bids that ends in .csv.""",
    "void": """Mark the receipt on one LINE of scores/log.jsonl as void.

    This is for a wrong vendor or envelope. The file is kept, unread, in private/void.""",
    "open": """Open the last ENVELOPE, once the first is locked.

    The envelopes of vendors that are excluded or below the floor stay closed.""",
    "declare": """Read declarations of interests from workbooks into scores/log.jsonl.

    This is for people without an evaluator's workbook. Details go to private/declarations.""",
    "manifest-error": """Correct one agreed level after prices were opened.

    Only a manifest error can be corrected: the proposal shows it, the chair approves, and somebody
    has read the same question again for every vendor.""",
}
"""What each command does, as its `--help` says it."""

ENVELOPE = click.option(
    "--envelope", default="", help="Read the first envelope only; recommend nothing."
)


@click.command("receive", help=ENVELOPE_HELP["receive"])
@FOLDER
@click.argument("file", type=FILE)
@click.option("--vendor", help="The vendor of the workbook.")
@click.option("--envelope", required=True, help="The envelope it belongs to.")
@click.option(
    "--at",
    "moment",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="When it came in, in the buyer's time.  [default: now]",
)
@click.option("--channel", default="", help="How it came in, such as portal or post.")
@click.option(
    "--new-vendor", is_flag=True, help="Accept a name that differs little from a known vendor's."
)
@BY
def receive(
    folder: Path,
    file: Path,
    vendor: str | None,
    envelope: str,
    moment: datetime | None,
    channel: str,
    new_vendor: bool,
    by: str,
) -> None:
    """The log, once a file is put away."""
    from vendor_eval.tender.receiving import received

    at = moment or datetime.now().astimezone()
    log, entry = received(
        folder,
        file,
        vendor=vendor,
        envelope=envelope,
        at=at,
        channel=channel,
        by=by,
        new_vendor=new_vendor,
    )
    held: Any = entry.body
    late = "; it is late, and stays unread until it is decided" if held.late else ""
    click.echo(f"{held.file}: received on line {entry.n} of scores/log.jsonl{late}")
    code_line(log.code)


@click.command("void", help=ENVELOPE_HELP["void"])
@FOLDER
@click.argument("line", type=int)
@click.option("--why", required=True, help="Why the receipt is void.")
@BY
@ON
def void(folder: Path, line: int, why: str, by: str, day: datetime | None) -> None:
    """The log, once a receipt is void."""
    from vendor_eval.tender.void_receipts import voided

    log, entry, kept = voided(folder, line, why=why, by=by, on=day_of(day))
    click.echo(f"the receipt on line {line} is void, by line {entry.n} of scores/log.jsonl")
    click.echo(f"the file is kept in {kept}; receive it from there, or leave it")
    code_line(log.code)


@click.command("open", help=ENVELOPE_HELP["open"])
@FOLDER
@click.argument("envelope")
@BY
@ON
def open_envelope(folder: Path, envelope: str, by: str, day: datetime | None) -> None:
    """The log, once an envelope is opened."""
    from vendor_eval.tender.receiving import opened_envelope

    log, entry, files, missing = opened_envelope(folder, envelope, by=by, on=day_of(day))
    for name in files:
        click.echo(name)
    held: Any = entry.body
    for vendor in held.unopened:
        click.echo(f"{vendor}: not opened", err=True)
    warn(tuple(str(fault) for fault in missing))
    click.echo(f"opened on line {entry.n} of scores/log.jsonl")
    code_line(log.code)


@click.command("declare", help=ENVELOPE_HELP["declare"])
@FOLDER
@click.argument("files", type=FILE, nargs=-1, required=True)
def declare(folder: Path, files: tuple[Path, ...]) -> None:
    """The log, once declarations are added."""
    from vendor_eval.tender.panel_log import declared

    log, entries, warnings = declared(folder, files)
    warn(warnings)
    click.echo(f"{len(entries)} line{'' if len(entries) == 1 else 's'} added to scores/log.jsonl")
    code_line(log.code)


@click.command("manifest-error", help=ENVELOPE_HELP["manifest-error"])
@FOLDER
@click.option("--vendor", required=True, help="The vendor whose level it is.")
@click.option("--criterion", required=True, help="The path of the criterion.")
@click.option("--level", required=True, help="The correct level.")
@click.option("--reason", required=True, help="What the error was, written for the vendor.")
@click.option("--evidence", required=True, help="Where the proposal shows it.")
@click.option("--approved-by", required=True, help="The chair; not the person in --by.")
@click.option(
    "--read-again",
    multiple=True,
    required=True,
    help="A vendor for whom the same question was read again; once for each.",
)
@BY
@ON
def manifest_error(folder: Path, by: str, day: datetime | None, **said: Any) -> None:
    """The log, once a level is corrected."""
    from vendor_eval.tender.manifest_errors import corrected

    log, entry = corrected(folder, by=by, on=day_of(day), **said)
    click.echo(f"corrected on line {entry.n} of scores/log.jsonl; the report says so first")
    code_line(log.code)


ENVELOPE_COMMANDS: tuple[Any, ...] = (receive, void, open_envelope, declare, manifest_error)
