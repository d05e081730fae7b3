"""Languages: what channels need against what is offered, tested and covered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.builders import rules as any_rules
from make.languages import CHAT, offering, row, rules, taken
from make.responses import response
from vendor_eval.measures.measure import MEASURES, missing_needs
from vendor_eval.rules.opening_hours import hours
from vendor_eval.rules.service import CEFR

# --- levels --------------------------------------------------------------------------------------


def test_the_level_of_a_language_is_the_lowest_with_agents_tested() -> None:
    offered = offering(("de", "C1", 40), ("de", "B2", 5), ("en", "A2", 9))
    measured = taken("cefr_level", offered, language="de")
    assert measured.value == "B2"
    assert len(measured.cells) == 6


def test_a_level_that_nobody_was_tested_at_does_not_count() -> None:
    offered = offering(("de", "C1", 40), ("de", "B1", 0), ("de", "A1", None))
    assert taken("cefr_level", offered, language="de").value == "C1"


@pytest.mark.parametrize("agents", [0, None])
def test_a_language_offered_without_a_test_has_no_level(agents: int | None) -> None:
    measured = taken("cefr_level", offering(("de", "C2", agents)), language="de")
    assert measured.value == "none"
    assert measured.note == "de: offered, but no agent tested"


def test_a_language_that_is_not_offered_has_no_level_and_an_empty_sheet_tells_nothing() -> None:
    measured = taken("cefr_level", offering(("en", "C1", 3)), language="de")
    assert (measured.value, measured.note) == ("none", "de: not among the languages listed")
    assert taken("cefr_level", response(), language="de").value is None


@given(st.lists(st.tuples(st.sampled_from(CEFR), st.integers(0, 3)), min_size=1))
def test_one_more_row_never_raises_the_lowest_level(rows: list[tuple[str, int]]) -> None:
    order = ("none", *CEFR)

    def level(levels: list[tuple[str, int]]) -> int:
        measured = taken("cefr_level", offering(*(("de", *r) for r in levels)), language="de")
        return order.index(str(measured.value))

    if any(agents for _, agents in rows[:-1]):
        assert level(rows) <= level(rows[:-1])


def test_a_channel_may_be_named() -> None:
    offered = offering(row("en", "B1", 3, channel="chat"), row("en", "C1", 3, channel="voice"))
    assert taken("cefr_level", offered, language="en").value == "B1"
    assert taken("cefr_level", offered, language="en", channel="voice").value == "C1"
    assert taken("agents_tested", offered, language="en", channel="chat").value == 0
    measured = taken("cefr_level", offered, language="en", channel="fax")
    assert (measured.value, measured.note) == (None, "the rules have no channel 'fax'")
    measured = taken("agents_tested", offered, language="de", channel="chat")
    assert (measured.value, measured.note) == (None, "no channel 'chat' needs de")


@pytest.mark.parametrize("agents", ["many", 1e300, -1.0])
def test_agents_that_are_no_count_leave_the_measure_blank(agents: Any) -> None:
    offered = offering(("de", "C1", agents))
    for name, parameters in [("cefr_level", {"language": "de"}), ("languages_covered", {})]:
        measured = taken(name, offered, **parameters)
        assert measured.value is None
        assert "Alder.xlsx!languages!agents1: found" in measured.note


# --- requirements --------------------------------------------------------------------------------


def test_a_requirement_is_met_by_agents_tested_at_its_level_or_above() -> None:
    offered = offering(("de", "C2", 2), ("en", "B2", 1))
    measured = taken("languages_covered", offered)
    assert (measured.value, measured.note) == (100, "3 of 3 met")


def test_what_is_not_met_is_named() -> None:
    offered = offering(("de", "B2", 50), row("en", "C1", 9, channel="Voice"))
    measured = taken("languages_covered", offered)
    assert measured.value == pytest.approx(100 / 3)
    assert measured.note == "1 of 3 met; not de C1 in voice, en B2 in Web chat"


@pytest.mark.parametrize("channel", ["chat", "Web chat", "WEB CHAT", None])
def test_a_row_is_for_the_channel_it_names_or_for_all(channel: str | None) -> None:
    offered = offering(row("en", "B2", 4, channel=channel))
    measured = taken("languages_covered", offered, rules(CHAT))
    assert measured.value == 100


def test_a_channel_that_the_rules_do_not_know_leaves_the_measure_blank_and_is_told() -> None:
    measured = taken("languages_covered", offering(row("en", "B2", 4, channel="chat; Fax")))
    assert measured.value is None
    assert measured.note == (
        "Alder.xlsx!languages!channel1: unknown channel 'Fax'; allowed: 'voice' or 'Web chat'"
    )


@given(st.lists(st.sampled_from(["voice", "VOICE", "chat", "Web chat", " web  CHAT "])))
def test_a_row_is_for_every_channel_that_it_names_by_any_name(names: list[str]) -> None:
    offered = offering(("de", "C1", 1), row("en", "B2", 4, channel=";".join(names) or None))
    met = {"voice" if "voice" in name.casefold() else "chat" for name in names}
    measured = taken("languages_covered", offered)
    assert measured.value == pytest.approx(100 * (1 + (len(met) or 2)) / 3)


def test_agents_tested_are_those_of_the_channel_with_the_fewest() -> None:
    offered = offering(
        row("en", "B2", 30, channel="voice"),
        row("en", "C1", 10, channel="voice"),
        row("en", "B1", 99, channel="chat"),
        row("en", "C2", 7, channel="chat"),
    )
    measured = taken("agents_tested", offered, language="en")
    assert measured.value == 7
    assert measured.note == "en B2 in voice: 40; en B2 in Web chat: 7"


def test_a_language_that_no_channel_needs_is_not_measured() -> None:
    measured = taken("agents_tested", offering(("fr", "C1", 5)), language="fr")
    assert (measured.value, measured.note) == (None, "no channel needs fr")


# --- hours ---------------------------------------------------------------------------------------


def test_hours_are_the_union_of_rows_within_the_channels_hours() -> None:
    offered = offering(
        row("de", "C1", 5, hours="06:00-12:00"),
        row("de", "C2", 5, hours="10:00-16:00"),
        row("de", "B2", 50, hours="00:00-24:00"),  # below the level
    )
    measured = taken("language_hours", offered, language="de")
    assert measured.value == 8
    assert measured.note == "de C1 in voice: 8 of 12 h"


def test_the_channel_with_the_fewest_hours_counts() -> None:
    offered = offering(row("en", "B2", 5, hours="00:00-12:00"))
    measured = taken("language_hours", offered, language="en")
    assert measured.value == 4
    assert measured.note == "en B2 in voice: 4 of 12 h; en B2 in Web chat: 12 of 24 h"


def test_the_share_of_hours_is_over_all_channels_and_languages() -> None:
    # needed 12 + 12 + 24 h; German 6 h, English 12 h by phone, 18 h by chat
    offered = offering(
        row("de", "C1", 5, hours="08:00-14:00"), row("en", "B2", 5, hours="06:00-24:00")
    )
    measured = taken("language_hours_share", offered)
    assert measured.value == pytest.approx(100 * (6 + 12 + 18) / 48)
    assert measured.note == "36 of 48 language hours a day"


def test_a_language_nobody_was_tested_in_is_covered_for_no_hour() -> None:
    offered = offering(row("de", "B1", 5, hours="00:00-24:00"))
    assert taken("language_hours", offered, language="de").value == 0


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("24/7", "Alder.xlsx!languages!hours1: found '24/7'; allowed: times such as 08:00-20:00"),
        ("8 to 8", "allowed: times such as 08:00-20:00"),
        (None, "de C1 in voice: no hours are stated"),
    ],
)
def test_hours_that_are_blank_or_unclear_are_not_read_as_none_or_all(
    typed: str | None, why: str
) -> None:
    measured = taken("language_hours", offering(row("de", "C1", 5, hours=typed)), language="de")
    assert measured.value is None
    assert why in measured.note


clock = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{15 * (quarter % 4):02}")
span = st.tuples(clock, clock).filter(lambda pair: pair[0] != pair[1]).map("-".join)


@given(st.lists(span, min_size=1, max_size=4), span)
def test_one_more_row_never_covers_less_and_never_more_than_is_needed(
    spans: list[str], more: str
) -> None:
    def covered(spans: list[str]) -> float:
        offered = offering(*(row("de", "C1", 1, hours=s) for s in spans))
        value = taken("language_hours", offered, language="de").value
        assert isinstance(value, float)
        return value

    assert covered(spans) <= covered([*spans, more]) <= hours("08:00-20:00").minutes / 60


# --- all of them ---------------------------------------------------------------------------------

ENGLISH = {"language": "en"}
MEASURED: list[tuple[str, dict[str, str]]] = [
    ("languages_covered", {}),
    ("agents_tested", ENGLISH),
    ("language_hours", ENGLISH),
    ("language_hours_share", {}),
]


@pytest.mark.parametrize(("name", "parameters"), MEASURED)
def test_what_channels_need_must_be_given(name: str, parameters: dict[str, str]) -> None:
    typed = any_rules({"cost": 1}, service={"country": "DE"})
    assert missing_needs(MEASURES[name](**parameters), typed) == ("service.channels",)


@pytest.mark.parametrize(("name", "parameters"), MEASURED)
def test_an_empty_sheet_leaves_the_measure_blank(name: str, parameters: dict[str, str]) -> None:
    measured = taken(name, response(), **parameters)
    assert (measured.value, measured.note) == (None, "no language is listed")


def test_a_language_that_does_not_exist_is_a_fault_of_the_rules() -> None:
    with pytest.raises(ValueError, match="a language of ISO 639"):
        taken("cefr_level", response(), language="German")
