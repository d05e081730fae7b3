"""What no evaluation may hold is a fault in every place, and is never opened or followed."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from make.small_folder import RULES, TABLE
from vendor_eval.cli import main
from vendor_eval.errors import InputFaults
from vendor_eval.tender.bid_files import bid_names
from vendor_eval.tender.entries import misnamed, opened
from vendor_eval.tender.folder import read

SINGLE = ["evaluation.yaml", "proposals.csv", "seal.json", "decisions.yaml", "judgements.yaml"]
FOLDERS = ["proposals", "attachments"]
AMONG = ["proposals/a.xlsx", "proposals/a.pdf", "proposals/a.csv", "attachments/a.pdf"]
AMONG += ["attachments/A/a.pdf", "attachments/A/a"]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)  # an address has room for a short path alone
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero, which has no end
    except PermissionError:
        os.symlink("/dev/zero", path)


def link_to_a_file(path: Path) -> None:
    os.symlink("/etc/hostname", path)


def link_to_a_folder(path: Path) -> None:
    os.symlink("/etc", path)


def link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.parent / ".pipe")
    os.symlink(".pipe", path)


KINDS = {
    "pipe": pipe,
    "socket": a_socket,
    "device": device,
    "link to a file": link_to_a_file,
    "link to a folder": link_to_a_folder,
    "link to a pipe": link_to_a_pipe,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An evaluation with a table of proposals, and folders for what else may come."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    (tmp_path / "proposals.csv").write_text(TABLE, "utf-8")
    (tmp_path / "proposals").mkdir()
    (tmp_path / "attachments" / "A").mkdir(parents=True)
    return tmp_path


def places(folder: Path) -> list[str]:
    """The places of every fault of a folder."""
    with pytest.raises(InputFaults) as caught:
        read(folder)
    return [fault.place for fault in caught.value.faults]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", [*SINGLE, *FOLDERS, *AMONG])
def test_what_is_no_file_is_one_fault_wherever_it_lies(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, kind: str
) -> None:
    path = folder / place
    if path.is_dir():
        for inner in path.iterdir():
            inner.rmdir()
        path.rmdir()
    path.unlink(missing_ok=True)
    made: Callable[..., None] = KINDS[kind]
    made(path, *([monkeypatch] if kind == "socket" else []))
    assert places(folder) == [place]
    done = CliRunner().invoke(main, ["score", str(folder)])
    assert (done.exit_code, len(done.output.splitlines())) == (2, 1)
    if place.startswith("proposals/"):  # a response may be lost where there is no table
        (folder / "proposals.csv").unlink()
        assert places(folder) == [place]
    assert place in CliRunner().invoke(main, ["next", str(folder)]).output


def test_a_table_that_is_no_file_counts_as_a_bid_that_may_be_in(folder: Path) -> None:
    (folder / "proposals.csv").unlink()
    os.mkfifo(folder / "proposals.csv")
    assert bid_names(folder) == ("proposals.csv",)


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="neither file nor folder"), opened(tmp_path / "pipe"):
        pass


CONTROLS = [*map(chr, range(1, 32)), "\x7f", "\x85", "\u2028", "\u2029"]
TURNING = [chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@given(
    st.text(
        st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="/"), max_size=9
    ),
    st.sampled_from([*CONTROLS, *TURNING, "\udcff", "\udc80"]),
    st.text(
        st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="/"), max_size=9
    ),
)
def test_every_character_that_can_disguise_a_name_is_refused(a: str, odd: str, b: str) -> None:
    assert misnamed(f"{a}{b}") is None
    assert misnamed(f"{a}{odd}{b}") is not None


@pytest.mark.parametrize("name", [b"a\xff", b"a\nb", "a\u202eb".encode(), b"a\x1b[31mb"])
@pytest.mark.parametrize("place", ["proposals", "attachments", "attachments/A"])
@pytest.mark.parametrize("kind", ["file", "folder"])
@pytest.mark.parametrize("ending", [b".xlsx", b".pdf"])
def test_a_disguised_name_is_a_fault_in_every_folder(
    folder: Path, place: str, name: bytes, ending: bytes, kind: str
) -> None:
    path = os.fsencode(folder / place) + b"/" + name + ending
    if kind == "folder":
        os.mkdir(path)
        path += b"/a.pdf"
    with open(path, "wb") as file:
        file.write(b"x")
    [met] = places(folder)
    assert met.startswith(place)
    assert met.encode()  # no half of a character
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert (done.exit_code, len(done.output.splitlines())) == (2, 1)
    assert "allowed: " in done.output


def test_letters_replace_a_link_and_do_not_follow_it(folder: Path, tmp_path: Path) -> None:
    (folder / "proposals.csv").write_text("vendor,q,cost\nA,,3\nB,lo,4\n", "utf-8")
    letters, outside = tmp_path / "letters", tmp_path / "outside.md"
    letters.mkdir()
    outside.write_text("mine", "utf-8")
    os.symlink(outside, letters / "a.md")
    os.mkfifo(letters / "b.md")
    done = CliRunner().invoke(main, ["check", str(folder), "--letters", str(letters)])
    assert done.exit_code == 0, done.output
    assert outside.read_text("utf-8") == "mine"
    assert (letters / "a.md").is_file()
    assert not (letters / "a.md").is_symlink()
    assert stat.S_ISFIFO((letters / "b.md").stat().st_mode)
