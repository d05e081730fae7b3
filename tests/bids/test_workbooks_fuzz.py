"""Mutants of the example workbooks: refused, or read as a second reader reads them, or noted."""

import io
import random
import re
import signal
import sys
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from types import FrameType

import pytest
from openpyxl import load_workbook

from make import ROOT
from vendor_eval.bids.response import Cell, Response
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.errors import Fault
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.tender.request import questionnaire
from vendor_eval.tender.rules_file import read_rules_file
from vendor_eval.wording import plain

FOLDER = ROOT / "data" / "customer-support"
FILES = sorted((FOLDER / "proposals").glob("*.xlsx"))
MUTANTS = 2_000
PIECES = (
    *(b"<", b">", b"/>", b'"', b"&", b"&amp;", b"&lt;", b"\x00", b"\xff", b"]]>", b"<!--", b"-->"),
    *(
        b"1e999",
        b"-1",
        b"nan",
        b"0.5",
        b"99999999999",
        b"A1",
        b"XFE1",
        b"_x0041_",
        b" ",
        b"\xc2\xa0",
    ),
    *(b'<c r="A1"/>', b"<row/>", b"<v>1</v>", b"<f>1+1</f>", b"<t>x</t>", b"<rPh><t>y</t></rPh>"),
)
ATTRIBUTES = (
    *(b't="s"', b't="b"', b't="e"', b't="str"', b't="d"', b't="inlineStr"', b's="1"', b's="999"'),
    *(b'hidden="1"', b'r="B7"', b'date1904="1"', b'numFmtId="14"', b'numFmtId="9"'),
    *(b'formatCode="0%"', b'formatCode="0,"', b'formatCode="yyyy"', b'formatCode=";;;"'),
)
Parts = dict[str, bytes]
Mutation = Callable[[random.Random, Parts], None]


def _some_part(drawn: random.Random, parts: Parts) -> str:
    """A part that is read, sheets more often than others."""
    read = [name for name in parts if name.endswith((".xml", ".rels")) and "theme" not in name]
    sheets = [name for name in read if name.startswith("xl/worksheets/sheet")]
    return drawn.choice(sheets if drawn.random() < 0.6 and sheets else read)


def changed_bytes(drawn: random.Random, parts: Parts) -> None:
    """Flips some bytes of one part."""
    name = _some_part(drawn, parts)
    held = bytearray(parts[name])
    for _ in range(drawn.randint(1, 4)):
        held[drawn.randrange(len(held))] ^= drawn.randint(1, 255)
    parts[name] = bytes(held)


def changed_structure(drawn: random.Random, parts: Parts) -> None:
    """Deletes, doubles or moves an element of one part."""
    name = _some_part(drawn, parts)
    held = parts[name]
    elements = list(re.finditer(rb"<(\w+)[^<>]*?(?:/>|>[^<>]*</\1>)", held))
    if not elements:
        return
    one, other = drawn.choice(elements), drawn.choice(elements)
    kind = drawn.choice(("deleted", "doubled", "moved"))
    moved = b"" if kind == "deleted" else one[0] * (2 if kind == "doubled" else 1)
    at = other if kind == "moved" else one
    parts[name] = held[: at.start()] + moved + held[at.end() :]


def changed_attribute(drawn: random.Random, parts: Parts) -> None:
    """Replaces, deletes or adds an attribute of one element."""
    name = _some_part(drawn, parts)
    held = parts[name]
    met = list(re.finditer(rb'[\w:]+="[^"<>]*"', held))
    at = drawn.choice(met) if met else None
    new = drawn.choice(ATTRIBUTES) if drawn.random() < 0.7 else b""
    if at:
        parts[name] = held[: at.start()] + new + held[at.end() :]


def changed_value(drawn: random.Random, parts: Parts) -> None:
    """Puts another text into an element, or a piece of XML anywhere."""
    name = _some_part(drawn, parts)
    held = parts[name]
    met = list(re.finditer(rb">([^<>]+)<", held))
    piece = drawn.choice(PIECES)
    if met and drawn.random() < 0.8:
        at = drawn.choice(met)
        parts[name] = held[: at.start(1)] + piece + held[at.end(1) :]
    else:
        n = drawn.randrange(len(held))
        parts[name] = held[:n] + piece + held[n:]


def changed_format(drawn: random.Random, parts: Parts) -> None:
    """Gives cells another style, or styles another number format."""
    name = drawn.choice([n for n in parts if n == "xl/styles.xml" or "sheets/sheet" in n])
    pattern = rb'numFmtId="\d+"' if name == "xl/styles.xml" else rb' s="\d+"'
    new = rb'numFmtId="%d"' if name == "xl/styles.xml" else rb' s="%d"'
    parts[name] = re.sub(
        pattern,
        lambda met: new % drawn.randint(0, 60) if drawn.random() < 0.05 else met[0],
        parts[name],
    )


def changed_zip(drawn: random.Random, parts: Parts) -> None:
    """Deletes, renames, empties or exchanges parts."""
    one, other = drawn.sample(sorted(parts), 2)
    kind = drawn.choice(("deleted", "renamed", "emptied", "exchanged"))
    if kind == "exchanged":
        parts[one], parts[other] = parts[other], parts[one]
    elif kind == "emptied":
        parts[one] = b""
    else:
        held = parts.pop(one)
        parts.update({one.upper(): held} if kind == "renamed" else {})


MUTATIONS: Mapping[str, Mutation] = {
    "bytes": changed_bytes,
    "structure": changed_structure,
    "attributes": changed_attribute,
    "values": changed_value,
    "formats": changed_format,
    "zip": changed_zip,
}


def packed(drawn: random.Random, parts: Parts, *, flip: bool) -> bytes:
    """The parts as a file, stored as they are; with some bytes of the file itself flipped."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as target:
        for name, part in parts.items():
            target.writestr(zipfile.ZipInfo(name), part)
    content = bytearray(file.getvalue())
    for _ in range(drawn.randint(1, 3) if flip else 0):
        content[drawn.randrange(len(content))] ^= drawn.randint(1, 255)
    return bytes(content)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Ends what takes more processor time, as an error."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


Shown = tuple[object, str]
"""What a cell holds, and its number format."""


def second_reading(content: bytes) -> Mapping[str, Mapping[str, Shown]] | None:
    """What openpyxl finds in each cell of each sheet; None where it finds no workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), data_only=True)
            return {
                sheet.title: {
                    c.coordinate: (c.value, c.number_format)
                    for row in sheet.iter_rows()
                    for c in row
                }
                for sheet in book.worksheets
            }
        except Exception:  # noqa: BLE001  # whatever it stumbles over, it does not read the file
            return None


def differs(cell: Cell, shown: object, code: str) -> bool:
    """Whether a cell that was read without a note is not what the second reader finds."""
    held = cell.value
    if isinstance(held, float) and isinstance(shown, int | float):
        points = "%" in code and held == pytest.approx(100 * shown, rel=1e-12)
        return not (points or held == pytest.approx(float(shown), rel=1e-12))
    if isinstance(held, date) and isinstance(shown, datetime):
        return shown.date() != held
    text = plain(float(shown)) if isinstance(shown, int | float) else str(shown).strip()
    return shown is None or text not in (cell.text, cell.typed)


def wrong(bid: Response, content: bytes) -> list[str]:
    """Cells read without a note that a second reader reads otherwise."""
    second = second_reading(content)
    if second is None:
        return []
    lines = []
    for cell in bid.cells:
        _, sheet, at = cell.place.split("!")
        shown, code = second.get(sheet, {}).get(at, (None, ""))
        if not cell.note and differs(cell, shown, code):
            lines.append(f"{cell.place}: {cell.value!r} where openpyxl reads {shown!r}")
    return lines


def noted(bid: Response | None, faults: list[Fault]) -> list[str]:
    """Every fault and note of a workbook."""
    cells = bid.cells if bid else ()
    return [*map(str, faults), *(bid.notes if bid else ()), *(cell.note for cell in cells)]


@pytest.mark.more
def test_two_thousand_mutants_are_refused_or_read_as_a_second_reader_reads_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rules, _, _ = read_rules_file((FOLDER / "evaluation.yaml").read_bytes())
    assert rules is not None
    asked, known = questionnaire(rules), every_question(rules)
    originals, notes = [], []
    for path in FILES:
        with zipfile.ZipFile(path) as source:
            originals.append({name: source.read(name) for name in source.namelist()})
        notes.append(noted(*response(path.read_bytes(), "Beta.xlsx", asked, known)))
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in MUTATIONS}
    mistakes: list[str] = []
    for seed in range(MUTANTS):
        drawn = random.Random(seed)
        kind = [*MUTATIONS][seed % len(MUTATIONS)]
        original = seed // len(MUTATIONS) % len(originals)
        parts = dict(originals[original])
        for _ in range(drawn.randint(1, 3)):
            MUTATIONS[kind](drawn, parts)
        content = packed(drawn, parts, flip=kind == "zip" and drawn.random() < 0.5)
        with at_most(10):
            bid, faults = response(content, "Beta.xlsx", asked, known)
        lines = [*map(str, faults), *(bid.notes if bid else ())]
        assert len(faults) <= limits.FAULTS + 1, seed
        assert bid is not None or faults, seed
        assert all(len(line) < 5_000 for line in lines), seed
        same = noted(bid, faults) == notes[original]
        counts[kind]["refused" if bid is None else "read" if same else "read with notes"] += 1
        if bid is not None:
            mistakes += [f"{seed} ({kind}): {line}" for line in wrong(bid, content)]
    shown = "; ".join(
        f"{kind}: " + ", ".join(f"{n} {what}" for what, n in sorted(count.items()))
        for kind, count in counts.items()
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{shown}\n")
    assert mistakes == []
