"""`evaluation.yaml`: the rules, or every fault in them with its line."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from pydantic import ValidationError

from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.analysis.weights.centroid import centroid_shares
from vendor_eval.errors import (
    Fault,
    InputFaults,
    UnknownName,
    VendorEvalError,
    nearest,
    quoted,
)
from vendor_eval.measures.faults import measure_faults
from vendor_eval.measures.measure import MEASURES
from vendor_eval.questionnaire.standard import STANDARD_PARTS
from vendor_eval.rules.consistency import Location, inconsistencies
from vendor_eval.rules.estimates import SIZES, bounded
from vendor_eval.rules.rules import RULES as RULES
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.weight_information import WeightInformation
from vendor_eval.rules.well_formed import typing_faults
from vendor_eval.rules.yaml_lines import decoded, yaml_document


def read_rules_file(content: bytes) -> tuple[Rules | None, list[Fault], str]:
    """The rules, unless they are too faulty to be built, their faults, and the vendor column."""
    column = str(Rules.model_fields["vendor_column"].default)
    try:
        typed, lines = yaml_document(decoded(content, RULES), RULES)
    except InputFaults as error:
        return None, list(error.faults), column
    if not isinstance(typed, dict):
        fault = Fault(f"{RULES}:1", "found no keys; allowed: 'title', 'decision' and so on")
        return None, [fault], column
    column = str(typed.get("vendor_column", column))
    rules, misfits = rules_faults(typed)
    misfits.sort(key=lambda fault: lines.line(fault[0]))
    return rules, list(dict.fromkeys(lines.fault(at, message) for at, message in misfits)), column


def rules_faults(typed: Mapping[str, Any]) -> tuple[Rules | None, list[tuple[Location, str]]]:
    """The rules, unless they are too faulty to be built, and each fault with its path of keys."""
    rules = None
    misfits = [*_unknown_methods(typed.get("methods")), *_unknown_measures(typed, ())]
    misfits += _unknown_parts(typed.get("ask"))
    misfits += _sizes(typed, ())
    typed, unfit = _weighed(typed)
    misfits += unfit
    try:
        rules = Rules.model_validate(typed)
        misfits += [*inconsistencies(rules), *measure_faults(rules)]
    except ValidationError as error:
        misfits += typing_faults(error)
    return rules, misfits


def _weighed(typed: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[tuple[Location, str]]]:
    """The rules with the weights that follow from `weights`, and what keeps these from following.

    Top-level criteria then state none themselves; those of a file written from rules are the
    ones that follow.
    """
    said, criteria = typed.get("weights"), typed.get("criteria")
    if said is None or not isinstance(criteria, tuple) or not all(map(_is_named, criteria)):
        return typed, []
    paths = tuple(dict.fromkeys(criterion["id"] for criterion in criteria))
    weights = dict.fromkeys(paths, 1.0)
    faults: list[tuple[Location, str]] = []
    try:
        weights = centroid_shares(paths, WeightInformation.model_validate(said))
    except ValidationError:
        pass  # said by the rules' own validation, with its place
    except UnknownName:
        pass  # said by the consistency of the rules
    except VendorEvalError as error:
        faults.append((("weights",), str(error)))
    for n, criterion in enumerate(criteria):
        stated = criterion.get("weight")
        if stated is not None and stated != weights[criterion["id"]]:
            message = f"found the weight {stated!r:.20}; allowed: none, since 'weights' says it"
            faults.append((("criteria", n, "weight"), message))
    weighed = tuple({**criterion, "weight": weights[criterion["id"]]} for criterion in criteria)
    return {**typed, "criteria": weighed}, faults


def _is_named(criterion: object) -> bool:
    return isinstance(criterion, dict) and isinstance(criterion.get("id"), str)


def measurable(rules: Rules) -> bool:
    """Whether bids can be measured under rules that may have faults of other kinds."""
    needed = {"commercial", "service", "as_of", "start"}
    faulty = [at[0] for at, _ in inconsistencies(rules)]
    faulty += [at[0] for at, _ in _sizes(rules.model_dump(exclude_none=True), ())]
    return needed.isdisjoint(faulty) and not any(measure_faults(rules))


def _sizes(typed: Any, at: Location) -> Iterator[tuple[Location, str]]:
    """Every number whose size no formula here can bear."""
    if isinstance(typed, dict | tuple):
        for key, value in typed.items() if isinstance(typed, dict) else enumerate(typed):
            yield from _sizes(value, (*at, key))
    elif type(typed) in (int, float) and not bounded(typed) and abs(typed) < inf:
        number = str(typed) if len(str(typed)) <= 20 else f"{str(typed)[:17]}..."
        yield at, f"found {number}; allowed: {SIZES}"


def _unknown_methods(typed: Any) -> Iterator[tuple[Location, str]]:
    for n, name in enumerate(typed if isinstance(typed, tuple) else ()):
        if isinstance(name, str) and name not in METHODS:
            yield ("methods", n), METHODS.unknown(name)


def _unknown_parts(typed: Any) -> Iterator[tuple[Location, str]]:
    for n, name in enumerate(typed if isinstance(typed, tuple) else ()):
        if isinstance(name, str) and name not in STANDARD_PARTS:
            allowed = nearest(name, STANDARD_PARTS) or f"; allowed: {quoted(STANDARD_PARTS)}"
            yield ("ask", n), f"unknown standard part {name!r}{allowed}"


def _unknown_measures(typed: Any, at: Location) -> Iterator[tuple[Location, str]]:
    """Names after `measure:`, however deep, that no measure has."""
    parts = typed.items() if isinstance(typed, dict) else enumerate(typed)
    for key, part in parts:
        if key == "measure":
            name = next(iter(part), None) if isinstance(part, dict) else part
            if isinstance(name, str) and name not in MEASURES:
                yield (*at, key), MEASURES.unknown(name)
        elif isinstance(part, dict | tuple):
            yield from _unknown_measures(part, (*at, key))
