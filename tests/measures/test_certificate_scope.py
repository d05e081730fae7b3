"""The sites a certificate covers: read where the wording decides it, and open elsewhere."""

from typing import Any

import pytest

from make.evidence import ISO, KRAKOW, MANILA, certified
from vendor_eval.measures.security.scopes import Sites, scope

SITES = (
    MANILA,
    KRAKOW,
    {"country": "CR", "city": "San José", "head_count": 10},
    {"country": "US", "city": "San Jose", "head_count": 5},
    {"country": "PH", "city": None, "head_count": 5},
)


def read(wording: str | None, words: str | None = None) -> Any:
    shown = certified({**ISO, "sites": wording, "scope": words}, sites=SITES)
    [row] = shown.rows("certificates")
    return scope(row, Sites(shown.rows("sites")))


@pytest.mark.parametrize(
    ("wording", "covered"),
    [
        ("all sites", {0, 1, 2, 3, 4}),
        ("  ALL  Sites ", {0, 1, 2, 3, 4}),
        ("Manila", {0}),
        ("manila; KRAKOW", {0, 1}),
        ("Manila, Kraków", {0, 1}),
        ("Manila, PH; PL", {0, 1}),
        ("Manila (PH)\nKraków;", {0, 1}),
        ("PH", {0, 4}),
        ("San José, CR", {2}),
    ],
)
def test_sites_are_named_by_city_by_country_or_all_at_once(wording: str, covered: set) -> None:
    in_scope = read(wording)
    assert (in_scope.covered, in_scope.possible, in_scope.why) == (covered, covered, "")


@pytest.mark.parametrize(
    "wording",
    [
        "San Jose",  # in two countries
        "Bogotá",  # no delivery site
        "Manila; Bogotá",
        "all sites except Manila",
        "all sites; not Manila",
        "Manila excluding floor 3",
        "most sites",
        "Philippines",
        "; ;",
    ],
)
def test_a_wording_with_a_part_not_understood_covers_nothing_for_certain(wording: str) -> None:
    covered = read(wording)
    assert covered.covered == set()
    assert covered.possible == {0, 1, 2, 3, 4}
    assert covered.why.startswith("Alder.xlsx!certificates!sites1 does not decide")


def test_the_certificates_own_words_count_only_where_they_decide() -> None:
    assert read(None, "Manila; Kraków").covered == {0, 1}
    assert read(None, "Information security of our centre in Manila").covered == set()
    assert read("Kraków", "Manila").covered == {1}
