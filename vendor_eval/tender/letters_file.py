"""`letters.yaml`: what award letters need that no rule and no bid holds."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import as_seen
from vendor_eval.errors import Fault, InputFaults, nearest, quoted
from vendor_eval.rules.award_rule import PRICE
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.criteria import Text
from vendor_eval.rules.values.function import Typed
from vendor_eval.rules.well_formed import typing_faults
from vendor_eval.rules.yaml_lines import decoded, yaml_document
from vendor_eval.tender.entries import misplaced, opened
from vendor_eval.tender.tender import Tender

LETTERS = "letters.yaml"
LARGEST = 1_000_000
"""Bytes that the file may hold; more is refused before it is read."""


class AwardBuyer(Typed):
    """Who writes the letters."""

    name: Text
    address: Text | None = None
    email: Text | None = None
    reference: Text | None = None
    signatory: Text | None = None
    """Who signs, with the role; None for those who made the decision."""


class Supplier(Typed):
    """How a vendor is addressed, and by which number a register knows it."""

    address: Text | None = None
    email: Text | None = None
    identifier: Text | None = None


class Withheld(Typed):
    """What of one vendor's tender is not shown to others, and on which ground."""

    vendor: Text
    criterion: Text
    what: Literal["text", "score", "price"]
    ground: Text
    by: Text


class NotName(Typed):
    """Words that hold a vendor's name and mean something else, such as a street; who says so."""

    vendor: Text
    text: Text
    by: Text


def _several(entered: Any) -> Any:
    """One calendar as a list of it."""
    return (entered,) if isinstance(entered, str) else entered


class StandstillTerms(Typed):
    """When the notice is published, and by which calendars days are counted."""

    notice_on: date
    working_days: Annotated[int, Field(ge=1, le=60)] | None = None
    holidays: Annotated[tuple[Text, ...], BeforeValidator(_several), Field(min_length=1)] | None = (
        None
    )
    """Countries or parts of one, as `GB-ENG`; a day is free where it is a holiday in any."""


class LettersFile(Typed):
    """Everything that award letters and the award report need besides rules, bids and marks."""

    buyer: AwardBuyer | None = None
    dated: date | None = None
    """The day of the letters; None for the day of the decision."""
    criteria_at: Text | None = None
    """Where the full award criteria can be read."""
    suppliers: dict[Text, Supplier] = Field(default_factory=dict)
    reasons: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    """By vendor and criterion, an explanation in place of the panel's or next to the rule's."""
    reasons_to_others: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    """By vendor and criterion, what the letters to others say in place of a quoted reason."""
    next: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    """By vendor and criterion, why it is not a higher score."""
    why_not: dict[Text, Text] = Field(default_factory=dict)
    """By vendor, a further explanation of why the contract is not awarded to it."""
    withhold: tuple[Withheld, ...] = ()
    withdrawn: tuple[Text, ...] = ()
    """Vendors that withdrew their bids: they are named in the report and get no letter."""
    not_names: tuple[NotName, ...] = ()
    """What letters may hold although a vendor's name is in it."""
    standstill: StandstillTerms | None = None
    checks: dict[Text, Text] = Field(default_factory=dict)
    """By the kind of a check that is flagged, what was done about it before notification."""
    report: dict[Text, Text] = Field(default_factory=dict)
    """By part of the award report, what only the buyer knows."""


def read_letters_file(folder: Path, tender: Tender) -> LettersFile:
    """What `letters.yaml` of a folder holds, nothing where there is none.

    Raises InputFaults with every fault in it.
    """
    wrong = misplaced(folder / LETTERS, folder, "file")
    if wrong:
        raise InputFaults([Fault(LETTERS, wrong)])
    if not (folder / LETTERS).is_file():
        return LettersFile()
    try:
        with opened(folder / LETTERS) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                message = f"found {size} bytes; allowed: {LARGEST} at most"
                raise InputFaults([Fault(LETTERS, message)])
            content = file.read()
    except OSError as error:
        raise InputFaults([Fault(LETTERS, f"cannot be read: {error.strerror}")]) from None
    return letters_of(content, tender)


def letters_of(content: bytes, tender: Tender) -> LettersFile:
    """The same of the file's content."""
    typed, lines = yaml_document(decoded(content, LETTERS), LETTERS)
    if typed is None:
        return LettersFile()
    if not isinstance(typed, dict):
        allowed = quoted(LettersFile.model_fields)
        raise InputFaults([Fault(f"{LETTERS}:1", f"found no keys; allowed: {allowed}")])
    try:
        letters = LettersFile.model_validate(typed)
        misfits = list(_misfits(letters, tender))
    except ValidationError as error:
        misfits = list(typing_faults(error, LettersFile))
    if misfits:
        misfits.sort(key=lambda fault: lines.line(fault[0]))
        raise InputFaults(dict.fromkeys(lines.fault(at, message) for at, message in misfits))
    return letters


def _misfits(letters: LettersFile, tender: Tender) -> Iterator[tuple[Location, str]]:
    """Names of vendors and criteria that there are not, and calendars that nobody keeps."""
    vendors, paths = tender.proposals.vendors, tender.evaluation.tree.paths
    if tender.rules.divisor is not None:
        paths = (*paths, PRICE)
    named: list[tuple[Location, str]] = []
    reads: list[tuple[Location, str]] = []
    for key in ("suppliers", "why_not"):
        named += [((key, vendor), vendor) for vendor in getattr(letters, key)]
    for key in ("reasons", "reasons_to_others", "next"):
        for vendor, texts in getattr(letters, key).items():
            named.append(((key, vendor), vendor))
            reads += [((key, vendor, path), path) for path in texts]
    for n, withheld in enumerate(letters.withhold):
        named.append((("withhold", n, "vendor"), withheld.vendor))
        reads.append((("withhold", n, "criterion"), withheld.criterion))
    for n, words in enumerate(letters.not_names):
        named.append((("not_names", n, "vendor"), words.vendor))
        alone, name = as_seen(words.text), base_name(words.vendor)
        if name not in alone or alone in (name, as_seen(words.vendor)):
            allowed = f"allowed: the name {words.vendor!r} with the words around it"
            yield ("not_names", n, "text"), f"found {words.text!r}; {allowed}"
    known = tuple(dict.fromkeys([*vendors, *letters.withdrawn]))
    yield from _unknown("vendor", named, known)
    yield from _unknown("criterion", reads, paths)
    for n, vendor in enumerate(letters.withdrawn):
        if vendor in vendors:
            message = f"found {vendor!r}, whose bid is in the folder; allowed: remove the bid"
            yield ("withdrawn", n), message


def _unknown(
    what: str, named: list[tuple[Location, str]], known: tuple[str, ...]
) -> Iterator[tuple[Location, str]]:
    for at, name in named:
        if name not in known:
            hint = nearest(name, known) or f"; allowed: {quoted(known)}"
            yield at, f"unknown {what} {name!r}{hint}"
