"""Certificates: in force on the day asked for, at the sites that deliver, and of the right type."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from make.evidence import AS_OF, ISO, KRAKOW, MANILA, SOC2, START, certified, rules, taken
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES
from vendor_eval.measures.measures import measure
from vendor_eval.rules.criteria import Measurement


def iso(*rows: dict[str, Any], **parameters: Any) -> Any:
    return taken("certificate", certified(*rows), name="iso27001", **parameters)


def soc2(*rows: dict[str, Any], **parameters: Any) -> Any:
    return taken("soc2", certified(*rows), **{"gap_months": 6, **parameters})


def test_a_certificate_in_force_at_all_sites_is_told_with_every_cell_looked_at() -> None:
    measured = iso(ISO)
    assert measured.value == "in force at all sites"
    assert {cell.place for cell in measured.cells} == {
        *(f"Alder.xlsx!certificates!{c}1" for c in ISO),
        *(f"Alder.xlsx!sites!{c}{n}" for c in MANILA for n in (1, 2)),
    }
    assert "valid 2025-03-01 to 2028-02-29" in measured.note


def test_a_certificate_counts_on_its_last_day_and_is_expired_on_the_next() -> None:
    assert iso(ISO | {"valid_to": START}).value == "in force at all sites"
    gone = iso(ISO | {"valid_to": START - timedelta(days=1)})
    assert gone.value == "expired"
    assert gone.note == "Alder.xlsx!certificates!valid_to1: expired 2026-12-31"


def test_a_certificate_counts_from_its_first_day_on() -> None:
    assert iso(ISO | {"valid_from": START}).value == "in force at all sites"
    assert iso(ISO | {"valid_from": START + timedelta(days=1)}).value == "not yet valid"


def test_the_rules_say_on_which_day_a_certificate_is_looked_at() -> None:
    between = ISO | {"valid_to": AS_OF + timedelta(days=1)}
    assert iso(between, at="as_of").value == "in force at all sites"
    assert iso(between, at="start").value == "expired"


def test_a_scope_that_misses_a_site_names_it() -> None:
    measured = iso(ISO | {"sites": "Manila"})
    assert measured.value == "in force at some sites"
    assert measured.note.endswith("not at Kraków")


def test_two_certificates_cover_together_what_each_covers() -> None:
    assert iso(ISO | {"sites": "Manila"}, ISO | {"sites": "Krakow"}).value == (
        "in force at all sites"
    )


def test_an_expired_certificate_covers_no_site_beside_one_in_force() -> None:
    old = ISO | {"sites": "Krakow", "valid_to": date(2026, 1, 1)}
    assert iso(ISO | {"sites": "Manila"}, old).value == "in force at some sites"


def test_a_scope_that_cannot_be_decided_is_unknown_and_told_with_its_cell() -> None:
    measured = iso({**ISO, "sites": None, "scope": "Delivery centres in Asia and Europe"})
    assert measured.value is None
    assert measured.note == (
        "Alder.xlsx!certificates!scope1 does not decide the sites covered: "
        "'Delivery centres in Asia and Europe'"
    )


def test_a_blank_scope_is_unknown_and_never_all_sites() -> None:
    measured = iso({**ISO, "sites": None})
    assert measured.value is None
    assert "no site is named" in measured.note


def test_an_undecided_scope_decides_nothing_where_another_certificate_covers_all() -> None:
    vague = {**ISO, "sites": None, "scope": "Corporate functions"}
    assert iso(vague, ISO).value == "in force at all sites"
    assert iso(vague, ISO | {"sites": "Manila"}).value is None


@pytest.mark.parametrize(
    ("blank", "why"), [("valid_to", "valid to is blank"), ("valid_from", "valid from is blank")]
)
def test_a_blank_date_leaves_a_certificate_undecided(blank: str, why: str) -> None:
    measured = iso({**ISO, blank: None})
    assert measured.value is None
    assert why in measured.note


def test_a_blank_first_day_does_not_keep_an_expired_certificate_alive() -> None:
    assert iso({**ISO, "valid_from": None, "valid_to": AS_OF}).value == "expired"


def test_dates_the_wrong_way_round_are_undecided() -> None:
    measured = iso(ISO | {"valid_from": date(2029, 1, 1)})
    assert measured.value is None
    assert "valid_from1 is after" in measured.note


@pytest.mark.parametrize("id", ["pci_dss", "hipaa", "csa_star"])
def test_what_a_vendor_may_assess_itself_must_say_who_assessed_it(id: str) -> None:
    names = {"pci_dss": "PCI DSS", "hipaa": "HIPAA", "csa_star": "CSA STAR"}

    def of_type(kind: str | None) -> Any:
        row = {**ISO, "certificate": names[id], "type": kind}
        return taken("certificate", certified(row), name=id).value

    assert of_type("independent") == "in force at all sites"
    assert of_type("self-assessment") == "self-assessed"
    assert of_type(None) is None


def test_other_certificates_listed_mean_that_this_one_is_not_held() -> None:
    assert iso(SOC2).value == "none"
    assert iso({"certificate": "none"}).value == "none"


OTHER = {"certificate": "other", "valid_from": date(2025, 3, 1), "valid_to": date(2028, 2, 29)}


@pytest.mark.parametrize(
    "scope", ["ISO/IEC 27001:2022, all sites", "iso27001", "ISMS certified to ISO 27001"]
)
def test_a_certificate_named_under_other_is_undecided_and_not_counted_as_none(scope: str) -> None:
    measured = iso(OTHER | {"scope": scope})
    assert measured.value is None
    assert measured.note.startswith("Alder.xlsx!certificates!scope1: names ISO 27001 under 'other'")
    assert iso(ISO, OTHER | {"scope": scope}).value == "in force at all sites"


@pytest.mark.parametrize("scope", ["ISO 27701", "ISO 14001:2015", "27001 agents", None])
def test_another_certificate_under_other_is_none_of_this_one(scope: str | None) -> None:
    assert iso(OTHER | {"scope": scope}).value == "none"


def test_an_empty_table_is_no_answer() -> None:
    measured = iso()
    assert (measured.value, measured.note) == (None, "no certificate is listed")


def test_without_delivery_sites_nothing_can_be_covered() -> None:
    shown = certified(ISO, sites=[])
    assert taken("certificate", shown, name="iso27001").value is None
    assert taken("sites_covered", shown, name="iso27001").value is None


def test_type_one_is_not_type_two() -> None:
    measured = soc2(SOC2 | {"type": "Type I"})
    assert measured.value == "Type I only"
    assert "Type I covers the design on one day only" in measured.note
    assert soc2(SOC2).value == "Type II at all sites"


def test_type_one_does_not_help_a_type_two_report_nor_hide_it() -> None:
    assert soc2(SOC2 | {"sites": "Manila"}, SOC2 | {"type": "Type I"}).value == (
        "Type II at some sites"
    )


def test_a_report_of_unsaid_type_is_undecided() -> None:
    assert soc2({**SOC2, "type": None}).value is None
    assert soc2(SOC2 | {"type": "self-assessment"}).value is None


def test_a_report_is_relied_on_for_the_months_the_rules_give_after_its_period() -> None:
    # the period ends on 30 September, the service starts on 1 January: three months and a day
    assert soc2(SOC2, gap_months=4).value == "Type II at all sites"
    measured = soc2(SOC2, gap_months=3)
    assert measured.value == "expired"
    assert "speaks to 2026-09-30, over 3 months before 2027-01-01" in measured.note


def test_the_last_day_on_which_a_report_is_relied_on_counts() -> None:
    last = SOC2 | {"valid_to": date(2026, 10, 1)}  # three months later it is 1 January
    assert soc2(last, gap_months=3).value == "Type II at all sites"
    assert soc2(last | {"valid_to": date(2026, 9, 30)}, gap_months=3).value == "expired"


def test_a_bridge_letter_counts_for_no_longer_than_the_rules_allow() -> None:
    bridged = SOC2 | {"bridge_to": date(2026, 10, 31)}
    assert soc2(bridged, gap_months=3, bridge_months=3).value == "Type II at all sites"
    assert soc2(bridged, gap_months=3).value == "expired"
    longer = SOC2 | {"valid_to": date(2026, 6, 30), "bridge_to": date(2026, 11, 1)}
    assert soc2(longer, gap_months=3, bridge_months=3).value == "expired"
    assert soc2(longer, gap_months=3, bridge_months=4).value == "Type II at all sites"


def test_a_bridge_letter_speaks_for_no_day_after_the_one_it_is_read_on() -> None:
    foreseen = SOC2 | {"bridge_to": date(2027, 3, 31)}
    measured = soc2(foreseen, gap_months=6, bridge_months=6)
    assert "speaks to 2026-11-20" in measured.note


def test_a_report_on_a_period_that_is_not_over_does_not_exist_yet() -> None:
    assert soc2(SOC2 | {"valid_to": AS_OF + timedelta(days=1)}).value == "not yet valid"
    assert soc2(SOC2 | {"valid_to": AS_OF}).value == "Type II at all sites"


def test_a_period_shorter_than_asked_is_not_as_asked() -> None:
    assert soc2(SOC2, period_months=12).value == "Type II at all sites"
    short = soc2(SOC2 | {"valid_from": date(2025, 10, 2)}, period_months=12)
    assert short.value == "not as asked"
    assert "shorter than 12 months" in short.note
    assert soc2({**SOC2, "valid_from": None}, period_months=12).value is None


def test_a_report_must_be_on_the_trust_services_criteria_asked_for() -> None:
    assert soc2(SOC2, criteria=("security", "confidentiality")).value == "Type II at all sites"
    measured = soc2(SOC2, criteria=("privacy",))
    assert (measured.value, measured.note) == (
        "not as asked",
        "Alder.xlsx!certificates!trust_criteria1: not on privacy",
    )


def test_every_report_is_on_security_and_blank_criteria_decide_no_other() -> None:
    blank = {**SOC2, "trust_criteria": None}
    assert soc2(blank, criteria=("security",)).value == "Type II at all sites"
    assert soc2(blank, criteria=("privacy",)).value is None
    assert soc2(SOC2 | {"trust_criteria": "CC, A1"}, criteria=("availability",)).value is None


def test_months_end_where_a_shorter_month_ends() -> None:
    # of a period that begins on 30 November, three months are over at the end of 27 February
    asked = {"gap_months": 120, "period_months": 3}
    for last, met in (
        (date(2026, 2, 26), "not as asked"),
        (date(2026, 2, 27), "Type II at all sites"),
    ):
        period = SOC2 | {"valid_from": date(2025, 11, 30), "valid_to": last}
        assert soc2(period, **asked).value == met
    # a month after 31 December is 31 January: no letter speaks for longer
    bridged = {"valid_to": date(2025, 12, 31), "bridge_to": date(2026, 2, 15)}
    shown = soc2(SOC2 | bridged, bridge_months=1, gap_months=12)
    assert "speaks to 2026-01-31" in shown.note


def test_the_share_of_sites_covered_is_by_head_count() -> None:
    shown = certified(ISO | {"sites": "Manila"})
    assert taken("sites_covered", shown, name="iso27001").value == pytest.approx(60)
    report = certified(SOC2 | {"sites": "PL"})
    assert taken("soc2_sites_covered", report, gap_months=6).value == pytest.approx(40)


def test_what_is_expired_covers_nobody_and_what_is_undecided_is_not_counted() -> None:
    assert taken("sites_covered", certified(ISO | {"valid_to": AS_OF}), name="iso27001").value == 0
    vague = certified({**ISO, "sites": None, "scope": "Group"})
    assert taken("sites_covered", vague, name="iso27001").value is None


def test_a_site_without_a_head_count_leaves_the_share_open() -> None:
    shown = certified(ISO, sites=[MANILA, {**KRAKOW, "head_count": None}])
    assert taken("sites_covered", shown, name="iso27001").value is None


def test_rules_that_ask_for_an_unknown_certificate_are_told_what_is_known() -> None:
    with pytest.raises(ValidationError, match="did you mean 'iso27001'"):
        taken("certificate", certified(ISO), name="iso27002")
    with pytest.raises(ValidationError, match="'soc2'; it is a separate measure"):
        taken("certificate", certified(ISO), name="soc2")
    with pytest.raises(ValidationError, match="gap_months"):
        taken("soc2", certified(SOC2))
    with pytest.raises(ValidationError, match="did you mean 'privacy'"):
        taken("soc2", certified(SOC2), gap_months=3, criteria=("privicy",))


def test_a_measure_needs_the_dates_that_its_parameters_name() -> None:
    kind = MEASURES["certificate"]
    assert kind.model_validate({"name": "copc"}).needed == ("start",)
    assert kind.model_validate({"name": "copc", "at": "as_of"}).needed == ("as_of",)
    assert MEASURES["soc2"].model_validate({"gap_months": 1}).needed == ("as_of", "start")


def test_a_gap_after_the_end_of_a_month_lasts_to_the_end_of_a_month() -> None:
    held = certified(SOC2 | {"valid_to": date(2026, 6, 30)})
    relied_on = measure(Measurement(name="soc2", parameters={"gap_months": 6}))
    eve = rules().model_copy(update={"start": date(2026, 12, 31)})
    assert relied_on(Facts(held, eve)).value == "Type II at all sites"
    assert relied_on(Facts(held, rules())).value == "expired"
