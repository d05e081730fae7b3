"""What lies in the folder besides what is read: attachments, and files that are out of place."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

from vendor_eval.bids.decisions import ATTACHMENTS
from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import letters_alone
from vendor_eval.errors import Fault, nearest
from vendor_eval.tender.tender import Attachment

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


def passed_over(name: str) -> bool:
    """Whether a file is hidden, or the lock file of an open program."""
    return name.startswith((".", "~$"))


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link stands at a path that leads out of the folder."""
    # unlike Path.resolve, realpath also ends without an error where links lead in a circle
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def misplaced(path: Path, folder: Path, kind: Literal["file", "folder"]) -> str | None:
    """Why what has the name of a file or a folder cannot be read as one; None where it can.

    Nothing at all may be there; whether it is needed is for others to say.
    """
    if not os.path.lexists(path):
        return None
    if leads_out(path, folder):
        return f"found a link that leads out of the folder; allowed: the {kind} itself"
    if path.is_dir() if kind == "folder" else path.is_file():
        return None
    what = "folder" if path.is_dir() else "file" if path.is_file() else ""
    if what:
        return f"found a {what}; allowed: a {kind}"
    what = "a link that leads to nothing" if path.is_symlink() else "neither file nor folder"
    return f"found {what}; allowed: a {kind}"


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
        refused = _refusal(path, folder)
        if refused:
            faults.append(Fault(_printed(name), refused))
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
    if _printed(path.name) != path.name:
        return "found a name that is not UTF-8; allowed: another name"
    wrong = misplaced(path, folder, "file")
    if wrong:
        return wrong
    size = path.stat().st_size
    return f"found {size:,} bytes; allowed: {LARGEST:,} at most" if size > LARGEST else None


def _printed(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _hashed(path: Path, name: str) -> Attachment:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Attachment(name, size, digest.hexdigest())


def out_of_place(path: Path, folder: Path) -> Fault | str:
    """What to say of a file among the workbooks that is none: a fault where it may be a response.

    Anything else is a note: it is not read, and belongs among the attachments.
    """
    place = _printed(f"{path.parent.name}/{path.name}")
    wrong = misplaced(path, folder, "file")
    if wrong and path.is_symlink():
        return Fault(place, wrong)
    if path.suffix.lower() in RESPONSES:
        kind = "folder" if path.is_dir() else "file"
        message = f"found a {kind} ending in {path.suffix!r}, which may be a response; allowed: a "
        way_out = (
            f"open it and save it as .xlsx, or move it to {ATTACHMENTS}/ if it is not a response"
        )
        return Fault(place, f"{message}file saved as .xlsx; {way_out}")
    what = "a folder" if path.is_dir() else "not a response workbook"
    return f"{place}: {what}, not read; it belongs in {ATTACHMENTS}/<vendor>/"
