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
    "answer": """Print everything about one bid: marks, reasons, cells, questions, decisions, dates.

    It shows what the form allows about the winner, and nothing about other vendors.""",
    "award": """Write the award report and a letter to each vendor, with a checklist.

    RUN is an evaluation folder, or a finished run of the folder that --folder names. Enter
    addresses and reasons in letters.yaml, and the award in decisions.yaml. If a letter lacks an
    item, the command ends with 5; a checked form is then written with --draft only.""",
    "compare": """Say what changed between two runs, and why.

    OLD and NEW are run folders, or their results.json. The change of each score is divided
    completely into weights, answers, value functions, other bids and rounding.""",
    "history": """List the runs of FOLDER: start, seal, winner, margin, verdict, what changed.""",
}
"""What each command does, as its `--help` says it."""


FORM = click.option(
    "--form",
    "form_name",
    default="private",
    show_default=True,
    help="The form of the letters: private, uk_2023, or the drafts eu_2014 and us_far15.",
)


@click.command("answer", help=AWARD_HELP["answer"])
@FOLDER
@click.option("--vendor", required=True, help="The vendor whose bid it is.")
@FORM
@click.option("--out", type=FILE, help="Write a page to this file; Markdown if it ends in .md.")
def answer(folder: Path, vendor: str, form_name: str, out: Path | None) -> None:
    """One vendor's page."""
    from vendor_eval.award.answer_page import answer as answered
    from vendor_eval.outputs.documents.html_page import page
    from vendor_eval.outputs.documents.markdown_text import markdown
    from vendor_eval.rules.whole_file import delivered
    from vendor_eval.tender.folder import read
    from vendor_eval.tender.letters_file import read_letters_file

    form = _form(form_name)
    tender = read(folder).ready()
    file = read_letters_file(folder, tender)
    document = answered(tender, tender.evaluation, vendor, form, file)
    if out is None:
        click.echo(markdown(document), nl=False)
        return
    written = markdown(document) if out.suffix == ".md" else page(document)
    click.echo(delivered(out, written.encode))


def _form(name: str) -> Any:
    from vendor_eval.award.forms import letter_form

    try:
        return letter_form(name)
    except ValueError as error:
        raise VendorEvalError(f"--form: {error}") from None


@click.command("award", help=AWARD_HELP["award"])
@click.argument("run", type=FILE)
@FORM
@click.option("--out", type=FILE, required=True, help="The new directory for all files.")
@click.option("--folder", type=FILE, help="The evaluation folder, if RUN is a finished run.")
@click.option("--draft", is_flag=True, help="Write letters that lack an item, marked as drafts.")
@click.option("--letterhead", type=FILE, help="A .docx whose styles, header and footer are used.")
def award(
    run: Path, form_name: str, out: Path, folder: Path | None, draft: bool, letterhead: Path | None
) -> int:
    """The documents of an award; 5 where one is not fit to be sent."""
    from vendor_eval.errors import NotReady
    from vendor_eval.outputs.documents.award_folder import award_documents
    from vendor_eval.runs.destination import refuse_occupied
    from vendor_eval.tender.folder import read

    form = _form(form_name)
    refuse_occupied(out)
    place, record = _run_of(run, folder)
    documents = award_documents(read(place), place, form, record, draft=draft)
    if documents.lacking and not draft and form.status == "checked":
        click.echo(documents.checklist_json, nl=False)
        raise NotReady(documents.lacking)
    for name in _written(out, documents.files(letterhead)):
        click.echo(out / name)
    for fault in documents.lacking:
        click.echo(f"vendor-eval: {fault}", err=True)
    for warning in documents.case.warnings:
        click.echo(f"vendor-eval: check: {warning}", err=True)
    if documents.draft:
        click.echo("vendor-eval: these are drafts, not to be sent", err=True)
    return NotReady.exit_code if documents.draft else 0


def _run_of(run: Path, folder: Path | None) -> tuple[Path, Any]:
    """The evaluation folder of a run, and the run's results; none where RUN is the folder."""
    from vendor_eval.outputs.finished_runs import finished_run

    if (run / "evaluation.yaml").is_file():
        return run, None
    if folder is None:
        raise VendorEvalError(
            f"{run}: found no evaluation.yaml; allowed: an evaluation folder, or a finished run "
            "with --folder FOLDER, whose bids it is of"
        )
    return folder, finished_run(run).results


def _written(out: Path, contents: dict[str, bytes]) -> list[str]:
    """The names of files, once all of them are in a new directory, or none is."""
    from vendor_eval.runs.destination import placed
    from vendor_eval.runs.staging import aside

    try:
        with aside(out.resolve().parent) as staging:
            finished = staging / "award"
            for name, content in contents.items():
                (finished / name).parent.mkdir(parents=True, exist_ok=True)
                (finished / name).write_bytes(content)
            placed(finished, out)
    except OSError as error:
        raise VendorEvalError(f"--out {out}: cannot be written: {error.strerror}") from None
    return sorted(contents)


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
@click.option("--fail-on", type=click.Choice(["change"]), help="End with 6 if anything changed.")
@click.option(
    "--rename", "renames", multiple=True, metavar="OLD=NEW", help="A vendor's new name in NEW."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    default=1e-9,
    show_default=True,
    help="Largest difference of points or answers that is no change.",
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
    from vendor_eval.outputs.documents.html_page import page
    from vendor_eval.outputs.documents.markdown_text import markdown
    from vendor_eval.outputs.finished_runs import comparison_of, finished_run
    from vendor_eval.rules.whole_file import delivered

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
    from vendor_eval.runs.past_runs import history as entries_of

    entries, unread = entries_of(folder, runs)
    for line in unread:
        click.echo(f"vendor-eval: {line}", err=True)
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
        entry["verdict"] or "",
        entry["changed"],
    )


AWARD_COMMANDS: tuple[Any, ...] = (answer, award, compare, history)
