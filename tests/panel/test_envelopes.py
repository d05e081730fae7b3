"""Two envelopes: what comes in stays unread, and the price is opened once the first is locked."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from make.envelopes import (
    PRICE,
    QUALITY,
    agreed_envelope,
    envelope_folder,
    envelope_rules,
    locked_envelope,
    opened_prices,
)
from make.panels import panel_folder
from vendor_eval.cli import main
from vendor_eval.errors import InputFaults
from vendor_eval.panel.log import LOG
from vendor_eval.rules.rules import fingerprint
from vendor_eval.rules.stage import stage_rules
from vendor_eval.tender.folder import read, read_rules

SHA = hashlib.sha256(PRICE.encode()).hexdigest()


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def test_a_receipt_says_whose_when_and_what_and_the_file_is_moved_unread(tmp_path: Path) -> None:
    rules = envelope_rules()
    folder = panel_folder(tmp_path / "folder", rules)
    (folder / "proposals.csv").unlink()
    sent = tmp_path / "offer of Alder.xlsx"
    sent.write_bytes(b"not even a workbook")
    line = ["--vendor", "Alder & Sons / Ltd", "--envelope", "price", "--at", "2026-11-20T12:01"]
    code, said = ve("receive", folder, sent, *line, "--channel", "post")
    assert code == 0, said
    assert "received on line 1 of scores/log.jsonl; it is late, and stays unread" in said
    assert not sent.exists()
    kept = folder / "proposals" / "price" / "Alder & Sons _ Ltd.xlsx"
    assert kept.read_bytes() == b"not even a workbook"
    body = json.loads((folder / LOG).read_text())["body"]
    assert body == {
        "vendor": "Alder & Sons / Ltd",
        "envelope": "price",
        "file": "proposals/price/Alder & Sons _ Ltd.xlsx",
        "sha256": hashlib.sha256(b"not even a workbook").hexdigest(),
        "size": 19,
        "at": "2026-11-20T12:01",
        "late": True,
        "channel": "post",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--envelope", "prices"], "allowed: 'quality' or 'price'"),
        (["--envelope", "price"], "a file of all vendors was received on line 2"),
        (["--envelope", "price", "--vendor", "Alder"], "found 'again.csv'; allowed: a workbook"),
    ],
)
def test_what_cannot_be_received_stays_where_it_is(
    change: list[str], message: str, tmp_path: Path
) -> None:
    folder = envelope_folder(tmp_path)
    again, before = tmp_path / "again.csv", (folder / LOG).read_bytes()
    again.write_text(PRICE)
    code, said = ve("receive", folder, again, *change)
    assert code == 2
    assert message in said
    assert again.exists()
    assert (folder / LOG).read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are made as on POSIX")
@pytest.mark.parametrize("kind", ["pipe", "link", "device"])
def test_a_pipe_a_link_or_a_device_is_not_received(kind: str, tmp_path: Path) -> None:
    folder = envelope_folder(tmp_path)
    file = tmp_path / "desk" / "Alder.xlsx"
    file.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero" if kind == "device" else folder / "evaluation.yaml")
    code, said = ve("receive", folder, file, "--vendor", "Alder", "--envelope", "price")
    assert code == 2, said
    assert "allowed: " in said


def test_before_the_lock_nothing_is_scored_and_nothing_is_opened(tmp_path: Path) -> None:
    folder = agreed_envelope(tmp_path)
    for command in ("score", "run"):
        for envelope in ((), ("--envelope", "quality")):
            code, said = ve(command, folder, *envelope)
            assert code == 5, said
            assert "is not locked" in said
    code, said = ve("open", folder, "price")
    assert code == 5
    assert "the envelope 'quality' is not locked" in said
    for wrong in ((), ("price",)):
        code, said = ve("lock", folder, *wrong)
        assert code == 2
        assert "allowed: 'quality'" in said


def test_between_lock_and_opening_quality_stands_alone(tmp_path: Path) -> None:
    folder = locked_envelope(tmp_path)
    code, said = ve("score", folder)
    assert code == 5
    assert "the envelope 'price' is not opened" in said
    code, said = ve("score", folder, "--envelope", "quality")
    assert code == 0, said
    record = json.loads(said)
    assert record["envelope"] == "quality"
    assert record["recommendation"] is None
    weights = {p: c["weight"] for p, c in record["vendors"]["Alder"]["criteria"].items()}
    # 40 and 20 of 100 are two thirds and one third of what is open
    assert weights == {"approach": 0.6666666667, "security": 0.3333333333}
    assert {v["score"] for v in record["vendors"].values()} == {60.0}
    assert {v["price"] for v in record["vendors"].values()} == {None}
    code, said = ve("next", folder)
    assert "Next: Open the envelope 'price': vendor-eval open" in said
    code, said = ve("check", folder)
    assert code == 0, said
    assert "proposals/price.csv: not opened; known by its receipt" in said
    assert read(folder).hashes["proposals/price.csv"] == SHA


def test_once_opened_both_count_as_one_table_would(tmp_path: Path) -> None:
    folder = opened_prices(tmp_path)
    tender = read(folder)
    assert tender.evaluate(draws=200).evaluation.ranking == ("Cedar", "Birch", "Alder")
    # approach and security 60 points each, cost by (200 - c) / (200 - 100)
    costs = {"Alder": 48.3, "Birch": 66.9, "Cedar": 78.1}
    expected = {vendor: 0.6 * 60 + 0.4 * points for vendor, points in costs.items()}
    assert dict(100 * tender.evaluation.scores) == pytest.approx(expected)
    assert tender.proposals.place("Alder", "cost") == "proposals/price.csv!Alder!cost"
    alone = read(folder, envelope="quality")
    assert set(100 * alone.evaluation.scores) == {60.0}
    code, said = ve("open", folder, "price")
    assert code == 2
    assert "allowed: what is still closed" in said


@pytest.mark.parametrize("name", ["quality", "price"])
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_a_file_that_is_not_the_one_received_is_found(name: str, how: str, tmp_path: Path) -> None:
    folder = opened_prices(tmp_path)
    file = folder / "proposals" / f"{name}.csv"
    file.write_text(file.read_text() + "\n") if how == "changed" else file.unlink()
    for command in ("check", "score"):
        code, said = ve(command, folder)
        assert code == 4, said
        assert f"proposals/{name}.csv: is not" in said


def test_a_closed_file_that_changed_is_found_when_it_is_to_be_opened(tmp_path: Path) -> None:
    folder = locked_envelope(tmp_path)
    (folder / "proposals" / "price.csv").write_text(PRICE.replace("121.9", "120.0"))
    assert ve("check", folder)[0] == 0  # nobody looks into it
    code, said = ve("open", folder, "price")
    assert code == 4
    assert "proposals/price.csv: is not the file that was received on line 2" in said


def test_a_price_without_a_receipt_holds_everything_up(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder", envelope_rules())
    (folder / "proposals.csv").unlink()
    (folder / "proposals").mkdir()
    (folder / "proposals" / "quality.csv").write_text(QUALITY)
    (folder / "proposals" / "price.csv").write_text(PRICE)
    code, said = ve("check", folder)
    assert code == 5
    assert "proposals/price.csv: found no receipt" in said


@pytest.mark.parametrize("floor", [60, 61])
def test_vendors_below_the_floor_stay_closed_and_are_never_deleted(
    floor: int, tmp_path: Path
) -> None:
    rules = envelope_rules()
    qualify = {"criterion": "approach", "rule": {"at_least": floor}}
    rules["envelopes"][0]["qualify"] = qualify
    # a level that nobody gave would need evidence: Alder got 3, 3, 4 and Birch 4, 1, 4
    level = lambda vendor, path: {("Birch", "approach"): 1}.get((vendor, path), 3)  # noqa: E731
    folder = locked_envelope(tmp_path, typed=rules, level=level)
    if floor == 61:
        code, said = ve("open", folder, "price")
        assert code == 0, said
        for vendor in ("Alder", "Birch", "Cedar"):
            assert f"{vendor}: not opened" in said
        evaluation = read(folder).evaluation
        assert evaluation.having("excluded") == ("Alder", "Birch", "Cedar")
        return
    code, said = ve("open", folder, "price")
    assert code == 0, said
    assert "Birch: not opened" in said
    tender = read(folder)
    assert tender.evaluation.having("excluded") == ("Birch",)
    assert tender.proposals.answers.at["Birch", "cost"] == ""
    assert tender.evaluation.ranking == ("Cedar", "Alder")
    assert "Birch,133.1" in (folder / "proposals" / "price.csv").read_text()


FAULTY: list[tuple[Any, str]] = [
    (lambda r: r["envelopes"].pop(), "allowed: two"),
    (lambda r: r["envelopes"][1].update(criteria=["security"]), "in both envelopes"),
    (lambda r: r["envelopes"][0].update(criteria=["approach"]), "'security' is in no envelope"),
    (lambda r: r["envelopes"][1].update(id="quality"), "appears here twice"),
    (lambda r: r["envelopes"][0].update(criteria=["aproach", "security"]), "did you mean"),
    (lambda r: r["envelopes"].reverse(), "holds 'cost', the price"),
    (
        lambda r: r["envelopes"][0].update(qualify={"criterion": "cost", "rule": {"at_least": 1}}),
        "not all in this envelope",
    ),
    (
        lambda r: r["envelopes"][1].update(qualify={"criterion": "cost", "rule": {"at_least": 1}}),
        "allowed: on the first",
    ),
]


@pytest.mark.parametrize(("change", "message"), FAULTY)
def test_envelopes_that_do_not_fit_are_faults_of_the_rules(
    change: Any, message: str, tmp_path: Path
) -> None:
    rules = envelope_rules()
    change(rules)
    folder = panel_folder(tmp_path / "folder", rules)
    with pytest.raises(InputFaults, match=message):
        read_rules(folder)


def test_a_stage_has_the_fingerprint_of_the_whole_rules_and_their_proportions(
    tmp_path: Path,
) -> None:
    rules = envelope_rules()
    leaf = {"answer": "extra", "value": {"linear": {"worst": 0, "best": 1}}}
    branch = {"id": "cost", "label": "Cost", "weight": 40}
    price, extra = rules["criteria"][2] | {"id": "all", "weight": 30}, {"id": "extra", "weight": 10}
    rules["criteria"][2] = branch | {"criteria": [price, extra | {"label": "Extra"} | leaf]}
    rules["envelopes"] = [
        {"id": "quality", "criteria": ["approach", "security", "cost.extra"]},
        {"id": "price", "criteria": ["cost.all"]},
    ]
    whole = read_rules(panel_folder(tmp_path / "folder", rules))
    stage = stage_rules(whole, "quality")
    assert fingerprint(stage) == fingerprint(whole)
    assert stage.price_path is None
    weights = {c.id: c.weight for c in stage.criteria}
    # a quarter of the branch is open, so that it weighs a quarter
    assert weights == {"approach": 40, "security": 20, "cost": 10}
