"""The explorer's widget under other award rules."""

from pathlib import Path

from make.awards_by_price import FEE, cheapest, per_point
from make.builders import assessed
from vendor_eval.lab.explorer import Explorer

OFFERS = {
    "Alder": {"craft": 80, "art": 20, FEE: 100},
    "Birch": {"craft": 30, "art": 90, FEE: 100},
    "Cedar": {"craft": 60, "art": 10, FEE: 60},
}


def test_it_follows_the_price_of_a_point_and_offers_no_other_method(tmp_path: Path) -> None:
    result = assessed(OFFERS, per_point({"craft": 50.0, "art": 50.0}), draws=100)
    explorer = Explorer(result, tmp_path)
    # 100 / 50, 100 / 60 and 60 / 35 a point
    assert explorer.ranking == ["Birch", "Cedar", "Alder"]
    explorer.weights = {"craft": 1.0}
    # 100 / 80, 100 / 30 and 60 / 60
    assert explorer.ranking == ["Cedar", "Alder", "Birch"]
    assert explorer.methods == []


def test_where_the_lowest_price_wins_there_is_none(tmp_path: Path) -> None:
    offers = {vendor: {FEE: row[FEE]} for vendor, row in OFFERS.items()}
    assert Explorer.of(assessed(offers, cheapest(), draws=100), tmp_path) is None
