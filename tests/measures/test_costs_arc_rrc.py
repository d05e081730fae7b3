"""ARC and RRC alongside a price per transaction, instead of it or on top of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import FLAT, bid, line, rules
from make.tiers import at, faults, total
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP

# ARC and RRC

BAND: dict[str, Any] = {
    "band_baseline": 1000, "dead_band": 0.05, "arc_price": 7, "rrc_price": 5, "rrc_factor": 0.9,
    "band_currency": "EUR",
}  # fmt: skip


@pytest.mark.parametrize(
    ("convention", "replaces", "volume", "month"),
    [
        # up to 1,050 at 8, the others at 7
        ("slice", INSTEAD, 1200, 1050 * 8 + 150 * 7),
        # 950 are billed at 8, and the 100 of them that are not handled credited at 5 x 0.9
        ("slice", INSTEAD, 850, 950 * 8 - 100 * 4.5),
        ("cliff", INSTEAD, 1200, 1000 * 8 + 200 * 7),
        ("cliff", INSTEAD, 850, 1000 * 8 - 150 * 4.5),
        ("slice", ON_TOP, 1200, 1200 * 8 + 150 * 7),
        ("slice", ON_TOP, 850, 850 * 8 - 100 * 4.5),
        ("cliff", ON_TOP, 1200, 1200 * 8 + 200 * 7),
        ("cliff", ON_TOP, 850, 850 * 8 - 150 * 4.5),
        # inside the band, edges included, neither counts
        *((c, INSTEAD, v, v * 8) for c in ("slice", "cliff") for v in (950, 1050)),
        *((c, ON_TOP, v, v * 8) for c in ("slice", "cliff") for v in (950, 1050)),
    ],
)  # fmt: skip
def test_arc_and_rrc_stand_instead_of_the_price_or_on_top_of_it(
    convention: str, replaces: str, volume: float, month: float
) -> None:
    terms = BAND | {"band_convention": convention, "band_replaces": replaces}
    assert at(volume, bid(line("per_transaction", 8), **terms)) == pytest.approx(month)


@given(
    st.floats(0, 5000), st.floats(0.01, 50), st.sampled_from(["cliff", "slice"]), st.floats(0, 0.5)
)
def test_a_band_that_replaces_a_price_by_the_same_price_changes_nothing(
    volume: float, price: float, convention: str, width: float
) -> None:
    # a transaction more costs the price, one less is credited with it: none is billed and credited
    terms = BAND | {"arc_price": price, "rrc_price": price, "rrc_factor": None, "dead_band": width}
    terms |= {"band_convention": convention, "band_replaces": INSTEAD}
    offered = bid(line("per_transaction", price), **terms)
    assert at(volume, offered) == pytest.approx(price * volume, abs=1e-6)


def test_people_are_charged_for_all_transactions_though_the_band_replaces_prices() -> None:
    # the workload follows all 1,200 transactions: 600 hours at 20
    lines = (line("per_productive_hour", 20), line("per_transaction", 8, component="other"))
    terms = BAND | {"band_convention": "slice", "band_replaces": INSTEAD}
    typed = rules(
        staffing="workload",
        hours_per_transaction=0.5,
        volumes=FLAT | {"high": {"monthly": 1200.0, "growth": 0.0}},
    )
    month = 600 * 20 + 1050 * 8 + 150 * 7
    assert total(bid(*lines, **terms), typed, volumes="high") == pytest.approx(12 * month)


def test_a_band_that_replaces_prices_is_charged_in_their_months_alone() -> None:
    terms = BAND | {"band_convention": "slice", "band_replaces": INSTEAD}
    free = line("per_month", 0, last_month=6)
    late = bid(line("per_transaction", 8, first_month=7), free, **terms)
    assert 12 * at(850, late) == pytest.approx(6 * (950 * 8 - 100 * 4.5))


def test_a_band_alongside_a_price_per_transaction_is_asked_about_where_nobody_says_how() -> None:
    terms = BAND | {"band_convention": "slice"}
    [fault] = faults(line("per_transaction", 8), **terms)
    assert fault.severity == "question"
    assert fault.audience == "vendor"
    assert fault.place == "Alder.xlsx!price_terms!band_replaces"
    assert f"allowed: {INSTEAD!r} or {ON_TOP!r}" in fault.message
    # where there is no price per transaction there is nothing to ask
    assert at(850, bid(line("per_month", 9000), **terms)) == pytest.approx(9000 - 100 * 4.5)
