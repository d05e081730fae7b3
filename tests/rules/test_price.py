"""Evaluations without a price, and prices that are summed from several answers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.running import invoked
from vendor_eval.bids.proposal import proposals
from vendor_eval.bids.summed_price import with_summed_price
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.questionnaire.answers import answers_form
from vendor_eval.rules.price import PricePart
from vendor_eval.tender.folder import read

FREE = """\
title: Prize
decision: Which design?
currency: EUR
price: null
criteria:
  - {id: idea, label: Idea, weight: 60, answer: idea, unit: points, value: identity}
  - {id: craft, label: Craft, weight: 40, answer: craft, unit: points, value: identity}
tie_break: [idea]
"""
SUMMED = """\
title: Sum
decision: Which?
currency: EUR
price: {sum: [{answer: fee, label: One-off fee}, {answer: monthly, times: 36}]}
criteria:
  - {id: quality, label: Quality, weight: 60, answer: quality, unit: points, value: identity}
  - {id: cost, label: Cost, weight: 40, answer: price,
     value: {linear: {worst: 1000000, best: 500000}}}
gates:
  - {id: cap, label: Price, answer: price, rule: {at_most: 1000000}}
"""
MONEY = ("price", "cost", "money", "contract_value", "point_price", "EUR", "\u20ac")


def folder(place: Path, rules: str, table: str) -> Path:
    """An evaluation folder of these rules and bids."""
    place.mkdir(exist_ok=True)
    (place / "evaluation.yaml").write_text(rules, "utf-8")
    (place / "proposals.csv").write_text(table, "utf-8")
    return place


@pytest.fixture
def free(tmp_path: Path) -> Path:
    """An evaluation without a price."""
    bids = "vendor,idea,craft\nAlder,80,60\nBirch,70,72\nCedar,40,90\n"
    return folder(tmp_path / "free", FREE, bids)


@pytest.fixture
def summed(tmp_path: Path) -> Path:
    """An evaluation whose price is a fee and 36 monthly payments."""
    rows = "Alder,80,100000,20000\nBirch,70,50000,15000..16000\nCedar,75,,18000\nDorado,60,abc,1\n"
    return folder(tmp_path / "summed", SUMMED, f"vendor,quality,fee,monthly\n{rows}")


def test_an_evaluation_without_a_price_is_ranked_by_its_criteria_and_can_be_awarded(
    free: Path,
) -> None:
    result = read(free).evaluate(draws=2_000)
    # 0.6 x 80 + 0.4 x 60 and 0.6 x 70 + 0.4 x 72
    assert result.scores.to_dict() == {"Alder": 72.0, "Birch": 70.8, "Cedar": 60.0}
    assert result.verdict != "none"
    assert result.recommendation.vendor == "Alder"


def test_nothing_of_money_is_in_results_of_an_evaluation_without_a_price(free: Path) -> None:
    done = invoked("score", free, cwd=free.parent)
    assert done.exit_code == 0
    assert not [word for word in MONEY if word in done.stdout.replace("procedure", "")]
    assert "price" not in read(free).evaluate(draws=100).to_frame().columns


def test_nothing_of_money_is_in_the_report_or_scorecard_without_a_price(free: Path) -> None:
    done = invoked("run", free, "--out", free.parent / "out", cwd=free.parent)
    assert done.exit_code == 0
    page = (free.parent / "out" / "report.html").read_text("utf-8")
    words = page.partition("<main>")[2].partition("<script")[0]
    assert "Too close to call" in words or "Award to Alder" in words
    assert not [word for word in ("price", "Price", "cheap", "\u20ac", "EUR") if word in words]


def test_the_scorecard_has_no_column_of_a_price_that_is_not_asked(free: Path) -> None:
    from openpyxl import load_workbook

    tender = read(free)
    content = scorecard_workbook(tender, tender.evaluate(draws=100))
    path = free / "scorecard.xlsx"
    path.write_bytes(content)
    book = load_workbook(path)
    texts = [str(cell.value) for row in book["Scorecard"].iter_rows() for cell in row]
    assert "Idea" in texts
    assert not [text for text in texts if "Price" in text]


def test_a_summed_price_is_the_sum_of_its_parts_traced_to_each_cell(summed: Path) -> None:
    results = json.loads(invoked("score", summed, cwd=summed.parent).stdout)
    alder, birch = (results["vendors"][vendor] for vendor in ("Alder", "Birch"))
    assert alder["price"] == 100_000 + 36 * 20_000
    assert birch["price"] == 50_000 + 36 * 15_500
    cells = ["proposals.csv!Alder!fee", "proposals.csv!Alder!monthly"]
    assert alder["criteria"]["cost"]["from"] == cells
    assert alder["gates"]["cap"]["state"] == "pass"


def test_a_part_that_is_blank_or_no_number_is_asked_about_at_its_own_cell(summed: Path) -> None:
    faults = read(summed).vendor_faults
    [blank], [wrong] = faults["Cedar"], faults["Dorado"]
    assert (blank.place, blank.severity) == ("proposals.csv!Cedar!fee", "question")
    assert (wrong.place, wrong.severity) == ("proposals.csv!Dorado!fee", "fault")
    written = invoked("check", summed, "--letters", summed.parent / "out", cwd=summed.parent)
    assert written.exit_code == 0
    letter = (summed.parent / "out" / "cedar.md").read_text("utf-8")
    assert "`proposals.csv!Cedar!fee` | One-off fee" in letter


def test_vendors_are_asked_for_the_parts_and_not_for_the_sum(summed: Path) -> None:
    asked = {
        field.id: (field.label, field.unit) for field in answers_form(read(summed).rules).fields
    }
    assert asked == {
        "quality": ("Quality", "points"),
        "fee": ("One-off fee", "EUR"),
        "monthly": ("Monthly", "EUR"),
    }


@given(
    amounts=st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**6)), min_size=1),
    times=st.integers(1, 120),
)
def test_the_sum_is_each_part_times_how_often_it_is_paid(
    amounts: list[tuple[int, int]], times: int
) -> None:
    parts = (PricePart(answer="fee"), PricePart(answer="rate", times=float(times)))
    typed = {
        f"v{n}": {"fee": fee, "rate": f"{rate}..{rate + 2}"}
        for n, (fee, rate) in enumerate(amounts)
    }
    priced = with_summed_price(proposals(typed), parts)
    for n, (fee, rate) in enumerate(amounts):
        read_as = priced.estimate(f"v{n}", "price")
        assert (read_as.low, read_as.high) == (fee + times * rate, fee + times * (rate + 2))


@pytest.mark.parametrize(
    ("price", "says"),
    [
        ("{sum: [{answer: fee}, {answer: fee}]}", "'fee' appears here twice"),
        ("{sum: [{answer: price}]}", "which names the sum"),
        ("{sum: []}", "allowed: {sum: [{answer: fee"),
        ("{sum: [{answer: fee, tmes: 3}]}", "sum.0.tmes"),
        ("12", "allowed: the name of an answer"),
    ],
)
def test_a_price_that_cannot_be_summed_is_a_fault(summed: Path, price: str, says: str) -> None:
    lines = [f"price: {price}" if n.startswith("price") else n for n in SUMMED.splitlines()]
    (summed / "evaluation.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    done = invoked("check", summed, cwd=summed.parent)
    assert done.exit_code == 2
    assert says in done.stderr


def test_a_table_with_a_column_of_the_sum_is_refused(summed: Path) -> None:
    (summed / "proposals.csv").write_text("vendor,quality,fee,monthly,price\nA,1,2,3,4\n", "utf-8")
    done = invoked("check", summed, cwd=summed.parent)
    assert done.exit_code == 2
    assert "found a column 'price', which the rules sum" in done.stderr
