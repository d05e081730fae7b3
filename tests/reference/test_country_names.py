"""A country is read by every recognised name, and no hint names another country."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.bids.workbooks.grid import GridCell
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.questionnaire.sheet import Question
from vendor_eval.reference.country_names import foreign_countries, territories
from vendor_eval.reference.name_keys import name_key
from vendor_eval.reference.names import country, country_called
from vendor_eval.reference.tables import rows

ELSEWHERE = ("cs", "da", "de", "es", "fi", "fr", "it", "nl", "pl", "ro", "sv", "tr")
"""Languages in which proposals are written; CLDR has every country's name in each."""


def hint(typed: str) -> str:
    """The hint at an unknown country; its name where it is read."""
    try:
        return country_called(country(typed))
    except ValueError as error:
        return str(error).partition("; did you mean ")[2]


@pytest.mark.parametrize("row", rows("country_names"), ids=lambda row: row["name"])
def test_every_name_that_the_united_nations_list_is_read(row: dict[str, str]) -> None:
    assert country(row["name"]) == row["alpha2"]
    assert country(f"The {row['name'].upper()}") == row["alpha2"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *[(part, "GB") for part in ("England", "Scotland", "Wales", "Northern Ireland", "UK")],
        ("Great Britain", "GB"),
        ("Slovak Republic", "SK"),
        ("Republic of Ireland", "IE"),
        ("Holland", "NL"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Korea (the Republic of)", "KR"),
        ("Democratic Republic of Congo", "CD"),
        ("Tanzania, United Republic of", "TZ"),
        ("U.S.A.", "US"),
        ("U.A.E.", "AE"),
    ],
)
def test_names_that_vendors_enter_are_read_and_noted(typed: str, code: str) -> None:
    answer = read(GridCell(1, 1, "text", typed), Question("where", "Where", "country"))
    name = country_called(code)
    assert (answer.value, answer.note) == (
        code,
        "" if typed == name else f"{typed!r} read as {name}",
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Scotlnd", "'United Kingdom'?"),
        ("Allemagne", "'Germany'?"),
        ("Dubai", "'United Arab Emirates'?"),
        ("Lisbon", "'Portugal'?"),
        ("Kingdom of Poland", "'Poland'?"),
        ("Phillipines", "'Philippines'?"),
        ("Untied Kingdom", "'United Kingdom'?"),
        ("Korea", "'North Korea' or 'South Korea'?"),
        ("Congo", "'Congo - Brazzaville' or 'Congo - Kinshasa'?"),
        ("Republic of China", "'China' or 'Taiwan'?"),
        *[(name, "") for name in ("Bavaria", "California", "Republic of Texas", "Persia", "the")],
    ],
)
def test_a_hint_names_the_country_that_may_be_meant_or_none(typed: str, meant: str) -> None:
    assert hint(typed).partition("; allowed")[0] == meant


@given(st.sampled_from(ELSEWHERE), st.sampled_from(sorted(territories())))
def test_a_name_in_another_language_never_leads_to_another_country(tongue: str, code: str) -> None:
    hinted = hint(Locale(tongue).territories[code])
    assert not hinted or country_called(code) in hinted


@given(st.sampled_from(sorted(territories().values())), st.data())
def test_a_misspelt_name_is_never_read_as_another_country(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    for typed in (name[:at] + name[at + 1 :], name[:at] + name[at + 1] + name[at] + name[at + 2 :]):
        # "Nigera" is Niger in Czech, and "Dominica Republic" lies between two
        if len(typed) > 4 and name_key(typed) not in {*foreign_countries(), "dominica republic"}:
            hinted = hint(typed)
            assert not hinted or name in hinted, typed
