"""What 'vendor-eval next' says under sealed rules: nothing that the seal forbids."""

import json
import re
from pathlib import Path

import pytest

from make.stages import REST, bids, do, told, vendor_eval


def test_rules_changed_after_sealing_end_with_four_and_are_to_be_put_back(written: Path) -> None:
    rules = written / "evaluation.yaml"
    text = rules.read_text("utf-8")
    assert vendor_eval("seal", written).exit_code == 0
    rules.write_text(text.replace("title: Our", "title: Other"), "utf-8")
    assert vendor_eval("next", written).exit_code == 4
    said = told(written)
    assert said["stage"] == "seal broken"
    assert "changed 'title'" in said["missing"][0]["what"]
    assert said["next"]["do"].startswith("Put evaluation.yaml back as it was sealed")
    assert do(said).exit_code in (2, 4)
    rules.write_text(text, "utf-8")
    assert told(written)["stage"] == "sealed"


def test_a_seal_that_is_none_is_the_thing_to_mend(written: Path) -> None:
    (written / "seal.json").write_text("{}", "utf-8")
    said = told(written)
    assert said["stage"] == "rules"
    assert said["next"]["do"].startswith("Put seal.json back")


# What a seal forbids: changing the rules. Each stage that a sealed folder can be at is looked at.
FORBIDDEN = re.compile(
    r"write your rules|correct evaluation\.yaml|missing: worst|before sealing|seal the rules|"
    r"vendor-eval (seal|list)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (f"Alder,2000000,{REST}",),
        (f"Alder,2000000,{REST}", f"Birch,,{REST}"),
        (f"Alder,2000000,{REST}", "Birch,1900000,signed,,1,,,7,C1,,100"),
        (f"Alder,2000000,{REST}", f"alder,2000000,{REST}"),
        (f"Alder,2000000,{REST},more",),
    ],
)
@pytest.mark.parametrize("procedure", ["private", "public"])
def test_under_sealed_rules_nothing_is_advised_that_the_seal_forbids(
    written: Path, rows: tuple[str, ...], procedure: str
) -> None:
    rules = written / "evaluation.yaml"
    typed = rules.read_text("utf-8").replace("\ntie_break:", "\n# tie_break:")
    rules.write_text(f"{typed}\nprocedure: {procedure}\n", "utf-8")
    assert vendor_eval("seal", written).exit_code == 0
    if rows:
        bids(written, *rows)
    for command in ("next", "check", "seal"):
        done = vendor_eval(command, written)
        assert not FORBIDDEN.search(done.stdout + done.stderr), done.stderr


def test_rules_that_no_longer_read_under_a_seal_are_to_be_put_back(written: Path) -> None:
    assert vendor_eval("seal", written).exit_code == 0
    (written / "evaluation.yaml").write_text("title: T\n", "utf-8")
    said = told(written)
    assert said["stage"] == "rules"
    assert said["next"]["do"].startswith("Put evaluation.yaml back as it was sealed")
    assert not FORBIDDEN.search(json.dumps(said))


def test_the_example_under_a_seal_is_not_to_be_rewritten(begun: Path) -> None:
    assert vendor_eval("seal", begun).exit_code == 0
    said = told(begun)
    assert said["next"]["do"].startswith("Delete proposals.csv")
