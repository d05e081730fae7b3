"""An evaluation folder as it grows, and what 'vendor-eval next' says of it."""

import json
import shlex
from pathlib import Path

from click.testing import CliRunner, Result

from vendor_eval.cli import main

HEAD = "vendor,total_cost,terms,soc2_report,liability_cover,transition_weeks,iso27001_valid_until,"
HEAD += "sector_years,english_level,solved,opening_hours\n"
REST = "signed,type_2,5000000,10,2028-01-01,7,C1,70,100"


def vendor_eval(*words: object) -> Result:
    """The command line, run in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


def told(folder: Path) -> dict:
    """What `next` says of a folder, as JSON, after the same was said in three to six lines."""
    plain = vendor_eval("next", folder)
    assert 3 <= len(plain.stdout.splitlines()) <= 6
    assert plain.stderr == ""
    done = vendor_eval("next", folder, "--format", "json")
    assert done.exit_code == plain.exit_code
    said = json.loads(done.stdout)
    assert plain.stdout.startswith(f"Stage: {said['stage']}. {said['standing']}.\n")
    assert said["next"]["command"] in plain.stdout
    return said


def do(said: dict, *options: object) -> Result:
    """The command that `next` names, entered as it stands."""
    program, *words = shlex.split(said["next"]["command"])
    assert program == "vendor-eval"
    return vendor_eval(*words, *options)


def bids(folder: Path, *rows: str) -> None:
    """A table of bids on the example's rules."""
    (folder / "proposals.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
