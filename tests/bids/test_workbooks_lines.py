"""Rows, columns, colours and comments: what exactly is hidden, alike, shown or repeated."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.bids.workbooks.comments import _repeats
from vendor_eval.bids.workbooks.hidden import FORMAT, LAST_COLUMN, OUTLINE, HiddenLines
from vendor_eval.bids.workbooks.number_formats import shown_number
from vendor_eval.bids.workbooks.styles import BLACK, WHITE, ConditionalLook, Look, is_tiny, unseen
from vendor_eval.bids.workbooks.xml_events import Element


def element(**said: str) -> Element:
    """An element with these attributes."""
    return Element("x", said)


STARTS = st.lists(st.integers(1, 40), unique=True, max_size=8).map(sorted)


@given(STARTS, st.booleans())
def test_columns_that_state_no_width_are_all_others_and_no_run_is_empty(
    edges: list[int], to_the_last: bool
) -> None:
    lines, stated = HiddenLines(), set[int]()
    lines.sheet(FORMAT, element(defaultColWidth="0"))
    runs = list(zip(edges[::2], edges[1::2], strict=False))
    if to_the_last:
        runs.append((41, LAST_COLUMN))
    for first, last in runs:
        lines.column(first, last, element(width="9"))
        stated |= set(range(first, last + 1))
    found = lines.all_columns()
    assert all(first <= last for first, last in found)
    assert {n for a, b in found for n in range(a, b + 1)} == {
        n for n in range(1, LAST_COLUMN + 1) if n not in stated
    }


def collapsed(levels: list[int], sums: set[int], *, below: bool) -> set[int]:
    """The rows next to a collapsed one, on the side of its group, that are of more levels."""
    hidden = set[int]()
    for at in sums:
        steps = range(at - 1, -1, -1) if below else range(at + 1, len(levels))
        for n in steps:
            if levels[n] <= levels[at]:
                break
            hidden.add(n)
    return hidden


@given(
    st.lists(st.integers(0, 7), min_size=1, max_size=12),
    st.sets(st.integers(0, 11)),
    st.booleans(),
)
def test_a_collapsed_group_is_what_has_more_levels_up_to_the_next_line_that_has_not(
    levels: list[int], sums: set[int], below: bool
) -> None:
    sums = {n for n in sums if n < len(levels)}
    rows, columns = HiddenLines(), HiddenLines()
    outline = element(summaryBelow=str(int(below)), summaryRight=str(int(below)))
    for lines in (rows, columns):
        lines.sheet(OUTLINE, outline)
    for n, level in enumerate(levels):
        said = element(outlineLevel=str(level), **({"collapsed": "1"} if n in sums else {}))
        rows.row(n + 1, said)
        columns.column(3 * n + 1, 3 * n + 3, said)  # a run of three
    wanted = {n + 1 for n in collapsed(levels, sums, below=below)}
    assert rows.all_rows() == wanted
    assert set(columns.all_columns()) == {(3 * n - 2, 3 * n) for n in wanted}


@pytest.mark.parametrize("level", ["8", "-1", "x", ""])
def test_a_level_that_no_program_has_is_none(level: str) -> None:
    lines = HiddenLines()
    lines.row(1, element(outlineLevel=level))
    lines.row(2, element(collapsed="1"))
    assert lines.all_rows() == frozenset()


@given(st.floats(0, 9).map(lambda size: f"{size:.3f}"))
def test_a_line_is_hidden_that_is_lower_than_three_points_or_narrower_than_a_digit(
    size: str,
) -> None:
    lines = HiddenLines()
    lines.row(1, element(ht=size))
    lines.column(1, 1, element(width=size))
    assert bool(lines.all_rows()) == (float(size) < 3)
    assert bool(lines.all_columns()) == (float(size) < 1)


@pytest.mark.parametrize(("apart", "alike"), [(0, True), (24, True), (25, False)])
def test_colours_are_alike_up_to_24_of_255_in_every_part(apart: int, alike: bool) -> None:
    for part in range(3):
        other = tuple(255 - apart * (n == part) for n in range(3))
        assert unseen(WHITE, other) == alike  # type: ignore[arg-type]
    assert not unseen(None, WHITE)
    assert not unseen(WHITE, None)


def test_a_font_under_four_points_is_too_small() -> None:
    assert [is_tiny(size) for size in ("3.99", "4", "1", "0", "x", "")] == [
        *(True, False, True, True, False, False)
    ]


def test_a_condition_that_changes_nothing_hides_nothing() -> None:
    assert not ConditionalLook().hides(Look(ink=WHITE, paper=WHITE))
    assert ConditionalLook(changes=True).hides(Look())
    assert ConditionalLook(ink=WHITE).hides(Look())
    assert ConditionalLook(papers=(WHITE, BLACK)).hides(Look())
    assert not ConditionalLook(ink=WHITE, papers=(BLACK,)).hides(Look())


def test_a_number_is_shown_in_the_15_digits_that_a_spreadsheet_holds() -> None:
    # 1/3 has 15 threes, then zeros
    shown = shown_number(1 / 3, f"0.{'0' * 17}", date(1899, 12, 30))
    assert shown.text == f"0.{'3' * 15}00"


@given(st.lists(st.sampled_from(["ab", "b", "aab", "ba"]), min_size=1, max_size=4), st.data())
def test_a_note_repeats_a_thread_where_it_holds_each_comment_after_the_one_before(
    others: list[str], data: st.DataObject
) -> None:
    text = data.draw(st.one_of(st.text("ab ", max_size=12), st.just("x".join(others))))
    bare = text.replace(" ", "")
    ends = {0}
    for other in others:  # every place at which all so far can end
        ends = {
            n + len(other)
            for n in range(len(bare))
            if bare.startswith(other, n) and any(end <= n for end in ends)
        }
    assert _repeats(text, others) == bool(ends)
    assert all(_repeats(" ".join(pair), pair) for pair in pairwise(others))


def test_what_two_comments_share_is_not_there_twice() -> None:
    assert not _repeats("ab", ["ab", "b"])
    assert _repeats("a bb", ["ab", "b"])
