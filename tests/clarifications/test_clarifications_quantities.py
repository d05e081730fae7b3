"""Checks of head-counts, hours, volumes, languages and sites."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.cases import bid, case, line, site
from make.checks import WITHIN_5_PERCENT, asked, cells, outcome, unmade
from vendor_eval.clarifications.buyer import BusiestInterval, BuyerExpectations
from vendor_eval.rules.opening_hours import hours
from vendor_eval.tender.tender import Tender

# head-counts, hours and volumes


def staffed(*lines: dict[str, Any], head_count: float = 40, **more: Any) -> Tender:
    """A case of one vendor with one site and these price lines."""
    response = bid(sites=[site(head_count=head_count)], price_lines=list(lines), **more)
    return case(response, clarify=WITHIN_5_PERCENT)


def test_a_head_count_that_two_sheets_state_differently_is_asked_about_at_its_cells() -> None:
    rfp = staffed(line("per_fte_month", 30), line("per_fte_month", 5))
    [question] = asked("head_count", rfp)
    assert "40 FTE" in question
    assert "35 FTE" in question
    assert cells("head_count", rfp) == [
        "sites!head_count1",
        "price_lines!quantity1",
        "price_lines!quantity2",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [line("per_fte_month", 40)],
        [line("per_fte_month", 38)],  # 5 % of the larger figure
        [line("per_fte_month", 30), line("per_fte_month", 10)],
        # a ramp: never more than 40 at once
        [line("per_fte_month", 20, last_month=3), line("per_fte_month", 40, first_month=4)],
        # those who learn before the start are those who work after it
        [line("per_fte_month", 40, first_month=0, last_month=0), line("per_fte_month", 40)],
        # a licence for every agent is not another agent
        [line("per_fte_month", 40), line("per_fte_month", 40, component="technology")],
        # some are paid by the hour
        [line("per_fte_month", 10), line("per_productive_hour", 4000)],
    ],
)
def test_head_counts_that_agree_are_not_asked_about(lines: list[dict[str, Any]]) -> None:
    assert asked("head_count", staffed(*lines)) == []


def test_hours_priced_beyond_what_the_head_count_works_are_asked_about() -> None:
    # 40 FTE of 1,560 hours a year work 5,200 a month
    terms = {"productive_hours": 1560}
    hours = line("per_productive_hour", 6000)
    [question] = asked("productive_hours", staffed(hours, price_terms=terms))
    assert "6,000 productive hours" in question
    assert "5,200" in question
    fits = line("per_productive_hour", 5200)
    assert asked("productive_hours", staffed(fits, price_terms=terms)) == []


def test_those_paid_by_the_month_do_not_work_the_hours_of_others() -> None:
    terms = {"productive_hours": 1560}
    lines = (line("per_fte_month", 10), line("per_productive_hour", 3900))  # 30 FTE
    assert asked("productive_hours", staffed(*lines, price_terms=terms)) == []
    lines = (line("per_fte_month", 20), line("per_productive_hour", 3900))
    assert (
        "not priced per month" in asked("productive_hours", staffed(*lines, price_terms=terms))[0]
    )


def test_volumes_are_compared_with_the_vendors_own_band_and_with_the_forecast() -> None:
    rfp = staffed(line("per_transaction", 50_000), price_terms={"band_baseline": 45_000})
    [question] = asked("volumes", rfp)
    assert "50,000" in question
    assert "45,000" in question
    assert cells("volumes", rfp) == ["price_lines!quantity1", "price_terms!band_baseline"]
    [question] = asked("forecast", rfp, BuyerExpectations(volume=(60_000.0, 70_000.0)))
    assert "60,000" not in question
    for volume in ((40_000.0, 60_000.0), (51_000.0, 60_000.0), (40_000.0, 49_000.0)):
        assert asked("forecast", rfp, BuyerExpectations(volume=volume)) == []
    assert unmade("forecast", rfp) == ("the rules give no volume",)


@pytest.mark.parametrize(
    ("quantity", "says"), [(420_000, 1), (11_000, 1), (100_000, 0), (14_000, 0)]
)
def test_without_a_tolerance_a_volume_far_from_the_forecast_is_asked_about(
    quantity: float, says: int
) -> None:
    # from a third of 35,000 to three times 40,000
    rfp = case(bid(price_lines=[line("per_transaction", quantity)]))
    expected = BuyerExpectations(volume=(35_000.0, 40_000.0))
    assert len(asked("forecast", rfp, expected)) == says


def test_a_line_for_a_share_of_the_transactions_stands_for_all_of_them() -> None:
    fee = line("per_transaction", 50_000, component="technology")
    voice = line("per_transaction", 15_000, volume_share=0.3)
    chat = line("per_transaction", 15_000, volume_share=0.2, item="Chat")
    rfp = staffed(fee, voice, chat, price_terms={"band_baseline": 50_000})
    [question] = asked("volumes", rfp)
    assert "Chat" in question
    assert "20 % of all" in question


def test_a_share_whose_text_speaks_of_a_volume_is_asked_about_at_both_cells() -> None:
    first = line("per_transaction", item="0-25,000", volume_share=0.6)
    rest = line("per_transaction", item="Chat, 2027-2029", volume_share=0.4)
    rfp = staffed(first, rest)
    [question] = asked("volumes_in_items", rfp)
    assert "0-25,000" in question
    assert "60 % of the transactions of every month" in question
    assert cells("volumes_in_items", rfp) == ["price_lines!item1", "price_lines!volume_share1"]
    plain = line("per_transaction", item="0-25,000")  # it has no total, and is asked about there
    assert asked("volumes_in_items", staffed(plain)) == []


@given(one=st.floats(0, 1e6), other=st.floats(0, 1e6), percent=st.integers(0, 99))
def test_two_figures_are_apart_whichever_is_named_first(
    one: float, other: float, percent: int
) -> None:
    def questions(sites: float, priced: float) -> int:
        response = bid(sites=[site(head_count=sites)], price_lines=[line("per_fte_month", priced)])
        return len(asked("head_count", case(response, clarify={"tolerance": float(percent)})))

    assert questions(one, other) == questions(other, one)
    assert questions(one, one) == 0


# languages, sites and hours


def speaking(*offers: dict[str, Any], shifts: str | None = None) -> Tender:
    """A case of one vendor with sites in Kraków (40 FTE) and Lisbon (10), and these languages."""
    sites = [site("PL", 40, city="Kraków", shifts=shifts), site("PT", 10, city="Lisbon")]
    rows = [{"language": "de", "level": "C1", **offer} for offer in offers]
    return case(bid(sites=sites[: 1 if shifts else 2], languages=rows))


def test_a_language_from_a_site_that_is_not_there_is_asked_about() -> None:
    rfp = speaking({"site": "KRAKOW"}, {"site": "Porto"}, {"site": "Portugal"}, {})
    [question] = asked("language_sites", rfp)
    assert "German" in question
    assert "Porto" in question
    assert cells("language_sites", rfp) == [
        "languages!language2",
        "languages!site2",
        "sites!city1",
        "sites!city2",
    ]


def test_more_agents_tested_than_work_there_are_asked_about() -> None:
    rfp = speaking({"site": "Lisbon", "agents": 12}, {"agents": 50}, {"agents": 51})
    lisbon, everywhere = asked("language_agents", rfp)
    assert "12 agents" in lisbon
    assert "10 FTE" in lisbon
    assert "51 agents" in everywhere
    assert "50 FTE" in everywhere


def test_hours_that_no_shift_covers_are_asked_about() -> None:
    rfp = speaking(
        {"hours": "07:00-22:00"}, {"hours": "08:00-20:00"}, shifts="08:00-16:00, 12:00-20:00"
    )
    [question] = asked("hours_covered", rfp)
    assert "15 hours a day" in question
    assert "12" in question
    assert cells("hours_covered", rfp) == ["languages!hours1", "sites!shifts1"]


@pytest.mark.parametrize(
    "typed", ["8-16", "24/7", "08:00-16:00 or later", "flexible", "9.00-17.00"]
)
def test_hours_that_no_measure_counts_are_counted_by_no_letter(typed: str) -> None:
    with pytest.raises(ValueError, match="allowed: times such as"):
        hours(typed)
    rfp = speaking({"hours": "00:00-24:00"}, shifts=typed)
    assert asked("hours_covered", rfp) == []
    assert f"\u201c{typed}\u201d cannot be read (Alder.xlsx!sites!shifts1)" in unmade(
        "hours_covered", rfp
    )


ASIAN = {"id": "chat", "hours": "08:00-20:00", "languages": {"zh": "B2", "de": "B2"}}


def test_a_language_of_the_family_that_is_needed_is_asked_about_where_nothing_else_is_offered() -> (
    None
):
    service = {"country": "DE", "channels": (ASIAN,)}
    offers = [{"language": code, "level": "C1", "agents": 5} for code in ("yue", "de", "fr")]
    rfp = case(bid(sites=[site()], languages=offers), service=service)
    [question] = asked("languages_alike", rfp)
    assert question == (
        "You offer Cantonese, and Chinese is needed, which is taken to mean its standard form. "
        "Are agents tested in Chinese too?"
    )
    assert cells("languages_alike", rfp) == ["languages!language1"]
    both = [*offers, {"language": "zh", "level": "C1", "agents": 5}]
    assert (
        asked("languages_alike", case(bid(sites=[site()], languages=both), service=service)) == []
    )


@pytest.mark.parametrize("typed", ["chat", "CHAT", "Chat and e-mail", "Chat  and\ne-mail "])
def test_a_channel_goes_by_its_label_whichever_name_is_typed(typed: str) -> None:
    chat = {"id": "chat", "label": "Chat and e-mail", "hours": "08:00-20:00"}
    service = {"country": "DE", "channels": ({**chat, "languages": {"de": "B2"}},)}
    offer = {"language": "de", "level": "C1", "site": "Porto", "channel": typed}
    rfp = case(bid(sites=[site()], languages=[offer]), service=service)
    [question] = asked("language_sites", rfp)
    assert "German at C1 for Chat and e-mail from Porto" in question


# the service level


def answering(head_count: float) -> Tender:
    """A case of one vendor with so many people."""
    return case(bid(sites=[site(head_count=head_count)]))


def test_a_head_count_that_cannot_meet_the_service_level_is_asked_about() -> None:
    # the worked example: 100 calls of 180 s in 30 minutes, 80 % in 20 s, take 14 agents
    peak = BuyerExpectations(BusiestInterval(100, 30, 180, 0.8, 20, shrinkage=0.3))
    [question] = outcome("service_level", answering(19), peak).asked["Alder"]
    assert "How will your 19 FTE reach that, allowing for breaks, leave and training?" in (
        question.question
    )
    assert "of 19 FTE, with 30 % not on the line, 13 can answer" in question.note
    assert "takes 14" in question.note
    # what the buyer counts with is its own: the shrinkage, the agents on the line and those needed
    assert re.findall(r"\b(?:30 %|13|14)", question.question) == []
    assert asked("service_level", answering(20), peak) == []
    on_the_line = BuyerExpectations(BusiestInterval(100, 30, 180, 0.8, 20, shrinkage=0))
    [question] = outcome("service_level", answering(13), on_the_line).asked["Alder"]
    assert "13 FTE, 13 can answer" in question.note
    assert asked("service_level", answering(14), on_the_line) == []
    assert unmade("service_level", answering(1)) == ("the rules give no peak of the service",)
    vast = BuyerExpectations(BusiestInterval(1e9, 1e-3, 1e9, 0.8, 20, shrinkage=0))
    assert unmade("service_level", answering(1), vast) == (
        "the peak of the service is beyond all measure",
    )
    less = outcome(
        "service_level",
        answering(-20),
        BuyerExpectations(BusiestInterval(100, 30, 180, 0.8, 20, shrinkage=0)),
    )
    assert less.unmade["Alder"] == ("the sites' head-counts add up to less than nothing",)
