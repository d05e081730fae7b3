"""Rules that state only an order of weights: what the pages and the explorer show of it."""

import io
import json
import zipfile

import numpy as np
import pytest
from playwright.sync_api import Browser

from make.explorer_core import core
from make.ordered import assessed, ruled
from vendor_eval.award.stated_weights import fitting_ranges, stated_words
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.report.board import board_of
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.explorer.page import explorer_page
from vendor_eval.report.firmness import fact_sentence, ranges_sentence, rerun_sentence


def test_every_page_says_that_only_an_order_is_stated() -> None:
    result = assessed(ruled())
    says = "Quality, Price and Speed, in this order of importance"
    assert says in stated_words(result.evaluation.rules)
    assert fact_sentence(result, sealed=False).startswith(
        "Under the rules, at the mean of all weights that fit the stated order, Birch is first"
    )
    assert "the weights over all that fit the stated order" in rerun_sentence(result)
    assert says in ranges_sentence(result)
    assert "(mean 61.1\u00a0%)" in ranges_sentence(result)
    assert "that fit the stated order" in board_of(result.tender, result).text
    assert says.encode() in _texts(scorecard_workbook(result.tender, result))


def _texts(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_nine_in_ten_weights_lie_in_the_range_that_is_shown() -> None:
    result = assessed(ruled())
    # the greatest of three weights in order is the largest part of a broken stick:
    # F(x) = 1 - 3 (1 - x)^2 for x >= 1/2, so that 95 % lie below 1 - sqrt(0.05 / 3)
    low, high = fitting_ranges(result)["quality"]
    assert high == pytest.approx(1 - np.sqrt(0.05 / 3), abs=0.01)
    assert 1 / 3 <= low < 0.45


def test_the_explorer_begins_with_the_shares_of_the_results() -> None:
    result = assessed(ruled())
    known = explorer_page(result.tender, result).data["answer"]["near"]["ahead"]
    assert result.reruns is not None
    assert known == result.reruns.ahead.to_dict()
    model = explorer_model(result.tender, result)
    assert model["fitting"]["ranges"] == [list(each) for each in fitting_ranges(result).values()]
    assert model["concentration"] == 80


def test_the_explorer_keeps_to_the_order_when_a_vendor_is_left_out(chromium: Browser) -> None:
    result = assessed(ruled())
    page, model = core(chromium.new_page()), explorer_model(result.tender, result)
    told = page.evaluate(
        """(model) => {
          const sets = {without: new Set([1]), ungated: new Set()};
          const move = {shares: model.rules, formula: "own", ...sets};
          const now = counting.evaluation(model, move);
          const { leader, ahead } = counting.stability(now, model.concentration);
          return ahead[1 - leader];
        }""",
        json.loads(json.dumps(model)),
    )
    fewer = result.what_if(without=["Birch"])  # Alder against Cedar
    assert fewer.reruns is not None
    assert told == pytest.approx(float(fewer.reruns.ahead.iloc[0]), abs=0.03)
    page.close()
