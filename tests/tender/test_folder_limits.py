"""What a folder may not hold though it can be read, and the hint at how to mend it."""

import subprocess
import sys
from pathlib import Path

import pytest

from make.small_folder import RULES, TABLE
from vendor_eval.errors import InputFaults
from vendor_eval.tender.folder import read

LONG = "x" * 101


def told(folder: Path, rules: str = RULES, table: str | bytes = TABLE) -> str:
    """The faults of a folder with these two files, a line each."""
    (folder / "evaluation.yaml").write_text(rules, "utf-8")
    raw = table if isinstance(table, bytes) else table.encode()
    (folder / "proposals.csv").write_bytes(raw)
    try:
        met = read(folder).vendor_faults
    except InputFaults as error:
        return str(error)
    return "\n".join(str(fault) for vendors in met.values() for fault in vendors)


def test_the_folder_as_it_stands_has_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path) == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("notice: &a hi\nsource: *a\n", "evaluation.yaml:9: found the alias *a"),
        ("scenarios:\n  one:\n    <<: {weights: {q: 1, c: 1}}\n", "evaluation.yaml:10: found the"),
        ("notice: Note: this is no real bid\n", "a text that holds a colon and a space stands in"),
    ],
)
def test_what_yaml_can_do_and_rules_may_not_is_told_in_plain_words(
    tmp_path: Path, more: str, words: str
) -> None:
    assert words in told(tmp_path, RULES + more)


@pytest.mark.parametrize("number", ["1e16", "-1.5e300", "1e-16", "1" + "0" * 400, "-1e-300"])
@pytest.mark.parametrize("old", ["weight: 1, answer: cost", "worst: 10"])
def test_a_number_beyond_all_tenders_is_a_fault_in_the_rules_too(
    tmp_path: Path, number: str, old: str
) -> None:
    new = old.replace("weight: 1", f"weight: {number}").replace("worst: 10", f"worst: {number}")
    faults = told(tmp_path, RULES.replace(old, new))
    assert "evaluation.yaml:7: criteria.1." in faults
    assert "allowed: 0, or a size from 1e-15 to 1e+15" in faults


def test_numbers_of_the_sizes_allowed_are_taken(tmp_path: Path) -> None:
    assert told(tmp_path, RULES.replace("worst: 10", "worst: 1e15")) == ""
    assert told(tmp_path, RULES.replace("worst: 10", "worst: 1e-15")) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "Ac\u200bme"),
        ("Acme", "\ufeffACME"),
        ("Acme", "Acme\u00ad"),
        ("Acme", "Ac\u200dme\u200e"),
        ("Acme", "Acme\u3164"),
        ("Acme Ltd", "Acme\u00a0Ltd"),
        ("Acme Ltd", "Acme  Ltd"),
    ],
)
def test_names_that_look_alike_are_one_name(tmp_path: Path, one: str, other: str) -> None:
    faults = told(tmp_path, table=f"vendor,q,cost\n{one},hi,3\n{other},lo,4\n")
    assert "proposals.csv:3: found the vendor" in faults
    assert faults.isascii()


def test_a_name_of_nothing_to_see_is_no_name(tmp_path: Path) -> None:
    assert "without a vendor's name" in told(tmp_path, table="vendor,q,cost\n\u200b\u2060,hi,3\n")


def test_joiners_that_a_script_needs_stay_in_a_name(tmp_path: Path) -> None:
    name = "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert told(tmp_path, table=f"vendor,q,cost\n{name},hi,3\nB,lo,4\n") == ""
    assert read(tmp_path).proposals.vendors == ("B", name)


@pytest.mark.parametrize(
    ("old", "new", "most"),
    [
        ("title: T", f"title: {LONG}", 100),
        ("title: T", f"title: T\nnotice: {LONG}", 100),
        ("title: T", f"title: T\nsource: {LONG}", 100),
        ("decision: D?", f"decision: {LONG}", 100),
        ("label: Q", f"label: {LONG[:61]}", 60),
    ],
)
def test_what_the_first_screen_cannot_bear_is_too_long(
    tmp_path: Path, old: str, new: str, most: int
) -> None:
    assert f"allowed: at most {most} characters" in told(tmp_path, RULES.replace(old, new))
    assert told(tmp_path, RULES.replace(old, new.replace("x", "", 1))) == ""


def test_a_vendors_name_has_sixty_characters_at_most(tmp_path: Path) -> None:
    faults = told(tmp_path, table=f"vendor,q,cost\n{'n' * 61},hi,3\nB,lo,4\n")
    assert "proposals.csv:2: found a vendor's name of 61 characters; allowed: 60 at most" in faults
    assert told(tmp_path, table=f"vendor,q,cost\n{'n' * 60},hi,3\nB,lo,4\n") == ""


def test_faults_of_a_header_have_the_line_on_which_it_stands(tmp_path: Path) -> None:
    for header in ("vendor,q,co\x01st", "vendor,q,q", "vendor,q"):
        faults = told(tmp_path, table=f"\n,,\n{header}\nA,hi,3\n")
        assert "proposals.csv:3: " in faults
        assert "proposals.csv:1: " not in faults


@pytest.mark.parametrize("sign", [b"\xff\xfe", b"\xfe\xff", b""])
def test_utf_16_is_called_by_its_name(tmp_path: Path, sign: bytes) -> None:
    order = "utf-16-be" if sign == b"\xfe\xff" else "utf-16-le"
    faults = told(tmp_path, table=sign + TABLE.encode(order))
    assert "found UTF-16; allowed: the file saved as UTF-8" in faults


def test_tabs_between_columns_are_called_by_their_name(tmp_path: Path) -> None:
    faults = told(tmp_path, table="\n" + TABLE.replace(",", "\t"))
    assert faults.startswith("proposals.csv:2: found tabs between the columns; allowed: commas")


@pytest.mark.parametrize("answer", ["3,5", "1,234", "1.234,50"])
def test_a_comma_within_a_number_gets_a_hint(tmp_path: Path, answer: str) -> None:
    faults = told(tmp_path, table=f'vendor,q,cost\nA,hi,"{answer}"\n')
    assert "with a decimal point, and nothing between thousands" in faults
    assert "decimal point" not in told(tmp_path, table="vendor,q,cost\nA,hi,5 EUR\n")


def test_the_package_itself_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vendor_eval", "--help"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "vendor-eval" in done.stdout or "Usage" in done.stdout) == (0, True)
