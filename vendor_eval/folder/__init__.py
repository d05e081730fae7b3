"""An evaluation folder read from disk, with the place of every fault in it."""

from collections.abc import Iterator
from pathlib import Path

from vendor_eval.case import Case, SourceFile
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.evaluation import answer_faults
from vendor_eval.folder.added_scenario import add_scenario
from vendor_eval.folder.answers_file import TABLE, read_answers_file
from vendor_eval.folder.rules_file import RULES, read_rules_file
from vendor_eval.performance import performances
from vendor_eval.rules import Rules
from vendor_eval.seal import SEAL, opened_seal

__all__ = ["Case", "SourceFile", "add_scenario", "input_names", "read", "read_rules"]

WORKBOOKS = "proposals"
LARGEST = {RULES: 1_000_000, TABLE: 100_000_000, SEAL: 1_000_000}
"""Bytes that each file may hold; more is refused before it is read."""


def read(folder: str | Path) -> Case:
    """The rules and proposals of an evaluation folder, fit to be evaluated.

    Raises InputFaults with every fault found in the folder, the rules, the table and the answers,
    or SealBroken when the rules are not the sealed ones.
    """
    folder = Path(folder)
    faults = list(_folder_faults(folder))
    files = [SourceFile(name, _content(folder, name)) for name in input_names(folder)]
    contents = {file.name: file.content for file in files}
    rules, proposals, vendor_column = None, None, "vendor"
    if RULES in contents:
        rules, met, vendor_column = read_rules_file(contents[RULES])
        faults += met
    seal = None
    try:
        seal = opened_seal(contents.get(SEAL), rules)
    except InputFaults as error:
        faults += error.faults
    if TABLE in contents:
        proposals, met = read_answers_file(contents[TABLE], rules, vendor_column)
        faults += met
    if rules and proposals:
        # answers can be read, if not weighed, under rules or in a table with other faults
        faults += (
            performances(rules.criteria, proposals)[1]
            if faults
            else answer_faults(rules, proposals)
        )
    if rules is None or proposals is None or faults:
        raise InputFaults(faults)
    return Case(rules, proposals, seal, tuple(files))


def read_rules(folder: str | Path) -> Rules:
    """The rules alone, before there are any proposals; raises InputFaults with every fault."""
    folder = Path(folder)
    faults = [fault for fault in _folder_faults(folder) if fault.place != TABLE]
    if faults:
        raise InputFaults(faults)
    rules, faults, _ = read_rules_file(_content(folder, RULES))
    if rules is None or faults:
        raise InputFaults(faults)
    return rules


def input_names(folder: str | Path) -> tuple[str, ...]:
    """Names of the files in the folder that an evaluation reads."""
    return tuple(name for name in (RULES, SEAL, TABLE) if (Path(folder) / name).is_file())


def _folder_faults(folder: Path) -> Iterator[Fault]:
    if not folder.is_dir():
        yield Fault(str(folder), "no such folder; 'vendor-eval new FOLDER' makes one")
        return
    if not (folder / RULES).is_file():
        yield Fault(RULES, "no such file in the folder; it holds the rules of the evaluation")
    table, workbooks = (folder / TABLE).is_file(), any((folder / WORKBOOKS).glob("*.xlsx"))
    if table and workbooks:
        yield Fault(TABLE, f"found together with {WORKBOOKS}/*.xlsx; allowed: one of the two")
    elif workbooks:
        yield Fault(TABLE, f"response workbooks are not read yet; put their answers into {TABLE}")
    elif not table:
        yield Fault(TABLE, "no such file in the folder; it holds one row a vendor")


def _content(folder: Path, name: str) -> bytes:
    try:
        size = (folder / name).stat().st_size
        if size > LARGEST[name]:
            raise InputFaults(
                [Fault(name, f"found {size} bytes; allowed: {LARGEST[name]} at most")]
            )
        return (folder / name).read_bytes()
    except OSError as error:
        raise InputFaults([Fault(name, f"cannot be read: {error.strerror}")]) from None
