"""`vendor-eval next`: every stage on a folder as it grows, doing each time what it says."""

import json
import re
import shutil
from pathlib import Path

import click
import pytest

from make.declarations import declare_in, declaring_rules
from make.envelopes import agreed_envelope, locked_envelope, opened_prices
from make.panels import (
    agreed_book,
    agreed_folder,
    declaring_folder,
    panel_folder,
    scored_book,
    scored_folder,
)
from make.running import written_folder
from make.stages import REST, bids, do, told, vendor_eval
from vendor_eval.cli import main
from vendor_eval.outputs.stages import order as stages
from vendor_eval.outputs.stages.advice import Advice, Need
from vendor_eval.outputs.stages.order import STAGES, advice
from vendor_eval.outputs.stages.situation import Situation


def test_from_a_new_folder_to_the_report_next_says_what_to_do_and_then_the_following_thing(
    begun: Path,
) -> None:
    said = told(begun)
    assert (said["stage"], said["standing"]) == ("rules", "The folder holds a constructed example")
    assert said["next"]["do"].startswith("Write your rules into evaluation.yaml and delete propos")
    rules = begun / "evaluation.yaml"
    text = rules.read_text("utf-8")

    rules.write_text(text.replace("title: Customer", "titel: Our"), "utf-8")
    said = told(begun)
    assert said["next"]["do"].startswith("Delete proposals.csv")
    (begun / "proposals.csv").unlink()

    said = told(begun)
    assert (said["stage"], said["standing"]) == ("rules", "Rules not sealed; 2 faults in them")
    assert {need["from"] for need in said["missing"]} == {"buyer"}
    assert "unknown key 'titel'" in do(said).stderr
    rules.write_text(text.replace("title: Customer", "title: Our"), "utf-8")

    said = told(begun)
    assert (said["stage"], said["next"]["do"]) == ("rules", "Seal the rules before bids arrive")
    assert do(said).exit_code == 0

    said = told(begun)
    assert (said["stage"], said["next"]["do"]) == ("sealed", "Send the vendors this workbook")
    assert said["missing"][0]["from"] == "vendors"
    assert do(said).exit_code == 0
    assert Path("response.xlsx").is_file()
    bids(begun, f"Alder,2000000,{REST}", "Birch,1900000,signed,,5000000,10,2028-01-01,7,C1,70,100")

    said = told(begun)
    assert said["stage"] == "questions open"
    assert said["standing"].endswith("; 2 vendors: 1 eligible, 1 undecided")
    asked = "evidence that decides the gate Type of the SOC 2 report in force"
    assert said["missing"] == [{"what": asked, "from": "vendor", "vendor": "Birch"}]
    assert do(said).exit_code == 0
    assert Path("letters/birch.md").is_file()
    bids(begun, f"Alder,2000000,{REST}", f"Birch,1900000,{REST}")

    said = told(begun)
    assert (said["stage"], said["next"]["do"]) == ("ready", "Make the report")
    assert "2 vendors: 2 eligible" in said["standing"]
    assert said["next"]["command"] == "vendor-eval run 'my tender'"


def test_a_blank_is_missing_from_its_vendor(written: Path) -> None:
    bids(written, f"Alder,2000000,{REST}", f"Birch,,{REST}")
    said = told(written)
    assert said["stage"] == "questions open"
    assert "1 incomplete" in said["standing"]
    [need] = said["missing"]
    assert (need["from"], need["vendor"]) == ("vendor", "Birch")
    assert need["what"].startswith("proposals.csv!Birch!total_cost: blank: ")
    assert said["next"]["command"] == "vendor-eval check 'my tender' --letters letters"
    assert do(said).exit_code == 0
    [letter] = Path("letters").iterdir()
    assert letter.name == "birch.md"


def test_what_the_buyer_entered_for_a_vendor_is_missing_from_you(written: Path) -> None:
    bids(written, f"Alder,2000000,{REST}", f"Birch,about two million,{REST}")
    said = told(written)
    assert said["stage"] == "questions open"
    [need] = said["missing"]
    assert (need["from"], need["vendor"]) == ("buyer", None)
    assert need["what"].startswith("Birch: proposals.csv!Birch!total_cost: found")
    assert said["next"]["command"] == "vendor-eval check 'my tender'"


def test_what_you_must_settle_comes_before_what_vendors_must_answer(written: Path) -> None:
    blank, entered = f"Alder,,{REST}", f"Cedar,,{REST}".replace(",,", ",much,", 1)
    bids(written, blank, f"Birch,,{REST}", f"Bombay,,{REST}", entered)
    said = told(written)
    assert [need["from"] for need in said["missing"]] == ["buyer", *["vendor"] * 3]
    assert said["missing"][0]["what"].startswith("Cedar: ")
    assert said["next"]["command"] == "vendor-eval check 'my tender'"
    assert "vendor-eval check 'my tender' --letters letters" in said["also"]
    assert "Missing, from you: Cedar: " in vendor_eval("next", written).output


def test_what_only_the_buyer_can_mend_is_missing_from_you(written: Path) -> None:
    (written / "proposals.csv").write_text("vendor,total_cost\nAlder,2000000\n", "utf-8")
    said = told(written)
    assert said["stage"] == "bids in"
    assert {need["from"] for need in said["missing"]} == {"buyer"}
    assert "no column 'terms'" in json.dumps(said["missing"])
    assert do(said).exit_code == 2
    bids(written, f"Alder,2000000,{REST}", f"alder,1900000,{REST}")
    said = told(written)
    assert said["stage"] == "questions open"
    assert [need["from"] for need in said["missing"]] == ["buyer"]
    assert "found the vendor 'alder' again" in said["missing"][0]["what"]
    assert said["next"]["do"].startswith("Correct or decide what is missing from you")


def test_a_vendor_that_the_buyer_closed_is_waited_for_no_longer(written: Path) -> None:
    bids(written, f"Alder,2000000,{REST}", f"Birch,,{REST}")
    assert told(written)["stage"] == "questions open"
    entry = "kind: closed, vendor: Birch, ground: No answer by 24 November, by: Ann, "
    entry += "approved_by: Bob, on: 2026-11-25, reason: Reminded twice"
    (written / "decisions.yaml").write_text(f"- {{{entry}}}\n", "utf-8")
    said = told(written)
    assert said["stage"] == "ready"
    assert "2 vendors: 1 eligible, 1 excluded" in said["standing"]


def test_once_the_award_is_decided_every_vendor_hears_of_it(written: Path) -> None:
    bids(written, f"Alder,2000000,{REST}", f"Birch,,{REST}")
    assert told(written)["stage"] == "questions open"
    entry = "kind: award, vendor: Alder, by: Steering committee, on: 2026-12-01, reason: First"
    (written / "decisions.yaml").write_text(f"- {{{entry}}}\n", "utf-8")
    said = told(written)
    assert said["stage"] == "decided"
    assert said["standing"].endswith("awarded to Alder by Steering committee")
    assert said["missing"] == []
    assert do(said, "--draft").exit_code == 5  # addresses and reasons are missing from letters.yaml
    assert (written.parent / "award" / "checklist.html").is_file()


def test_what_the_stress_test_warns_of_is_shown_until_the_rules_are_sealed(
    written: Path,
) -> None:
    assert told(written)["missing"] == []
    rules = written / "evaluation.yaml"
    stated = rules.read_text("utf-8").replace("Hours open a week", "Track record, hours a week")
    rules.write_text(f"{stated}\nprocedure: public\n", "utf-8")
    said = told(written)
    assert said["next"]["do"] == "Seal the rules before bids arrive"
    assert f"vendor-eval stress '{written}'" in said["also"]
    assert any("criteria.service.opening_hours" in need["what"] for need in said["missing"])
    assert vendor_eval("seal", written).exit_code == 0
    assert "challenge" not in json.dumps(told(written))
    assert "tie_break" not in json.dumps(told(written))


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_what_is_no_evaluation_folder_ends_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    done = vendor_eval("next", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("vendor-eval: ")


def test_next_names_the_step_of_a_panel_that_can_be_taken_and_the_person_who_owes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = panel_folder(tmp_path / "desk", declaring_rules())
    said = told(folder)
    assert said["next"]["command"] == f"vendor-eval sheets {folder} --out sheets"
    assert not [also for also in said["also"] if "redact" in also]
    assert do(said).exit_code == 0
    assert told(folder)["next"]["command"] == f"vendor-eval scores {folder} FILE"
    for id in ("e1", "e2"):
        scored_book(declare_in(Path("sheets", f"{id}.xlsx")), id)
    assert vendor_eval("scores", folder, "sheets/e1.xlsx", "sheets/e2.xlsx").exit_code == 0
    said = told(folder)
    assert said["next"]["command"] == f"vendor-eval scores {folder} FILE"
    assert {(need["from"], need["person"]) for need in said["missing"]} == {("person", "e3")}
    assert "Missing, from e3: " in vendor_eval("next", folder).stdout
    assert [also for also in said["also"] if "redact" in also]
    scored_book(declare_in(Path("sheets/e3.xlsx")), "e3")
    assert vendor_eval("scores", folder, "sheets/e3.xlsx").exit_code == 0
    said = told(folder)
    assert do(said).exit_code == 0
    agreed_book(Path("agenda.xlsx"))
    assert vendor_eval("moderate", folder, "--read", "agenda.xlsx").exit_code == 0
    said = told(folder)
    assert said["next"]["command"] == f"vendor-eval declare {folder} declaration.xlsx"
    assert "Missing, from moderator: " in vendor_eval("next", folder).stdout
    shutil.copyfile("sheets/declaration.xlsx", "declaration.xlsx")
    declare_in(Path("declaration.xlsx"), person="moderator")
    assert do(said).exit_code == 0
    assert do(told(folder)).exit_code == 0
    assert told(folder)["stage"] == "ready"


def test_every_other_command_is_named_by_some_stage(written: Path, tmp_path: Path) -> None:
    named = {"new"} if "vendor-eval new" in vendor_eval("next", "nowhere").stderr else set()
    for rows in ((), (f"Alder,2000000,{REST}", f"Birch,,{REST}"), (f"Alder,2000000,{REST}",)):
        if rows:
            bids(written, *rows)
        named |= set(re.findall(r"vendor-eval (\w+)", vendor_eval("next", written).stdout))
    (written / "evaluation.yaml").write_text("title: T\n", "utf-8")
    named |= set(re.findall(r"vendor-eval (\w+)", vendor_eval("next", written).stdout))
    for made in (panel_folder, scored_folder, agreed_folder):
        folder = made(tmp_path / made.__name__)
        named |= set(re.findall(r"vendor-eval (\w+)", vendor_eval("next", folder).stdout))
    for made in (declaring_folder, agreed_envelope, locked_envelope, opened_prices):
        folder = made(tmp_path / made.__name__)
        named |= set(re.findall(r"vendor-eval ([\w-]+)", vendor_eval("next", folder).stdout))
    assert isinstance(main, click.Group)
    asked = {"answer", "award", "batch", "compare", "history", "next"}  # no stage waits for these
    assert set(main.commands) - named == asked


def test_more_than_three_things_missing_are_counted_and_all_stand_in_the_json() -> None:
    needs = tuple(Need("an answer\non two lines", f"Vendor {n}") for n in range(5))
    shown = Advice("questions open", "Five vendors", "Ask", "vendor-eval check x", needs)
    assert [line.partition(":")[0] for line in shown.lines] == [
        "Stage",
        "Missing, from Vendor 0",
        "Missing, from Vendor 1",
        "Missing",
        "Next",
    ]
    assert shown.lines[3] == "Missing: 3 more"
    assert len(shown.as_json()["missing"]) == 5


def test_a_stage_that_comes_later_is_one_more_function(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written_folder(tmp_path / "helpdesk")

    def scored(stands: Situation) -> Advice | None:
        if stands.evaluation is None:
            return None
        return Advice("scores", "2 evaluators of 3 have scored", "Ask the third", None)

    assert advice(folder).stage == "ready"
    monkeypatch.setattr(stages, "STAGES", (*STAGES[:-1], scored, STAGES[-1]))
    assert advice(folder).lines == (
        "Stage: scores. 2 evaluators of 3 have scored.",
        "Next: Ask the third",
    )
