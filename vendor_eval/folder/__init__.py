"""An evaluation folder read from disk, with the place of every fault in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vendor_eval.case import Case, SourceFile
from vendor_eval.errors import Fault, InputFaults, quoted
from vendor_eval.evaluation import evaluate
from vendor_eval.folder.added_scenario import add_scenario
from vendor_eval.folder.answers_file import TABLE, read_answers_file
from vendor_eval.folder.judgements_file import (
    JUDGEMENTS,
    judgements_of,
    judgements_text,
    read_judgements_file,
)
from vendor_eval.folder.rules_file import RULES, measurable, read_rules_file
from vendor_eval.measures import answered
from vendor_eval.performance import performances
from vendor_eval.proposal import Proposals
from vendor_eval.response import Response
from vendor_eval.rules import Rules
from vendor_eval.screening import gate_faults
from vendor_eval.seal import SEAL, opened_seal

__all__ = [
    "Case",
    "SourceFile",
    "add_scenario",
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


class TooLarge(InputFaults):
    """A file is refused before it is read."""


def read(folder: str | Path) -> Case:
    """The rules and proposals of an evaluation folder, fit to be evaluated.

    Faults in a vendor's bid stand in the case. Raises InputFaults with these and with every fault
    of the folder, the rules, the table as a whole and the judgements where there is one of those,
    SealBroken where one is that the rules are not the sealed ones.
    """
    folder = Path(folder)
    faults = list(_folder_faults(folder))
    files, refused, met = _files(folder)
    faults += met
    contents = {file.name: file.content for file in files}
    rules, proposals, vendor_column = None, None, "vendor"
    responses: tuple[Response, ...] = ()
    faulty: list[Fault] = []
    if RULES in contents:
        rules, faulty, vendor_column = read_rules_file(contents[RULES])
        faults += faulty
    seal, raised = None, InputFaults
    try:
        seal = opened_seal(contents.get(SEAL), rules)
    except InputFaults as error:
        faults, raised = [*faults, *error.faults], type(error)
    if TABLE in contents:
        proposals, met = read_answers_file(contents[TABLE], rules, vendor_column)
        faults += [*met, *_unmeasured(rules)]
    elif _workbooks(folder):
        responses, proposals, met = _read_workbooks(files, refused, rules, sound=not faulty)
        faults += met
    judged = None
    if JUDGEMENTS in contents:
        judged, met = read_judgements_file(contents[JUDGEMENTS], rules)
        faults += met
    faults += _absent_proposals(folder, sound=rules is not None and not faulty)
    vendors = _vendor_faults(rules, proposals, responses, sound=not faulty)
    if rules is None or proposals is None or faults:
        told = (fault for met in vendors.values() for fault in met)
        raise raised(dict.fromkeys((*faults, *told)))
    return Case(rules, proposals, seal, files, responses, judged, vendor_faults=vendors)


def _vendor_faults(
    rules: Rules | None, proposals: Proposals | None, responses: Sequence[Response], *, sound: bool
) -> Mapping[str, tuple[Fault, ...]]:
    """By vendor, every fault in its bid that can be found under these rules, `sound` or not."""
    if rules is None or proposals is None:
        return {response.vendor: response.faults for response in responses if response.faults}
    if sound and set(rules.columns) <= set(proposals.answers):
        return evaluate(rules, proposals).faults
    # answers can be read, if not weighed, under rules or in a table with other faults
    met = [*performances(rules.criteria, proposals)[1], *gate_faults(rules, proposals)]
    told = {vendor: list(proposals.faults.get(vendor, ())) for vendor in proposals.vendors}
    for fault in met:
        told[str(fault.vendor)].append(fault)
    return {vendor: tuple(dict.fromkeys(faults)) for vendor, faults in told.items() if faults}


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
    files: tuple[SourceFile, ...], refused: Mapping[str, Fault], rules: Rules | None, *, sound: bool
) -> tuple[tuple[Response, ...], Proposals | None, list[Fault]]:
    """The responses, what they answer and show under the rules, and the buyer's faults in them.

    Under rules that are not `sound` nothing is measured unless these faults leave it possible.
    """
    # what reads a table does without the library of workbooks
    from vendor_eval.workbooks import read_workbooks

    workbooks = [file for file in files if file.name.startswith(f"{WORKBOOKS}/")]
    responses, faults = read_workbooks(workbooks, rules, refused)
    if rules is None or not responses:
        return responses, None, faults
    taken = rules.measures if sound or measurable(rules) else ()
    return responses, answered(rules, responses, taken), faults


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
        size = (folder / name).stat().st_size
        if size > most:
            raise TooLarge([Fault(name, f"found {size} bytes; allowed: {most} at most")])
        return (folder / name).read_bytes()
    except OSError as error:
        raise InputFaults([Fault(name, f"cannot be read: {error.strerror}")]) from None
