"""Text that is compared with a known list is read as an entry of it, or is a fault at its cell."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import buyers
from make.builders import rules
from make.response_books import fill, saved
from vendor_eval.bids.response import Response
from vendor_eval.bids.workbooks.grid import GridCell
from vendor_eval.bids.workbooks.kinds import read as read_cell
from vendor_eval.bids.workbooks.notation import Ambiguous
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Question, Questionnaire
from vendor_eval.rules.rules import Rules

CHANNELS = (
    {"id": "voice", "label": "Telephone", "hours": "08:00-18:00", "languages": {"de": "B2"}},
    {"id": "fnol", "label": "First notice, by day", "hours": "08:00-18:00",
     "languages": {"de": "B2"}},
    {"id": "chat", "hours": "08:00-18:00", "languages": {"yue": "B2"}},
)  # fmt: skip


def buying(*channels: dict[str, Any]) -> Rules:
    """Rules of a buyer in Frankfurt who needs these channels."""
    service = {"country": "DE", "time_zone": "Europe/Berlin", "channels": channels}
    return rules({"cost": 1}, service=service)


RULES = buying(*CHANNELS)
OFFER = {"language": "German", "level": "C1", "agents": 20.0}


def returned(
    tables: Mapping[str, list[dict[str, Any]]], under: Rules = RULES
) -> tuple[Response, list[Fault]]:
    """What is read of a workbook that asks for these tables alone, and its faults."""
    asked = Questionnaire(tuple(p for p in every_question(under).parts if p.id in tables))
    book = fill(workbook(asked, under), asked, "Birch", {}, tables)
    bid, faults = response(saved(book), "Birch.xlsx", asked)
    assert bid is not None
    return bid, faults


def offered(under: Rules = RULES, **more: Any) -> tuple[Response, list[Fault]]:
    """What is read of a workbook with one row of languages."""
    return returned({"languages": [OFFER | more]}, under)


# --- channels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("Telephone", "voice"),
        ("voice", "voice"),
        (" TELEPHONE ", "voice"),
        ("Telephone; chat", "voice; chat"),
        ("chat\nTelephone;", "chat; voice"),
        ("First notice, by day", "fnol"),
        ("fnol, VOICE", "fnol; voice"),
        ("voice; Telephone", "voice"),
    ],
)
def test_channels_are_read_by_id_or_label_and_several_at_once(typed: str, held: str) -> None:
    bid, faults = offered(channel=typed)
    assert faults == []
    assert bid.rows("languages")[0]["channel"].text == held


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("Telephone", ""),
        ("voice", ""),
        ("chat;Telephone", ""),
        ("telephone", "'telephone' read as Telephone"),
        ("chat, VOICE", "'chat, VOICE' read as chat; Telephone"),
    ],
)
def test_channels_are_noted_where_their_names_are_written_otherwise(typed: str, note: str) -> None:
    bid, _ = offered(channel=typed)
    assert bid.rows("languages")[0]["channel"].note == note


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Phone", "found 'Phone'; did you mean 'Telephone'?"),
        ("First notice; E-mail and portal", "found 'First notice'"),
        ("Telephone; E-mail and portal", "found 'E-mail and portal'"),
        ("all of them", "found 'all of them'"),
        (";", "found ';'"),
    ],
)
def test_a_channel_that_was_not_asked_for_is_a_fault_at_its_cell(typed: str, message: str) -> None:
    _, [fault] = offered(channel=typed)
    assert fault.place == "Birch.xlsx!Languages!E6"
    assert fault.found.startswith(message)
    assert fault.allowed == (
        "'Telephone', 'First notice, by day' or 'chat', or several of them separated by "
        "semicolons, or nothing"
    )


NAMES = {
    "voice": ["voice", "Telephone", "telephone ", "VOICE"],
    "fnol": ["fnol", "First notice, by day", "first notice,  by DAY"],
    "chat": ["chat", " Chat"],
}


@given(st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=5), st.data())
def test_whatever_its_channels_are_called_a_row_counts_for_them(
    ids: list[str], data: st.DataObject
) -> None:
    names = [data.draw(st.sampled_from(NAMES[id])) for id in ids]
    typed = data.draw(st.sampled_from([";", "; ", "\n", " ;\n"])).join(names)
    channel = {part.id: part for part in every_question(RULES).parts}["languages"].fields[3]
    answer = read_cell(GridCell(1, 1, "text", typed), channel)
    assert answer.value == "; ".join(dict.fromkeys(ids))


def test_the_template_offers_the_channels_and_first_the_languages_that_are_asked_for() -> None:
    book = workbook(every_question(RULES), RULES)
    lists = {str(v.sqref): v for v in book["Languages"].data_validations.dataValidation}
    language, channel = lists["B6:B25"], lists["E6:E25"]
    entries = [c.value for [c] in book["Lists"][str(channel.formula1).partition("!")[2]]]
    assert entries == ["Telephone", "First notice, by day", "chat"]
    assert not channel.showErrorMessage  # several are let in
    entries = [c.value for [c] in book["Lists"][str(language.formula1).partition("!")[2]]]
    assert entries[:3] == ["German", "Cantonese", "Abkhazian"]
    assert entries.count("German") == 1


def test_channels_that_one_name_could_mean_are_a_fault_of_the_rules() -> None:
    other = {"id": "telephone", "hours": "08:00-18:00", "languages": {"de": "B2"}}
    with pytest.raises(ValueError, match="'Telephone' names the channels 'voice' and 'telephone'"):
        buying(CHANNELS[0], other)
    with pytest.raises(ValueError, match="a name without semicolons and line breaks"):
        buying(CHANNELS[0] | {"label": "Chat; e-mail"})


# --- languages -----------------------------------------------------------------------------------

NORDIC = {"id": "voice", "label": "Telephone", "hours": "08:00-18:00"}


def nordic(needed: str) -> Rules:
    """Rules of a buyer who needs one language at B2 on the telephone."""
    return buying(NORDIC | {"languages": {needed: "B2"}})


@pytest.mark.parametrize("name", ["Norwegian", "Norwegian Bokmål", "nb", "Norwegian Nynorsk"])
def test_norwegian_is_covered_whichever_of_its_names_is_chosen(name: str) -> None:
    bid, faults = offered(nordic("no"), language=name, hours="08:00-18:00")
    assert faults == []
    assert buyers.taken("languages_covered", bid, nordic("no")).value == 100


def test_norwegian_for_bokmal_is_asked_about_at_its_cell() -> None:
    bid, _ = offered(nordic("nb"), language="Norwegian")
    with pytest.raises(InputFaults) as raised:
        buyers.taken("languages_covered", bid, nordic("nb"))
    [fault] = raised.value.faults
    assert (fault.place, fault.severity) == ("Birch.xlsx!Languages!B6", "question")
    assert fault.found.startswith("found 'Norwegian', which may or may not be Norwegian Bokmål")


@pytest.mark.parametrize("name", ["Filipino", "Tagalog", "tl", "fil"])
def test_filipino_by_any_name_meets_the_code_that_rules_give(name: str) -> None:
    bid, faults = offered(nordic("fil"), language=name)
    assert faults == []
    assert buyers.taken("languages_covered", bid, nordic("fil")).value == 100


@pytest.mark.parametrize(("old", "today"), [("iw", "he"), ("tl", "fil"), ("cmn", "zh")])
def test_an_old_code_in_the_rules_is_a_fault_that_names_the_one_of_today(
    old: str, today: str
) -> None:
    with pytest.raises(ValueError, match=f"found {old!r}; did you mean {today!r}"):
        nordic(old)


# --- hours, zones, currencies, criteria ----------------------------------------------------------

SITE = {"country": "Brazil", "head_count": 50.0}
SAVING = {"commitment": "Bots", "from_year": 1.0, "amount": 9.0, "contractual": "yes"}
SOC = {"certificate": "SOC 2", "valid_to": date(2026, 9, 30)}
ROWS: dict[str, tuple[str, dict[str, Any]]] = {
    "hours": ("languages", OFFER),
    "shifts": ("sites", SITE),
    "time_zone": ("sites", SITE),
    "currency": ("commitments", SAVING),
    "trust_criteria": ("certificates", SOC),
}


@pytest.mark.parametrize(
    ("column", "typed", "held"),
    [
        ("hours", "08:00-12:00; 13:00-17:00", "08:00-12:00; 13:00-17:00"),
        ("shifts", "08:00-16:00\n16:00-24:00", "08:00-16:00\n16:00-24:00"),
        ("time_zone", "america/sao_paulo", "America/Sao_Paulo"),
        ("currency", "eur", "EUR"),
        ("currency", "Euro", "EUR"),
        ("currency", "€", "EUR"),
        ("trust_criteria", "Security, Availability", "security; availability"),
        ("trust_criteria", "processing  integrity;privacy", "processing integrity; privacy"),
    ],
)
def test_what_can_mean_one_thing_is_read_as_it(column: str, typed: str, held: str) -> None:
    table, row = ROWS[column]
    bid, faults = returned({table: [row | {column: typed}]})
    assert faults == []
    assert bid.rows(table)[0][column].text == held


@pytest.mark.parametrize(
    ("column", "typed", "message"),
    [
        ("hours", "24/7", "found '24/7'; allowed: times such as 08:00-20:00"),
        ("shifts", "8-16", "found '8-16'; allowed: times such as 08:00-20:00"),
        ("time_zone", "Brasilia time", "found 'Brasilia time'"),
        ("time_zone", "America/Sao Paulo", "did you mean 'America/Sao_Paulo'?"),
        ("currency", "kr", "can mean 'DKK', 'ISK', 'NOK' or 'SEK'; allowed: the three letters"),
        ("currency", "EURO's", 'unknown currency "EURO\'s"; allowed: the three letters'),
        ("trust_criteria", "security; privvacy", "found 'privvacy'; did you mean 'privacy'?"),
    ],
)
def test_what_cannot_be_read_is_a_fault_at_its_cell(column: str, typed: str, message: str) -> None:
    table, row = ROWS[column]
    bid, [fault] = returned({table: [row | {column: typed}]})
    assert message in fault.message
    assert column not in bid.rows(table)[0]


@given(st.text(max_size=12))
def test_no_text_is_read_as_a_choice_that_it_does_not_name(typed: str) -> None:
    field = Question("c", "C", "choice", allowed=("a", "b"), called=("Red", "Blue"), several=True)
    try:
        answer = read_cell(GridCell(1, 1, "text", typed), field)
    except Ambiguous:
        return
    parts = {p.strip().casefold() for p in typed.replace(",", ";").replace("\n", ";").split(";")}
    wanted = {"a": {"a", "red"}, "b": {"b", "blue"}}
    named = [choice for choice, names in wanted.items() if names & parts]
    assert sorted(str(answer.value).split("; ")) == named
    assert parts - {""} <= set().union(*wanted.values())
