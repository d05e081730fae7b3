"""What `docs/extending.md` says of workbooks is added so, and whole runs are made with it."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from make import ROOT

RULES = """\
title: Claims 2027
decision: Who handles claims?
currency: EUR
as_of: 2026-11-20
price: total_cost
commercial:
  months: 12
  money: nominal
  volumes:
    base: {monthly: 1000, growth: 0}
    high: {monthly: 2000, growth: 0}
  forecast: base
ask: [travel]
criteria:
  - id: cost
    label: Total cost
    weight: 90
    unit: EUR
    measure: total_cost
    value: {linear: {worst: 200000, best: 0}}
  - {id: span, label: Team span, weight: 5, measure: team_span,
     value: {linear: {worst: 25, best: 5}}}
  - {id: corruption, label: Corruption, weight: 5, measure: corruption_perceptions,
     value: identity}
"""
FILL = """\
import sys
from pathlib import Path
from customer_support.filling import filled
from vendor_eval.outputs.scorecard.book import as_bytes
from vendor_eval.tender.folder import read_rules

folder = Path(sys.argv[1])
terms = {"prices_are": "nominal", "exit_charge": 0, "indexation_labour": 0}
asked = {"component": "labour", "currency": "EUR"}
fee = {"item": "Fee", "basis": "per_month", "price": 5000, **asked}
beyond = {"item": "More", "basis": "per_transaction_beyond", "price": 9, "quantity": 800, **asked}
each = {"item": "Claims", "basis": "per_transaction", "price": 7, **asked}
site = {"country": "Poland", "city": "Warsaw", "head_count": 10}
for vendor, lines in {"Alder": [fee, beyond], "Birch": [each]}.items():
    span = 10 if vendor == "Alder" else 15
    forms = {"price_terms": terms, "expertise": {"team_span": span}, "travel": {"travel_paid": 4}}
    book = filled(read_rules(folder), vendor, forms, {"price_lines": lines, "sites": [site]})
    (folder / "proposals" / f"{vendor}.xlsx").write_bytes(as_bytes(book))
"""


def printed(heading: str) -> list[str]:
    """The Python that the page prints under one heading."""
    page = (ROOT / "docs" / "extending.md").read_text("utf-8")
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def extend(package: Path) -> None:
    """Adds one of each to a copy of the package, as the page says."""
    asked = package / "questionnaire"
    question, measure = printed("A measure and its question")
    [model], [part] = printed("A pricing model"), printed("A standard part")
    last = "    ),\n)\n\nQUALITY"
    replaced(asked / "expertise.py", last, f"        {question.strip()},\n{last}")
    appended(package / "measures" / "expertise" / "workforce.py", measure)
    appended(asked / "pricing_models" / "lines.py", model)
    (asked / "travel.py").write_text(part, "utf-8")
    last = "from vendor_eval.questionnaire.standing import STANDING\n"
    travel = "from vendor_eval.questionnaire.travel import TRAVEL\n"
    replaced(asked / "standard.py", last, last + travel)
    entry = '    "travel": Standard("Visits that the price includes.", (TRAVEL,)),\n'
    assert entry.strip() in (ROOT / "docs" / "extending.md").read_text("utf-8")
    first = "STANDARD_PARTS: Mapping[str, Standard] = {\n"
    replaced(asked / "standard.py", first, first + entry)
    new_year(package / "reference", "PL,2023,54", "PL,2024,53")


def new_year(reference: Path, old: str, new: str) -> None:
    """Puts a row of another year into the index of corruption perceptions, and its manifest."""
    table, manifest = reference / "corruption_perceptions.csv", reference / "manifest.json"
    before = hashlib.sha256(table.read_bytes()).hexdigest()
    content = table.read_bytes().replace(f"{old}\n".encode(), f"{new}\n".encode())
    table.write_bytes(content)
    replaced(manifest, before, hashlib.sha256(content).hexdigest())
    replaced(manifest, '"vintage": "2012-2023"', '"vintage": "2012-2024"')


def replaced(path: Path, old: str, new: str) -> None:
    """Replaces what stands exactly once in a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path.name, old)
    path.write_text(text.replace(old, new), "utf-8")


def appended(path: Path, code: str) -> None:
    """Puts code at the end of a module."""
    path.write_text(f"{path.read_text('utf-8')}\n\n{code}", "utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with one of each added, and an evaluation whose bids use it."""
    desk = tmp_path_factory.mktemp("desk")
    for part in ("vendor_eval", "notebooks", "pyproject.toml"):
        source = ROOT / part
        copied = shutil.copytree if source.is_dir() else shutil.copy
        copied(source, desk / part)
    extend(desk / "vendor_eval")
    (desk / "claims" / "proposals").mkdir(parents=True)
    (desk / "claims" / "evaluation.yaml").write_text(RULES, "utf-8")
    python(desk, "-c", FILL, "claims")
    return desk


def python(desk: Path, *arguments: str) -> str:
    """What Python prints that finds the copy of the package first; it must end well."""
    path = os.pathsep.join([str(desk), str(ROOT / "scripts")])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_bid_with_the_added_pricing_model_is_ranked_by_its_total(desk: Path) -> None:
    results = json.loads(python(desk, "-m", "vendor_eval", "score", "claims"))
    # 12 x (5,000 + 200 x 9) = 81,600, and 12 x 1,000 x 7 = 84,000
    prices = {vendor: bid["price"] for vendor, bid in results["vendors"].items()}
    assert prices == {"Alder": 81_600, "Birch": 84_000}
    assert results["recommendation"]["vendor"] == "Alder"


def test_an_added_measure_reads_its_added_question_in_a_whole_run(desk: Path) -> None:
    python(desk, "-m", "vendor_eval", "run", "claims", "--out", "selection", "-p", "draws=200")
    results = json.loads((desk / "selection" / "results.json").read_bytes())
    spans = {v: bid["criteria"]["span"] for v, bid in results["vendors"].items()}
    assert {v: span["performance"] for v, span in spans.items()} == {"Alder": 10, "Birch": 15}
    # (25 - 10) / (25 - 5) and (25 - 15) / (25 - 5), in points
    assert {v: span["value"] for v, span in spans.items()} == {"Alder": 75, "Birch": 50}
    page = (desk / "selection" / "report.html").read_text("utf-8")
    assert "Team span" in page


def test_an_added_year_of_a_reference_table_is_the_one_that_counts(desk: Path) -> None:
    results = json.loads(python(desk, "-m", "vendor_eval", "score", "claims"))
    for bid in results["vendors"].values():
        assert bid["criteria"]["corruption"]["performance"] == 53
    check = "from vendor_eval.reference.tables import manifest; print(manifest()[TABLE].vintage)"
    code = check.replace("TABLE", "'corruption_perceptions'")
    assert python(desk, "-c", code).strip() == "2012-2024"


def test_an_added_standard_part_is_asked_and_read_back(desk: Path) -> None:
    read = (
        "import vendor_eval as ve; tender = ve.read('claims'); "
        "print(*[r.answer('travel', 'travel_paid').value for r in tender.responses])"
    )
    assert python(desk, "-c", read).split() == ["4.0", "4.0"]


@pytest.mark.more
def test_the_report_of_costs_names_and_draws_the_added_pricing_model(desk: Path) -> None:
    python(desk, "-m", "vendor_eval", "run", "claims", "--notebook", "total_cost", "--out", "out")
    [report] = list((desk / "out").rglob("report.html"))
    page = report.read_text("utf-8")
    assert "Transactions beyond an allowance" in page
    # 5,000 + 9 (v - 800) = 7 v at v = 1,100, beyond the allowance; below it 5,000 = 7 v at 714
    assert re.search(r"Birch below 714; Alder between 714 and 1,100; Birch above 1,100", page)


def test_what_was_added_is_offered_and_listed(desk: Path) -> None:
    listed = python(desk, "-m", "vendor_eval", "list")
    assert [n for n in ("per_transaction_beyond", "team_span", "travel") if n not in listed] == []
    asked = "from vendor_eval.questionnaire.pricing import BASES; print(*BASES)"
    assert "per_transaction_beyond" in python(desk, "-c", asked).split()
