"""A pricing model added as docs/extending.md says runs a whole evaluation with workbooks."""

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
criteria:
  - id: cost
    label: Total cost
    weight: 1
    unit: EUR
    measure: total_cost
    value: {linear: {worst: 200000, best: 0}}
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
for vendor, lines in {"Alder": [fee, beyond], "Birch": [each]}.items():
    book = filled(read_rules(folder), vendor, {"price_terms": terms}, {"price_lines": lines})
    (folder / "proposals" / f"{vendor}.xlsx").write_bytes(as_bytes(book))
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the model of the page, and an evaluation whose bid uses it."""
    desk = tmp_path_factory.mktemp("desk")
    for part in ("vendor_eval", "notebooks", "pyproject.toml"):
        source = ROOT / part
        copied = shutil.copytree if source.is_dir() else shutil.copy
        copied(source, desk / part)
    page = (ROOT / "docs" / "extending.md").read_text("utf-8")
    section = page.partition("## A pricing model\n")[2].partition("\n## ")[0]
    [code] = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    with (desk / "vendor_eval" / "questionnaire" / "pricing_models" / "lines.py").open(
        "a", encoding="utf-8"
    ) as lines:
        lines.write("\n\n" + code)
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
    found = json.loads(python(desk, "-m", "vendor_eval", "score", "claims"))
    # 12 x (5,000 + 200 x 9) = 81,600, and 12 x 1,000 x 7 = 84,000
    prices = {vendor: told["price"] for vendor, told in found["vendors"].items()}
    assert prices == {"Alder": 81_600, "Birch": 84_000}
    assert found["recommendation"]["vendor"] == "Alder"


def test_the_report_of_costs_names_and_draws_the_added_pricing_model(desk: Path) -> None:
    python(desk, "-m", "vendor_eval", "run", "claims", "--notebook", "total_cost", "--out", "out")
    [report] = list((desk / "out").rglob("report.html"))
    page = report.read_text("utf-8")
    assert "Transactions beyond an allowance" in page
    # 5,000 + 9 (v - 800) = 7 v at v = 1,100, beyond the allowance; below it 5,000 = 7 v at 714
    assert re.search(r"Birch below 714; Alder between 714 and 1,100; Birch above 1,100", page)


def test_the_added_pricing_model_is_offered_and_listed(desk: Path) -> None:
    listed = python(desk, "-m", "vendor_eval", "list")
    assert "per_transaction_beyond" in listed
    asked = "from vendor_eval.questionnaire.pricing import BASES; print(*BASES)"
    assert "per_transaction_beyond" in python(desk, "-c", asked).split()
