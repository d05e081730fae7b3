"""The commands before bids are opened: the stress test of the rules, and their seal."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from vendor_eval.errors import one_line
from vendor_eval.panel_commands import FOLDER

AMEND = "to amend the seal before bids are opened, see 'seal.json' in docs/folder-format.md"

SEALING_HELP = {
    "stress": """Try FOLDER's rules on constructed bids before you seal them; no real bid is read.

    Each warning names the key to change. The page and the JSON have rows for proposals.csv that
    show it. Figures, and checks that lack an input, are listed too.""",
    "seal": """Write FOLDER/seal.json, the fingerprint of the rules, before proposals are opened.

    Where bids are in the folder already, the seal and the report say so. The warnings of the
    stress test are printed first.""",
}
"""What each command does, as its `--help` says it."""


@click.command("stress", help=SEALING_HELP["stress"])
@FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="Also write the page, as HTML.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Print as lines of text, or as JSON.",
)
def stress(folder: Path, out: Path | None, form: str) -> None:
    """The warnings, and the path of the page."""
    from vendor_eval.analysis.stress.trial import stress_test
    from vendor_eval.rules.whole_file import delivered
    from vendor_eval.tender.folder import read_rules

    tested = stress_test(read_rules(folder))
    if form == "json":
        click.echo(json.dumps(tested.as_json(), indent=2, ensure_ascii=False))
    else:
        for line in tested.lines:
            click.echo(one_line(line))
    if out is not None:
        from vendor_eval.report.stress import stress_page

        click.echo(delivered(out, lambda: stress_page(tested)), err=form == "json")


@click.command("seal", help=SEALING_HELP["seal"])
@FOLDER
def seal(folder: Path) -> None:
    """The day and the fingerprint, once the seal is written."""
    from vendor_eval.analysis.stress.trial import stress_test
    from vendor_eval.rules.seal import SEAL
    from vendor_eval.tender.bid_files import bid_names
    from vendor_eval.tender.folder import read_rules
    from vendor_eval.tender.rules_file import RULES
    from vendor_eval.tender.sealing import new_seal, standing_seal

    rules = read_rules(folder)
    if (standing := standing_seal(folder, rules)) is not None:
        click.echo(f"already sealed on {standing.sealed_on}: {standing.rules_fingerprint}")
        return
    lines = [f"{RULES}: {warning.line}" for warning in stress_test(rules).warnings]
    for line in (*lines, *([AMEND] if lines else [])):
        click.echo(f"vendor-eval: {one_line(line)}", err=True)
    fresh = new_seal(folder, rules, on=datetime.now(UTC).date(), bids=bid_names(folder, rules))
    if fresh.bids:
        click.echo(f"vendor-eval: {SEAL} records as already in the folder: {fresh.bids}", err=True)
    click.echo(f"sealed on {fresh.sealed_on}: {fresh.rules_fingerprint}")


SEALING_COMMANDS: tuple[Any, ...] = (stress, seal)
