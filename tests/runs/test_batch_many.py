"""Many evaluations in one night: none is lost, and each is what a run by itself gives."""

import json
from pathlib import Path

import pytest

from make.nights import night, record, written_desk
from make.running import invoked, vendor_eval

EXAMPLES = (
    *("time-attendance-software", "california-two-envelope", "gsa-help-desk", "customer-support"),
    "customer-support-panel",
)


def written_rows(desk: Path, data: Path, count: int, examples: tuple[str, ...]) -> None:
    """Rows in which the examples take turns, each with another seed."""
    rows = [
        {"folder": str(data / examples[n % len(examples)]), "seed": n, "name": f"e{n}"}
        for n in range(count)
    ]
    (desk / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.mark.more
@pytest.mark.parametrize("count", [6, 20])
def test_many_evaluations_are_scored_in_forks_as_score_scores_them(
    count: int, tmp_path: Path, data: Path
) -> None:
    written_rows(tmp_path, data, count, EXAMPLES[:3])
    run = ("batch", "--from", "rows.jsonl", "--out", "out", "--engine", "fork", "--score-only")
    done = vendor_eval(*run, "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    place = night(tmp_path, done)
    assert record(place)["states"] == {"ok": count}
    scored = vendor_eval("score", data / EXAMPLES[1], "--seed", 4, cwd=tmp_path)
    assert (place / "e4" / "results.json").read_text("utf-8") == scored.stdout


@pytest.mark.more
@pytest.mark.parametrize(
    "examples", [("california-two-envelope",), EXAMPLES], ids=["envelopes", "all"]
)
def test_an_example_that_is_as_it_was_is_skipped_on_the_second_night(
    tmp_path: Path, data: Path, examples: tuple[str, ...]
) -> None:
    written_rows(tmp_path, data, len(examples), examples)
    run = ("batch", "--from", "rows.jsonl", "--out", "out", "--engine", "fork", "--score-only")
    nights = [vendor_eval(*run, "--night", n, "--quiet", cwd=tmp_path) for n in (1, 2)]
    states = [record(night(tmp_path, done))["states"] for done in nights]
    assert states == [{"ok": len(examples)}, {"skipped": len(examples)}]


@pytest.mark.parametrize("alone", [True, pytest.param(False, marks=pytest.mark.more)])
def test_a_night_of_the_first_envelope_alone_recommends_nobody_and_fails_nothing(
    tmp_path: Path, data: Path, alone: bool
) -> None:
    folder = data / "california-two-envelope"
    run = ("batch", folder, "--out", "out", "--notebook", "first_envelope", "--quiet")
    run += ("-p", "envelope=quality", *(["--score-only"] if alone else []))
    done = [vendor_eval(*run, "--night", n, cwd=tmp_path) for n in (1, 2)]
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 2
    nights = [record(night(tmp_path, each)) for each in done]
    assert [each["states"] for each in nights] == [{"ok": 1}, {"skipped": 1}]
    assert nights[0]["runs"][0]["recommendation"] is None
    assert not list(tmp_path.rglob("faults.json"))
    listed = invoked("history", folder, "--runs", "out", "--json", cwd=tmp_path)
    assert listed.exit_code == 0, listed.stderr
    assert [each["verdict"] for each in json.loads(listed.stdout)] == [None]


@pytest.mark.more
def test_two_hundred_evaluations_by_forks_are_what_run_writes(tmp_path: Path, data: Path) -> None:
    written_desk(tmp_path, 1)
    small = {"folder": "h1", "notebook": "small.ipynb"}
    large = [{"folder": str(data / name), "notebook": "vendor_selection"} for name in EXAMPLES]
    # each twentieth is an example, and the examples take turns
    rows = [large[n // 20 % len(large)] if n % 20 == 0 else small for n in range(200)]
    lines = [json.dumps({**row, "seed": n, "name": f"e{n}"}) for n, row in enumerate(rows)]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    run = ("batch", "--from", "rows.jsonl", "--out", "out", "--engine", "fork", "--quiet")
    done = vendor_eval(*run, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    place = night(tmp_path, done)
    assert record(place)["states"] == {"ok": 200}
    for n in (60, 180, 199):  # two examples and a small one
        row = ("run", rows[n]["folder"], "--notebook", rows[n]["notebook"], "--seed", n)
        assert vendor_eval(*row, "--out", f"alone{n}", cwd=tmp_path).returncode == 0
        for name in ("report.html", "results.json", "scorecard.xlsx"):
            alone = (tmp_path / f"alone{n}" / name).read_bytes()
            assert (place / f"e{n}" / name).read_bytes() == alone
