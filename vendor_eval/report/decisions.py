"""What the buyer decided of the bids, and what that changes, in a sentence each."""

from collections.abc import Iterator
from itertools import zip_longest

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.bids.decisions import (
    GROUNDS,
    Award,
    Closed,
    Correction,
    Decision,
    Investigation,
    Late,
    TwoVendors,
)
from vendor_eval.bids.proposal import as_seen
from vendor_eval.clarifications import Clarifications
from vendor_eval.clarifications.equal import equal_questions as blanks
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.corrections import Effect, deciding_exclusion, effect
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

NOBODY = "nobody"


def decisions_sentence(tender: Tender, evaluation: Evaluation) -> str:
    """How much was decided, and whether corrections change who is first; "" without decisions."""
    entries = tender.decisions.entries
    if not entries:
        return ""
    corrected = effect(tender, evaluation)
    sentence = f"The buyer made {wording.counted(len(entries), 'decision')} (decisions.yaml)."
    if corrected is None:
        return sentence
    return f"{sentence} Cells corrected: {len(corrected.corrections)}; {_rank_change(corrected)}."


def corrected_first_sentence(tender: Tender, evaluation: Evaluation) -> str:
    """Who is first only because of corrections, for the first screen; "" where nobody is."""
    corrected = effect(tender, evaluation)
    if corrected is None or not corrected.changes_first:
        return ""
    count = wording.counted(len(corrected.corrections), "cell")
    return f"The buyer corrected {count}; {_rank_change(corrected)}."


def excluded_first_sentence(tender: Tender, evaluation: Evaluation) -> str:
    """Who is first only because the buyer excluded others, for the first screen; "" for nobody."""
    exclusion = deciding_exclusion(tender, evaluation)
    if exclusion is None:
        return ""
    first, without = _named(exclusion.first), _named(exclusion.first_without)
    out = wording.listed(exclusion.vendors, at_most=3)
    return f"The buyer excluded {out}; without that {without} would be first, not {first}."


def _rank_change(corrected: Effect) -> str:
    if corrected.changes_first:
        without = _named(corrected.first_without)
        return f"without corrections {without} would be first, not {_named(corrected.first)}"
    if corrected.ranking != corrected.without:
        return "without corrections the first place is the same, but other ranks change"
    return "without corrections the ranking is the same"


def _named(first: tuple[str, ...]) -> str:
    return wording.listed(first, at_most=3) or NOBODY


def decisions_table(tender: Tender, evaluation: Evaluation) -> Html:
    """Every decision with who took it, on what grounds, and the ranking without corrections."""
    entries = tender.decisions.entries
    if not entries:
        return Html("")
    rows = [
        [
            str(entry.on),
            "; ".join(_what(entry, tender)),
            entry.reason,
            wording.listed(filter(None, [entry.by, getattr(entry, "approved_by", "")])),
        ]
        for entry in entries
    ]
    head = ["On", "Decided", "Reason", "By"]
    listed = table("What the buyer decided of the bids", head, rows, prose=True)
    return Html("\n".join([listed.markup, _rankings(tender, evaluation)]))


def late_first_sentence(tender: Tender, evaluation: Evaluation) -> str:
    """That who is first came in late and is admitted, and by whom; "" where nobody did."""
    said = [
        f"{_admitted(entry, tender)} (approved by {entry.approved_by})"
        for entry in tender.decisions.entries
        if isinstance(entry, Late) and entry.vendor in evaluation.leaders
    ]
    return f"{wording.listed(said)}." if said else ""


def _admitted(entry: Late, tender: Tender) -> str:
    late = tender.envelopes.late if tender.envelopes else {}
    times = [at.replace("T", " ") for v, at in late.items() if as_seen(v) == as_seen(entry.vendor)]
    when = f" ({times[0]})" if times else ""
    return f"{entry.vendor} came in late{when} and is admitted"


def _what(entry: Decision, tender: Tender) -> Iterator[str]:
    """What a decision says, in clauses."""
    if isinstance(entry, Correction):
        holds, becomes = (
            f"\u201c{said}\u201d" if said else "a blank" for said in (entry.holds, entry.becomes)
        )
        yield f"{entry.vendor}: {entry.at} holds {holds} and is read as {becomes}"
        shown = "; ".join(filter(None, [entry.calculation, entry.proof]))
        yield GROUNDS[entry.ground] + (f" ({shown})" if shown else "")
    elif isinstance(entry, TwoVendors) and entry.vendors is not None:
        yield f"{' and '.join(entry.vendors)} are {len(entry.vendors)} vendors"
    elif isinstance(entry, TwoVendors):
        yield f"{entry.stands} stands, {entry.instead_of} is not read"
    elif isinstance(entry, Closed):
        yield f"{entry.vendor} is excluded: {entry.ground}"
    elif isinstance(entry, Investigation):
        answered = f"answered on {entry.answered}" if entry.answered else "not answered"
        yield f"{entry.vendor}: price asked about on {entry.asked_on}, {answered}, {entry.outcome}"
    elif isinstance(entry, Late):
        yield _admitted(entry, tender)
    elif isinstance(entry, Award):
        yield f"awarded to {entry.vendor}"
        if entry.off_ranking is not None:
            yield f"not first in the ranking: {entry.off_ranking}"


def _rankings(tender: Tender, evaluation: Evaluation) -> str:
    corrected = effect(tender, evaluation)
    if corrected is None:
        return ""
    pairs = zip_longest(corrected.ranking, corrected.without, fillvalue=NONE)
    rows = [[str(n), one, other] for n, (one, other) in enumerate(pairs, start=1)]
    head = ["Rank", "With corrections", "Without"]
    return table("The ranking with corrections and without", head, rows).markup


def equal_questions_table(asked: Clarifications, evaluation: Evaluation) -> Html:
    """For every answer that several left blank, or one and is not asked: who is asked, who not."""
    rows = [
        [
            blank.label,
            ", ".join(blank.asked) or NONE,
            "; ".join(f"{vendor} ({why})" for vendor, why in blank.unasked.items()) or NONE,
        ]
        for blank in blanks(asked, evaluation)
        if blank.worth_saying
    ]
    if not rows:
        return Html("")
    head = ["Left blank", "Asked", "Not asked"]
    return table("The same question to all in the same position", head, rows, prose=True)


def section(tender: Tender, result: Result) -> Section:
    """What the buyer decided of the bids, and what it changes."""
    return shown(
        say(decisions_sentence(tender, result.evaluation)),
        decisions_table(tender, result.evaluation),
    )
