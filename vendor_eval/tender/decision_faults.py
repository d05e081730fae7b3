"""What of the buyer's decisions does not fit the folder, the bids in it, or the procedure."""

from collections.abc import Iterator, Sequence

from vendor_eval.bids.decisions import Award, Decisions, misdecisions
from vendor_eval.bids.proposal import Proposals
from vendor_eval.bids.replacements import misreplacements
from vendor_eval.errors import Fault, quoted
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
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
    """Awards that the ranking or the procedure does not allow, each with its line."""
    awards = [
        (n, entry)
        for n, entry in zip(decisions.places, decisions.entries, strict=True)
        if isinstance(entry, Award) and entry.vendor in proposals.rows
    ]
    if not awards:
        return []
    evaluation = evaluate(rules, proposals)
    misfits = (
        ((n, key), message)
        for n, entry in awards
        for key, message in _misawarded(entry, evaluation)
    )
    return at_lines(misfits, lines)


def _misawarded(entry: Award, evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Why an award cannot be: at which key, and what is allowed."""
    first, status = evaluation.leaders, evaluation.status(entry.vendor)
    if evaluation.rules.procedure == "public" and entry.vendor not in first:
        allowed = f"allowed: {quoted(first)}, first by the rules of a public procedure"
        yield "vendor", f"found {entry.vendor!r}; {allowed}"
    elif status != "eligible":
        ranked = quoted(evaluation.ranking)
        yield "vendor", f"found {entry.vendor!r}, which is {status}; allowed: {ranked}, eligible"
    elif entry.vendor not in first and entry.off_ranking is None:
        message = f"'off_ranking' is missing: {entry.vendor!r} is not first"
        yield "vendor", f"{message}; allowed: {quoted(first)}, or the reasons in 'off_ranking'"
    elif entry.vendor in first and entry.off_ranking is not None:
        message = f"found reasons, and {entry.vendor!r} is first"
        yield "off_ranking", f"{message}; allowed: no 'off_ranking'"
