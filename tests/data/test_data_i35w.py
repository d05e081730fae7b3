"""The I-35W bridge: a real award by the lowest price of a point, to the dearest bid."""

from pathlib import Path

import pytest

from make import ROOT
from make.evaluations import assessed, table
from make.running import invoked, vendor_eval
from vendor_eval.tender.folder import read

HERE = ROOT / "data/i35w-bridge"
# (price + USD 200,000 x days) / technical score, in millions: Southwest Journal and
# Engineering News-Record, September 2007
PUBLISHED = {
    "Flatiron-Manson": 3.5111,
    "Walsh-American Bridge": 4.5138,
    "C.S. McCrossan": 3.7982,
    "Ames-Lunda": 4.5889,
}


def test_the_published_prices_of_a_point_come_out_and_the_dearest_bid_wins() -> None:
    result = assessed("i35w-bridge")
    evaluation = result.evaluation
    each = {vendor: evaluation.price_per_point(vendor) for vendor in PUBLISHED}
    millions = {vendor: round((price or 0) / 1e6, 4) for vendor, price in each.items()}
    assert millions == PUBLISHED
    assert list(evaluation.ranking) == sorted(PUBLISHED, key=PUBLISHED.__getitem__)
    assert result.recommendation.vendor == "Flatiron-Manson"
    prices = {row["bidder"]: float(row["bid_price"]) for row in table(HERE / "proposals.csv")}
    assert max(prices, key=prices.__getitem__) == "Flatiron-Manson"


def test_the_answers_are_the_transcribed_ones_and_give_the_transcribed_quotients() -> None:
    source = table(HERE / "source/i35w_2007.csv")
    bids = {row["bidder"]: row for row in table(HERE / "proposals.csv")}
    for row in source:
        bid = bids[row["bidder"]]
        pairs = [("technical_score", "technical_score"), ("price_usd", "bid_price")]
        for theirs, ours in [*pairs, ("days", "days")]:
            assert float(row[theirs]) == float(bid[ours])
        quotient = (float(row["price_usd"]) + 200_000 * float(row["days"])) / 1e6
        quotient /= float(row["technical_score"])
        assert round(quotient, 4) == float(row["adjusted_price_per_point_musd"])
        assert PUBLISHED[row["bidder"]] == float(row["adjusted_price_per_point_musd"])


def test_the_contract_is_worth_the_price_of_the_bid_and_the_days_are_the_state_s_own() -> None:
    done = invoked("score", HERE, cwd=HERE)
    assert done.exit_code == 0
    assert '"contract_value": 233763000' in done.stdout
    assert '"own_costs": 87400000' in done.stdout


def test_how_firm_it_is_follows_from_errors_divided_by_each_bid_s_price() -> None:
    # 91.47 / 321.163 against 65.91 / 250.338, both off by 3 points: 0.0215 and 0.0152
    result = read(HERE).evaluate()
    assert result.reruns is not None
    assert result.reruns.ahead["C.S. McCrossan"] == pytest.approx(0.9218, abs=0.003)
    assert result.verdict == "sensitive"


@pytest.mark.more
def test_the_whole_run_says_what_ranks_the_bids(tmp_path: Path) -> None:
    done = vendor_eval("run", HERE, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert "Under the rules Flatiron-Manson is first, at $3.51m a point against $3.8m a" in page
    assert "Ranking by the price of a point" in page
    assert (tmp_path / "out/scorecard.xlsx").exists()
