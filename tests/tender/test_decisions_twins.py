"""One vendor that arrives as two: which bid stands, and that none is lost without a word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.decided import (
    RULES,
    TWINS,
    decide,
    evaluated,
    faults,
    send,
    tabled,
)
from vendor_eval.errors import InputFaults
from vendor_eval.tender.folder import read


def test_one_vendor_as_two_is_incomplete_until_it_is_decided_which_bid_stands(folder: Path) -> None:
    tabled(folder, TWINS)
    case = read(folder)
    assert evaluated(case).ranking == ("Cedar",)
    assert sorted(case.vendor_faults) == ["Delphi Ltd. v2 FINAL", "Delphi v1"]
    assert {f.audience for met in case.vendor_faults.values() for f in met} == {"buyer"}
    decide(folder, "kind: two_vendors, stands: Delphi Ltd. v2 FINAL, instead_of: Delphi v1")
    case = read(folder)
    assert evaluated(case).ranking == ("Delphi Ltd. v2 FINAL", "Cedar")
    assert case.notes == (
        "Delphi v1: not read; Delphi Ltd. v2 FINAL stands instead of it (decisions.yaml)",
    )
    decide(folder, "kind: two_vendors, vendors: [Delphi v1, Delphi Ltd. v2 FINAL]")
    assert evaluated(read(folder)).ranking == ("Delphi Ltd. v2 FINAL", "Delphi v1", "Cedar")


def test_a_vendor_that_is_named_twice_is_incomplete_until_one_of_the_bids_stands(
    folder: Path,
) -> None:
    send(folder, "one.xlsx", "Alder", cost=90, quality="hi")
    send(folder, "two.xlsx", "ALDER", cost=80, quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    case = read(folder)
    assert evaluated(case).ranking == ("Birch",)
    [(vendor, [fault])] = case.vendor_faults.items()
    assert (vendor, fault.place, fault.audience) == ("Alder", "two.xlsx", "buyer")
    decide(folder, "kind: two_vendors, stands: two.xlsx, instead_of: one.xlsx")
    assert evaluated(read(folder)).price("ALDER") == 80


def test_a_row_that_names_a_vendor_again_is_held_to_the_same(folder: Path) -> None:
    tabled(folder, "vendor,cost,quality\nAlder,90,hi\nBirch,100,hi\nalder,80,hi\n")
    case = read(folder)
    assert evaluated(case).ranking == ("Birch",)
    decide(folder, "kind: two_vendors, stands: proposals.csv:4, instead_of: proposals.csv:2")
    assert evaluated(read(folder)).price("alder") == 80


SWAP = "kind: two_vendors, stands: {}, instead_of: {}"


@pytest.mark.parametrize(
    ("swaps", "fault"),
    [
        ([("Alder", "Birch"), ("Birch", "Alder")], "1.stands: 'Alder' is not read either"),
        ([("Delphi v2", "Delphi v1"), ("Delphi v3", "Delphi v2")], "1.stands: 'Delphi v2' is not"),
        ([("proposals.csv:2", "Alder")], "1.stands: 'proposals.csv:2' is not read either"),
        ([("Birch", "Alder")], "1: nothing says that 'Alder' and 'Birch' are one bid"),
        ([("proposals.csv:3", "proposals.csv:2")], "1: nothing says that "),
        ([("proposals.csv:1", "Alder")], "1.stands: unknown bid 'proposals.csv:1'"),
        ([("Alder", "Twice")], "1.instead_of: 'Twice' names 2 bids; allowed: one of 'proposals"),
    ],
)
def test_no_bid_is_removed_without_another_that_is_read_and_may_be_the_same_one(
    folder: Path, swaps: list[tuple[str, str]], fault: str
) -> None:
    rows = "Alder,140,hi\nBirch,100,hi\nDelphi v1,9,hi\nDelphi v2,8,hi\nDelphi v3,7,hi\n"
    tabled(folder, f"vendor,cost,quality\n{rows}Twice,1,hi\nTwice,1,hi\n")
    decide(folder, *(SWAP.format(stands, gone) for stands, gone in swaps))
    messages = faults(folder)
    assert any(each.startswith(f"decisions.yaml:1: decision {fault}") for each in messages), (
        messages
    )
    assert all(each.startswith("decisions.yaml:") for each in messages)


@pytest.mark.parametrize(
    ("stands", "gone", "fault"),
    [
        ("b.xlsx", "Alder", "nothing says that "),
        ("Alder", "a.xlsx", "'Alder' is not read either"),
        ("b.xlsx", "twice.xlsx", "nothing says that "),
    ],
)
def test_no_workbook_is_removed_without_another_either(
    folder: Path, stands: str, gone: str, fault: str
) -> None:
    send(folder, "a.xlsx", "Alder", cost=90, quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    (folder / "proposals" / "twice.xlsx").write_bytes(b"broken")
    decide(folder, SWAP.format(stands, gone))
    [message] = faults(folder)
    assert fault in message


def test_two_bids_that_stand_for_each_other_are_the_only_fault_of_their_folder(
    folder: Path,
) -> None:
    tabled(folder, "vendor,cost,quality\nDelphi v1,9,hi\nDelphi v2,8,hi\n")
    one, other = "Delphi v1", "Delphi v2"
    decide(folder, SWAP.format(one, other), SWAP.format(other, one))
    messages = faults(folder)
    assert [each.partition(":")[0] for each in messages] == ["decisions.yaml"] * 2
    assert all("is not read either" in each for each in messages)


def test_vendors_that_are_said_to_be_two_do_not_stand_for_each_other(folder: Path) -> None:
    tabled(folder, TWINS)
    one, other = "Delphi v1", "Delphi Ltd. v2 FINAL"
    decide(folder, f"kind: two_vendors, vendors: [{one}, {other}]", SWAP.format(other, one))
    [message] = faults(folder)
    assert "whose vendors are two by another decision" in message


NAMES = ["A v1", "A v2", "A v3", "B", "b"]
SWAPS = st.tuples(*[st.sampled_from([*NAMES, "proposals.csv:3"])] * 2)


@given(st.lists(SWAPS.filter(lambda swap: swap[0] != swap[1]), max_size=4))
@settings(max_examples=20, deadline=None)
def test_regardless_of_what_is_decided_every_bid_is_read_listed_or_at_fault(
    tmp_path_factory: pytest.TempPathFactory, swaps: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "evaluation.yaml").write_text(RULES, "utf-8")
    rows = "".join(f"{vendor},{n},hi\n" for n, vendor in enumerate(NAMES))
    tabled(folder, f"vendor,cost,quality\n{rows}")
    decide(folder, *(SWAP.format(*swap) for swap in swaps))
    try:
        case = read(folder)
    except InputFaults:
        return
    places = {fault.place for met in case.vendor_faults.values() for fault in met}
    again = {"b"} if "proposals.csv:6" in places else set()  # a second line of one vendor
    gone = {each.replaced.vendor for each in case.replaced}
    assert {*case.proposals.vendors, *gone, *again} == set(NAMES)
    assert {each.stands.vendor for each in case.replaced} <= set(case.proposals.vendors)
