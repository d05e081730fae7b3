"""Costs as they are told: sentences true of their numbers, tables, and what the pictures draw."""

import re
from itertools import pairwise
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

TOLD = compared(support(), support_bids())
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
    assert list(TOLD.flows) == ["Deodar", "Elm", "Cedar", "Birch", "Alder"]
    assert TOLD.totals.is_monotonic_increasing
    assert TOLD.unpriced == {"Fir": ("no charge on exit is given; 0 if there is none",)}


def test_components_groups_and_years_add_up_to_the_same_totals() -> None:
    for vendor, total in TOLD.totals.items():
        assert TOLD.components.loc[vendor].sum() == pytest.approx(total)
        assert TOLD.groups.loc[vendor].sum() == pytest.approx(total)
        assert TOLD.by_year[vendor].to_numpy().sum() == pytest.approx(total)
    assert list(TOLD.by_year["Elm"].index) == [0, 1, 2, 3]


def test_the_scenario_that_is_used_is_the_one_of_the_totals() -> None:
    assert TOLD.scenarios["base"].to_dict() == pytest.approx(TOLD.totals.to_dict())
    high = compared(support(), support_bids(), volumes="high")
    assert high.totals.to_dict() == pytest.approx(TOLD.scenarios["high"].to_dict())
    with pytest.raises(UnknownName, match="unknown volume forecast 'hihg'; did you mean 'high'"):
        compared(support(), support_bids(), volumes="hihg")


def test_a_present_value_is_told_throughout_where_it_is_asked_for() -> None:
    told = compared(support(), support_bids(), money="present_value")
    assert (told.totals < TOLD.totals[told.totals.index]).all()
    assert "as present value at the service start" in total_cost_sentence(told)
    assert told.baseline is not None
    assert told.baseline.basis == "present_value"


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
    told = simple(2, 3, baseline=house, volumes=two)
    assert total_cost_sentence(told) == (
        "Over 12 months, as paid and at the volumes of \u201cbase\u201d, A is the cheapest at "
        "€24,000 and B the dearest at €36,000."
    )
    assert volume_scenarios_sentence(told).startswith("A is the cheapest under every forecast.")
    # from half of 500 to half above 1,000
    assert break_even_sentence(told) == (
        "Between 250 and 1,500 transactions a month, the same in every month: B is nowhere cheaper "
        "than A."
    )
    assert against_baseline_sentence(told) == (
        "In house the service would cost €48,000. Both bids cost less; A saves €24,000, and "
        "has paid for itself from the start."
    )
    assert "No bid saves money" in against_baseline_sentence(simple(5, baseline=house))


def test_the_sentences_of_the_six_bids_name_who_is_cheaper_elsewhere() -> None:
    assert "Elm under \u201chigh\u201d, not Deodar" in volume_scenarios_sentence(TOLD)
    told = break_even_sentence(TOLD)
    [volume] = re.findall(r"Elm is cheaper than Deodar above ([\d,]+)", told)
    at = float(volume.replace(",", ""))
    elm, deodar = (vendor_curve(TOLD.flows[vendor].bid, "nominal") for vendor in ("Elm", "Deodar"))
    assert elm.cost(at - 1) > deodar.cost(at - 1)
    assert elm.cost(at + 1) < deodar.cost(at + 1)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_picture_has_words_for_it_and_holds_no_nan(figure: Any) -> None:
    drawn = figure(TOLD)
    assert len(drawn.data)
    assert drawn.layout.meta["alt"]
    assert drawn.layout.meta["caption"]
    assert "NaN" not in drawn.to_json()
    assert not drawn.layout.showlegend


def test_bars_are_named_and_end_with_the_total_that_is_in_the_table() -> None:
    drawn = cost_components_figure(TOLD)
    assert list(drawn.layout.yaxis.ticktext) == list(TOLD.flows)
    assert list(drawn.data[0].y) == list(range(len(TOLD.flows)))
    assert sum(sum(trace.x) for trace in drawn.data) == pytest.approx(TOLD.totals.sum())
    assert drawn.layout.annotations[0].text == "<b>€13.9m</b>"
    assert set(SHADES) == {*GROUPS, OWN}


def test_the_lines_of_cost_against_volume_are_the_costs_at_both_sides_of_every_kink() -> None:
    drawn = break_even_figure(TOLD)
    alder = next(t for t, c in zip(drawn.data, TOLD.curves, strict=True) if c.name == "Alder")
    curve = next(c for c in TOLD.curves if c.name == "Alder")
    for volume, cost in zip(alder.x, alder.y, strict=True):
        sides = [curve.cost(volume + step) for step in (-1e-6, 1e-6) if volume + step >= 0]
        assert any(side == pytest.approx(cost, rel=1e-6) for side in sides)


def test_names_at_the_ends_of_lines_do_not_stand_upon_each_other() -> None:
    drawn = volume_scenarios_figure(simple(*[2 + n / 1000 for n in range(8)], volumes={
        "base": {"monthly": 1000.0, "growth": 0.0}, "high": {"monthly": 2000.0, "growth": 0.0},
    }))  # fmt: skip
    places = sorted(a.y for a in drawn.layout.annotations)
    assert len(places) == 8
    span = max(max(t.y) for t in drawn.data) - min(min(t.y) for t in drawn.data)
    assert all(b - a > 0.06 * span for a, b in pairwise(places))


def test_every_table_of_the_six_bids_holds_every_vendor() -> None:
    for told in TABLES[:3]:
        assert all(vendor in told(TOLD).markup for vendor in TOLD.flows), told.__name__
    assert "Fir" in unpriced_table(TOLD).markup
    basis = cost_basis_table(TOLD).markup
    assert "0.234 EUR, 2026-11-20, constructed" in basis
    assert "for sites in IN and ZA" in basis


@pytest.mark.parametrize(
    "told",
    [
        compared(support().model_copy(update={"commercial": None}), support_bids()),
        compared(support(), ()),
        compared(support(), support_bids()[-1:]),
    ],
    ids=["no commercial terms", "no responses", "nothing priced"],
)
def test_where_there_is_nothing_to_show_that_is_said_and_nothing_drawn(told: Any) -> None:
    assert re.search("nothing to show|No bid can be priced", total_cost_sentence(told))
    assert [sentence(told) for sentence in SENTENCES[1:]] == [""] * 5
    assert all(figure(told) == go.Figure() for figure in FIGURES)
    assert [told_table(told).markup for told_table in TABLES[:-1]] == [""] * 6


def test_what_vendors_typed_is_escaped() -> None:
    evil = bid(line("per_month", 5), vendor="<b>A</b>")
    told = compared(rules(), [evil, bid(line("per_month", 7), vendor="<i>B")])
    assert "<b>A" not in cost_components_table(told).markup
    assert "<b>A" not in str(cost_components_figure(told).layout.yaxis.ticktext)
    assert "<i>B" not in str(break_even_figure(told).layout.annotations)
