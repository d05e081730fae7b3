"""Checks: what contradicts itself is asked about at its cells, what agrees is left alone."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.cases import LEAF, bid, case, line, site
from make.hostile import HOSTILE
from vendor_eval.bids.response import Answer, Cell, Response
from vendor_eval.clarifications import Outcome, clarifications_of
from vendor_eval.clarifications.buyer import BusiestInterval, BuyerExpectations
from vendor_eval.clarifications.check import CHECKS
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.measures.security.scopes import Sites, scope
from vendor_eval.rules.opening_hours import hours
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.rules_file import read_rules_file
from vendor_eval.tender.tender import Tender

WITHIN_5_PERCENT = {"tolerance": 5.0}


def outcome(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> Outcome:
    """What one check came to."""
    asked = clarifications_of(rfp, evaluate(rfp.rules, rfp.proposals), expected=expected)
    return asked.outcomes[CHECKS.names().index(name)]


def asked(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> list[str]:
    """What one check asks the first vendor."""
    questions = outcome(name, rfp, expected).asked.get(rfp.proposals.vendors[0], ())
    return [question.question for question in questions]


def cells(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> list[str]:
    """Where what one check asks the first vendor about stands, without the file's name."""
    questions = outcome(name, rfp, expected).asked.get(rfp.proposals.vendors[0], ())
    return [place.partition("!")[2] for question in questions for place, _ in question.cells]


def unmade(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> tuple[str, ...]:
    """Why one check could not be made on the first vendor's bid."""
    return outcome(name, rfp, expected).unmade.get(rfp.proposals.vendors[0], ())


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


# prices


WAGES = {"loaded_wage_month": {"PL": 2100.0, "IN": 700.0}, "loaded_wage_source": "Our survey 2026"}


def priced(price: float, *countries: str, basis: str = "per_fte_month", **more: Any) -> Tender:
    """A case of one vendor with sites in these countries and one price of labour."""
    sites = [site(country) for country in countries]
    response = bid(sites=sites, price_lines=[line(basis, 40, price=price, **more)])
    return case(response, clarify=WAGES)


def test_a_price_below_the_loaded_wage_is_asked_about_without_naming_the_wage() -> None:
    rfp = priced(2000, "PL")
    questions = outcome("loaded_wage", rfp).asked["Alder"]
    assert [cell for question in questions for cell in question.cells] == [
        ("Alder.xlsx!price_lines!price1", "2000")
    ]
    assert "2,100" not in questions[0].question
    assert "2,100 in Poland (Our survey 2026)" in questions[0].note
    assert asked("loaded_wage", priced(2100, "PL")) == []


def test_the_lowest_wage_of_the_countries_delivered_from_counts() -> None:
    assert asked("loaded_wage", priced(2000, "PL", "IN")) == []
    assert len(asked("loaded_wage", priced(600, "PL", "IN"))) == 1


def test_an_hours_price_is_compared_with_an_hours_wage() -> None:
    # 2,100 a month x 12 / 1,560 hours = 16.15 an hour
    for price, questions in ((16.1, 1), (16.2, 0)):
        lines = [line("per_productive_hour", 40, price=price)]
        terms = {"productive_hours": 1560}
        response = bid(sites=[site("PL")], price_lines=lines, price_terms=terms)
        assert len(asked("loaded_wage", case(response, clarify=WAGES))) == questions


def test_without_a_wage_or_a_rate_the_check_says_so() -> None:
    assert unmade("loaded_wage", priced(2, "PL", "MA")) == ("no loaded wage is stated for Morocco",)
    [why] = unmade("loaded_wage", priced(2, "IN", currency="INR"))
    assert "no exchange rate for INR" in why
    rates = BuyerExpectations(rates={"INR": 0.01})
    assert len(asked("loaded_wage", priced(60_000, "IN", currency="INR"), rates)) == 1
    assert asked("loaded_wage", priced(70_000, "IN", currency="INR"), rates) == []


LOW = {"abnormally_low": {"below_mean_of_others": 20.0}}


def tender(*prices: object, **clarify: Any) -> Tender:
    """A case of vendors with these prices, the first of whom is looked at."""
    names = ("Alder", "Birch", "Cedar", "Dogwood")
    bids = [bid(name, price) for name, price in zip(names, prices, strict=False)]
    return case(*bids, clarify=clarify)


def test_a_price_far_below_the_mean_of_the_others_is_asked_about() -> None:
    rfp = tender(800, 1000, 1000, **LOW)
    [question] = outcome("abnormally_low", rfp).asked["Alder"]
    assert question.note == "20 % below the mean of the 2 other bids, 1,000 EUR"
    assert question.cells == (("Alder.xlsx!answers!cost", "800"),)
    assert asked("abnormally_low", tender(801, 1000, 1000, **LOW)) == []
    # its own price is not in the mean: 25 % below 1,000, though 18 % below all three's 917
    assert len(asked("abnormally_low", tender(750, 1000, 1000, **LOW))) == 1


class Counted(Measure):
    """The price of all lines, and as much again that the buyer pays for by itself."""

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(["price_lines"])

    def __call__(self, facts: Facts) -> Measured:
        prices = [row["price"] for row in facts.response.rows("price_lines")]
        return Measured(2 * sum(cell.number for cell in prices), facts.response.cells)


def test_a_price_that_is_counted_is_stated_in_no_letter_and_asked_about_at_its_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(MEASURES._known, "counted", Counted)
    low, high = [line("once", price=3000), line("once", price=1000)], [line("once", price=9000)]
    bids = [bid("Alder", price_lines=low), bid("B", price_lines=high), bid("C", price_lines=high)]
    counted = {key: part for key, part in LEAF.items() if key != "answer"} | {"measure": "counted"}
    rfp = case(*bids, clarify=LOW, criteria=(counted,), price="counted")
    [question] = outcome("abnormally_low", rfp).asked["Alder"]
    assert question.question.startswith("Your price seems low for what is asked.")
    assert re.findall(r"\d", question.question) == []
    assert question.note.startswith("counted as 8,000 EUR: 55.5 % below the mean")
    assert cells("abnormally_low", rfp) == ["price_lines!price1", "price_lines!price2"]


def test_a_price_that_is_typed_is_stated_as_it_is_typed() -> None:
    [question] = asked("abnormally_low", tender("800..810", 2000, 2000, **LOW))
    assert question.startswith("Your price, stated as \u201c800..810\u201d, seems low")


def test_a_mean_needs_two_others_and_says_so() -> None:
    assert asked("abnormally_low", tender(1, 1000, **LOW)) == []
    few = "a mean needs 2, and there is {} with a price, not excluded"
    assert unmade("abnormally_low", tender(1, 1000, **LOW)) == (few.format("1 other bid"),)
    assert unmade("abnormally_low", tender(1, **LOW)) == (few.format("no other bid"),)


def test_a_bid_that_is_excluded_moves_no_mean() -> None:
    gate = {"id": "in_time", "label": "In time", "answer": "late", "rule": {"equals": "no"}}
    bids = [
        bid(name, price, answers={"late": late})
        for name, price, late in (
            ("Alder", 800, "no"),
            ("Birch", 990, "no"),
            ("Cedar", 990, "no"),
            ("Dogwood", 9000, "yes"),
        )
    ]
    assert asked("abnormally_low", case(*bids, clarify=LOW, gates=(gate,))) == []


def test_a_price_below_the_buyers_own_estimate_is_asked_about() -> None:
    rule = {"abnormally_low": {"below_estimate": 15.0}, "estimate": 1000.0}
    [question] = outcome("abnormally_low", tender(850, **rule)).asked["Alder"]
    assert question.note == "15 % below the buyer's estimate, 1,000 EUR"
    assert asked("abnormally_low", tender(851, **rule)) == []


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


# certificates


def certified(**certificate: object) -> Tender:
    """A case of one vendor with sites in Kraków and Lisbon and one ISO 27001 certificate."""
    sites = [site("PL", city="Kraków"), site("PT", city="Lisbon")]
    held = [{"certificate": "ISO 27001", **certificate}]
    return case(bid(sites=sites, certificates=held), start=date(2027, 1, 1))


def test_a_certificate_whose_scope_leaves_out_a_site_is_asked_about() -> None:
    [question] = asked("certificate_scope", certified(scope="Krakow"))
    assert question.startswith("The scope of your ISO 27001 does not name Lisbon, Portugal, from")
    [question] = asked("certificate_scope", certified())
    assert question == "Which sites and services does your ISO 27001 cover?"


@pytest.mark.parametrize(
    "questions",
    [
        {"scope": "Lisbon; Krak\u00f3w"},
        {"scope": "PL, PT"},
        {"sites": "all sites", "scope": "Contact centre operations"},
        {"sites": "PL; Lisbon"},
        {"certificate": "none"},
    ],
)
def test_a_scope_that_reaches_every_site_is_not_asked_about(questions: dict[str, str]) -> None:
    assert asked("certificate_scope", certified(**questions)) == []


@pytest.mark.parametrize(
    "wording", ["All delivery sites", "every office", "all sites but Lisbon", "as in annex 4"]
)
def test_a_scope_that_the_evaluation_does_not_understand_is_asked_about(wording: str) -> None:
    held = certified(scope=wording)
    read = scope(held.responses[0].rows("certificates")[0], Sites(held.responses[0].rows("sites")))
    assert read.covered == frozenset()
    [question] = asked("certificate_scope", held)
    assert "leaves open whether it covers Krak\u00f3w, Poland and Lisbon, Portugal" in question


def holding(*certificates: dict[str, object], **rules: Any) -> Tender:
    """A case of one vendor with sites in Krak\u00f3w and Lisbon that holds these certificates."""
    sites = [site("PL", city="Krak\u00f3w"), site("PT", city="Lisbon")]
    held = [{"certificate": "ISO 27001", **certificate} for certificate in certificates]
    return case(bid(sites=sites, certificates=held), start=date(2027, 1, 1), **rules)


def test_rows_of_one_certificate_are_taken_together_unless_one_ends_before_the_start() -> None:
    one, other = {"sites": "Lisbon"}, {"sites": "Krakow"}
    assert asked("certificate_scope", holding(one, other)) == []
    over = {**other, "valid_to": date(2026, 12, 31)}
    assert len(asked("certificate_scope", holding(one, over))) == 2
    unlike = {"certificate": "other", "scope": "PrivacyMark"}
    [question] = asked("certificate_scope", holding(one, other, unlike))
    assert "your certificate \u201cPrivacyMark\u201d" in question


ISO_EVERYWHERE = {
    "id": "iso",
    "label": "ISO 27001 at all sites",
    "measure": {"certificate": {"name": "iso27001"}},
    "rule": {"equals": "in force at all sites"},
}
ISO_SHARE = {
    "id": "certified",
    "label": "Agents at certified sites",
    "weight": 1,
    "missing": "worst",
    "measure": {"sites_covered": {"name": "iso27001"}},
    "value": "identity",
}


@pytest.mark.parametrize(
    ("rules", "asking"),
    [
        ({"gates": (ISO_EVERYWHERE,)}, "gates"),
        ({"criteria": (LEAF, ISO_SHARE)}, "blank_answers"),
        ({"gates": (ISO_EVERYWHERE,), "criteria": (LEAF, ISO_SHARE)}, "gates"),
        ({}, "certificate_scope"),
    ],
)
def test_a_scope_is_asked_about_once_where_a_gate_or_a_criterion_hangs_on_it(
    rules: dict[str, Any], asking: str
) -> None:
    year = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 12, 31)}
    rfp = holding({"sites": "annex 4", **year}, **rules)
    by_check = {
        name: question
        for name in ("gates", "blank_answers", "certificate_scope")
        for question in asked(name, rfp)
    }
    assert list(by_check) == [asking]
    assert "leaves open whether it covers" in by_check[asking]
    assert "certificates!sites1" in cells(asking, rfp)


def test_a_certificate_that_expires_before_the_start_is_asked_about() -> None:
    [question] = asked("certificate_expiry", certified(valid_to=date(2026, 12, 31)))
    assert "2026-12-31" in question
    assert asked("certificate_expiry", certified(valid_to=date(2027, 1, 1))) == []
    # the period a SOC 2 report speaks of is always over
    report = certified(certificate="SOC 2", valid_to=date(2026, 6, 30))
    assert asked("certificate_expiry", report) == []


# answers


GATE = {"id": "soc2", "label": "SOC 2 Type II", "answer": "soc2", "rule": {"equals": "type_2"}}


def test_a_gate_left_open_is_asked_about_whoever_is_excluded() -> None:
    late = {"id": "in_time", "label": "In time", "answer": "late", "rule": {"equals": "no"}}
    open_, closed = bid("Alder"), bid("Birch", answers={"soc2": "type_2", "late": "no"})
    excluded = bid("Cedar", answers={"late": "yes"})
    gates_asked = outcome("gates", case(open_, closed, excluded, gates=(GATE, late)))
    assert [len(gates_asked.asked.get(vendor, ())) for vendor in ("Alder", "Birch", "Cedar")] == [
        2,
        0,
        1,
    ]
    assert gates_asked.asked["Cedar"][0].cells == (("Cedar.xlsx!Answers!soc2", ""),)


def test_a_gate_on_points_asks_for_what_is_blank_and_keeps_the_points_to_itself() -> None:
    leaf = {"weight": 1, "answer": "years", "missing": "worst", "unit": "years"}
    years = {**leaf, "id": "years", "label": "Time in the sector", "value": "identity"}
    branch = {"id": "skill", "label": "Skill", "weight": 1, "criteria": (years,)}
    floor = {"id": "floor", "label": "60 points", "criterion": "skill", "rule": {"at_least": 60}}
    rfp = case(bid(), bid("Birch"), criteria=(LEAF, branch), gates=(floor,))
    [question] = outcome("gates", rfp).asked["Alder"]
    assert "Time in the sector (years)" in question.question
    assert "60" not in question.question
    assert question.note == "60 points"
    assert question.cells == (("Alder.xlsx!Answers!years", ""),)
    assert asked("blank_answers", rfp) == []
    ungated = case(bid(), bid("Birch"), criteria=(LEAF, branch))
    assert len(asked("blank_answers", ungated)) == 1


def test_a_range_is_asked_about_and_a_single_number_is_not() -> None:
    [question] = asked("ranges", tender("900..1000", 950))
    assert "900 to 1,000" in question
    assert asked("ranges", tender(900, "900..1000")) == []


ACCEPTED = {"one_of": ("signed with remarks", "signed")}


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("Signed with remarks", 1),
        ("SIGNED  with  remarks", 1),
        ("signedwith remarks", 1),
        ("signed with remarks", 0),
        ("not signed", 0),
        ("signed with two remarks", 0),
    ],
)
def test_an_answer_that_fails_a_gate_by_capitals_or_spaces_alone_is_asked_about(
    typed: str, questions: int
) -> None:
    gate = {"id": "terms", "label": "Our terms", "answer": "terms", "rule": ACCEPTED}
    rfp = case(bid(answers={"terms": typed}), gates=(gate,))
    asked_about = asked("gates", rfp)
    assert len(asked_about) == questions
    for question in asked_about:
        assert (
            f"\u201c{typed}\u201d. Do you mean by it \u201csigned with remarks\u201d?" in question
        )
    # asking changes nothing
    accepted = typed == "signed with remarks"
    status = evaluate(rfp.rules, rfp.proposals).status("Alder")
    assert status == ("eligible" if accepted else "excluded")


def reading(typed: str, note: str, value: float | str = 1234.5, *, used: bool = True) -> Tender:
    """A case of one vendor, a cell of whose holds this, read so; `used`: by a rule."""
    cell, years = Cell(value, "Alder.xlsx!Answers!E9", typed, note), "years"
    scale = {"linear": {"worst": 0, "best": 100_000}}
    leaf = {"id": years, "label": years, "weight": 1, "answer": years, "value": scale}
    levels = {**leaf, "value": {"levels": {"yes": 100, "no": 0}}}
    answers = {"cost": Answer(Cell(7.0, "Alder.xlsx!Answers!E8", "7")), years: Answer(cell)}
    response = Response("Alder", "Alder.xlsx", {"answers": answers})
    rated = levels if isinstance(value, str) else leaf
    return case(response, criteria=(LEAF, rated) if used else (LEAF,))


@pytest.mark.parametrize(
    ("typed", "note", "value"),
    [
        ("1.234,50 EUR", "'1.234,50 EUR' read as 1234.5", 1234.5),
        ("3,0 %", "'3,0 %' read as 3 %", 0.03),
        ("2", "2 read as 2 %", 0.02),
        ("90 000", "'90 000' read as 90000", 90000.0),
    ],
)
def test_a_cell_read_otherwise_than_it_stands_is_shown_as_it_was_read(
    typed: str, note: str, value: float
) -> None:
    [question] = outcome("read_as", reading(typed, note, value)).asked["Alder"]
    assert question.cells == (("Alder.xlsx!Answers!E9", note),)
    # no rule reads it
    assert asked("read_as", reading(typed, note, value, used=False)) == []


@pytest.mark.parametrize(
    ("typed", "note", "value"),
    [
        ("1234.5", "", 1234.5),
        ("1234.5\u00a0", "a no-break space was left out", 1234.5),
        ("Yes", "'Yes' read as 'yes'", "yes"),
        (" yes", "' yes' read as 'yes'", "yes"),
        ("76 %", "'76 %' read as 76 %", 76.0),
    ],
)
def test_a_reading_that_differs_by_capitals_or_outer_spaces_is_not_asked_about(
    typed: str, note: str, value: float | str
) -> None:
    assert asked("read_as", reading(typed, note, value)) == []


# what holds for all checks


def test_without_thresholds_no_check_that_needs_one_is_made_and_each_says_why() -> None:
    rfp = case(bid(sites=[site()], price_lines=[line("per_fte_month", 1)]))
    questions = clarifications_of(rfp, evaluate(rfp.rules, rfp.proposals))
    needing = [o for o in questions.outcomes if o.check.needs]
    assert len(needing) == 6
    for outcome in needing:
        assert outcome.why is not None
        assert all(need in outcome.why for need in outcome.check.needs)
    assert len(questions) == 0


def test_every_check_says_in_a_sentence_what_it_compares() -> None:
    for name in CHECKS:
        assert CHECKS[name].about.endswith("."), name
        assert CHECKS[name].label


def test_no_question_changes_a_score_a_status_or_the_ranking() -> None:
    strict = {"tolerance": 0.0, **WAGES, **LOW}
    bids = [
        bid("Alder", 10, sites=[site()], price_lines=[line("per_fte_month", 1, price=1)]),
        bid("Birch", 100),
        bid("Cedar", 100),
    ]
    asking, silent = case(*bids, clarify=strict), case(*bids)
    assert len(clarifications_of(asking, evaluate(asking.rules, asking.proposals))) == 3
    assert len(clarifications_of(silent, evaluate(silent.rules, silent.proposals))) == 0
    one, other = (evaluate(rfp.rules, rfp.proposals) for rfp in (asking, silent))
    assert one.ranking == other.ranking == ("Alder", "Birch", "Cedar")
    assert one.scores.equals(other.scores)
    assert [one.status(v) for v in one.vendors] == ["eligible"] * 3


NUMBERS = st.sampled_from([0.0, 1e-15, 0.5, 1.0, 40.0, 1e15])
TEXTS = st.sampled_from([*HOSTILE[::9], "24/7", "08:00-16:00", "Lisbon", "PT"])
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
BASES = st.sampled_from(
    ["once", "per_fte_month", "per_productive_hour", "per_transaction", "per_transaction_tier"]
)


def rows_of(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A few rows, whose cells are given or blank but for those that a row must hold."""
    needed = {"country", "head_count", "language", "level", "certificate", "basis", "item"}
    needed |= {"component", "price", "currency"}
    blank = {n: c if n in needed else st.none() | c for n, c in columns.items()}
    return st.lists(st.fixed_dictionaries(blank), max_size=3)


RESPONSES = st.builds(
    bid,
    cost=NUMBERS,
    sites=rows_of(
        country=st.sampled_from(["PL", "PT"]), city=TEXTS, head_count=NUMBERS, shifts=TEXTS
    ),
    languages=rows_of(
        language=st.just("de"), level=st.just("C1"), agents=NUMBERS, site=TEXTS, hours=TEXTS
    ),
    certificates=rows_of(certificate=TEXTS, scope=TEXTS, sites=TEXTS, valid_to=DAYS),
    price_lines=rows_of(
        item=TEXTS,
        basis=BASES,
        component=st.sampled_from(["labour", "technology"]),
        price=NUMBERS,
        currency=st.sampled_from(["EUR", "INR"]),
        quantity=NUMBERS,
        first_month=NUMBERS,
        last_month=NUMBERS,
        volume_share=NUMBERS,
    ),
    price_terms=st.fixed_dictionaries({"productive_hours": NUMBERS, "band_baseline": NUMBERS}),
)


@given(RESPONSES)
def test_whatever_a_response_holds_each_check_asks_something_or_says_why_not(
    response: Response,
) -> None:
    wages = {"loaded_wage_month": {"PL": 2100.0, "PT": 1900.0}, "loaded_wage_source": "Us"}
    clarify = {**WITHIN_5_PERCENT, **wages, **LOW}
    rfp = case(response, bid("B", 9), bid("C", 9), clarify=clarify, start=date(2027, 1, 1))
    expected = BuyerExpectations(
        BusiestInterval(100, 30, 180, 0.8, 20, shrinkage=0.3), (1.0, 2.0), {"EUR": 1.0}
    )
    questions = clarifications_of(rfp, evaluate(rfp.rules, rfp.proposals), expected=expected)
    places = {cell.place for cell in response.cells}
    for _, question in questions.to("Alder"):
        assert question.question.endswith(("?", "."))
        assert {place for place, _ in question.cells} <= places
        assert not re.search(r"\b(?:nan|inf)\b", question.question + question.note)
    assert [o.check.label for o in questions.outcomes if o.why] == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tolerance: 100", "found 100; allowed: below 100"),
        ("loaded_wage_month: {Poland: 2100}", "found the key 'Poland'; allowed: two letters"),
        ("loaded_wage_month: {PL: 0}", "found 0; allowed: above 0"),
        ("loaded_wage_month: {PL: 2100}", "without 'loaded_wage_source'; say whose"),
        ("abnormally_low: {}", "allowed: 'below_mean_of_others', 'below_estimate' or both"),
        ("abnormally_low: {below_estimate: 15}", "needs 'estimate', the buyer's own"),
        ("tolerence: 5", "did you mean 'tolerance'?"),
    ],
)
def test_thresholds_that_mean_nothing_are_faults_with_their_line(typed: str, sentence: str) -> None:
    rules = f"""\
title: T
decision: D?
currency: EUR
price: cost
clarify:
  {typed}
criteria:
  - {{id: cost, label: Cost, weight: 1, answer: cost, value: {{linear: {{worst: 9, best: 5}}}}}}
"""
    _, [fault], _ = read_rules_file(rules.encode())
    assert sentence in fault.message
    assert fault.place in ("evaluation.yaml:5", "evaluation.yaml:6")
