"""What of the buyer's decisions does not fit the folder, the bids in it, or the procedure."""

from collections.abc import Collection, Iterator, Sequence

from vendor_eval.bids.decisions import (
    ATTACHMENTS,
    Award,
    Closed,
    Correction,
    Decision,
    Decisions,
    Investigation,
    Late,
    TwoVendors,
)
from vendor_eval.bids.proposal import Proposals
from vendor_eval.bids.replacements import misreplacements
from vendor_eval.errors import Fault, nearest, quoted
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.yaml_lines import Lines
from vendor_eval.tender.bids import Bids
from vendor_eval.tender.decisions_file import at_lines
from vendor_eval.wording import agreeing, listed


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
    ahead = f"{listed(map(repr, first)) or 'nobody'} {agreeing(len(first) or 1, 'is', 'are')} first"
    if evaluation.rules.procedure == "public" and entry.vendor not in first:
        allowed = f"allowed: {quoted(first)}, first by the rules of a public procedure"
        yield "vendor", f"found {entry.vendor!r}, and {ahead}; {allowed}"
    elif status != "eligible":
        ranked = quoted(evaluation.ranking)
        yield "vendor", f"found {entry.vendor!r}, which is {status}; allowed: {ranked}, eligible"
    elif entry.vendor not in first and entry.off_ranking is None:
        message = f"found {entry.vendor!r} without 'off_ranking', and {ahead}"
        yield "vendor", f"{message}; allowed: {quoted(first)}, or the reasons in 'off_ranking'"
    elif entry.vendor in first and entry.off_ranking is not None:
        message = f"found reasons, and {entry.vendor!r} is first"
        yield "off_ranking", f"{message}; allowed: no 'off_ranking'"


def misdecisions(
    decisions: Decisions, vendors: Collection[str], sources: Collection[str], proofs: Sequence[str]
) -> Iterator[tuple[Location, str]]:
    """What of the decisions does not fit the folder: where, and what is wrong there.

    `vendors`: every vendor that was read, replaced ones too; `sources`: workbooks and lines of the
    table; `proofs`: the files under `attachments/`.
    """
    seen: set[tuple[str, str]] = set()
    for n, entry in zip(decisions.places, decisions.entries, strict=True):
        for key, names, known in _names(entry, vendors, sources):
            for name in names:
                if name not in known:
                    hint = nearest(name, known) or f"; allowed: {quoted(sorted(known))}"
                    word = "bid" if key in ("stands", "instead_of") else "vendor"
                    yield (n, key), f"unknown {word} {name!r}{hint}"
        for mark in _once(entry):
            if mark in seen:
                yield (n,), f"decides on {mark[1]!r} again; allowed: one {mark[0]!r} each"
            seen.add(mark)
        if isinstance(entry, Correction) and entry.proof is not None:
            yield from (((n, "proof"), fault) for fault in _proof_faults(entry.proof, proofs))


def _names(
    entry: Decision, vendors: Collection[str], sources: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...], Collection[str]]]:
    """The bids that an entry names: under which key, the names, and those that are known."""
    if isinstance(entry, TwoVendors):
        bids = {*vendors, *sources}
        yield "vendors", entry.vendors or (), vendors
        yield "stands", (entry.stands,) if entry.stands else (), bids
        yield "instead_of", (entry.instead_of,) if entry.instead_of else (), bids
    elif isinstance(entry, Correction | Closed | Investigation | Late | Award):
        yield "vendor", (entry.vendor,), vendors


def _once(entry: Decision) -> Iterator[tuple[str, str]]:
    """What is to be decided once: each kind with what it is about."""
    if isinstance(entry, Correction):
        yield entry.kind, entry.at
    elif isinstance(entry, Closed | Investigation | Late):
        yield entry.kind, entry.vendor
    elif isinstance(entry, Award):
        yield entry.kind, "the contract"
    elif isinstance(entry, TwoVendors) and entry.instead_of is not None:
        yield entry.kind, entry.instead_of


def _proof_faults(proof: str, proofs: Sequence[str]) -> Iterator[str]:
    if proof not in proofs:
        hint = nearest(proof, proofs)
        yield f"found {proof!r}, no such file{hint}; allowed: a file under {ATTACHMENTS}/"
