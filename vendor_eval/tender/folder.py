"""An evaluation folder read from disk, with the place of every fault in it."""

from collections.abc import Iterator
from pathlib import Path

from vendor_eval.bids.decisions import Decisions
from vendor_eval.errors import Fault, InputFaults, LogBroken, nearest
from vendor_eval.panel.log import LOG, ScoreLog, score_log
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.seal import SEAL, opened_seal
from vendor_eval.rules.stage import stage_rules
from vendor_eval.tender.attachments import read_attachments, unmatched
from vendor_eval.tender.bid_files import (
    SINGLE,
    absent_proposals,
    bid_file_faults,
    content_of,
    read_files,
    remarks_on_bids,
    returned_names,
    single_names,
)
from vendor_eval.tender.bids import BidsReading
from vendor_eval.tender.bids_after_decisions import by_their_content, not_read
from vendor_eval.tender.correction_faults import faults_of_corrections
from vendor_eval.tender.decision_faults import award_faults, faults_of_decisions
from vendor_eval.tender.decisions_file import DECISIONS, read_decisions_file
from vendor_eval.tender.entries import entered, misplaced
from vendor_eval.tender.envelopes import changed_since_receipt, envelope_files
from vendor_eval.tender.evaluated_bids import bids_as_evaluated
from vendor_eval.tender.grounds import ground_faults
from vendor_eval.tender.judgements_file import JUDGEMENTS, read_judgements_file
from vendor_eval.tender.lock import lock_breaks
from vendor_eval.tender.logged_decisions import faults_by_log
from vendor_eval.tender.rules_file import RULES, read_rules_file
from vendor_eval.tender.tender import Tender


def read(folder: str | Path, *, envelope: str = "") -> Tender:
    """The rules and proposals of an evaluation folder, fit to be evaluated.

    Example:
        >>> import vendor_eval as ve
        >>> ve.read("data/california-two-envelope").proposals.vendors
        ('Bidder 1', 'Bidder 2', 'Bidder 3', 'Bidder 4')

    `envelope`: the id of the first of two envelopes, to read it alone though the other is open.
    Faults in a vendor's bid stand in the tender. Raises InputFaults with these and with every fault
    of the folder, the rules, the table as a whole and the judgements where there is one of those,
    SealBroken where one is that the rules are not the sealed ones, LogBroken where the log or what
    it fixed was changed.
    """
    folder = entered(folder)
    faults = list(_folder_faults(folder))
    attachments, met = read_attachments(folder)
    faults += met
    files, refused, met = read_files(folder, single_names(folder))
    faults += met
    contents = {file.name: file.content for file in files}
    rules, vendor_column = None, "vendor"
    faulty: list[Fault] = []
    if RULES in contents:
        rules, faulty, vendor_column = read_rules_file(contents[RULES])
        faults += faulty
    seal, raised = None, InputFaults
    try:
        seal = opened_seal(contents.get(SEAL), rules)
    except InputFaults as error:
        faults, raised = [*faults, *error.faults], type(error)
    decisions, lines, met = Decisions(), None, list[Fault]()
    if DECISIONS in contents:
        decisions, lines, met = read_decisions_file(contents[DECISIONS])
        faults += met
    log = None
    try:
        log = _log(contents.get(LOG), rules)
    except InputFaults as error:
        faults, raised = [*faults, *error.faults], type(error)
    envelopes = None
    if rules is not None and rules.envelopes and log is not None and not faulty:
        envelopes = envelope_files(folder, rules, log, decisions, envelope)
        rules = stage_rules(rules, envelopes.stage) if envelopes.stage else rules
        faults += envelopes.faults
        back, refused, met = read_files(folder, envelopes.names)
        refused = {**refused, **envelopes.refused}
        if gone := (*envelopes.gone, *changed_since_receipt(log, back)):
            raise LogBroken(dict.fromkeys((*faults, *gone)))
    else:
        faults += bid_file_faults(folder)
        back, refused, met = read_files(folder, returned_names(folder))
    faults, files = [*faults, *met], (*files, *back)
    reading = BidsReading(
        files,
        refused,
        rules,
        vendor_column,
        decisions,
        not faulty,
        log,
        owners=envelopes.owners if envelopes else {},
        unopened=envelopes.unopened if envelopes else (),
        unread=envelopes.unread if envelopes else {},
    )
    bids = submitted = bids_as_evaluated(reading, ())
    faults += bids.faults
    judged = None
    if JUDGEMENTS in contents:
        judged, met = read_judgements_file(contents[JUDGEMENTS], rules)
        faults += met
    faults += absent_proposals(folder, envelopes, sound=rules is not None and not faulty)
    proofs = [attachment.name for attachment in attachments]
    faults += faults_of_decisions(decisions, lines, bids, proofs)
    if rules is not None and log is not None:
        faults += faults_by_log(decisions, lines, rules, log)
    if decisions.corrections:
        # regardless of what else is wrong with the folder, no fault is reported that was corrected
        bids = bids_as_evaluated(reading, decisions.corrections)
        if all(fault.place == SEAL for fault in faults):
            faults += faults_of_corrections(lines, reading, submitted, bids)
    proposals = bids.proposals
    if rules and proposals and not faults:
        tables = [proposals, *([submitted.proposals] if submitted.proposals else [])]
        late = envelopes.late if envelopes else ()
        faults += ground_faults(decisions, lines, rules, tables, late)
        faults += award_faults(decisions, lines, rules, proposals)
    of_vendors = (fault for met in bids.of_vendors.values() for fault in met)
    if rules is None or proposals is None:
        raise raised(dict.fromkeys((*faults, *of_vendors)))
    tender = Tender(
        rules,
        proposals,
        seal,
        files,
        bids.responses,
        judged,
        vendor_faults=bids.of_vendors,
        decisions=by_their_content(decisions, bids.corrected),
        submitted=submitted.proposals if decisions.corrections else None,
        submitted_responses=submitted.responses if decisions.corrections else (),
        attachments=attachments,
        out_of_place=(
            *(() if envelopes else remarks_on_bids(folder)[1]),
            *unmatched(attachments, bids.vendors),
            *not_read(bids.replaced),
        ),
        replaced=bids.replaced,
        measured=bids.facts,
        log=log,
        evaluated=bids.evaluation,
        envelopes=envelopes,
        through=envelope,
    )
    if broken := tuple(lock_breaks(tender)):
        faults, raised = [*faults, *broken], LogBroken
    if faults:
        raise raised(dict.fromkeys((*faults, *of_vendors)), (*tender.notes, *tender.read_as))
    return tender


def _log(content: bytes | None, rules: Rules | None) -> ScoreLog | None:
    """The log of a panel; InputFaults where there is one without, LogBroken where it is broken."""
    logged = rules is not None and (rules.judged_leaves or rules.envelopes)
    if rules is None or (content is None and not logged):
        return None
    if not logged:
        message = "found scores, and no criterion with 'panel'; allowed: a panel in the rules"
        raise InputFaults([Fault(LOG, message)])
    return score_log(content or b"", rules)


def read_rules(folder: str | Path) -> Rules:
    """The rules alone, before there are any proposals; raises InputFaults with every fault."""
    folder = entered(folder)
    faults = list(_rules_faults(folder))
    if faults:
        raise InputFaults(faults)
    rules, faults, _ = read_rules_file(content_of(folder, RULES))
    if rules is None or faults:
        raise InputFaults(faults)
    return rules


def _rules_faults(folder: Path) -> Iterator[Fault]:
    if folder.is_file():
        yield Fault(str(folder), f"is a file; allowed: the folder that holds {RULES}")
    elif not folder.is_dir():
        near = folder.absolute().parent
        hint = nearest(folder.name, [p.name for p in near.iterdir()]) if near.is_dir() else ""
        yield Fault(str(folder), f"no such folder{hint}; 'vendor-eval new FOLDER' makes one")
    elif wrong := misplaced(folder / RULES, folder, "file"):
        yield Fault(RULES, wrong)
    elif not (folder / RULES).is_file():
        yield Fault(RULES, "no such file in the folder; it holds the rules of the evaluation")


def _folder_faults(folder: Path) -> Iterator[Fault]:
    yield from _rules_faults(folder)
    if not folder.is_dir():
        return
    for name in SINGLE[1:]:
        if wrong := misplaced(folder / name, folder, "file"):
            yield Fault(name, wrong)
