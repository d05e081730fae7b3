"""Countries and languages, by name and by code, mean what they say."""

from collections.abc import Callable, Mapping

import pytest

from vendor_eval.bids.workbooks.grid import GridCell
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.questionnaire.sheet import Question
from vendor_eval.reference.names import (
    DENIALS,
    country,
    language,
    listed_countries,
    listed_languages,
)

LISTED = [(country, listed_countries()), (language, listed_languages())]


@pytest.mark.parametrize(("find", "listed"), LISTED)
def test_each_listed_name_and_code_reads_as_itself(
    find: Callable[[str], str], listed: Mapping[str, str]
) -> None:
    codes = [code for code in listed.values() if code.lower() not in DENIALS]
    assert len(codes) == len(listed) - 2  # Namibia and Norway, Nauru and Norwegian
    assert {name: find(name) for name in listed} == listed
    assert {code: find(code) for code in codes} == dict(zip(codes, codes, strict=True))


@pytest.mark.parametrize(
    ("typed", "code", "note"),
    [
        ("ga", "ga", "'ga' read as Irish"),
        ("SE", "se", "'SE' read as Northern Sami"),
        ("Twi", "ak", "'Twi' read as Akan"),  # CLDR has one code for both
        ("tw", "ak", "'tw' read as Akan"),
        ("Deutsch", "de", "'Deutsch' read as German"),
        ("German", "de", ""),
    ],
)
def test_a_language_is_noted_by_its_english_name(typed: str, code: str, note: str) -> None:
    answer = read(GridCell(1, 1, "text", typed), Question("tongue", "Tongue", "language"))
    assert (answer.value, answer.note) == (code, note)


def test_a_name_of_two_languages_is_refused_with_both() -> None:
    # CLDR calls North and South Ndebele alike in their own tongues
    with pytest.raises(ValueError, match="did you mean 'North Ndebele' or 'South Ndebele'"):
        language("isiNdebele")
