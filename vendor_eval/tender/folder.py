"""An evaluation folder read from disk, with the place of every fault in it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from vendor_eval.bids.decisions import Decisions
from vendor_eval.bids.proposal import SourceFile
from vendor_eval.bids.table import TABLE
from vendor_eval.errors import Fault, InputFaults, LogBroken, nearest
from vendor_eval.panel.log import LOG, SCORES, ScoreLog, score_log
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.seal import SEAL, opened_seal
from vendor_eval.tender.attachments import out_of_place, read_attachments, unmatched, unreadable
from vendor_eval.tender.bids import WORKBOOKS, BidsReading
from vendor_eval.tender.bids_after_decisions import by_their_content, not_read
from vendor_eval.tender.correction_faults import faults_of_corrections
from vendor_eval.tender.decision_faults import award_faults, faults_of_decisions
from vendor_eval.tender.decisions_file import DECISIONS, read_decisions_file
from vendor_eval.tender.entries import leads_out, misnamed, misplaced, opened, passed_over
from vendor_eval.tender.evaluated_bids import bids_as_evaluated
from vendor_eval.tender.grounds import ground_faults
from vendor_eval.tender.judgements_file import JUDGEMENTS, read_judgements_file
from vendor_eval.tender.lock import lock_breaks
from vendor_eval.tender.rules_file import RULES, read_rules_file
from vendor_eval.tender.tender import Tender

WORKBOOK = ".xlsx"
LARGEST = {
    RULES: 1_000_000,
    TABLE: 100_000_000,
    SEAL: 1_000_000,
    JUDGEMENTS: 1_000_000,
    DECISIONS: 1_000_000,
    SCORES: 100_000_000,
    WORKBOOKS: 10_000_000,
}
"""Bytes that each file may hold; more is refused before it is read."""


SINGLE = (RULES, SEAL, TABLE, JUDGEMENTS, DECISIONS, LOG)
"""Files that are read by their name, the rules first."""


class TooLarge(InputFaults):
    """A file is refused before it is read."""


def read(folder: str | Path) -> Tender:
    """The rules and proposals of an evaluation folder, fit to be evaluated.

    Example:
        >>> import vendor_eval as ve
        >>> ve.read("data/california-two-envelope").proposals.vendors
        ('Bidder 1', 'Bidder 2', 'Bidder 3', 'Bidder 4')

    Faults in a vendor's bid stand in the tender. Raises InputFaults with these and with every fault
    of the folder, the rules, the table as a whole and the judgements where there is one of those,
    SealBroken where one is that the rules are not the sealed ones.
    """
    folder = Path(folder)
    faults = list(_folder_faults(folder))
    attachments, met = read_attachments(folder)
    faults += met
    files, refused, met = _files(folder)
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
    reading = BidsReading(files, refused, rules, vendor_column, decisions, not faulty, log)
    bids = submitted = bids_as_evaluated(reading, ())
    faults += bids.faults
    judged = None
    if JUDGEMENTS in contents:
        judged, met = read_judgements_file(contents[JUDGEMENTS], rules)
        faults += met
    faults += _absent_proposals(folder, sound=rules is not None and not faulty)
    proofs = [attachment.name for attachment in attachments]
    faults += faults_of_decisions(decisions, lines, bids, proofs)
    if decisions.corrections:
        # regardless of what else is wrong with the folder, no fault is reported that was corrected
        bids = bids_as_evaluated(reading, decisions.corrections)
        if all(fault.place == SEAL for fault in faults):
            faults += faults_of_corrections(lines, reading, submitted, bids)
    proposals = bids.proposals
    if rules and proposals and not faults:
        tables = [proposals, *([submitted.proposals] if submitted.proposals else [])]
        faults += ground_faults(decisions, lines, rules, tables)
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
        attachments=attachments,
        out_of_place=(
            *_out_of_place(folder)[1],
            *unmatched(attachments, bids.vendors),
            *not_read(bids.replaced),
        ),
        replaced=bids.replaced,
        measured=bids.facts,
        log=log,
        evaluated=bids.evaluation,
    )
    if broken := tuple(lock_breaks(tender.panel, tender.hashes)):
        faults, raised = [*faults, *broken], LogBroken
    if faults:
        raise raised(dict.fromkeys((*faults, *of_vendors)), (*tender.notes, *tender.read_as))
    return tender


def _log(content: bytes | None, rules: Rules | None) -> ScoreLog | None:
    """The log of a panel; InputFaults where there is one without, LogBroken where it is broken."""
    if rules is None or (content is None and not rules.judged_leaves):
        return None
    if not rules.judged_leaves:
        message = "found scores, and no criterion with 'panel'; allowed: a panel in the rules"
        raise InputFaults([Fault(LOG, message)])
    return score_log(content or b"", rules)


def read_rules(folder: str | Path) -> Rules:
    """The rules alone, before there are any proposals; raises InputFaults with every fault."""
    folder = Path(folder)
    faults = list(_rules_faults(folder))
    if faults:
        raise InputFaults(faults)
    rules, faults, _ = read_rules_file(_content(folder, RULES))
    if rules is None or faults:
        raise InputFaults(faults)
    return rules


def input_names(folder: str | Path) -> tuple[str, ...]:
    """Names of the files in the folder that an evaluation reads, workbooks last."""
    folder = Path(folder)
    return tuple(
        [name for name in SINGLE if _is_there(folder, name)]
        + [f"{WORKBOOKS}/{path.name}" for path in _workbooks(folder)]
    )


def unread_names(folder: str | Path) -> tuple[str, ...]:
    """Names of what lies among the workbooks and is only noted: files, and folders with a "/"."""
    folder = Path(folder)
    noted = [p for p in _returned(folder) if p not in _workbooks(folder)]
    noted = [p for p in noted if isinstance(out_of_place(p, folder), str)]
    return tuple(f"{WORKBOOKS}/{path.name}{'/' if path.is_dir() else ''}" for path in noted)


def bid_names(folder: str | Path) -> tuple[str, ...]:
    """Names of the files in the folder that hold bids, or may: the table, then what came back."""
    folder = Path(folder)
    table = [TABLE] if os.path.lexists(folder / TABLE) else []
    if misplaced(folder / WORKBOOKS, folder, "folder"):
        return (*table, WORKBOOKS)
    books = _workbooks(folder)
    back = [
        path
        for path in _returned(folder)
        if path in books or isinstance(out_of_place(path, folder), Fault)
    ]
    return (*table, *(f"{WORKBOOKS}/{path.name}" for path in back))


def _is_there(folder: Path, name: str) -> bool:
    """Whether a file of this name is in the folder and is read."""
    path = folder / name
    return path.is_file() and not leads_out(path, folder)


def _workbooks(folder: Path) -> list[Path]:
    """The response workbooks in the folder, by name."""
    return [
        path
        for path in _returned(folder)
        if path.suffix.lower() == WORKBOOK
        and path.is_file()
        and not (misnamed(path.name) or leads_out(path, folder))
    ]


def _returned(folder: Path) -> list[Path]:
    """What lies in the folder of workbooks, but for hidden files and those of an open program."""
    directory = folder / WORKBOOKS
    if not directory.is_dir() or misplaced(directory, folder, "folder"):
        return []
    return sorted(path for path in directory.iterdir() if not passed_over(path.name))


def _out_of_place(folder: Path) -> tuple[list[Fault], tuple[str, ...]]:
    """What lies among the workbooks and is none: faults of what may be a response, and notes."""
    workbooks = _workbooks(folder)
    remarks = [out_of_place(path, folder) for path in _returned(folder) if path not in workbooks]
    faults = [each for each in remarks if isinstance(each, Fault)]
    return faults, tuple(each for each in remarks if not isinstance(each, Fault))


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
    if wrong := misplaced(folder / WORKBOOKS, folder, "folder"):
        yield Fault(WORKBOOKS, wrong)
    table, workbooks = _is_there(folder, TABLE), _workbooks(folder)
    if table and workbooks:
        yield Fault(TABLE, f"found together with {WORKBOOKS}/*.xlsx; allowed: one of the two")
    if table:
        yield from filter(None, (unreadable(path, folder) for path in _returned(folder)))
    else:
        yield from _out_of_place(folder)[0]


def _absent_proposals(folder: Path, *, sound: bool) -> Iterator[Fault]:
    """The fault of a folder without any proposal; where the rules are `sound` it says so."""
    returned = _workbooks(folder) or _out_of_place(folder)[0]
    wrong = misplaced(folder / TABLE, folder, "file")
    wrong = wrong or misplaced(folder / WORKBOOKS, folder, "folder")
    if folder.is_dir() and not (folder / TABLE).is_file() and not returned and not wrong:
        message = "no such file in the folder; it holds one row a vendor"
        instead = f"({WORKBOOKS}/*.xlsx, one workbook a vendor, would do)"
        rest = "; the rules themselves have no fault" if sound else ""
        yield Fault(TABLE, f"{message} {instead}{rest}")


def _files(folder: Path) -> tuple[tuple[SourceFile, ...], dict[str, Fault], list[Fault]]:
    """The files that are read, the workbooks refused unread by name, and the other faults."""
    files: list[SourceFile] = []
    refused: dict[str, Fault] = {}
    faults: list[Fault] = []
    for name in input_names(folder):
        try:
            files.append(SourceFile(name, _content(folder, name)))
        except TooLarge as error:
            [fault] = error.faults
            if name.startswith(f"{WORKBOOKS}/"):
                refused[name] = replace(fault, audience="vendor")
            else:
                faults.append(fault)
        except InputFaults as error:
            faults += error.faults
    return tuple(files), refused, faults


def _content(folder: Path, name: str) -> bytes:
    most = LARGEST[name.partition("/")[0]]
    try:
        with opened(folder / name) as file:
            size = os.fstat(file.fileno()).st_size
            if size > most:
                raise TooLarge([Fault(name, f"found {size} bytes; allowed: {most} at most")])
            return file.read()
    except OSError as error:
        raise InputFaults([Fault(name, f"cannot be read: {error.strerror}")]) from None
