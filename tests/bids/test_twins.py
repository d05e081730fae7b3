"""One vendor that bids as two is found; vendors that are two are left alone."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.responses import response
from vendor_eval.bids.names import base_file, base_name
from vendor_eval.bids.twins import FEW, LEAST, TwinCandidate, candidate_of, twin_faults
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire
from vendor_eval.reference.tables import rows

FORMS = [row["form"] for row in rows("legal_forms")]
VERSIONS = ["v1", "V2", "v2.1", "final", "FINAL", "rev B", "Rev. 3", "version 2", "draft", "copy"]
VERSIONS += ["(2)", "2026-11-20", "20.11.2026", "20 Nov 2026", "20261120", "signed", "updated"]
NAMES = ["Delphi Claims Services", "Alder", "Ålder & Söhne", "Birch-Cedar", "3 Oaks", "ABX"]


def pairs(*bids: TwinCandidate, settled: frozenset[frozenset[str]] = frozenset()) -> list[set[str]]:
    """The vendors of each pair of twins among some bids."""
    alike = {
        frozenset((str(fault.vendor), other.vendor))
        for fault in twin_faults(bids, settled)
        for other in bids
        if f"{other.vendor!r} ({other.source})" in fault.message
    }
    return sorted(map(set, alike), key=sorted)


@given(
    st.sampled_from(NAMES),
    st.sampled_from(["", *FORMS]),
    st.lists(st.sampled_from(VERSIONS), max_size=2),
    st.booleans(),
)
def test_legal_forms_and_versions_tell_no_vendor_from_another(
    name: str, form: str, versions: list[str], form_last: bool
) -> None:
    words = [*versions, form] if form_last else [form, *versions]
    other = " ".join([name, *filter(None, words)])
    assert base_name(other) == base_name(name), other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alder", "\u00c5lder"),
        ("Lodz", "\u0141\u00f3d\u017a"),
        ("Soehne", "SOEHNE"),
        ("Beta", "Copy of Beta"),
    ],
)
def test_accents_case_and_copy_of_tell_no_vendor_from_another(one: str, other: str) -> None:
    assert base_name(one) == base_name(other)
    assert base_file(f"{one}.xlsx") == base_file(f"{other}.xlsx") != ""
    assert pairs(TwinCandidate(one, "a.xlsx"), TwinCandidate(other, "b.xlsx")) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alder", "Alder Bank"),
        ("Al", "Alder"),
        ("Vendor 1", "Vendor 2"),
        ("V1", "V2"),
        ("3", "4"),
        ("Rival0", "Rival1"),
        ("Delphi North", "Delphi South"),
        ("A", "B"),
        ("Ltd", "GmbH"),
        ("名称", "名前"),
    ],
)
def test_unlike_vendors_are_no_twins(one: str, other: str) -> None:
    assert pairs(TwinCandidate(one, "a.xlsx"), TwinCandidate(other, "b.xlsx")) == []


def test_a_vendor_that_bids_twice_is_a_fault_of_both_bids_for_the_buyer_alone() -> None:
    one = TwinCandidate("Delphi Claims Services", "delphi_v1.xlsx")
    other = TwinCandidate("Delphi Claims Services Ltd.", "Delphi v2 FINAL.xlsx")
    faults = list(twin_faults([one, TwinCandidate("Alder", "alder.xlsx"), other], frozenset()))
    assert [(fault.place, fault.vendor, fault.audience) for fault in faults] == [
        ("delphi_v1.xlsx", "Delphi Claims Services", "buyer"),
        ("Delphi v2 FINAL.xlsx", "Delphi Claims Services Ltd.", "buyer"),
    ]
    assert "'Delphi Claims Services Ltd.' (Delphi v2 FINAL.xlsx)" in faults[0].message
    assert "two_vendors" in faults[0].message


def test_vendors_that_are_known_to_be_two_are_left_alone() -> None:
    bids = [
        TwinCandidate("Alder Ltd", "a.xlsx"),
        TwinCandidate("Alder GmbH", "b.xlsx"),
        TwinCandidate("Alder", "c.xlsx"),
    ]
    settled = frozenset({frozenset({"Alder Ltd", "Alder GmbH"})})
    assert pairs(*bids, settled=settled) == [{"Alder", "Alder GmbH"}, {"Alder", "Alder Ltd"}]


@pytest.mark.parametrize("version", ["v2", "FINAL", "(1)", "rev B", "2026-11-20"])
def test_files_of_one_name_but_for_the_version_are_twins(version: str) -> None:
    bids = TwinCandidate("Delphi", "delphi.xlsx"), TwinCandidate("Delfi", f"Delphi {version}.xlsx")
    assert pairs(*bids) == [{"Delphi", "Delfi"}]


@pytest.mark.parametrize(
    "name", ["response (2).xlsx", "vendor_1.xlsx", "3.xlsx", "Our bid v2.xlsx", "RFP response.xlsx"]
)
def test_a_file_that_is_named_for_what_it_is_says_nothing_of_its_sender(name: str) -> None:
    assert base_file(name) == ""


def answers(count: int, changed: int = 0) -> Mapping[object, str]:
    """So many answers, of which some are changed."""
    return {n: f"changed {n}" if n < changed else f"{n}" for n in range(count)}


def test_bids_that_hold_the_same_but_for_a_few_cells_are_twins() -> None:
    # 10 % of 40 cells are 4; of 9 cells in common nothing is said
    def found(count: int, changed: int) -> bool:
        bids = (
            TwinCandidate("Alder", "a.xlsx", answers(count)),
            TwinCandidate("Birch", "b.xlsx", answers(count, changed)),
        )
        return bool(pairs(*bids))

    assert (LEAST, FEW) == (10, 0.1)
    assert [found(40, changed) for changed in (0, 4, 5)] == [True, True, False]
    assert [found(count, 0) for count in (9, 10)] == [False, True]


def test_an_answer_that_only_one_of_two_gives_differs() -> None:
    fewer = {key: text for key, text in answers(40).items() if isinstance(key, int) and key < 35}
    assert (
        pairs(
            TwinCandidate("Alder", "a.xlsx", answers(40)), TwinCandidate("Birch", "b.xlsx", fewer)
        )
        == []
    )


@given(st.integers(10, 60), st.integers(0, 60), st.integers(0, 3))
def test_twins_by_content_are_those_a_count_cell_by_cell_finds(
    count: int, changed: int, blank: int
) -> None:
    one = answers(count)
    other = {k: v for k, v in answers(count, min(changed, count)).items() if k not in range(blank)}
    common, either = set(one) & set(other), set(one) | set(other)
    differing = sum(one.get(key) != other.get(key) for key in either)
    expected = len(common) >= 10 and differing <= 0.1 * len(either)
    assert (
        bool(pairs(TwinCandidate("A", "a.xlsx", one), TwinCandidate("B", "b.xlsx", other)))
        is expected
    )


def test_what_is_chosen_from_a_list_or_states_a_currency_makes_no_twins() -> None:
    fields = [Question(f"c{n}", "C", "choice", "", ("yes", "no")) for n in range(20)]
    fields += [Question(f"p{n}_currency", "Currency") for n in range(20)]
    fields += [Question(f"n{n}", "N", "number") for n in range(12)]
    asked = Questionnaire((Form("f", "F", "F", tuple(fields)),))

    def sent(vendor: str, first: int) -> TwinCandidate:
        answers = {f.id: "yes" for f in fields} | {f"n{n}": first + n for n in range(12)}
        return candidate_of(response(vendor, forms={"f": answers}), asked)

    assert pairs(sent("Alder", 0), sent("Birch", 100)) == []
    assert pairs(sent("Alder", 0), sent("Birch", 0)) == [{"Alder", "Birch"}]


def test_two_hundred_workbooks_are_compared_in_a_moment() -> None:
    bids = [
        TwinCandidate(f"V{n}", f"v{n}.xlsx", {k: str(n * 31 * k % 9973) for k in range(1_000)})
        for n in range(200)
    ]
    start = time.process_time()
    assert list(twin_faults(bids, frozenset())) == []
    assert time.process_time() - start < 2  # 0.1 s where it was written
