"""What of the buyer's decisions does not fit the folder, the bids in it, or the procedure."""

from collections.abc import Sequence

from vendor_eval.bids.decisions import Award, Decisions, misdecisions
from vendor_eval.bids.proposal import Proposals
from vendor_eval.bids.replacements import misreplacements
from vendor_eval.errors import Fault, quoted
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.yaml_lines import Lines
from vendor_eval.tender.bids import Bids
from vendor_eval.tender.decisions_file import at_lines


def faults_of_decisions(
    decisions: Decisions, lines: Lines | None, bids: Bids, proofs: Sequence[str]
) -> list[Fault]:
    """What of the decisions does not fit the folder, each with its line.

    `proofs`: the files under `attachments/`.
    """
    sources = [bid.source for bid in bids.every]
    misfits = (
        *misdecisions(decisions, bids.vendors, sources, proofs),
        *misreplacements(decisions, bids.every, bids.replaced),
    )
    return at_lines(misfits, lines)


def award_faults(
    decisions: Decisions, lines: Lines | None, rules: Rules, proposals: Proposals
) -> list[Fault]:
    """Awards of a public procedure to a vendor that is not first, each with its line."""
    awards = [
        (n, entry)
        for n, entry in zip(decisions.places, decisions.entries, strict=True)
        if isinstance(entry, Award)
    ]
    if rules.procedure == "private" or not awards:
        return []
    first = evaluate(rules, proposals).leaders
    allowed = f"allowed: {quoted(first)}, first by the rules of a public procedure"
    misfits = (
        ((n, "vendor"), f"found {entry.vendor!r}; {allowed}")
        for n, entry in awards
        if entry.vendor not in first
    )
    return at_lines(misfits, lines)
