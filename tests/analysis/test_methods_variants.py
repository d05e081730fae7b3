"""Other ways to count: combinations that keep the order are ranked, all others say why not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import examples
from vendor_eval.analysis.methods.variants import Variant, first_share, method_variants
from vendor_eval.errors import UnknownName

TRANSFORMERS = ("NegateMinimize", "InvertMinimize", "MinMaxInverter")
SCALERS = ("VectorScaler", "MinMaxScaler", "SumScaler", "MaxAbsScaler")
NAMES = ("topsis", "vikor", "promethee2", "weighted_sum", "weighted_product")


def variants(
    rows: dict[str, list[float]], directions: str = "min max", names: tuple[str, ...] = NAMES
) -> tuple[Variant, ...]:
    ways = directions.split()
    criteria = [f"c{n}" for n in range(len(ways))]
    return method_variants(
        pd.DataFrame.from_dict(rows, orient="index", columns=criteria),
        weights=pd.Series(1.0, index=criteria),
        directions=pd.Series(ways, index=criteria),
        names=names,
    )


BIDS = {"A": [100.0, 60.0], "B": [112.0, 74.0], "C": [120.0, 80.0], "D": [150.0, 81.0]}


def test_a_combination_is_named_by_its_method_transformer_and_scaler() -> None:
    found = variants(BIDS, names=("topsis",))
    assert all(v.name == f"topsis / {v.transformer} / {v.scaler}" for v in found)
    assert {v.transformer for v in found} == set(TRANSFORMERS)
    assert {v.scaler for v in found} == set(SCALERS)
    # min-max after min-max, and after negation, come to one matrix; so does the largest of it
    assert len(found) == 10


def test_the_combination_that_puts_the_dearest_first_is_refused() -> None:
    found = {v.name: v for v in variants(BIDS, names=("weighted_sum",))}
    trap = found["weighted_sum / NegateMinimize / SumScaler"]
    assert trap.ranks is None
    assert trap.error == "it does not keep the order of the vendors on 'c0'"


def test_weighted_sums_are_those_of_the_arithmetic() -> None:
    found = {v.name: v for v in variants(BIDS, names=("weighted_sum",))}
    cost, gain = np.array(list(BIDS.values())).T
    scores = (1 / cost) / (1 / cost).sum() + gain / gain.sum()
    order = [v for _, v in sorted(zip(-scores, BIDS, strict=True))]
    ranks = found["weighted_sum / InvertMinimize / SumScaler"].ranks
    assert ranks is not None
    assert sorted(ranks, key=ranks.__getitem__) == order


def test_a_free_offer_loses_nothing_to_a_division_by_its_price() -> None:
    found = variants({"A": [0.0, 60.0], "B": [112.0, 74.0]}, names=("topsis",))
    refused = [v for v in found if v.transformer == "InvertMinimize"]
    assert {v.error for v in refused} == {"it divides by 0 on 'c0'"}
    assert any(v.ranks for v in found)


def test_exact_ties_stay_ties_through_float_noise() -> None:
    rows = {"A": [0.1, 0.2, 0.3], "B": [0.3, 0.2, 0.1], "C": [0.2, 0.2, 0.2]}
    found = variants(rows, "max max max", names=("weighted_sum",))
    admitted = [v for v in found if v.ranks]
    assert admitted
    assert {v.first for v in admitted} == {("A", "B", "C")}


@pytest.mark.parametrize("rows", [{}, {"A": [1.0, 2.0]}])
def test_without_two_vendors_every_method_says_so(rows: dict[str, list[float]]) -> None:
    found = variants(rows)
    assert [v.method for v in found] == list(NAMES)
    assert all("two vendors or more" in str(v.error) for v in found)


def test_no_method_asked_for_means_no_variant_and_a_misspelt_one_is_refused() -> None:
    assert variants(BIDS, names=()) == ()
    with pytest.raises(UnknownName, match="topsis"):
        variants(BIDS, names=("topsys",))


def test_the_share_counts_admitted_combinations_in_which_a_vendor_alone_is_first() -> None:
    def variant(method: str, *first: str) -> Variant:
        return Variant("", method, "", "", dict.fromkeys(first, 1) or None, None)

    found = [variant("x", "A"), variant("x", "B"), variant("x"), variant("y", "A", "B")]
    assert first_share(found, "A") == pytest.approx(1 / 3)
    assert first_share(found, "A", "x") == 0.5
    assert first_share([variant("x")], "A") is None


numbers = st.integers(-3, 9).map(float)
tables = st.lists(st.tuples(numbers, numbers, numbers), min_size=2, max_size=5)


@examples(quick=10, further=25)
@given(tables)
def test_whatever_the_answers_there_are_whole_ranks_or_a_reason(
    rows: list[tuple[float, float, float]],
) -> None:
    bids = {f"V{n}": list(row) for n, row in enumerate(rows)}
    for variant in variants(bids, "min max min"):
        assert (variant.ranks is None) == (variant.error is not None)
        if variant.ranks is not None:
            assert set(variant.ranks) == set(bids)
            assert min(variant.ranks.values()) == 1


@examples(quick=10, further=25)
@given(tables)
def test_the_worst_on_everything_is_never_alone_in_first_place(
    rows: list[tuple[float, float, float]],
) -> None:
    worst = [10.0, -4.0, 10.0]
    bids = {f"V{n}": list(row) for n, row in enumerate(rows)} | {"W": worst}
    for variant in variants(bids, "min max min"):
        assert variant.first != ("W",), variant.name
