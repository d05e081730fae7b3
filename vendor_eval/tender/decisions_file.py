"""`decisions.yaml`: what the buyer decided, or every fault in it with its line."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from vendor_eval.bids.decisions import KINDS, Decision, Decisions
from vendor_eval.errors import Fault, InputFaults, nearest, quoted
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.well_formed import typing_faults
from vendor_eval.rules.yaml_lines import Lines, decoded, yaml_document

DECISIONS = "decisions.yaml"
MOST = 2_000
"""Decisions in one file."""


def read_decisions_file(content: bytes) -> tuple[Decisions, Lines | None, list[Fault]]:
    """The decisions that are well formed, the lines of all, and the faults of the others."""
    try:
        typed, lines = yaml_document(decoded(content, DECISIONS), DECISIONS)
    except InputFaults as error:
        return Decisions(), None, list(error.faults)
    if typed is None:
        return Decisions(), lines, []
    if not isinstance(typed, tuple):
        message = "found no list; allowed: a list of decisions, each with its 'kind'"
        return Decisions(), lines, [Fault(f"{DECISIONS}:1", message)]
    if len(typed) > MOST:
        message = f"found {len(typed)} decisions; allowed: {MOST} at most"
        return Decisions(), lines, [Fault(f"{DECISIONS}:1", message)]
    entries: dict[int, Decision] = {}
    misfits: list[tuple[Location, str]] = []
    for n, entry in enumerate(typed):
        try:
            entries[n] = _decision(entry)
        except ValidationError as error:
            model = KINDS[entry["kind"]]
            misfits += [((n, *at), message) for at, message in typing_faults(error, model)]
        except ValueError as error:
            misfits.append(((n,), str(error)))
    misfits.sort(key=lambda fault: lines.line(fault[0]))
    faults = list(dict.fromkeys(decision_fault(lines, at, message) for at, message in misfits))
    return Decisions(tuple(entries.values()), tuple(entries)), lines, faults


def at_lines(misfits: Iterable[tuple[Location, str]], lines: Lines | None) -> list[Fault]:
    """A fault at the line of each decision that something is wrong with; none without lines."""
    return [decision_fault(lines, at, message) for at, message in misfits] if lines else []


def decision_fault(lines: Lines, at: Location, message: str) -> Fault:
    """A fault at the line of a decision, which is named by its number, from 1."""
    entry, *keys = at
    fault = lines.fault(at, "")
    where = ".".join([f"decision {int(entry) + 1}", *map(str, keys)])
    return Fault(fault.place, f"{where}: {message}")


def _decision(typed: Any) -> Decision:
    """One decision; ValidationError where its kind is known, else ValueError."""
    if not isinstance(typed, dict) or "kind" not in typed:
        raise ValueError(f"'kind' is missing; allowed: {quoted(KINDS)}")
    kind = typed["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        hint = nearest(str(kind), KINDS)
        raise ValueError(f"unknown kind {kind!r}{hint}; allowed: {quoted(KINDS)}")
    return KINDS[kind].model_validate(typed)
