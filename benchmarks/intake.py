"""Response workbooks: how long and how much memory reading takes, for 6 and for 200 of them.

Run alone it prints its section; `bench.py` calls `intake(size, place)` like its others.
"""

import io
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from cases import CASE, ROOT
from clock import table
from openpyxl import load_workbook
from size import Size

from vendor_eval.bids.proposal import SourceFile
from vendor_eval.bids.twins import one_each
from vendor_eval.bids.workbooks.asked import per_cent
from vendor_eval.outputs.template.template import response_template
from vendor_eval.questionnaire.sheet import Form, Question
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.bids import every_response
from vendor_eval.tender.folder import read_rules
from vendor_eval.tender.request import questionnaire


def filled(rules: Rules, vendor: int) -> bytes:
    """A workbook with an answer to every question and every row of every table filled in."""
    book = load_workbook(io.BytesIO(response_template(rules)))
    book["Read me"]["C4"] = f"Vendor {vendor:03}"
    for part in questionnaire(rules).parts:
        sheet = book[part.sheet]
        [head] = [row[0].row for row in sheet.iter_rows() if row[0].value == part.id]
        if isinstance(part, Form):
            for n, asked in enumerate(part.fields, start=head + 1):
                sheet.cell(n, 5).value = answer(asked)
                sheet.cell(n, 6).value = "annex 3, page 14"
            continue
        for n in range(head + 1, head + 1 + part.rows):
            for column, asked in enumerate(part.fields, start=2):
                sheet.cell(n, column).value = answer(asked)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answer(asked: Question) -> object:
    """Something that may be answered, some of it as text that has to be read."""
    if asked.kind == "choice":
        return asked.allowed[0]
    if per_cent(asked):
        return 0.02  # the cell shows per cent, so this is 2 %
    texts = {"text": "EUR", "country": "Poland", "language": "English", "money": "1.234,50"}
    return date(2027, 1, 1) if asked.kind == "date" else texts.get(asked.kind, 12)


def folder_of(place: Path, count: int) -> Path:
    """An evaluation folder with so many workbooks."""
    rules = read_rules(CASE)
    (place / "proposals").mkdir(parents=True)
    (place / "evaluation.yaml").write_bytes((CASE / "evaluation.yaml").read_bytes())
    for vendor in range(count):
        (place / "proposals" / f"{vendor}.xlsx").write_bytes(filled(rules, vendor))
    return place


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds: the median of the rounds, after one that does not count.

    Without rounds that one counts.
    """
    taken = []
    for turn in range(rounds + 1):
        start = time.process_time()
        work()
        if turn or not rounds:
            taken.append(time.process_time() - start)
    return statistics.median(taken)


def twice_by_openpyxl(files: Sequence[SourceFile]) -> None:
    """What openpyxl takes to give values and formulas, without reading any answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for file in files:
            load_workbook(io.BytesIO(file.content), data_only=True)
            load_workbook(io.BytesIO(file.content))


def peak(files: Sequence[SourceFile], rules: Rules) -> int:
    """Bytes that reading takes at its peak, what it returns included."""
    tracemalloc.start()
    every_response(files, rules)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def intake(size: Size, place: Path) -> Iterator[str]:
    """The whole section, in Markdown."""
    rules, rounds, counts = read_rules(CASE), size.rounds, size.workbooks
    fewest, most = counts[0], counts[-1]
    files = [SourceFile(f"proposals/{n}.xlsx", filled(rules, n)) for n in range(most)]
    responses, faults = one_each(every_response(files[:1], rules))
    assert not faults, faults
    [whole] = responses
    took = {n: seconds(lambda n=n: every_response(files[:n], rules), rounds) for n in counts}
    memory = {n: peak(files[:n], rules) for n in counts}
    theirs = seconds(lambda: twice_by_openpyxl(files[:fewest]), rounds)
    yield "\n## Response workbooks\n"
    yield (
        f"Each with {len(whole.cells)} cells filled in, {len(files[0].content) / 1024:.0f} KiB, "
        "read in one process: every cell by its kind, with its place and how it was read.\n"
    )
    rows = [
        (n, f"{took[n]:.2f}", f"{1e3 * took[n] / n:.0f}", f"{memory[n] / 2**20:.1f}",
         f"{memory[n] / 2**20 / n:.2f}")
        for n in counts
    ]  # fmt: skip
    yield from table("workbooks", "CPU seconds", "ms each", "MiB at peak", "MiB each", rows=rows)
    yield (
        f"\nopenpyxl alone, which needs one pass for values and one for formulas, takes "
        f"{theirs / took[fewest]:.1f} times as long for {fewest}."
    )
    few = folder_of(place / "few", fewest)
    checks = [_checked(few) for _ in range(max(rounds, 1))]
    yield (
        f"`vendor-eval check` on a folder of {fewest}, the whole process: "
        f"{statistics.median(checks):.2f} s."
    )


def _checked(case: Path) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-c", START, "check", str(case)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, capture_output=True, env=env)
    return time.perf_counter() - start


START = "from vendor_eval.cli import start; start()"
