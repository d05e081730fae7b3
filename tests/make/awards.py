"""Evaluations that are awarded: their folders, letters and the texts of what is written."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document as open_document

from vendor_eval.award.forms import letter_form
from vendor_eval.outputs.documents.award_folder import AwardDocuments, award_documents
from vendor_eval.tender.folder import read

RULES = """\
title: Help desk (constructed)
decision: Who runs the help desk?
currency: EUR
price: cost
gates:
  - {id: soc2, label: SOC 2 report, answer: soc2, rule: {one_of: ["yes"]}}
criteria:
  - {id: cost, label: Cost, weight: 40, unit: EUR, answer: cost,
     value: {linear: {worst: 200000, best: 100000}}}
  - id: quality
    label: Quality
    weight: 60
    criteria:
      - {id: team, label: Team, weight: 2, unit: points, answer: team, value: identity}
      - {id: plan, label: Plan, weight: 1, unit: points, answer: plan, value: identity}
"""
TABLE = """\
vendor,cost,soc2,team,plan
Al,141414,yes,71,62
Alder,121212,yes,83,74
Alder Ltd Services,151515,yes,65,56
Birch,161616,no,95,86
"""
AWARD = "- {{kind: award, vendor: {}, by: Committee, on: 2026-12-01, reason: First by the rules}}\n"
LETTERS = """\
buyer: {name: Buyer SE, address: 1 Main Road, email: bids@buyer.example}
criteria_at: Tender documents, section 4
suppliers:
  Al: {address: 1 A Street, email: al@al.example, identifier: ID-1}
  Alder: {address: 2 B Street, email: al@alder.example, identifier: ID-2}
  Alder Ltd Services: {address: 3 C Street, email: al@services.example, identifier: ID-3}
  Birch: {address: 4 D Street, email: b@birch.example, identifier: ID-4}
standstill: {notice_on: 2026-12-07}
"""


def awarded(
    folder: Path,
    *,
    table: str = TABLE,
    winner: str | None = "Alder",
    letters: str = LETTERS,
    rules: str = RULES,
) -> Path:
    """A folder with an award."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.yaml").write_text(rules, "utf-8")
    (folder / "proposals.csv").write_text(table, "utf-8")
    (folder / "letters.yaml").write_text(letters, "utf-8")
    if winner:
        (folder / "decisions.yaml").write_text(AWARD.format(winner), "utf-8")
    return folder


def example(data: Path, name: str, folder: Path, winner: str) -> Path:
    """A copy of an example with an award."""
    shutil.copytree(data / name, folder)
    (folder / "decisions.yaml").write_text(AWARD.format(winner), "utf-8")
    return folder


def proceeding(folder: Path, form: str) -> Path:
    """The folder under the kind of procedure that a form is for."""
    rules = folder / "evaluation.yaml"
    own = re.sub(r"(?m)^procedure: public\n", "", rules.read_text("utf-8"))
    public = letter_form(form).procedure == "public"
    rules.write_text(f"procedure: public\n{own}" if public else own, "utf-8")
    return folder


def documents(folder: Path, form: str = "uk_2023", record: Any = None) -> AwardDocuments:
    """The documents of a folder by a form, under the procedure that the form is for."""
    proceeding(folder, form)
    return award_documents(read(folder), folder, letter_form(form), record)


def letters(written: AwardDocuments) -> dict[str, str]:
    """The letters in Markdown, by vendor."""
    from vendor_eval.outputs.documents.markdown_text import markdown

    return {each.vendor: markdown(each.document) for each in written.letters}


def lacking(written: AwardDocuments, vendor: str) -> dict[str, str]:
    """What stops one letter, by item."""
    return {i.item.id: i.fault for i in written.items if i.vendor == vendor and i.fault}


def tables(text: str) -> Iterator[list[list[str]]]:
    """The tables of a text in Markdown, without the line under the head."""
    for block in re.findall(r"(?:^\|.*\|\n?)+", text, re.MULTILINE):
        rows = [line.strip("| \n").split(" | ") for line in block.strip().splitlines()]
        yield [rows[0], *rows[2:]]


def word_text(content: bytes) -> str:
    """Every text of a Word file, paragraphs and cells, a line each."""
    file = open_document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def word_xml(content: bytes) -> str:
    """The markup of a Word file's body, header and links."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [n for n in file.namelist() if n.endswith((".xml", ".rels"))]
        return "\n".join(file.read(name).decode() for name in names)
