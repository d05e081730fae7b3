"""Languages that are written in several forms or have an old code, and which meets which."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.languages import offering, row, rules, taken
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.reference.languages import language_match, macrolanguages
from vendor_eval.rules.rules import Rules

# --- languages within languages ------------------------------------------------------------------


def asking(*languages: str) -> Rules:
    """Rules of a buyer whose one channel needs these languages at B2."""
    return rules({"id": "voice", "languages": dict.fromkeys(languages, "B2"), "hours": ALL_DAY})


ALL_DAY = "00:00-24:00"


@pytest.mark.parametrize("offered", ["no", "nb", "nn"])
def test_norwegian_is_met_by_either_of_its_written_forms(offered: str) -> None:
    shown = offering(row(offered, "C1", 20, hours=ALL_DAY))
    assert taken("languages_covered", shown, asking("no")) == replace(
        taken("languages_covered", shown, asking(offered)), note="1 of 1 met"
    )
    assert taken("cefr_level", shown, language="no").value == "C1"
    assert taken("agents_tested", shown, asking("no"), language="no").value == 20
    assert taken("language_hours", shown, asking("no"), language="no").value == 24


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("cefr_level", {"language": "nb"}),
        ("languages_covered", {}),
        ("agents_tested", {"language": "nb"}),
        ("language_hours", {"language": "nb"}),
        ("language_hours_share", {}),
    ],
)
def test_norwegian_offered_for_one_of_its_forms_is_a_question_at_its_cell(
    name: str, parameters: dict[str, str]
) -> None:
    offered = offering(row("de", "C1", 4), row("no", "C1", 20, hours=ALL_DAY))
    with pytest.raises(InputFaults) as raised:
        taken(name, offered, asking("nb"), **parameters)
    [fault] = raised.value.faults
    assert fault == Fault(
        "Alder.xlsx!languages!language2",
        "found 'no', which may or may not be Norwegian Bokmål (nb), which is needed; allowed: "
        "'Norwegian Bokmål', or the exact name of the other language that is meant",
        "Alder",
        audience="vendor",
        severity="question",
    )


def test_what_is_unclear_and_changes_nothing_is_not_asked() -> None:
    offered = offering(("nb", "C1", 20), ("no", "C1", 5), ("ms", "B1", 9))
    assert taken("languages_covered", offered, asking("nb", "id")).value == 50
    assert taken("cefr_level", offered, language="nb").value == "C1"
    with pytest.raises(InputFaults):
        taken("agents_tested", offered, asking("nb"), language="nb")


@pytest.mark.parametrize(
    ("needed", "offered"),
    [("zh", "yue"), ("ar", "arz"), ("ms", "id"), ("fa", "prs"), ("nb", "nn"), ("hr", "sr")],
)
def test_another_member_than_the_standard_one_does_not_count_and_is_told(
    needed: str, offered: str
) -> None:
    measured = taken("languages_covered", offering((offered, "C1", 5)), asking(needed))
    assert measured.value == 0
    assert measured.note.endswith(f"; {offered} is not counted as {needed}")


@given(st.sampled_from(sorted(macrolanguages())), st.sampled_from(sorted(macrolanguages())))
def test_a_language_meets_itself_and_no_sister_and_unclear_is_the_reverse_of_member(
    one: str, other: str
) -> None:
    assert language_match(one, one) == "meets"
    wider = macrolanguages()[one]
    assert language_match(one, wider) in ("meets", "kindred")
    assert language_match(wider, one) == "unclear"
    if other not in (one, wider) and macrolanguages().get(other) != one:
        sisters = macrolanguages().get(other) == wider
        assert language_match(other, one) == ("kindred" if sisters else "differs")


@pytest.mark.parametrize(
    ("old", "today"),
    [("iw", "he"), ("in", "id"), ("tl", "fil"), ("cmn", "zh"), ("nob", "nb"), ("zsm", "ms")],
)
def test_an_old_code_is_the_language_it_has_become(old: str, today: str) -> None:
    assert language_match(old, today) == language_match(today, old) == "meets"
