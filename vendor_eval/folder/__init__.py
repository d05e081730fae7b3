"""An evaluation folder read from disk, with the place of every fault in it."""

from collections.abc import Iterator
from pathlib import Path

from vendor_eval.case import Case, SourceFile
from vendor_eval.errors import Fault, InputFaults, quoted
from vendor_eval.evaluation import answer_faults
from vendor_eval.folder.added_scenario import add_scenario
from vendor_eval.folder.answers_file import TABLE, read_answers_file
from vendor_eval.folder.judgements_file import (
    JUDGEMENTS,
    judgements_of,
    judgements_text,
    read_judgements_file,
)
from vendor_eval.folder.rules_file import RULES, read_rules_file
from vendor_eval.measures import answered
from vendor_eval.performance import performances
from vendor_eval.proposal import Proposals
from vendor_eval.response import Response
from vendor_eval.rules import Rules
from vendor_eval.seal import SEAL, opened_seal

__all__ = [
    "Case",
    "SourceFile",
    "add_scenario",
    "bid_names",
    "input_names",
    "judgements_of",
    "judgements_text",
    "read",
    "read_rules",
]

WORKBOOKS = "proposals"
"""The folder of response workbooks."""
WORKBOOK = ".xlsx"
LARGEST = {
    RULES: 1_000_000,
    TABLE: 100_000_000,
    SEAL: 1_000_000,
    JUDGEMENTS: 1_000_000,
    WORKBOOKS: 10_000_000,
}
"""Bytes that each file may hold; more is refused before it is read."""


def read(folder: str | Path) -> Case:
    """The rules and proposals of an evaluation folder, fit to be evaluated.

    Raises InputFaults with every fault found in the folder, the rules, the table or workbooks, the
    answers and the judgements, or SealBroken when the rules are not the sealed ones.
    """
    folder = Path(folder)
    faults = list(_folder_faults(folder))
    files, met = _files(folder)
    faults += met
    contents = {file.name: file.content for file in files}
    rules, proposals, vendor_column = None, None, "vendor"
    responses: tuple[Response, ...] = ()
    faulty: list[Fault] = []
    if RULES in contents:
        rules, faulty, vendor_column = read_rules_file(contents[RULES])
        faults += faulty
    seal = None
    try:
        seal = opened_seal(contents.get(SEAL), rules)
    except InputFaults as error:
        faults += error.faults
    if TABLE in contents:
        proposals, met = read_answers_file(contents[TABLE], rules, vendor_column)
        faults += [*met, *_unmeasured(rules)]
    elif rules is not None and _workbooks(folder):
        responses, proposals, met = _read_workbooks(files, rules, sound=not faults)
        faults += met
    judged = None
    if JUDGEMENTS in contents:
        judged, met = read_judgements_file(contents[JUDGEMENTS], rules)
        faults += met
    faults += _absent_proposals(folder, sound=rules is not None and not faulty)
    if rules and proposals:
        # answers can be read, if not weighed, under rules or in a table with other faults
        faults += (
            performances(rules.criteria, proposals)[1]
            if faults
            else answer_faults(rules, proposals)
        )
    if rules is None or proposals is None or faults:
        raise InputFaults(dict.fromkeys(faults))
    return Case(rules, proposals, seal, files, responses, judged)


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
        [name for name in (RULES, SEAL, TABLE, JUDGEMENTS) if (folder / name).is_file()]
        + [f"{WORKBOOKS}/{path.name}" for path in _workbooks(folder)]
    )


def bid_names(folder: str | Path) -> tuple[str, ...]:
    """Names of the files in the folder that hold bids, or may: the table, then what came back."""
    folder = Path(folder)
    table = [TABLE] if (folder / TABLE).is_file() else []
    return (*table, *(f"{WORKBOOKS}/{path.name}" for path in _returned(folder)))


def _workbooks(folder: Path) -> list[Path]:
    """The response workbooks in the folder, by name."""
    found = _returned(folder)
    return [path for path in found if path.suffix.lower() == WORKBOOK and path.is_file()]


def _returned(folder: Path) -> list[Path]:
    """What lies in the folder of workbooks, but for hidden files and those of an open program."""
    directory = folder / WORKBOOKS
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if not path.name.startswith((".", "~$")))


def _rules_faults(folder: Path) -> Iterator[Fault]:
    if not folder.is_dir():
        yield Fault(str(folder), "no such folder; 'vendor-eval new FOLDER' makes one")
    elif not (folder / RULES).is_file():
        yield Fault(RULES, "no such file in the folder; it holds the rules of the evaluation")


def _folder_faults(folder: Path) -> Iterator[Fault]:
    yield from _rules_faults(folder)
    if not folder.is_dir():
        return
    table, workbooks = (folder / TABLE).is_file(), _workbooks(folder)
    if table and workbooks:
        yield Fault(TABLE, f"found together with {WORKBOOKS}/*.xlsx; allowed: one of the two")
    elif not table:
        yield from (_other_file(path) for path in _returned(folder) if path not in workbooks)


def _absent_proposals(folder: Path, *, sound: bool) -> Iterator[Fault]:
    """The fault of a folder without any proposal; where the rules are `sound` it says so."""
    if folder.is_dir() and not (folder / TABLE).is_file() and not _returned(folder):
        message = "no such file in the folder; it holds one row a vendor"
        instead = f"({WORKBOOKS}/*.xlsx, one workbook a vendor, would do)"
        rest = "; the rules themselves have no fault" if sound else ""
        yield Fault(TABLE, f"{message} {instead}{rest}")


def _other_file(path: Path) -> Fault:
    place = f"{WORKBOOKS}/{path.name}"
    if path.is_dir():
        return Fault(place, "found a folder; allowed: .xlsx workbooks, one a vendor")
    found = f"found a file ending in {path.suffix!r}" if path.suffix else "found no ending"
    return Fault(place, f"{found}; allowed: .xlsx; open it and save it as .xlsx, or move it away")


def _unmeasured(rules: Rules | None) -> Iterator[Fault]:
    if rules is not None and rules.measures:
        names = quoted(measurement.column for measurement in rules.measures)
        message = f"the rules take the measure {names}; measures read response workbooks"
        yield Fault(TABLE, f"{message}, {WORKBOOKS}/*.xlsx, and no table")


def _read_workbooks(
    files: tuple[SourceFile, ...], rules: Rules, *, sound: bool
) -> tuple[tuple[Response, ...], Proposals | None, list[Fault]]:
    """The responses, what they answer and show under the rules, and the workbooks' faults.

    Where anything is a fault, or the rules are not `sound`, nothing is measured.
    """
    # what reads a table does without the library of workbooks
    from vendor_eval.workbooks import read_workbooks

    workbooks = [file for file in files if file.name.startswith(f"{WORKBOOKS}/")]
    responses, faults = read_workbooks(workbooks, rules)
    if not responses:
        return (), None, faults
    taken = rules.measures if sound and not faults else ()
    try:
        return responses, answered(rules, responses, taken), faults
    except InputFaults as error:
        return responses, None, [*faults, *error.faults]


def _files(folder: Path) -> tuple[tuple[SourceFile, ...], list[Fault]]:
    """The files that are read, and a fault for each that cannot be."""
    files: list[SourceFile] = []
    faults: list[Fault] = []
    for name in input_names(folder):
        try:
            files.append(SourceFile(name, _content(folder, name)))
        except InputFaults as error:
            faults += error.faults
    return tuple(files), faults


def _content(folder: Path, name: str) -> bytes:
    most = LARGEST[name.partition("/")[0]]
    try:
        size = (folder / name).stat().st_size
        if size > most:
            raise InputFaults([Fault(name, f"found {size} bytes; allowed: {most} at most")])
        return (folder / name).read_bytes()
    except OSError as error:
        raise InputFaults([Fault(name, f"cannot be read: {error.strerror}")]) from None
