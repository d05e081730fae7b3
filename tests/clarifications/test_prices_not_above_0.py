"""Prices of 0 or less are asked about, in workbooks and in tables, and none is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.cases import bid, case, line
from make.checks import asked, cells, tender
from make.small_folder import RULES
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.prices import AMOUNTS
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.questionnaire.pricing import BASES
from vendor_eval.tender.folder import read

LINES, TOTAL = "prices_not_above_0", "total_not_above_0"


@given(
    st.lists(
        st.tuples(st.sampled_from(BASES), st.sampled_from([-250.0, -0.01, 0.0, 0.01, 2500.0])),
        min_size=1,
        max_size=4,
    )
)
def test_each_price_line_of_0_or_less_is_asked_about_at_its_cell(
    lines: list[tuple[str, float]],
) -> None:
    rfp = case(bid(price_lines=[line(basis, 40, price=price) for basis, price in lines]))
    at = [f"price_lines!price{n}" for n, (_, price) in enumerate(lines, start=1) if price <= 0]
    assert cells(LINES, rfp) == at
    for question, price in zip(asked(LINES, rfp), (p for _, p in lines if p <= 0), strict=True):
        assert ("below 0" in question) == (price < 0)
        assert ("free of charge" in question) == (price == 0)


@pytest.mark.parametrize("name", AMOUNTS)
def test_an_amount_of_the_price_terms_below_0_is_asked_about(name: str) -> None:
    for amount, places in ((-1.0, [f"price_terms!{name}"]), (0.0, []), (1.0, [])):
        assert cells(LINES, case(bid(price_terms={name: amount}))) == places


def test_a_discount_stays_in_the_bid_and_its_vendor_is_ranked() -> None:
    rfp = case(
        bid(price_lines=[line("per_fte_month", 40), line("one_off", item="Discount", price=-500)])
    )
    [question] = asked(LINES, rfp)
    assert question.startswith("Your price for “Discount” is below 0. Please confirm that this is")
    evaluation = evaluate(rfp.rules, rfp.proposals)
    assert not evaluation.faults
    assert list(evaluation.ranking) == ["Alder"]


def test_a_total_of_0_is_asked_about_and_one_above_it_is_not() -> None:
    [question] = asked(TOTAL, tender(0, 6_000_000))
    assert question.startswith("Your price, stated as “0”, is 0. Please confirm that this is free")
    assert asked(TOTAL, tender(1, 6_000_000)) == []


def test_a_vendor_in_a_table_is_asked_about_a_total_of_0_in_its_letter(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    (tmp_path / "proposals.csv").write_text("vendor,q,cost\nA,hi,0\nB,lo,4\n", "utf-8")
    read_in = read(tmp_path)
    letters = every_letter(read_in, read_in.evaluation)
    assert list(letters) == ["a.md"]
    assert "Your price, stated as “0”, is 0." in letters["a.md"]
    assert not read_in.vendor_faults
