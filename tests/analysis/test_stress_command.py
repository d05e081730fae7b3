"""The stress test on the command line: warnings, JSON, the page, and before sealing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from make.stressed import CAP, PRICE, QUALITY, stated
from vendor_eval.cli import main
from vendor_eval.tender.folder import read


def entered(*words: object) -> Result:
    """The command line, run in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Rules with a warning, and no bid."""
    typed = stated(PRICE | {"label": "Price <b>&"}, QUALITY, gates=(CAP,))
    place = tmp_path / "tender"
    place.mkdir()
    typed_json = json.dumps(typed.model_dump(mode="json", exclude_defaults=True))
    (place / "evaluation.yaml").write_text(typed_json, "utf-8")
    return place


def test_the_command_prints_warnings_with_what_to_change_and_ends_with_0(folder: Path) -> None:
    done = entered("stress", folder)
    assert done.exit_code == 0
    assert "(empty-bid-wins): lower the weight of the price" in done.stdout
    assert "figure: One point of quality costs" in done.stdout


def test_the_json_holds_rows_that_can_be_pasted(folder: Path) -> None:
    said = json.loads(entered("stress", folder, "--format", "json").stdout)
    assert said["schema"] == "vendor-eval-stress/1"
    [warning] = [w for w in said["warnings"] if w["id"] == "empty-bid-wins"]
    assert set(warning) == {"id", "severity", "place", "says", "change", "example"}
    (folder / "proposals.csv").write_text(warning["example"]["proposals_csv"], "utf-8")
    assert read(folder).evaluation.ranking[0] == "Almost empty bid"


def test_the_page_is_complete_in_itself_and_escapes_what_was_entered(folder: Path) -> None:
    out = folder.parent / "stress.html"
    assert entered("stress", folder, "--out", out).exit_code == 0
    page = out.read_text("utf-8")
    assert "Almost empty bid," in page
    assert "<b>" not in page
    assert "<script" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_seal_prints_the_warnings_before_it_writes(folder: Path) -> None:
    done = entered("seal", folder)
    assert done.exit_code == 0
    assert "empty-bid-wins" in done.stderr
    assert "to amend the seal before bids are opened" in done.stderr
    assert (folder / "seal.json").is_file()


def test_a_plausible_range_of_no_leaf_is_a_fault_with_its_line(folder: Path) -> None:
    text = (folder / "evaluation.yaml").read_text("utf-8")
    more = '{"stress": {"plausible": {"qualty": [1, 2]}}, '
    (folder / "evaluation.yaml").write_text(more + text[1:], "utf-8")
    done = entered("check", folder)
    assert done.exit_code == 2
    assert "did you mean 'quality'" in done.stderr
