"""What lies in the folder besides what is read: attachments, and files that are out of place."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from vendor_eval.bids.decisions import ATTACHMENTS
from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import letters_alone
from vendor_eval.errors import Fault, nearest
from vendor_eval.tender.entries import misnamed, misplaced, opened, passed_over, printed
from vendor_eval.wording.short_repr import ShortRepr

RESPONSES = frozenset(
    {
        *(".csv", ".et", ".fods", ".numbers", ".ods", ".ots", ".slk", ".tsv", ".xls", ".xlsb"),
        *(".xlsm", ".xlsx", ".xlt", ".xltm", ".xltx"),
    }
)
"""Endings of files that may be a response, saved otherwise than is read."""
MOST, LARGEST = 10_000, 2_000_000_000
"""Attachments, and bytes of each: what is more is refused before it is read."""
PIECE = 1 << 20


@dataclass(frozen=True)
class Attachment(ShortRepr):
    """A file that a vendor sent and nobody reads: its name in the folder, bytes, sha256 in hex."""

    name: str
    size: int
    sha256: str


def read_attachments(folder: Path) -> tuple[tuple[Attachment, ...], list[Fault]]:
    """Every file under `attachments/` with its hash, by name, and a fault for each that has none.

    Nothing is read but to be hashed, and no link out of the folder is followed.
    """
    wrong = misplaced(folder / ATTACHMENTS, folder, "folder")
    if wrong:
        return (), [Fault(ATTACHMENTS, wrong)]
    attachments: list[Attachment] = []
    faults: list[Fault] = []
    for path in _files(folder / ATTACHMENTS):
        name = path.relative_to(folder).as_posix()
        if len(attachments) == MOST:
            faults.append(Fault(ATTACHMENTS, f"found more than {MOST:,} files; allowed: {MOST:,}"))
            break
        refused = misnamed(name) or _refusal(path, folder)
        if refused:
            faults.append(Fault(printed(name), refused))
            continue
        try:
            attachments.append(_hashed(path, name))
        except OSError as error:
            faults.append(Fault(name, f"cannot be read: {error.strerror}"))
    return tuple(attachments), faults


def unmatched(attachments: Sequence[Attachment], vendors: Sequence[str]) -> tuple[str, ...]:
    """A note for each folder of attachments that is named as none of the vendors."""
    known = {letters_alone(name) for vendor in vendors for name in (vendor, base_name(vendor))}
    folders = dict.fromkeys(
        parts[1] for a in attachments if len(parts := PurePosixPath(a.name).parts) > 2
    )
    return tuple(
        f"{ATTACHMENTS}/{folder}/: no vendor of this name has a bid{nearest(folder, vendors)}"
        for folder in folders
        if not {letters_alone(folder), letters_alone(base_name(folder))} & known
    )


def _files(directory: Path) -> Iterator[Path]:
    """The files under a directory, by name; links to directories are files here."""
    for place, directories, names in os.walk(directory, followlinks=False):
        links = [name for name in directories if (Path(place) / name).is_symlink()]
        kept = (name for name in directories if name not in links and not passed_over(name))
        directories[:] = sorted(kept)
        yield from (Path(place) / n for n in sorted([*names, *links]) if not passed_over(n))


def _refusal(path: Path, folder: Path) -> str | None:
    wrong = misplaced(path, folder, "file")
    if wrong:
        return wrong
    size = path.stat().st_size
    return f"found {size:,} bytes; allowed: {LARGEST:,} at most" if size > LARGEST else None


def _hashed(path: Path, name: str) -> Attachment:
    digest, size = hashlib.sha256(), 0
    with opened(path) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Attachment(name, size, digest.hexdigest())


def unreadable(path: Path, folder: Path) -> Fault | None:
    """The fault of what nobody can read among the workbooks, regardless of its kind."""
    kind: Literal["file", "folder"] = "folder" if path.is_dir() else "file"
    wrong = misnamed(path.name) or misplaced(path, folder, kind)
    return Fault(printed(f"{path.parent.name}/{path.name}"), wrong) if wrong else None


def out_of_place(path: Path, folder: Path) -> Fault | str:
    """What to say of a file among the workbooks that is none: a fault where it may be a response.

    So is what nobody can read. Anything else is a note: it belongs among the attachments.
    """
    if fault := unreadable(path, folder):
        return fault
    place = f"{path.parent.name}/{path.name}"
    if path.suffix.lower() in RESPONSES:
        kind = "folder" if path.is_dir() else "file"
        message = f"found a {kind} ending in {path.suffix!r}, which may be a response; allowed: a "
        way_out = (
            f"open it and save it as .xlsx, or move it to {ATTACHMENTS}/ if it is not a response"
        )
        return Fault(place, f"{message}file saved as .xlsx; {way_out}")
    what = "a folder" if path.is_dir() else "not a response workbook"
    return f"{place}: {what}, not read; it belongs in {ATTACHMENTS}/<vendor>/"
