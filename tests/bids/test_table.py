"""A table is read as programs write it, or its fault says what to change."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.bids.table import read_answers_file

PLAIN = "vendor,q,cost\nA,hi,3\nB,lo,4\n"
ROWS = {"A": ["hi", "3"], "B": ["lo", "4"]}


def answers(content: str | bytes) -> dict[str, list[str]]:
    """The answers by vendor; no fault."""
    raw = content if isinstance(content, bytes) else content.encode()
    table, faults = read_answers_file(raw, None, "vendor")
    assert (faults, dict(table.faults) if table else None) == ([], {})
    assert table is not None
    return {vendor: list(table.answers.loc[vendor]) for vendor in table.vendors}


def faults(content: str | bytes) -> list[str]:
    """Every fault of a table and of its rows."""
    raw = content if isinstance(content, bytes) else content.encode()
    table, met = read_answers_file(raw, None, "vendor")
    rows = [fault for own in table.faults.values() for fault in own] if table else []
    return [str(fault) for fault in (*met, *rows)]


SEMICOLONS = PLAIN.replace(",", ";")


@pytest.mark.parametrize(
    "content",
    [
        "sep=,\n" + PLAIN,
        "sep=;\n" + SEMICOLONS,
        '"sep=;"\r\n' + SEMICOLONS.replace("\n", "\r\n"),
        "SEP=;;;\n" + SEMICOLONS,
        "\ufeffsep=;\n" + SEMICOLONS,
        "\n\nsep=;\n\n" + SEMICOLONS,
        PLAIN.replace("\n", ",,\n"),
        "sep=;;;;\n" + SEMICOLONS.replace("\n", ";;\n"),
        "vendor,q,cost,,\nA,hi,3\nB,lo,4,,\n",  # spreadsheets write the last ones of some rows
        PLAIN + "\n\n,,\n,,,,,\n \n",
        PLAIN.replace("\n", "\r"),
        "\ufeff" + PLAIN.replace("vendor,q,cost", '"vendor","q","cost"'),
        PLAIN.replace("vendor", " vendor\u00a0"),
        PLAIN.rstrip("\n"),
    ],
)
def test_a_table_is_read_as_programs_write_it(content: str) -> None:
    assert answers(content) == ROWS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sep=\t\nvendor\tq\n", ["proposals.csv:1: found the separator '\\t'; allowed: commas"]),
        ("sep=|\nvendor|q\n", ["proposals.csv:1: found the separator '|'; allowed: commas"]),
        ("sep=;\n" + PLAIN, ["proposals.csv:2: found all columns in one cell, 'vendor,q,cost'"]),
        (
            "".join(f'"{line}"\n' for line in PLAIN.splitlines()),
            ["proposals.csv:1: found all columns in one cell, 'vendor,q,cost'; allowed: ',' or"],
        ),
        # an answer of "3,500" and a blank look like this too
        (
            "vendor,q,cost\nA,hi,3,\nB,lo,4\n",
            ["proposals.csv:2: found 4 cells; allowed: 3, as in the header. The last are empty"],
        ),
        ("vendor,q,cost,\nA,hi,3,x\n", ["proposals.csv:1: column 4 has no name"]),
        ("vendor,,cost\nA,,3\n", ["proposals.csv:1: column 2 has no name"]),
        ("sep=;\n", ["proposals.csv: found an empty file"]),
        (b"vendor,q\rA,b\rB,\xff\r", ["proposals.csv:3: found the byte 0xff"]),
    ],
)
def test_what_is_not_read_is_named_with_its_line(content: str | bytes, said: list[str]) -> None:
    met = faults(content)
    assert [one.startswith(start) for one, start in zip(met, said, strict=True)] == [True], met


CELL = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=6)
NAMES = st.lists(CELL, min_size=1, max_size=4, unique=True)


@given(
    names=NAMES,
    rows=st.lists(st.lists(CELL | st.just(""), min_size=4, max_size=4), min_size=1, max_size=4),
    separator=st.sampled_from(",;"),
    declared=st.booleans(),
    empty=st.integers(0, 3),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoted=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    after=st.integers(0, 2),
)
def test_how_a_table_is_written_changes_none_of_its_answers(
    names: list[str],
    rows: list[list[str]],
    separator: str,
    declared: bool,
    empty: int,
    end: str,
    quoted: int,
    after: int,
) -> None:
    columns = ["vendor", *(f"{name} {n}" for n, name in enumerate(names))]
    cut = [[f"V{n}", *row[: len(names)]] for n, row in enumerate(rows)]
    plain, written = io.StringIO(newline=""), io.StringIO(newline="")
    csv.writer(plain, quoting=csv.QUOTE_ALL).writerows([columns, *cut])
    writer = csv.writer(written, delimiter=separator, lineterminator=end, quoting=quoted)
    writer.writerows([*line, *[""] * empty] for line in (columns, *cut))
    start = f"sep={separator}{end}" if declared else ""
    assert answers(start + written.getvalue() + end * after) == answers(plain.getvalue())
