"""Volume tiers, and shares of the transactions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.priced import bid, line, rules
from make.tiers import at, faults, total
from vendor_eval.measures.costs.shares import volume_in

TERM: dict[str, Any] = {
    "months": 36,
    "volumes": {"base": {"monthly": 33_000.0, "growth": 0.0}},
}
TIERS = ((8.40, 0, 25_000), (7.60, 25_001, 40_000), (7.10, 40_001, None))


def tier(price: float, first: object, last: object, **more: Any) -> dict[str, Any]:
    """A tier of labour that is priced at the margin."""
    asked = line("per_transaction_tier", price, item="Contacts", tier_from=first, tier_to=last)
    return asked | {"tier_prices": "marginal"} | more


def tiers(**more: Any) -> list[dict[str, Any]]:
    """Three tiers of a price for contacts: 8.40, from 25,001 on 7.60, from 40,001 on 7.10."""
    return [tier(*asked, **more) for asked in TIERS]


# tiers


def test_tiers_are_priced_by_the_volume_of_the_month_and_never_on_top_of_one_another() -> None:
    # 33,000 a month: 25,000 x 8.40 + 8,000 x 7.60 = 210,000 + 60,800 = 270,800; x 36
    assert total(bid(*tiers()), rules(**TERM)) == pytest.approx(9_748_800)
    # all 33,000 x 7.60 = 250,800; x 36
    assert total(bid(*tiers(tier_prices="all units")), rules(**TERM)) == pytest.approx(9_028_800)


@pytest.mark.parametrize(
    ("volume", "marginal", "all_units"),
    [
        (0, 0, 0),
        (25_000, 210_000, 210_000),
        (25_001, 210_007.6, 190_007.6),  # the second tier begins above 25,000
        (40_000, 324_000, 304_000),  # + 15,000 x 7.60 = 114,000
        (50_000, 395_000, 355_000),  # + 10,000 x 7.10 = 71,000
    ],
)
def test_a_tier_prices_what_falls_within_it_or_all_units(
    volume: float, marginal: float, all_units: float
) -> None:
    assert at(volume, bid(*tiers())) == pytest.approx(marginal)
    assert at(volume, bid(*tiers(tier_prices="all units"))) == pytest.approx(all_units)


def test_the_volumes_of_a_tier_are_those_of_the_line_s_share() -> None:
    voice = [tier(9, 0, 600, volume_share=0.6), tier(8, 601, None, volume_share=0.6)]
    chat = line("per_transaction", 4, volume_share=0.4)
    # of 2,000, 1,200 are voice: 600 x 9 + 600 x 8 = 10,200, and 800 x 4 = 3,200
    assert at(2000, bid(*voice, chat)) == pytest.approx(13_400)


def test_two_items_of_one_share_have_tiers_of_their_own() -> None:
    lines = [
        tier(price, first, last, item=item, volume_share=0.5)
        for item, price, first, last in (
            ("Voice", 9, 0, 600), ("Chat", 4, 0, 300),
            ("Voice", 8, 601, None), ("Chat", 3, 301, None),
        )
    ]  # fmt: skip
    # of 2,000 each has 1,000: 600 x 9 + 400 x 8 = 8,600; 300 x 4 + 700 x 3 = 3,300
    assert at(2000, bid(*lines)) == pytest.approx(11_900)


@given(st.permutations(tiers()), st.floats(0, 1e5))
def test_the_order_of_the_tiers_changes_nothing(lines: list[Any], volume: float) -> None:
    assert at(volume, bid(*lines)) == pytest.approx(at(volume, bid(*tiers())))


@given(st.lists(st.integers(1, 5000), max_size=4, unique=True), st.floats(0.01, 50), st.data())
def test_tiers_of_one_price_are_that_price_wherever_they_end(
    ends: list[int], price: float, data: Any
) -> None:
    prices = data.draw(st.sampled_from(["marginal", "all units"]))
    edges = [0, *sorted(ends), None]
    lines = [
        tier(price, edges[n] + 1, edges[n + 1], tier_prices=prices) for n in range(len(edges) - 1)
    ]
    volume = data.draw(st.floats(0, 8000) | st.sampled_from(sorted(ends) or [1]))
    assert at(volume, bid(*lines)) == pytest.approx(price * volume, abs=1e-6)


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        ([(8, 5, None)], "tier_from1", "found 5, where the lowest tier of labour begins"),
        ([(8, 0, 100), (7, 90, None)], "tier_from2", "found 90, which overlaps the tier that"),
        ([(8, 0, 100), (7, 102, None)], "tier_from2", "found 102, which leaves a gap after"),
        ([(8, 0, 100), (7, 101, 200)], "tier_to2", "found 200 as the end of the highest tier, so"),
        ([(8, 0, None), (7, 101, None)], "tier_to1", "blank 'Tier to' of the tier that begins"),
        ([(8, 0, 100), (7, 101, 50), (6, 51, None)], "tier_to2", "found 50; allowed: at least"),
    ],
)  # fmt: skip
def test_tiers_that_price_a_volume_twice_or_not_at_all_are_faults_at_their_cell(
    lines: list[Any], place: str, says: str
) -> None:
    met = faults(*(tier(*asked) for asked in lines))
    by_place = {fault.place: fault for fault in met}
    fault = by_place[f"Alder.xlsx!price_lines!{place}"]
    assert fault.message.startswith(says)
    assert (fault.vendor, fault.audience, fault.severity) == ("Alder", "vendor", "fault")


def test_a_shared_edge_is_sound_at_the_margin_and_an_overlap_for_all_units() -> None:
    shared = [(8, 0, 100), (7, 100, None)]
    assert at(150, bid(*(tier(*asked) for asked in shared))) == pytest.approx(8 * 100 + 7 * 50)
    [fault] = faults(*(tier(*asked, tier_prices="all units") for asked in shared))
    assert fault.message.endswith("allowed: 101")


def test_tiers_that_do_not_say_what_their_price_is_for_are_asked_about() -> None:
    met = faults(*tiers(tier_prices=None))
    assert {fault.severity for fault in met} == {"question"}
    assert [fault.place for fault in met] == [
        f"Alder.xlsx!price_lines!tier_prices{n}" for n in (1, 2, 3)
    ]
    assert "allowed: 'marginal' or 'all units'" in met[0].message


def test_tiers_of_one_price_say_the_same() -> None:
    first, second, third = tiers()
    other, blank = {"tier_prices": "all units"}, {"tier_prices": None}
    _, fault = faults(first, second | other, third | blank)
    assert fault.message.startswith("found 'all units', and 'marginal' at Alder.xlsx!price_lines")


def test_a_tier_s_volumes_on_another_basis_are_a_fault_at_their_cell() -> None:
    [fault] = faults(line("per_transaction", 8, tier_from=0))
    assert fault.place == "Alder.xlsx!price_lines!tier_from1"
    assert "allowed: blank, or the basis 'per_transaction_tier'" in fault.message
    [fault] = faults(tier(8, None, None))
    assert fault.severity == "question"
    assert fault.place == "Alder.xlsx!price_lines!tier_from1"
    assert str(fault) == (
        "Alder.xlsx!price_lines!tier_from1: blank, so that it is open at what volume this tier "
        "begins; allowed: a volume"
    )


# shares


def test_lines_of_one_component_are_not_charged_on_top_of_one_another() -> None:
    stacked = [line("per_transaction", 9 - n, item=f"From {n},000") for n in (1, 2, 3)]
    met = faults(*stacked)
    assert [f.place for f in met] == [f"Alder.xlsx!price_lines!basis{n}" for n in (1, 2, 3)]
    for fault in met:
        assert "for 300 % of the transactions in the months 1 to 12" in fault.message
        assert ", as a blank share means all of them" in fault.message
        assert "they look like volume tiers, as 'From 1,000' speaks of a volume" in fault.message
        assert str(fault.allowed).startswith("each line's share")
        assert "'per_transaction_tier' for volume tiers" in str(fault.allowed)


@pytest.mark.parametrize(
    "lines",
    [
        # what people and what technology cost
        [line("per_transaction", 8), line("per_transaction", 0.4, component="technology")],
        # channels
        [line("per_transaction", p, volume_share=s) for p, s in ((8, 0.7), (5, 0.2), (2, 0.1))],
        # a price for the first months, and one for the others
        [line("per_transaction", 9, last_month=6), line("per_transaction", 8, first_month=7)],
        # agents for voice, e-mail by the piece
        [line("per_month", 9000), line("per_transaction", 3, volume_share=0.4)],
    ],
)
def test_each_transaction_has_one_price_of_each_component(lines: list[Any]) -> None:
    assert total(bid(*lines), rules()) > 0


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([(8, 0.7, 1, 12), (5, 0.4, 1, 12)], "110 % of the transactions in the months 1 to 12"),
        ([(8, 0.7, 1, 12), (5, 0.2, 1, 12)], "90 % of the transactions in the months 1 to 12"),
        ([(8, None, 1, 7), (5, None, 7, 12)], "200 % of the transactions in the months 7 to 7"),
        ([(8, 0.5, 1, 12), (5, 0.5, 1, 9)], "50 % of the transactions in the months 10 to 12"),
    ],
)
def test_shares_that_do_not_add_up_in_some_month_are_a_fault(lines: list[Any], says: str) -> None:
    met = faults(
        *(
            line("per_transaction", price, volume_share=share, first_month=first, last_month=last)
            for price, share, first, last in lines
        )
    )
    assert all(says in fault.message for fault in met)
    assert {fault.severity for fault in met} == {"fault"}


def test_a_set_of_tiers_and_a_plain_price_of_one_component_are_two_prices() -> None:
    met = faults(*tiers(), line("per_transaction", 1))
    assert len(met) == 2
    assert all("200 % of the transactions" in fault.message for fault in met)
    assert at(10, bid(*tiers(), line("per_transaction", 1, component="technology"))) == 94


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=4),
    st.lists(st.sampled_from(["labour", "technology"]), min_size=4, max_size=4),
)
def test_a_total_is_found_just_where_the_shares_of_each_component_make_a_whole(
    shares: list[int], components: list[str]
) -> None:
    lines = [
        line("per_transaction", 2, volume_share=share / 100, component=component)
        for share, component in zip(shares, components, strict=False)
    ]
    sums: dict[str, int] = {}
    for share, component in zip(shares, components, strict=False):
        sums[component] = sums.get(component, 0) + share
    if set(sums.values()) == {100}:
        assert at(100, bid(*lines)) == pytest.approx(200 * len(sums))
    else:
        met = faults(*lines)
        wrong = {component for component, whole in sums.items() if whole != 100}
        at_fault = [c for _, c in zip(shares, components, strict=False) if c in wrong]
        assert len(met) == len(at_fault)


@pytest.mark.parametrize(
    ("item", "volume"),
    [
        ("0-25,000", "25,000"),
        ("above 40,000", "40,000"),
        ("ab 40.000", "40.000"),
        ("Contacts 25 001 \u2013 40 000", "25 001"),
        ("up to 25k contacts", "25k"),
        (">40000", "40000"),
        ("Contacts, all channels", None),
        ("Voice 2027-2029", None),
        ("Chat, 08:00-20:00, 24/7", None),
        ("Claims above EUR 10,000", None),
        ("Claims up to 10,000 \u20ac", None),
        ("Levels 1 to 3", None),
        ("Tier 1", None),
    ],
)
def test_an_item_that_speaks_of_a_volume_is_recognised(item: str, volume: str | None) -> None:
    assert volume_in(item) == volume


def test_a_price_for_all_transactions_whose_item_speaks_of_a_volume_is_asked_about() -> None:
    [fault] = faults(line("per_transaction", 8.4, item="0-25,000"))
    assert fault.severity == "question"
    assert fault.place == "Alder.xlsx!price_lines!basis1"
    assert "the basis 'per_transaction_tier' where it is a volume tier" in fault.message
