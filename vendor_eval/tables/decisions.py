"""What the buyer decided of the bids, and the ranking with corrections and without."""

from collections.abc import Iterator
from itertools import zip_longest

from vendor_eval.bids.decisions import (
    GROUNDS,
    Award,
    Closed,
    Correction,
    Decision,
    Investigation,
    TwoVendors,
)
from vendor_eval.case import Case
from vendor_eval.clarifications import Clarifications
from vendor_eval.clarifications.equal import equal_questions as blanks
from vendor_eval.corrections import effect
from vendor_eval.evaluation import Evaluation
from vendor_eval.tables.html import NONE, Html, table


def decisions(case: Case, evaluation: Evaluation) -> Html:
    """Every decision with who took it, on what grounds, and the ranking without corrections."""
    entries = case.decisions.entries
    if not entries:
        return Html("")
    rows = [
        [
            str(entry.on),
            "; ".join(_what(entry)),
            entry.reason,
            " and ".join(filter(None, [entry.by, getattr(entry, "approved_by", "")])),
        ]
        for entry in entries
    ]
    head = ["On", "Decided", "Reason", "By"]
    listed = table("What the buyer decided of the bids", head, rows, prose=True)
    return Html("\n".join([listed.markup, _rankings(case, evaluation)]))


def _what(entry: Decision) -> Iterator[str]:
    """What a decision says, in clauses."""
    if isinstance(entry, Correction):
        holds = f"\u201c{entry.holds}\u201d" if entry.holds else "a blank"
        yield f"{entry.vendor}: {entry.at} holds {holds} and is read as \u201c{entry.becomes}\u201d"
        yield GROUNDS[entry.ground] + (f" ({entry.proof})" if entry.proof else "")
    elif isinstance(entry, TwoVendors) and entry.vendors is not None:
        yield f"{' and '.join(entry.vendors)} are {len(entry.vendors)} vendors"
    elif isinstance(entry, TwoVendors):
        yield f"{entry.stands} stands, {entry.instead_of} is not read"
    elif isinstance(entry, Closed):
        yield f"{entry.vendor} is excluded: {entry.ground}"
    elif isinstance(entry, Investigation):
        answered = f"answered on {entry.answered}" if entry.answered else "not answered"
        yield f"{entry.vendor}: price asked about on {entry.asked_on}, {answered}, {entry.outcome}"
    elif isinstance(entry, Award):
        yield f"awarded to {entry.vendor}"


def _rankings(case: Case, evaluation: Evaluation) -> str:
    corrected = effect(case, evaluation)
    if corrected is None:
        return ""
    pairs = zip_longest(corrected.ranking, corrected.without, fillvalue=NONE)
    rows = [[str(n), one, other] for n, (one, other) in enumerate(pairs, start=1)]
    head = ["Rank", "With corrections", "Without"]
    return table("The ranking with corrections and without", head, rows).markup


def equal_questions(asked: Clarifications, evaluation: Evaluation) -> Html:
    """For every answer that is blank somewhere, who is asked about it and who is not."""
    rows = [
        [
            blank.label,
            ", ".join(blank.asked) or NONE,
            "; ".join(f"{vendor} ({why})" for vendor, why in blank.unasked.items()) or NONE,
        ]
        for blank in blanks(asked, evaluation)
    ]
    if not rows:
        return Html("")
    head = ["Left blank", "Asked", "Not asked"]
    return table("The same question to all in the same position", head, rows, prose=True)
