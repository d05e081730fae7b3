"""Second opinions: the right ranking, or a plain reason; never a trap of the libraries beneath."""

import pickle
import subprocess
import sys

import numpy as np
import pytest

from make.opinions import (
    ALL,
    DIVIDE_BY_COSTS,
    FOUR,
    FREE_OFFERS_WELCOME,
    WAYS,
    WEIGHT_BENDS,
    checked,
    opinions,
)
from vendor_eval.analysis.methods.panel import METHODS, ranks_by_score
from vendor_eval.errors import UnknownName

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
