"""Texts that differ by case, spaces or accents alone are compared as the same, others never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.rules.plain_text import folded, place_key, unaccented


def test_each_form_leaves_out_what_it_says_and_nothing_else() -> None:
    typed = "  Kraków \n Stare-Miasto "
    assert folded(typed) == "kraków stare-miasto"
    assert unaccented(typed) == "krakow stare-miasto"
    assert place_key(typed) == "krakowstaremiasto"


@given(st.text())
def test_a_form_of_a_form_is_itself(text: str) -> None:
    for form in (folded, unaccented, place_key):
        assert form(form(text)) == form(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cluj-Napoca", "cluj napoca"),
        ("St. Gallen", "St Gallen"),
        ("Los_Angeles", "Los Angeles"),
        ("L'Aquila", "L\u2019Aquila"),
    ],
)
def test_punctuation_makes_no_other_place(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_vowels_of_other_scripts_stay() -> None:
    assert place_key("\u092a\u0941\u0923\u0947") != place_key("\u092a\u0923")
