"""A night on one page that opens offline: what changed first, then what failed, then the rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from vendor_eval import wording
from vendor_eval.award.document import Document, Paragraph
from vendor_eval.outputs.documents.html_page import page
from vendor_eval.runs.batch.record import Entry, shown_faults

HEAD = ("Evaluation", "State", "Vendor", "Verdict", "Margin", "What changed, and why")
FINE = ("ok", "skipped")
STATES = {
    "ok": "run",
    "no_award": "run, no award",
    "faulty": "faulty",
    "seal_broken": "seal broken",
    "not_ready": "not ready",
    "failed": "failed",
    "timed_out": "took too long",
    "lost": "lost",
    "skipped": "skipped (unchanged)",
}


def index_page(record: Mapping[str, Any], night: str, earlier: str | None = None) -> str:
    """The page of a night; of the runs' names and texts nothing is markup.

    `earlier`: where the page of the night that it is compared with is, from this one.
    """
    states = [f"{count} {STATES[state]}" for state, count in record["states"].items()]
    blocks = [
        Paragraph(f"{wording.listed(states, at_most=9)}. Started {_at(record['started'])}.")
        if states
        else Paragraph("Nothing was run.")
    ]
    if record["pending"]:
        left = wording.listed(record["pending"], at_most=9)
        blocks.append(
            Paragraph(f"Not finished: {left}. The same command continues this night.", "missing")
        )
    if new := sum(bool((run["change"] or {}).get("winner_changed")) for run in record["runs"]):
        blocks.append(Paragraph(f"{wording.counted(new, 'new winner')}."))
    compared = _compared(record["against"], earlier)
    document = Document(f"Evaluations of the night {night}", tuple(blocks))
    table = _table(sorted(record["runs"], key=_weight))
    return page(document).replace("</main>", f"{compared}{table}\n</main>")


def _at(started: str) -> str:
    """A time in UTC as people write it, as "30 Nov 2026, 17:16 UTC"."""
    when = datetime.fromisoformat(started)
    return f"{when.day} {when:%b %Y, %H:%M} UTC"


def _compared(against: str | None, earlier: str | None) -> Markup:
    if not against:
        return Markup("")
    link = Markup('<a href="{}">{}</a>').format(quote(earlier), against) if earlier else against
    return Markup('<p class="muted">Compared with the night {}.</p>\n').format(link)


def _weight(entry: Entry) -> tuple[int, str]:
    """What is read first: another winner, a failure, another change, then by name."""
    change = entry["change"] or {}
    if change.get("winner_changed"):
        rank = 0
    elif entry["status"] not in FINE:
        rank = 1
    else:
        rank = 2 if change.get("kinds") else 3
    return rank, entry["name"]


def _table(entries: list[Entry]) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in HEAD)
    rows = Markup("\n").join(_row(entry) for entry in entries)
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="Evaluations"><table>'
        "<thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table></div>"
    ).format(head, rows)


def _row(entry: Entry) -> Markup:
    award = entry["recommendation"] or {}
    margin = award.get("margin")
    name = Markup('<a href="{}">{}</a>').format(quote(entry["path"]), entry["name"])
    if title := entry.get("title"):
        name += Markup("<br>{}").format(title)
    cells = (
        STATES[entry["status"]],
        award.get("vendor") or "",
        award.get("verdict") or "",
        "" if margin is None else str(wording.rounded(margin, 1)),
        _change(entry),
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
        name, Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)
    )


def _change(entry: Entry) -> str:
    if entry["faults"]:
        return "; ".join(shown_faults(entry))
    change = entry["change"]
    if not change:
        return ""
    causes = [cause["says"] for cause in change["causes"]]
    why = f" Cause: {'; '.join(causes)}." if causes else ""
    return f"{change['sentence']}{why}"
