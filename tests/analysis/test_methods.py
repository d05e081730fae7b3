"""Second opinions: the right ranking, or a plain reason; never a trap of the libraries beneath."""

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.analysis.methods.panel import (
    METHODS,
    Opinion,
    agreement,
    ranks_by_score,
    second_opinions,
)
from vendor_eval.errors import UnknownName, VendorEvalError

ALL = METHODS.names()
# A vendor at least as good on every criterion is never ranked behind, by construction. CODAS may do
# so at its threshold, the PROBIDs reward distance from the average.
MONOTONE = sorted(set(ALL) - {"codas", "probid", "simplified_probid"})
# These look at the worst regret only, or at who outranks whom: a better vendor may draw level.
MAY_DRAW_LEVEL = {"vikor", "moora_reference_point", "electre2", "multimoora"}
# Here a criterion's weight does more than scale its part, so that even one on which all are equal
# can shift the balance between the others.
WEIGHT_BENDS = {"waspas", "cocoso", "ram", "codas", "electre2", "probid"}
# The multiplicative form takes no weights, by definition.
WEIGHTED = sorted(set(ALL) - {"full_multiplicative_form"})
DIVIDE_BY_COSTS = ["weighted_sum", "weighted_product", "waspas", "marcos", "codas", "aras"]
DIVIDE_BY_COSTS += ["copras", "ocra", "full_multiplicative_form", "multimoora"]
FREE_OFFERS_WELCOME = sorted(set(ALL) - set(DIVIDE_BY_COSTS))


def opinions(
    rows: Mapping[str, Sequence[float]],
    directions: Sequence[str],
    weights: Sequence[float] | None = None,
    names: Sequence[str] = ALL,
) -> dict[str, Opinion]:
    """Opinions on a table written as vendor -> answers; criteria are called c0, c1 ..."""
    criteria = [f"c{j}" for j in range(len(directions))]
    return second_opinions(
        pd.DataFrame.from_dict(dict(rows), orient="index", columns=criteria),
        weights=pd.Series(weights or [1.0] * len(criteria), index=criteria),
        directions=pd.Series(list(directions), index=criteria),
        names=names,
    )


def checked(found: Mapping[str, Opinion], vendors: int) -> None:
    """Either whole ranks and finite scores, or a reason: never both, never nan."""
    for name, opinion in found.items():
        assert opinion.method == name
        if opinion.error is not None:
            assert opinion.error, name
            assert opinion.ranks is None, name
            assert opinion.scores is None, name
            continue
        assert opinion.ranks is not None, name
        assert opinion.scores is not None, name
        assert opinion.ranks.dtype.kind == "i", name
        assert len(opinion.ranks) == len(opinion.scores) == vendors, name
        assert opinion.ranks.min() == 1, name
        assert np.isfinite(opinion.scores).all(), name


FOUR = {
    "Alpha": [620, 8, 3.5],
    "Beta": [540, 6, 4.5],
    "Gamma": [480, 7, 2.0],
    "Delta": [700, 9, 4.0],
}
WAYS = ["min", "max", "max"]

CELLS = st.integers(1, 9).map(float)


@st.composite
def tables(
    draw: st.DrawFn, cells: st.SearchStrategy[float] = CELLS
) -> tuple[dict[str, list[float]], list[str], list[float]]:
    """A table of two to six vendors, its directions and its weights."""
    vendors, criteria = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    row = st.lists(cells, min_size=criteria, max_size=criteria)
    rows = draw(st.lists(row, min_size=vendors, max_size=vendors))
    ways = draw(st.lists(st.sampled_from(["min", "max"]), min_size=criteria, max_size=criteria))
    weights = draw(st.lists(st.integers(1, 9).map(float), min_size=criteria, max_size=criteria))
    return {f"V{i}": values for i, values in enumerate(rows)}, ways, weights


# What a user gets


def test_every_method_ranks_an_ordinary_table() -> None:
    found = opinions(FOUR, WAYS)
    checked(found, vendors=4)
    assert {name: opinion.error for name, opinion in found.items() if opinion.error} == {}


def test_opinions_come_in_the_order_asked_and_no_method_is_asked_twice() -> None:
    assert list(opinions(FOUR, WAYS, names=["vikor", "topsis"])) == ["vikor", "topsis"]
    assert opinions(FOUR, WAYS, names=[]) == {}


def test_an_unknown_method_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownName, match="unknown method 'topsys'; did you mean 'topsis'"):
        opinions(FOUR, WAYS, names=["vikor", "topsys"])


def test_every_opinion_says_in_one_sentence_what_it_used_and_by_whom() -> None:
    for name, opinion in opinions(FOUR, WAYS).items():
        assert opinion.settings.endswith(")."), name
        assert "{" not in opinion.settings, name
        assert any(year in opinion.settings for year in ("19", "20")), name


@pytest.mark.parametrize(
    ("method", "default"),
    [
        ("vikor", "v = 0.5"),
        ("waspas", "lambda = 0.5"),
        ("cocoso", "lambda = 0.5"),
        ("codas", "tau = 0.02"),
        ("electre2", "at least 0.35"),
        ("electre2", "at most 0.65"),
        ("topsis", "Vector normalisation"),
        ("promethee2", "usual criterion"),
        ("spotis", "the bounds are the vendors' own"),
        ("full_multiplicative_form", "without any weights"),
    ],
)
def test_each_default_is_printed_since_libraries_defaults_elect_different_winners(
    method: str, default: str
) -> None:
    assert default in METHODS[method].described()


def test_names_are_known_without_loading_scikit_criteria() -> None:
    script = (
        "import sys\nfrom vendor_eval.analysis.methods.panel import METHODS\n"
        "assert 'topsis' in METHODS;"
        "slow = {'skcriteria', 'scipy', 'sklearn'} & set(sys.modules); assert not slow, slow"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_methods_print_nothing_and_warn_of_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    opinions({"A": [5, 1], "B": [5, 2]}, ["min", "max"])  # a constant column provokes warnings
    opinions(FOUR, WAYS)
    assert capfd.readouterr() == ("", "")


def test_an_opinion_can_be_pickled_for_a_parallel_run() -> None:
    for opinion in opinions(FOUR, WAYS).values():
        assert pickle.loads(pickle.dumps(opinion)).ranks.equals(opinion.ranks)  # noqa: S301


def test_the_published_ranking_of_a_software_selection_is_reproduced() -> None:
    # Tus & Aytac Adali (2019), OPSEARCH 56(2) 528-538: WASPAS with lambda 0.5.
    rows = {
        "A1": [5000, 3, 3, 4, 3, 2],
        "A2": [680, 5, 3, 2, 2, 1],
        "A3": [2000, 3, 2, 3, 4, 3],
        "A4": [600, 4, 3, 1, 2, 2],
        "A5": [800, 2, 4, 3, 3, 4],
    }
    weights = [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]
    found = opinions(rows, ["min", *["max"] * 5], weights, ["waspas"])["waspas"]
    assert found.scores.tolist() == pytest.approx([0.5622, 0.6575, 0.6192, 0.6409, 0.722], abs=1e-3)
    assert found.ranks.tolist() == [5, 2, 4, 3, 1]


# Traps: weights, names and directions


@pytest.mark.parametrize("method", ALL)
def test_only_the_proportions_of_the_weights_count(method: str) -> None:
    shares = opinions(FOUR, WAYS, [0.5, 0.3, 0.2], [method])[method]
    points = opinions(FOUR, WAYS, [50, 30, 20], [method])[method]
    huge = opinions(FOUR, WAYS, [5e307, 3e307, 2e307], [method])[method]
    np.testing.assert_allclose(shares.scores, points.scores, rtol=1e-12)
    np.testing.assert_allclose(shares.scores, huge.scores, rtol=1e-12)
    assert shares.ranks.equals(points.ranks)


@pytest.mark.parametrize("method", WEIGHTED)
def test_weights_matter(method: str) -> None:
    by_price = opinions(FOUR, WAYS, [98, 1, 1], [method])[method]
    by_quality = opinions(FOUR, WAYS, [1, 98, 1], [method])[method]
    assert by_price.ranks["Gamma"] == 1
    assert by_quality.ranks["Delta"] == 1


@pytest.mark.parametrize("method", ALL)
def test_a_criterion_without_weight_is_as_if_it_were_not_there(method: str) -> None:
    hostile = {
        name: [*answers, bad]
        for (name, answers), bad in zip(FOUR.items(), [np.nan, 0.0, -5.0, np.inf], strict=True)
    }
    without = opinions(FOUR, WAYS, [5, 3, 2], [method])[method]
    ignored = opinions(hostile, [*WAYS, "max"], [5, 3, 2, 0], [method])[method]
    assert ignored.error is None
    np.testing.assert_array_equal(without.scores, ignored.scores)


@pytest.mark.parametrize("method", ALL)
def test_columns_weights_and_directions_are_matched_by_name_not_by_place(method: str) -> None:
    frame = pd.DataFrame.from_dict(FOUR, orient="index", columns=["price", "skill", "speed"])
    weights = pd.Series({"price": 5.0, "skill": 3.0, "speed": 2.0})
    directions = pd.Series({"price": "min", "skill": "max", "speed": "max"})
    straight = second_opinions(frame, weights=weights, directions=directions, names=[method])
    turned = second_opinions(
        frame[["speed", "price", "skill"]],
        weights=weights[["skill", "speed", "price"]],
        directions=directions[["price", "speed", "skill"]],
        names=[method],
    )
    assert straight[method].ranks.equals(turned[method].ranks)


@pytest.mark.parametrize("method", ALL)
def test_the_order_of_the_vendors_does_not_matter(method: str) -> None:
    straight = opinions(FOUR, WAYS, names=[method])[method]
    reverse = opinions(dict(reversed(FOUR.items())), WAYS, names=[method])[method]
    assert straight.ranks.to_dict() == reverse.ranks.to_dict()


@pytest.mark.parametrize("method", sorted(set(ALL) - {"copras", "simplified_probid"}))
@pytest.mark.parametrize(("way", "first"), [("min", "Cheap"), ("max", "Dear")])
def test_where_less_is_better_the_dearest_never_wins(method: str, way: str, first: str) -> None:
    rows = {"Dear": [9.0, 5.0], "Middle": [6.0, 5.0], "Cheap": [3.0, 5.0]}
    found = opinions(rows, [way, "max"], [3, 1], [method])[method]
    assert found.error is None
    assert found.ranks[first] == 1, found.scores
    assert (found.ranks == 1).sum() == 1


def test_simplified_probid_follows_the_direction_and_cannot_divide_by_a_perfect_offer() -> None:
    rows = {"Dear": [9.0, 5.0], "Middle": [6.0, 5.0], "Cheap": [3.0, 4.9]}
    found = opinions(rows, ["min", "max"], [3, 1], ["simplified_probid"])["simplified_probid"]
    assert found.ranks.to_dict() == {"Cheap": 1, "Middle": 2, "Dear": 3}
    perfect = opinions({**rows, "Cheap": [3.0, 5.0]}, ["min", "max"], names=["simplified_probid"])
    assert perfect["simplified_probid"].error.endswith("and that is 0; found 'Cheap'")


def test_copras_elects_the_cheapest_and_says_that_it_needs_a_cost() -> None:
    rows = {"Dear": [9.0, 5.0], "Cheap": [3.0, 5.0]}
    assert opinions(rows, ["min", "max"], names=["copras"])["copras"].ranks["Cheap"] == 1
    refused = opinions(rows, ["max", "max"], names=["copras"])["copras"]
    assert "at least one criterion where less is better" in refused.error


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([-1, 5, 1], "the weight of 'c0' is -1"),
        ([0, 0, 0], "every weight is 0"),
        ([np.nan, 1, 1], "the weight of 'c0' is nan"),
        ([1, np.inf, 1], "the weight of 'c1' is inf"),
    ],
)
def test_weights_that_cannot_be_weights_are_refused(weights: list[float], says: str) -> None:
    with pytest.raises(VendorEvalError, match=says):
        opinions(FOUR, WAYS, weights)


def test_vendors_and_criteria_are_named_once_and_directions_are_max_or_min() -> None:
    frame = pd.DataFrame([[1.0, 2.0], [3.0, 4.0]], index=["A", "B"], columns=["p", "q"])
    even, ways = pd.Series({"p": 1.0, "q": 1.0}), pd.Series({"p": "min", "q": "max"})

    def asked(frame: pd.DataFrame, weights: pd.Series, directions: pd.Series) -> None:
        second_opinions(frame, weights=weights, directions=directions, names=["topsis"])

    with pytest.raises(VendorEvalError, match="vendor 'A' is listed twice"):
        asked(frame.set_axis(["A", "A"]), even, ways)
    with pytest.raises(VendorEvalError, match="criterion 'p' is listed twice"):
        asked(frame.set_axis(["p", "p"], axis=1), even, ways)
    with pytest.raises(VendorEvalError, match="the direction of 'p' is 'down'"):
        asked(frame, even, pd.Series({"p": "down", "q": "max"}))
    with pytest.raises(VendorEvalError, match="criterion 'q' has no weight"):
        asked(frame, even[["p"]], ways)
    with pytest.raises(VendorEvalError, match="no such column of answers"):
        asked(frame[["p"]], even, ways)


# Traps: answers that libraries turn into nonsense


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_missing_answer_is_refused_and_never_filled_in(method: str, bad: float) -> None:
    rows = {**FOUR, "Beta": [540, bad, 4.5]}
    found = opinions(rows, WAYS, names=[method])[method]
    assert "'c1' of 'Beta' is" in found.error
    assert found.ranks is None


@pytest.mark.parametrize("method", DIVIDE_BY_COSTS)
def test_a_free_offer_is_a_plain_error_where_the_method_divides_by_costs(method: str) -> None:
    rows = {**FOUR, "Gamma": [0, 7, 2.0]}
    found = opinions(rows, WAYS, names=[method])[method]
    assert "Gamma" in found.error
    assert "0" in found.error


@pytest.mark.parametrize("method", FREE_OFFERS_WELCOME)
def test_a_free_offer_keeps_its_advantage_everywhere_else(method: str) -> None:
    rows = {"Dear": [900, 5.0], "Fair": [600, 5.0], "Free": [0, 5.0]}
    found = opinions(rows, ["min", "max"], [3, 1], [method])[method]
    if found.error is None:
        assert found.ranks["Free"] == 1
    else:  # best on everything, which simplified PROBID cannot divide by
        assert (method, "Free" in found.error) == ("simplified_probid", True)


@pytest.mark.parametrize("method", ALL)
def test_negative_answers_never_turn_the_order_round(method: str) -> None:
    rows = {"Loss": [-9.0, 5.0], "Small": [-2.0, 5.0], "Gain": [4.0, 5.0]}
    found = opinions(rows, ["max", "max"], [3, 1], [method])[method]
    if found.error is None:
        assert found.ranks.to_dict() == {"Gain": 1, "Small": 2, "Loss": 3}
    else:
        assert "c0" in found.error or "at least one" in found.error or "Gain" in found.error


def test_methods_that_need_no_positive_numbers_do_rank_negative_ones() -> None:
    rows = {"Loss": [-9.0, 3.0], "Small": [-2.0, 5.0], "Gain": [4.0, 4.0]}
    names = [
        "topsis",
        "vikor",
        "mabac",
        "mairca",
        "spotis",
        "moora",
        "promethee2",
        "electre2",
        "rim",
        "probid",
    ]
    found = opinions(rows, ["max", "max"], names=names)
    assert {name: opinion.error for name, opinion in found.items() if opinion.error} == {}


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("constant", [5.0, 0.0])
def test_a_criterion_on_which_all_are_equal_decides_nothing(method: str, constant: float) -> None:
    rows = {name: [*answers, constant] for name, answers in FOUR.items()}
    found = opinions(rows, [*WAYS, "max"], [5, 3, 2, 90], [method])[method]
    without = opinions(FOUR, WAYS, [5, 3, 2], [method])[method]
    if found.error is not None:
        assert constant == 0
        assert "c3" in found.error
    elif method not in WEIGHT_BENDS:
        assert found.ranks.equals(without.ranks)


@pytest.mark.parametrize("method", ALL)
def test_vendors_alike_in_everything_tie_or_the_method_says_that_they_are(method: str) -> None:
    found = opinions({"A": [3, 7], "B": [3, 7], "C": [3, 7]}, ["min", "max"], names=[method])
    opinion = found[method]
    if opinion.error is None:
        assert opinion.ranks.tolist() == [1, 1, 1]
    else:
        assert "alike" in opinion.error


@pytest.mark.parametrize("method", ALL)
def test_two_identical_vendors_tie_and_the_next_rank_is_skipped(method: str) -> None:
    rows = {**FOUR, "Twin": FOUR["Delta"], "Last": [900, 2, 1.0]}
    found = opinions(rows, WAYS, names=[method])[method]
    if found.error is not None:  # it divides by what the worst vendor of all has
        assert (method, "Last" in found.error) == ("cocoso", True)
        return
    assert found.ranks["Twin"] == found.ranks["Delta"]
    assert (
        found.ranks.tolist()
        == ranks_by_score(found.scores, higher_is_better=found.higher_is_better).tolist()
    )
    better = (found.ranks < found.ranks["Twin"]).sum()
    assert found.ranks["Twin"] == better + 1


@pytest.mark.parametrize(
    "method",
    [
        "weighted_sum",
        "topsis",
        "vikor",
        "mabac",
        "mairca",
        "spotis",
        "moora",
        "promethee2",
        "electre2",
        "rim",
        "ram",
    ],
)
def test_a_mathematical_tie_is_not_broken_by_float_noise(method: str) -> None:
    rows = {"A": [0.1, 0.2, 0.3], "B": [0.3, 0.2, 0.1], "C": [0.2, 0.2, 0.2]}
    ranks = opinions(rows, ["max"] * 3, names=[method])[method].ranks
    assert ranks["A"] == ranks["B"]
    if method in {"weighted_sum", "mabac", "mairca", "spotis", "moora", "promethee2", "electre2"}:
        assert ranks.tolist() == [1, 1, 1]


def test_sums_of_weights_that_are_equal_on_paper_outrank_nobody() -> None:
    # 0.1 + 0.2 > 0.3 in floating point.
    rows = {"A": [2, 2, 1], "B": [1, 1, 2]}
    for method in ("electre2", "promethee2"):
        found = opinions(rows, ["max"] * 3, [0.1, 0.2, 0.3], [method])[method]
        assert found.ranks.tolist() == [1, 1], method


def test_answers_equal_on_paper_are_equal_for_methods_that_count_any_difference() -> None:
    rows = {"A": [(0.2 + 0.4) / 2, 1.0], "B": [(0.1 + 0.5) / 2, 1.0]}
    assert rows["A"] != rows["B"]
    for method in ("promethee2", "electre2", "weighted_sum", "vikor"):
        found = opinions(rows, ["max", "max"], names=[method])[method]
        assert found.ranks.tolist() == [1, 1], method


def test_vikor_ranks_on_when_all_regrets_or_all_utilities_are_equal() -> None:
    each_worst_once = {"A": [0, 1, 1], "B": [1, 0, 1], "C": [1, 1, 0]}
    # The last weight is a third only on paper: the regrets differ by float noise.
    found = opinions(each_worst_once, ["max"] * 3, [0.1, 0.1, 0.3 - 0.2], ["vikor"])["vikor"]
    assert found.ranks.tolist() == [1, 1, 1]
    assert found.scores.tolist() == pytest.approx([0, 0, 0])
    same_regret = {"A": [0, 1, 1], "B": [0, 0.5, 1], "C": [1, 0, 0.2]}
    again = opinions(same_regret, ["max"] * 3, [4, 4, 1], ["vikor"])["vikor"]
    assert again.error is None
    assert again.ranks["A"] < again.ranks["B"]


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("factor", [1000.0, 1e-3, 1e40])
def test_the_unit_of_a_criterion_does_not_decide(method: str, factor: float) -> None:
    euro = opinions(FOUR, WAYS, [5, 3, 2], [method])[method]
    rows = {name: [price * factor, *rest] for name, (price, *rest) in FOUR.items()}
    other = opinions(rows, WAYS, [5, 3, 2], [method])[method]
    assert euro.ranks.equals(other.ranks), other.error


@pytest.mark.parametrize("method", ALL)
def test_one_vendor_is_no_ranking_and_two_are(method: str) -> None:
    alone = opinions({"Alpha": [620, 8, 3.5]}, WAYS, names=[method])[method]
    assert alone.error == "a ranking needs two vendors or more; found 1"
    pair = {"Alpha": [620, 8, 3.5], "Beta": [540, 6, 4.5]}
    assert opinions(pair, WAYS, names=[method])[method].error is None


def test_methods_that_give_no_ranking_of_a_weighted_table_are_not_offered() -> None:
    assert {"electre1", "ervd", "simus"}.isdisjoint(ALL)


def test_a_failure_inside_the_library_is_told_and_costs_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from skcriteria.agg.topsis import TOPSIS

    def broken(*_: object) -> None:
        raise RuntimeError("no\nsuch thing")

    monkeypatch.setattr(TOPSIS, "evaluate", broken)
    found = opinions(FOUR, WAYS, names=["topsis", "vikor"])
    told = "scikit-criteria could not rank this table: no\\nsuch thing"
    assert found["topsis"].error == told
    assert found["vikor"].error is None


# Properties


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


# Agreement


def test_agreement_is_kendalls_tau_b_of_each_two_rankings() -> None:
    ranks = pd.DataFrame({"x": [1, 2, 3, 4], "y": [4, 3, 2, 1], "z": [1, 1, 3, 4]})
    taus = agreement(ranks)
    assert taus.loc["x", "y"] == -1
    assert taus.loc["x", "x"] == 1
    # Five of six pairs ordered alike, one tied in z: 5 / sqrt(6 * 5).
    assert taus.loc["x", "z"] == taus.loc["z", "x"] == pytest.approx(5 / np.sqrt(30))


def test_agreement_is_none_never_nan_where_a_ranking_ties_everybody() -> None:
    taus = agreement(pd.DataFrame({"x": [1, 2, 3], "all": [1, 1, 1]}))
    assert taus.loc["x", "all"] is None
    assert taus.loc["all", "x"] is None
    assert taus.loc["all", "all"] is None
    assert taus.loc["x", "x"] == 1


def test_agreement_of_one_vendor_or_no_method_is_undefined_and_quiet() -> None:
    assert agreement(pd.DataFrame({"x": [1], "y": [1]})).loc["x", "y"] is None
    assert agreement(pd.DataFrame(index=["A", "B"])).empty


def test_ranks_are_competition_ranks_and_scores_tie_to_nine_decimals() -> None:
    scores = pd.Series([0.3, 0.1 + 0.2, 0.2, 0.2 + 2e-9], index=list("ABCD"))
    assert ranks_by_score(scores, higher_is_better=True).tolist() == [1, 1, 4, 3]
    assert ranks_by_score(scores, higher_is_better=False).tolist() == [3, 3, 1, 2]
