"""The commands after an evaluation: answer, award, compare and history."""

import json
from pathlib import Path
from typing import Any

import click

from vendor_eval.errors import VendorEvalError
from vendor_eval.panel_commands import FILE, FOLDER

CHANGED = 6
"""The exit code of `compare --fail-on change` where something changed."""

AWARD_HELP = {
    "compare": """Say what changed between two runs, and why.

    OLD and NEW are folders of runs, or their results.json. Each score's change is divided without
    a rest into weights, answers, value functions and other bids.""",
    "history": """List the runs of FOLDER: when, seal, winner, margin, verdict, what changed.""",
}
"""What each command does, as its `--help` says it."""


@click.command("compare", help=AWARD_HELP["compare"])
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--out", type=FILE, help="Also write a page here, and the same as JSON next to it (.json)."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@click.option("--fail-on", type=click.Choice(["change"]), help="End with 6 where anything changed.")
@click.option(
    "--rename", "renames", multiple=True, metavar="OLD=NEW", help="A vendor's other name in NEW."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    default=1e-9,
    show_default=True,
    help="Differences of points and answers that count as none.",
)
def compare(
    old: Path,
    new: Path,
    out: Path | None,
    form: str,
    fail_on: str | None,
    renames: tuple[str, ...],
    tolerance: float,
) -> int:
    """What changed from one run to another; 6 where it is asked for and anything did."""
    from vendor_eval.award.comparison_words import comparison_document, comparison_sentence
    from vendor_eval.outputs.documents.markdown import markdown
    from vendor_eval.outputs.documents.page import page
    from vendor_eval.rules.whole_file import delivered
    from vendor_eval.runs.history import comparison_of, finished_run

    comparison = comparison_of(
        finished_run(old), finished_run(new), renamed=_renamed(renames), tolerance=tolerance
    )
    document = comparison_document(comparison)
    plain = {"sentence": comparison_sentence(comparison)} | comparison.as_json()
    written = json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if out is not None:
        click.echo(delivered(out, page(document).encode), err=True)
        click.echo(delivered(out.with_suffix(".json"), written.encode), err=True)
    if form == "text":
        for line in _text_lines(plain):
            click.echo(line)
    else:
        click.echo(written if form == "json" else markdown(document), nl=False)
    return CHANGED if fail_on and comparison.kinds else 0


def _renamed(renames: tuple[str, ...]) -> dict[str, str]:
    """New names by old ones, as entered."""
    pairs = [entered.partition("=") for entered in renames]
    wrong = [entered for entered, (_, sign, now) in zip(renames, pairs, strict=True) if not now]
    if wrong:
        raise VendorEvalError(f"--rename: found {wrong[0]!r}; allowed: OLD=NEW, each a vendor")
    return {was: now for was, _, now in pairs}


def _text_lines(plain: dict[str, Any]) -> list[str]:
    from vendor_eval import wording

    lines = [plain["sentence"]]
    if plain["kinds"]:
        lines.append(f"changed: {', '.join(plain['kinds'])}")
    lines += [f"cause: {cause['says']}" for cause in plain["causes"]]
    for vendor, change in plain["vendors"].items():
        moved = change["attribution"]
        if moved and (moved["change"] or moved["weights"] or moved["values"]):
            names = ("change", "weights", "answer", "function", "others", "rounding")
            parts = [f"{n} {wording.rounded(moved[n], 2)}" for n in names if moved[n] is not None]
            lines.append(f"{vendor}: {', '.join(parts)}")
    return lines


@click.command("history", help=AWARD_HELP["history"])
@FOLDER
@click.option("--runs", type=FILE, help="Where the runs are.  [default: reports/ and the name]")
@click.option("--json", "as_json", is_flag=True, help="Print a list as JSON.")
def history(folder: Path, runs: Path | None, as_json: bool) -> None:
    """The runs of a folder, one a line."""
    from vendor_eval.runs.history import history as entries_of

    entries = entries_of(folder, runs)
    if as_json:
        plain = [entry.as_json() for entry in entries]
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    head = ("started", "seal", "inputs", "winner", "margin", "verdict", "changed since")
    rows = [head, *(_row(entry.as_json()) for entry in entries)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    for row in rows:
        click.echo("  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip())


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    from vendor_eval import wording

    margin = entry["margin"]
    seal = entry["rules_fingerprint"].removeprefix("sha256:")[:8] if entry["sealed"] else "none"
    return (
        entry["started"],
        seal,
        entry["inputs_hash"].removeprefix("sha256:")[:8],
        entry["vendor"] or "none",
        "" if margin is None else str(wording.rounded(margin, 1)),
        entry["verdict"],
        entry["changed"],
    )


AWARD_COMMANDS: tuple[Any, ...] = (compare, history)
