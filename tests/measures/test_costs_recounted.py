"""The total of random bids, counted again month by month in plain arithmetic."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import bid, line, rules
from vendor_eval.measures.costs.cash_flows import flow_at
from vendor_eval.measures.facts import Facts
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP

MONTHS = 30
HOUSE = {"fixed_a_month": 20_000.0, "a_transaction": 6.0, "indexation": 0.03}
STAY = {
    "label": "Retained", "amount": 1000.0, "paid": "monthly", "first_month": 2, "last_month": 29,
    "indexation": 0.04,
}  # fmt: skip


def risen(rate: float, month: int) -> float:
    """The factor of a price that rises on each anniversary."""
    return (1 + rate) ** ((month - 1) // 12) if month else 1.0


def tiered(prices: str, volume: float) -> float:
    """What tiers of 0.9 up to 400, 0.7 up to 1,050 and 0.5 above come to."""
    if prices == "all units":
        return volume * (0.9 if volume <= 400 else 0.7 if volume <= 1050 else 0.5)
    if prices == "marginal":
        first, second = min(volume, 400), min(max(volume - 400, 0), 650)
        return 0.9 * first + 0.7 * second + 0.5 * (volume - first - second)
    return 0.0


def tier_lines(prices: str) -> list[dict[str, Any]]:
    """The lines of those tiers; none where there are no tiers."""
    tiers = ((0.9, 0, 400), (0.7, 401, 1050), (0.5, 1051, None)) if prices else ()
    return [
        line(
            "per_transaction_tier", price, component="other", tier_from=first, tier_to=last,
            tier_prices=prices,
        )
        for price, first, last in tiers
    ]  # fmt: skip


def recounted(case: dict[str, Any], volume: list[float]) -> float:
    """The nominal total: every month's charges one by one, then the gain share by year."""
    running, total = [0.0] * (MONTHS + 1), case["fee"]
    for month in range(1, MONTHS + 1):
        charged = max(volume[month], case["committed"] * 1000)
        people = 4 if case["staffing"] == "as_bid" else 4 * charged / 1000
        if case["staffing"] == "workload":
            people = charged * 0.5 / (1600 / 12)
        labour, other = risen(0.02, month), risen(0.0, month)
        running[month] += case["fixed"] * other + 3000 * people * labour
        edges = (1000, 1000) if case["band"] == "cliff" else (900, 1100)
        billed, active = charged, case["first"] <= month <= case["last"]
        if case["instead"] and not 900 <= charged <= 1100:
            billed = edges[1] if charged > 1100 else edges[0]
        if active:
            running[month] += case["each"] * billed * 0.4 * risen(0.05, month)
        running[month] += tiered(case["tiers"], billed) * other
        if not case["instead"] or active or case["tiers"]:
            if charged > 1100:
                running[month] += 2.5 * (charged - edges[1]) * labour
            if charged < 900:
                running[month] -= 1.5 * 0.8 * (edges[0] - charged) * labour
        in_house = (20_000 + 6 * volume[month]) * risen(0.03, month)
        total += running[month] + in_house * min(max(2.25 - (month - 1), 0), 1)
        total += 1000 * risen(0.04, month) if 2 <= month <= 29 else 0
    for first, last in ((1, 12), (13, 24), (25, 30)):
        part = (last - first + 1) / 12
        saved = sum(
            (20_000 + 6 * volume[m]) * risen(0.03, m) - running[m] for m in range(first, last + 1)
        )
        total += min(max(0.3 * saved, 500 * part), 40_000 * part)
    return total + 7000


@given(
    st.fixed_dictionaries(
        {
            "fee": st.floats(0, 1e5),
            "fixed": st.floats(0, 2e4),
            "each": st.floats(0, 10),
            "first": st.integers(1, 20),
            "last": st.integers(20, 40),
            "committed": st.sampled_from([0.0, 0.7, 1.2]),
            "band": st.sampled_from(["cliff", "slice"]),
            "instead": st.booleans(),
            "tiers": st.sampled_from(["", "marginal", "all units"]),
            "staffing": st.sampled_from(["as_bid", "follows_volume", "workload"]),
        }
    ),
    st.lists(st.floats(0, 3000), min_size=MONTHS - 1, max_size=MONTHS - 1),
)
def test_a_total_is_the_sum_of_its_months_counted_one_by_one(
    case: dict[str, Any], later: list[float]
) -> None:
    monthly = (1000.0, *later)
    typed = rules(
        months=MONTHS,
        volumes={
            "base": {"monthly": 1000.0, "growth": 0.0},
            "other": {"by_month": monthly},
        },
        staffing=case["staffing"],
        hours_per_transaction=0.5,
        baseline=HOUSE,
        own_costs={"stay": STAY},
    )
    offered = bid(
        line("once", case["fee"], first_month=0),
        line("per_month", case["fixed"], component="other"),
        line("per_fte_month", 3000, quantity=4),
        line(
            "per_transaction", case["each"], volume_share=0.4, indexation=0.05,
            first_month=case["first"], last_month=case["last"],
        ),
        *tier_lines(case["tiers"]),
        band_replaces=INSTEAD if case["instead"] else ON_TOP,
        indexation_labour=0.02, productive_hours=1600, minimum_commitment=case["committed"],
        band_baseline=1000, dead_band=0.1, band_convention=case["band"], band_currency="EUR",
        arc_price=2.5, rrc_price=1.5, rrc_factor=0.8,
        gain_share=0.3, gain_share_floor=500, gain_share_cap=40_000, terms_currency="EUR",
        double_running=2.25, exit_charge=7000,
    )  # fmt: skip
    # not asked for as a vendor's price, where months of hardly any transactions would be questions
    total_paid = flow_at(Facts(offered, typed).bid(), "other").nominal.total
    assert total_paid == pytest.approx(recounted(case, [0.0, *monthly]), rel=1e-9, abs=1e-6)
