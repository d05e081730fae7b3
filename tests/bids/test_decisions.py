"""`decisions.yaml`: what the buyer decided of bids, read strictly, each fault with its line."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.bids.decisions import Correction, Decisions
from vendor_eval.tender.decision_faults import misdecisions
from vendor_eval.tender.decisions_file import read_decisions_file

SIGNED = "by: Ann, approved_by: Bob, on: 2026-11-24, reason: As agreed"
CORRECTION = (
    'kind: correction, vendor: Alder, at: "Alder.xlsx!Pricing!E8", found: "140 120", value: 120, '
    f"ground: reading, {SIGNED}"
)
WELL = {
    "correction": CORRECTION,
    "two": f"kind: two_vendors, vendors: [Alder Ltd, Alder GmbH], {SIGNED}",
    "stands": f"kind: two_vendors, stands: v2.xlsx, instead_of: v1.xlsx, {SIGNED}",
    "closed": f"kind: closed, vendor: Alder, ground: No answer by 24 November, {SIGNED}",
    "rejected": "kind: investigation, vendor: Alder, asked_on: 2026-11-20, outcome: rejected, "
    f"{SIGNED}",
    "award": "kind: award, vendor: Alder, by: Ann, on: 2026-11-24, reason: First by the rules",
}


def read(*entries: str) -> tuple[Decisions, list[str]]:
    """Decisions entered one a line, and their faults as printed."""
    lines = "".join(f"- {{{entry}}}\n" for entry in entries)
    decisions, _, faults = read_decisions_file(lines.encode())
    return decisions, [str(fault) for fault in faults]


@pytest.mark.parametrize("entry", WELL.values(), ids=WELL)
def test_every_kind_of_decision_is_read(entry: str) -> None:
    decisions, faults = read(entry)
    assert faults == []
    assert len(decisions.entries) == 1


def test_decisions_say_who_is_two_who_stands_and_who_is_excluded() -> None:
    decisions, _ = read(*WELL.values())
    assert decisions.two == {frozenset({"Alder Ltd", "Alder GmbH"})}
    assert decisions.replaced == {"v1.xlsx": "v2.xlsx"}
    # the first decision on a vendor gives its ground
    assert decisions.excluded == {"Alder": "No answer by 24 November"}
    assert read(WELL["rejected"])[0].excluded == {
        "Alder": "price rejected as abnormally low: As agreed"
    }
    assert [(c.holds, c.becomes) for c in decisions.corrections] == [("140 120", "120")]


def test_a_price_that_was_accepted_excludes_nobody() -> None:
    outcome = "answered: 2026-11-23, outcome: accepted"
    accepted = WELL["rejected"].replace("outcome: rejected", outcome)
    decisions, faults = read(accepted)
    assert (faults, len(decisions.entries)) == ([], 1)
    assert decisions.excluded == {}


@pytest.mark.parametrize("kind", [kind for kind in WELL if kind != "award"])
@pytest.mark.parametrize("name", ["Ann", "ann", " ANN ", "A\u200bnn"])
def test_who_decides_on_a_bid_cannot_approve_it(kind: str, name: str) -> None:
    _, [fault] = read(WELL[kind].replace("Bob", f'"{name}"'))
    assert fault.startswith("decisions.yaml:1: decision 1: ")
    assert "another person" in fault


@pytest.mark.parametrize("name", ["A. Buyer", "a.buyer", "A Buyer", "A-Buyer."])
def test_a_person_is_known_however_its_name_is_punctuated(name: str) -> None:
    signed = WELL["closed"].replace("by: Ann", "by: A.Buyer")
    assert read(signed.replace("Bob", "B. Buyer"))[1] == []
    assert len(read(signed.replace("Bob", f'"{name}"'))[1]) == 1


@pytest.mark.parametrize("shown", ["calculation: 3 x 40 = 120", "proof: attachments/sum.pdf"])
def test_a_wrong_sum_is_corrected_with_its_calculation_or_a_file_that_shows_it(shown: str) -> None:
    entry = CORRECTION.replace("ground: reading", f"ground: arithmetic, {shown}")
    assert read(entry)[1] == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("kind: clsed", "unknown kind 'clsed'; did you mean 'closed'?"),
        ("vendor: Alder", "'kind' is missing"),
        (CORRECTION.replace("value: 120", "value: true"), "2.value: allowed: a number"),
        (CORRECTION.replace("value: 120", "value: .nan"), "2.value: allowed: a number"),
        (
            CORRECTION.replace("value: 120", 'value: ""').replace('"140 120"', '" "'),
            "found a blank for a blank",
        ),
        (
            CORRECTION.replace("value: 120", 'value: " "').replace(
                "ground: reading", "ground: arithmetic, calculation: none"
            ),
            "found a blank with the ground 'arithmetic'",
        ),
        (CORRECTION.replace("ground: reading", "ground: answer"), "'proof' is missing"),
        (CORRECTION.replace("ground: reading", "ground: arithmetic"), "'calculation' is missing"),
        (CORRECTION.replace("vendor: Alder", "vndor: Alder"), "did you mean 'vendor'?"),
        (CORRECTION.replace("on: 2026-11-24", "on: 24 November"), "2.on: found '24 November'"),
        (f"kind: two_vendors, vendors: [A], {SIGNED}", "2 items or more"),
        (f"kind: two_vendors, stands: a.xlsx, {SIGNED}", "either 'vendors'"),
        (f"kind: two_vendors, vendors: [A, B], stands: a, instead_of: b, {SIGNED}", "either"),
        (f"kind: two_vendors, stands: a, instead_of: a, {SIGNED}", "instead of itself"),
        (WELL["rejected"].replace("rejected", "accepted"), "'answered' is missing"),
        (
            WELL["rejected"].replace("outcome", "answered: 2026-11-19, outcome"),
            "no day before 2026-11-20",
        ),
    ],
)
def test_what_is_wrong_with_a_decision_is_said_at_its_line(entry: str, fault: str) -> None:
    decisions, faults = read(WELL["award"], entry)
    assert len(decisions.entries) == 1
    assert any(fault in each for each in faults), faults
    assert all(each.startswith("decisions.yaml:2: decision 2") for each in faults)


@pytest.mark.parametrize("content", [b"", b"# none yet\n", b"[]"])
def test_a_file_without_decisions_decides_nothing(content: bytes) -> None:
    assert read_decisions_file(content)[0].entries == ()
    assert read_decisions_file(content)[2] == []


@pytest.mark.parametrize(
    "content", [b"kind: award", b"\xff", b"- &a [*a]", b"- [", b"- 7", b"- []"]
)
def test_what_is_no_list_of_decisions_is_a_fault(content: bytes) -> None:
    decisions, _, faults = read_decisions_file(content)
    assert decisions.entries == ()
    assert faults


def wrong(*entries: str, **known: Any) -> list[str]:
    """What of some decisions does not fit the folder."""
    decisions, _ = read(*entries)
    fitting = {"vendors": ("Alder",), "sources": ("v1.xlsx", "v2.xlsx"), "proofs": ()} | known
    return [f"{at}: {message}" for at, message in misdecisions(decisions, **fitting)]


def test_decisions_speak_of_bids_and_files_that_there_are() -> None:
    assert wrong(CORRECTION, WELL["stands"], WELL["closed"], WELL["award"]) == []
    assert wrong(WELL["closed"], vendors=("Older", "Birch")) == [
        "(0, 'vendor'): unknown vendor 'Alder'; did you mean 'Older'?"
    ]
    assert [
        fault.partition("; ")[0] for fault in wrong(WELL["two"], WELL["stands"], sources=())
    ] == [
        "(0, 'vendors'): unknown vendor 'Alder Ltd'",
        "(0, 'vendors'): unknown vendor 'Alder GmbH'",
        "(1, 'stands'): unknown bid 'v2.xlsx'",
        "(1, 'instead_of'): unknown bid 'v1.xlsx'",
    ]
    proved = CORRECTION.replace("ground: reading", "ground: answer, proof: attachments/a.pdf")
    assert wrong(proved, proofs=("attachments/a.pdf",)) == []
    assert wrong(proved, proofs=("attachments/b.pdf",))[0].startswith(
        "(0, 'proof'): found 'attachments/a.pdf', no such file; did you mean 'attachments/b.pdf'?"
    )


@pytest.mark.parametrize("kind", ["correction", "stands", "closed", "rejected", "award"])
def test_nothing_is_decided_twice(kind: str) -> None:
    faults = wrong(WELL[kind], WELL[kind])
    assert any(fault.startswith("(1,): decides on ") for fault in faults)


@given(st.one_of(st.text(max_size=30), st.integers(-(10**9), 10**9), st.dates()))
def test_what_a_cell_holds_is_compared_as_it_is_shown(held: Any) -> None:
    typed = {"vendor": "A", "at": "x", "ground": "reading", "by": "A", "approved_by": "B"}
    [on] = [entry.on for entry in read(WELL["award"])[0].entries]
    rest = {"kind": "correction", "on": on, "reason": "r", "value": 1}
    correction = Correction.model_validate(typed | rest | {"found": held})
    assert correction.holds == (held.strip() if isinstance(held, str) else str(held))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    decisions, _, faults = read_decisions_file(content)
    assert isinstance(decisions, Decisions)
    assert all(fault.place.startswith("decisions.yaml") for fault in faults)


KEYS = ["kind", "by", "on", "reason", "approved_by", "vendor", "at", "found", "value", "ground"]
KEYS += ["proof", "vendors", "stands", "instead_of", "asked_on", "answered", "outcome", "odd"]
ENTERED = st.sampled_from(
    [
        *('"x"', "1", "1.5", "true", "null", "2026-11-24", "2026-11-24T10:00:00", "[a, b]"),
        *("correction", "two_vendors", "closed", "investigation", "award", "answer", "accepted"),
    ]
)


@given(st.dictionaries(st.sampled_from(KEYS), ENTERED, max_size=12))
def test_whatever_is_entered_is_a_decision_or_a_fault_at_its_line(entry: dict[str, str]) -> None:
    decisions, faults = read(", ".join(f"{key}: {value}" for key, value in entry.items()))
    assert bool(decisions.entries) is not bool(faults)
    assert all(fault.startswith("decisions.yaml:1: ") for fault in faults)
