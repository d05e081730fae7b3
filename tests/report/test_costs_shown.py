"""Costs as they are shown: sentences true of their numbers, tables, and what the pictures draw."""

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from make.priced import bid, compared, line, rules, support, support_bids
from vendor_eval.errors import UnknownName
from vendor_eval.measures.costs.break_evens import vendor_curve
from vendor_eval.measures.costs.comparisons import Comparison, payback_month
from vendor_eval.measures.costs.components import GROUPS, OWN
from vendor_eval.measures.costs.money import Money
from vendor_eval.report.cost_over_time import (
    against_baseline_sentence,
    against_baseline_table,
    cost_by_year_figure,
    cost_by_year_table,
    cost_over_time_sentence,
    savings_over_time_figure,
)
from vendor_eval.report.total_cost import (
    SHADES,
    cost_basis_sentence,
    cost_basis_table,
    cost_components_figure,
    cost_components_table,
    total_cost_sentence,
    unpriced_table,
)
from vendor_eval.report.volumes import (
    break_even_figure,
    break_even_sentence,
    break_evens_table,
    cost_scenarios_table,
    volume_scenarios_figure,
    volume_scenarios_sentence,
)

SIX_BIDS = compared(support(), support_bids())
FIGURES = (
    cost_components_figure,
    cost_by_year_figure,
    volume_scenarios_figure,
    break_even_figure,
    savings_over_time_figure,
)
TABLES = (
    cost_components_table,
    cost_by_year_table,
    cost_scenarios_table,
    break_evens_table,
    against_baseline_table,
    cost_basis_table,
    unpriced_table,
)
SENTENCES = (
    total_cost_sentence,
    cost_over_time_sentence,
    volume_scenarios_sentence,
    break_even_sentence,
    against_baseline_sentence,
    cost_basis_sentence,
)


def simple(*prices: float, **commercial: Any) -> Comparison:
    """Bids of one price per transaction each, named A, B ..."""
    offers = [bid(line("per_transaction", p), vendor="ABCDEFGHIJ"[n]) for n, p in enumerate(prices)]
    return compared(rules(**commercial), offers)


def test_bids_stand_cheapest_first_and_the_unpriced_with_their_reason() -> None:
    assert list(SIX_BIDS.flows) == ["Deodar", "Elm", "Cedar", "Birch", "Alder"]
    assert SIX_BIDS.totals.is_monotonic_increasing
    assert SIX_BIDS.unpriced == {"Fir": ("no charge on exit is given; 0 if there is none",)}


def test_components_groups_and_years_add_up_to_the_same_totals() -> None:
    for vendor, total in SIX_BIDS.totals.items():
        assert SIX_BIDS.components.loc[vendor].sum() == pytest.approx(total)
        assert SIX_BIDS.groups.loc[vendor].sum() == pytest.approx(total)
        assert SIX_BIDS.by_year[vendor].to_numpy().sum() == pytest.approx(total)
    assert list(SIX_BIDS.by_year["Elm"].index) == [0, 1, 2, 3]


def test_the_scenario_that_is_used_is_the_one_of_the_totals() -> None:
    assert SIX_BIDS.scenarios["base"].to_dict() == pytest.approx(SIX_BIDS.totals.to_dict())
    high = compared(support(), support_bids(), volumes="high")
    assert high.totals.to_dict() == pytest.approx(SIX_BIDS.scenarios["high"].to_dict())
    with pytest.raises(UnknownName, match="unknown volume forecast 'hihg'; did you mean 'high'"):
        compared(support(), support_bids(), volumes="hihg")


def test_a_present_value_is_told_throughout_where_it_is_asked_for() -> None:
    costs = compared(support(), support_bids(), money="present_value")
    assert (costs.totals < SIX_BIDS.totals[costs.totals.index]).all()
    assert "as present value at the service start" in total_cost_sentence(costs)
    assert costs.baseline is not None
    assert costs.baseline.basis == "present_value"


@pytest.mark.parametrize(
    ("amounts", "month"),
    [([-10, 5, 5], 2), ([0, 1, 1], 0), ([-10, 4, 4], None), ([-10, 12, -5], None), ([-1, 2, 0], 1)],
)
def test_payback_is_the_month_from_which_savings_outweigh_for_good(
    amounts: list[float], month: int | None
) -> None:
    assert payback_month(Money(np.array(amounts, dtype=float), "nominal", "EUR")) == month


def test_the_sentences_of_a_small_comparison_read_as_expected() -> None:
    house = {"fixed_a_month": 0.0, "a_transaction": 4.0, "indexation": 0.0}
    two = {"base": {"monthly": 1000.0, "growth": 0.0}, "low": {"monthly": 500.0, "growth": 0.0}}
    costs = simple(2, 3, baseline=house, volumes=two)
    assert total_cost_sentence(costs) == (
        "Over 12 months, as paid and at the volumes of \u201cbase\u201d, A is the cheapest at "
        "€24,000 and B the dearest at €36,000."
    )
    assert volume_scenarios_sentence(costs).startswith("A is the cheapest under every forecast.")
    # from half of 500 to half above 1,000
    assert break_even_sentence(costs) == (
        "Between 250 and 1,500 transactions a month, the same in every month: B is nowhere cheaper "
        "than A."
    )
    assert against_baseline_sentence(costs) == (
        "In house the service would cost €48,000. Both bids cost less; A saves €24,000, and "
        "has paid for itself from the start."
    )
    assert "No bid saves money" in against_baseline_sentence(simple(5, baseline=house))


def test_the_sentences_of_the_six_bids_name_who_is_cheaper_elsewhere() -> None:
    assert "Elm under \u201chigh\u201d, not Deodar" in volume_scenarios_sentence(SIX_BIDS)
    sentence = break_even_sentence(SIX_BIDS)
    [volume] = re.findall(r"Elm is cheaper than Deodar above ([\d,]+)", sentence)
    at = float(volume.replace(",", ""))
    elm, deodar = (
        vendor_curve(SIX_BIDS.flows[vendor].bid, "nominal") for vendor in ("Elm", "Deodar")
    )
    assert elm.cost(at - 1) > deodar.cost(at - 1)
    assert elm.cost(at + 1) < deodar.cost(at + 1)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_picture_has_words_for_it_and_holds_no_nan(figure: Any) -> None:
    drawn = figure(SIX_BIDS)
    assert len(drawn.data)
    assert drawn.layout.meta["alt"]
    assert drawn.layout.meta["caption"]
    assert "NaN" not in drawn.to_json()
    assert not drawn.layout.showlegend


def test_bars_are_named_and_end_with_the_total_that_is_in_the_table() -> None:
    drawn = cost_components_figure(SIX_BIDS)
    assert list(drawn.layout.yaxis.ticktext) == list(SIX_BIDS.flows)
    assert list(drawn.data[0].y) == list(range(len(SIX_BIDS.flows)))
    assert sum(sum(trace.x) for trace in drawn.data) == pytest.approx(SIX_BIDS.totals.sum())
    assert drawn.layout.annotations[0].text == "<b>€13.9m</b>"
    assert set(SHADES) == {*GROUPS, OWN}


def test_the_lines_of_cost_against_volume_are_the_costs_at_both_sides_of_every_kink() -> None:
    drawn = break_even_figure(SIX_BIDS)
    alder = next(t for t, c in zip(drawn.data, SIX_BIDS.curves, strict=True) if c.name == "Alder")
    curve = next(c for c in SIX_BIDS.curves if c.name == "Alder")
    for volume, cost in zip(alder.x, alder.y, strict=True):
        sides = [curve.cost(volume + step) for step in (-1e-6, 1e-6) if volume + step >= 0]
        assert any(side == pytest.approx(cost, rel=1e-6) for side in sides)


def test_every_line_has_a_name_in_the_key_and_looks_like_no_other_in_grey() -> None:
    drawn = volume_scenarios_figure(simple(*[2 + n / 1000 for n in range(8)], volumes={
        "base": {"monthly": 1000.0, "growth": 0.0}, "high": {"monthly": 2000.0, "growth": 0.0},
    }))  # fmt: skip
    key = drawn.layout.meta["key"]
    assert len({tuple(looks) for _, *looks in key}) == len(key) == len(drawn.data) == 8
    for trace, (_, colour, width, _) in zip(drawn.data, key, strict=True):
        assert (trace.line.color, str(trace.line.width)) == (colour, width)


def test_every_table_of_the_six_bids_holds_every_vendor() -> None:
    for shown in TABLES[:3]:
        assert all(vendor in shown(SIX_BIDS).markup for vendor in SIX_BIDS.flows), shown.__name__
    assert "Fir" in unpriced_table(SIX_BIDS).markup
    basis = cost_basis_table(SIX_BIDS).markup
    assert "0.234 EUR, 2026-11-20, constructed" in basis
    assert "for sites in IN and ZA" in basis


@pytest.mark.parametrize(
    "costs",
    [
        compared(support().model_copy(update={"commercial": None}), support_bids()),
        compared(support(), ()),
        compared(support(), support_bids()[-1:]),
    ],
    ids=["no commercial terms", "no responses", "nothing priced"],
)
def test_where_there_is_nothing_to_show_that_is_said_and_nothing_drawn(costs: Any) -> None:
    assert re.search("nothing to show|No bid can be priced", total_cost_sentence(costs))
    assert [sentence(costs) for sentence in SENTENCES[1:]] == [""] * 5
    assert all(figure(costs) == go.Figure() for figure in FIGURES)
    assert [shown(costs).markup for shown in TABLES[:-1]] == [""] * 6


def test_what_vendors_typed_is_escaped() -> None:
    evil = bid(line("per_month", 5), vendor="<b>A</b>")
    costs = compared(rules(), [evil, bid(line("per_month", 7), vendor="<i>B")])
    assert "<b>A" not in cost_components_table(costs).markup
    assert "<b>A" not in str(cost_components_figure(costs).layout.yaxis.ticktext)
    assert "<i>B" not in str(break_even_figure(costs).layout.annotations)
