"""The files of an evaluation folder, by name: which are read, which hold bids, and their bytes."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from vendor_eval.bids.proposal import SourceFile
from vendor_eval.bids.table import TABLE
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.panel.log import LOG, SCORES
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.seal import SEAL
from vendor_eval.tender.attachments import out_of_place, unreadable
from vendor_eval.tender.bids import WORKBOOKS
from vendor_eval.tender.decisions_file import DECISIONS
from vendor_eval.tender.entries import leads_out, misnamed, misplaced, opened, passed_over
from vendor_eval.tender.envelopes import EnvelopeFiles, names_in
from vendor_eval.tender.judgements_file import JUDGEMENTS
from vendor_eval.tender.rules_file import RULES

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


def input_names(folder: str | Path) -> tuple[str, ...]:
    """Names of the files in the folder that an evaluation reads, workbooks last."""
    folder = Path(folder)
    return (*single_names(folder), *returned_names(folder))


def single_names(folder: Path) -> tuple[str, ...]:
    """Names of the files in the folder that are read by their name."""
    return tuple(name for name in SINGLE if is_there(folder, name))


def returned_names(folder: Path) -> tuple[str, ...]:
    """Names of the response workbooks in the folder."""
    return tuple(f"{WORKBOOKS}/{path.name}" for path in workbooks_in(folder))


def unread_names(folder: str | Path) -> tuple[str, ...]:
    """Names of what lies among the workbooks and is only noted: files, and folders with a "/"."""
    folder = Path(folder)
    noted = [p for p in returned_in(folder) if p not in workbooks_in(folder)]
    noted = [p for p in noted if isinstance(out_of_place(p, folder), str)]
    return tuple(f"{WORKBOOKS}/{path.name}{'/' if path.is_dir() else ''}" for path in noted)


def bid_names(folder: str | Path, rules: Rules | None = None) -> tuple[str, ...]:
    """Names of the files in the folder that hold bids, or may: the table, then what came back."""
    folder = Path(folder)
    if rules is not None and rules.envelopes:
        return tuple(n for each in rules.envelopes for n in names_in(folder, each.id))
    table = [TABLE] if os.path.lexists(folder / TABLE) else []
    if misplaced(folder / WORKBOOKS, folder, "folder"):
        return (*table, WORKBOOKS)
    books = workbooks_in(folder)
    back = [
        path
        for path in returned_in(folder)
        if path in books or isinstance(out_of_place(path, folder), Fault)
    ]
    return (*table, *(f"{WORKBOOKS}/{path.name}" for path in back))


def is_there(folder: Path, name: str) -> bool:
    """Whether a file of this name is in the folder and is read."""
    path = folder / name
    return path.is_file() and not leads_out(path, folder)


def workbooks_in(folder: Path) -> list[Path]:
    """The response workbooks in the folder, by name."""
    return [
        path
        for path in returned_in(folder)
        if path.suffix.lower() == WORKBOOK
        and path.is_file()
        and not (misnamed(path.name) or leads_out(path, folder))
    ]


def returned_in(folder: Path) -> list[Path]:
    """What lies in the folder of workbooks, but for hidden files and those of an open program."""
    directory = folder / WORKBOOKS
    if not directory.is_dir() or misplaced(directory, folder, "folder"):
        return []
    return sorted(path for path in directory.iterdir() if not passed_over(path.name))


def remarks_on_bids(folder: Path) -> tuple[list[Fault], tuple[str, ...]]:
    """What lies among the workbooks and is none: faults of what may be a response, and notes."""
    workbooks = workbooks_in(folder)
    remarks = [out_of_place(path, folder) for path in returned_in(folder) if path not in workbooks]
    faults = [each for each in remarks if isinstance(each, Fault)]
    return faults, tuple(each for each in remarks if not isinstance(each, Fault))


def bid_file_faults(folder: Path) -> Iterator[Fault]:
    """What is wrong with the files of bids before any is read."""
    if wrong := misplaced(folder / WORKBOOKS, folder, "folder"):
        yield Fault(WORKBOOKS, wrong)
    table, workbooks = is_there(folder, TABLE), workbooks_in(folder)
    if table and workbooks:
        yield Fault(TABLE, f"found together with {WORKBOOKS}/*.xlsx; allowed: one of the two")
    if table:
        yield from filter(None, (unreadable(path, folder) for path in returned_in(folder)))
    else:
        yield from remarks_on_bids(folder)[0]


def absent_proposals(
    folder: Path, envelopes: EnvelopeFiles | None, *, sound: bool
) -> Iterator[Fault]:
    """The fault of a folder without any proposal; where the rules are `sound` it says so."""
    if envelopes is not None:
        if not envelopes.names and not envelopes.refused:
            message = "found no bid; allowed: the first envelope of every vendor"
            yield Fault(f"{WORKBOOKS}/{envelopes.stage}", message)
        return
    returned = workbooks_in(folder) or remarks_on_bids(folder)[0]
    wrong = misplaced(folder / TABLE, folder, "file")
    wrong = wrong or misplaced(folder / WORKBOOKS, folder, "folder")
    if folder.is_dir() and not (folder / TABLE).is_file() and not returned and not wrong:
        message = "no such file in the folder; it holds one row a vendor"
        instead = f"({WORKBOOKS}/*.xlsx, one workbook a vendor, would do)"
        rest = "; the rules themselves have no fault" if sound else ""
        yield Fault(TABLE, f"{message} {instead}{rest}")


def read_files(
    folder: Path, names: Iterable[str]
) -> tuple[tuple[SourceFile, ...], dict[str, Fault], list[Fault]]:
    """The files of these names, the workbooks refused unread by name, and the other faults."""
    files: list[SourceFile] = []
    refused: dict[str, Fault] = {}
    faults: list[Fault] = []
    for name in names:
        try:
            files.append(SourceFile(name, content_of(folder, name)))
        except TooLarge as error:
            [fault] = error.faults
            if name.startswith(f"{WORKBOOKS}/"):
                refused[name] = replace(fault, audience="vendor")
            else:
                faults.append(fault)
        except InputFaults as error:
            faults += error.faults
    return tuple(files), refused, faults


def content_of(folder: Path, name: str) -> bytes:
    """What a file holds; raises TooLarge, and InputFaults where it cannot be read."""
    most = LARGEST[name.partition("/")[0]]
    try:
        with opened(folder / name) as file:
            size = os.fstat(file.fileno()).st_size
            if size > most:
                raise TooLarge([Fault(name, f"found {size} bytes; allowed: {most} at most")])
            return file.read()
    except OSError as error:
        raise InputFaults([Fault(name, f"cannot be read: {error.strerror}")]) from None
