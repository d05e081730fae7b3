"""What holds of every method whatever the table."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from make import examples
from make.opinions import ALL, MAY_DRAW_LEVEL, MONOTONE, checked, opinions, tables


@examples(quick=20, further=200)
@given(tables())
def test_a_dominated_vendor_is_never_ranked_ahead(
    table: tuple[dict[str, list[float]], list[str], list[float]],
) -> None:
    rows, ways, weights = table
    better = [1 if way == "max" else -1 for way in ways]
    worse = [value - 0.5 * step for value, step in zip(rows["V0"], better, strict=True)]
    found = opinions({**rows, "Shadow": worse}, ways, weights, MONOTONE)
    checked(found, vendors=len(rows) + 1)
    for name, opinion in found.items():
        if opinion.ranks is not None:
            assert opinion.ranks["V0"] <= opinion.ranks["Shadow"], name
            if name not in MAY_DRAW_LEVEL:
                assert opinion.ranks["V0"] < opinion.ranks["Shadow"], name


@given(tables(cells=st.sampled_from([0.0, -1.0, 1.0, 0.1, 3.0, 1e-300, 1e99, -1e100, 5e-324])))
def test_no_table_however_odd_gives_nan_or_stops_the_run(
    table: tuple[dict[str, list[float]], list[str], list[float]],
) -> None:
    rows, ways, weights = table
    checked(opinions(rows, ways, weights), vendors=len(rows))


@given(tables(cells=st.floats(allow_nan=True, allow_infinity=True)))
def test_no_float_whatever_gives_nan_or_stops_the_run(
    table: tuple[dict[str, list[float]], list[str], list[float]],
) -> None:
    rows, ways, weights = table
    checked(opinions(rows, ways, weights), vendors=len(rows))


@examples(quick=15, further=200)
@given(tables(), st.randoms(use_true_random=False))
def test_renaming_and_reordering_vendors_and_criteria_changes_no_rank(
    table: tuple[dict[str, list[float]], list[str], list[float]], random: object
) -> None:
    rows, ways, weights = table
    order = list(range(len(ways)))
    random.shuffle(order)
    turned = {name: [rows[name][j] for j in order] for name in reversed(rows)}
    straight = opinions(rows, ways, weights)
    other = opinions(turned, [ways[j] for j in order], [weights[j] for j in order])
    for name in ALL:
        assert (straight[name].error is None) == (other[name].error is None), name
        if straight[name].ranks is not None:
            assert straight[name].ranks.to_dict() == other[name].ranks.to_dict(), name


@given(tables())
def test_electre_ii_is_the_librarys_where_no_sum_of_weights_is_a_close_call(
    table: tuple[dict[str, list[float]], list[str], list[float]],
) -> None:
    from skcriteria import mkdm
    from skcriteria.agg.electre import ELECTRE2

    rows, ways, _ = table
    matrix = np.array(list(rows.values()))
    matrix = matrix - matrix.min(axis=0)
    matrix = matrix[:, matrix.max(axis=0) > 0]
    spread = np.ptp(list(rows.values()), axis=0)
    ways = [way for way, range_ in zip(ways, spread, strict=True) if range_ > 0]
    if not ways:
        return
    binary = [2.0 ** -(j + 1) for j in range(len(ways))]  # sums are exact
    binary[-1] *= 2
    scaled = matrix / matrix.max(axis=0)
    theirs = ELECTRE2().evaluate(mkdm(scaled, ways, weights=binary))
    named = dict(zip(rows, matrix.tolist(), strict=True))
    ours = opinions(named, ways, binary, ["electre2"])["electre2"]
    np.testing.assert_array_equal(ours.scores, theirs.e_.score)
