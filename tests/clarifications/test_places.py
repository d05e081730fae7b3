"""Whether two names mean the same city has one answer, whoever asks."""

from datetime import date

import pytest

from make.buyers import at, rules
from make.buyers import taken as located
from make.evidence import ISO, certified
from make.evidence import taken as certificate
from vendor_eval.clarifications.places import names
from vendor_eval.measures.location.clocks import zones
from vendor_eval.measures.location.site import Site


@pytest.mark.parametrize("typed", ["Sao Paulo", "S\u00e3o-Paulo", " SAO  PAULO "])
def test_a_city_is_the_same_in_counts_certificates_clocks_and_letters(typed: str) -> None:
    paulo = {"country": "BR", "city": "S\u00e3o Paulo", "head_count": 40}
    other = {"country": "BR", "city": typed, "head_count": 60}
    assert located("site_count", at(paulo, other), rules()).value == 1
    held = certified(ISO | {"sites": typed, "valid_to": date(2028, 2, 29)}, sites=[paulo])
    assert certificate("certificate", held, name="iso27001").value == "in force at all sites"
    [row, site] = at(paulo, other).rows("sites")
    assert zones(Site(site)) == ("America/Sao_Paulo",)
    assert names(row, f"From {typed} and elsewhere")
