"""No character that hides or turns text stands anywhere in a YAML file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.errors import InputFaults
from vendor_eval.rules.yaml_lines import yaml_document

CONTROLS = [chr(n) for n in (*range(1, 9), 11, 12, *range(14, 32), 127, *range(128, 160))]
TURNING = [chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
PLACES = {
    "value": "title: a{}b\n",
    "quoted value": 'title: "a{}b"\n',
    "key": "ti{}tle: a\n",
    "list": "asks: [a, 'b{}']\n",
    "block": "title: |\n  one\n  t{}wo\n",
    "comment": "title: a  # {}\n",
    "comment alone": "# {}\ntitle: a\n",
}


def place_of_the_fault(document: str) -> str:
    with pytest.raises(InputFaults) as caught:
        yaml_document(document, "evaluation.yaml")
    [fault] = caught.value.faults
    assert fault.message.startswith("found the invisible ")
    return fault.place


@given(st.sampled_from(CONTROLS + TURNING), st.sampled_from(sorted(PLACES)), st.integers(0, 5))
def test_an_invisible_character_is_a_fault_wherever_it_stands(
    odd: str, place: str, before: int
) -> None:
    document = "first: 1\n" * bool(before) + "#\n" * before + PLACES[place]
    assert yaml_document(document.format(""), "evaluation.yaml")
    line = document[: document.index("{}")].count("\n") + 1
    assert place_of_the_fault(document.format(odd)) == f"evaluation.yaml:{line}"


@given(st.sampled_from(["\r", *CONTROLS, *TURNING]))
def test_an_invisible_character_entered_as_an_escape_is_a_fault(odd: str) -> None:
    escape = f"\\u{ord(odd):04x}"
    assert place_of_the_fault(f'first: 1\ntitle: "a{escape}b"\n') == "evaluation.yaml:2"


@given(st.text(st.characters(categories=("L", "M", "N")), min_size=1))
def test_letters_of_every_script_stay_as_they_are_in_a_comment_and_a_value(word: str) -> None:
    typed, _ = yaml_document(f'title: "{word}"  # {word}\n', "evaluation.yaml")
    assert set(typed) == {"title"}
