"""After prices are opened a level changes as a manifest error alone, and the report says so."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from make.awards import documents, lacking
from make.envelopes import PRICE, locked_envelope, opened_prices
from make.panels import REASON
from vendor_eval.award.account import assessed
from vendor_eval.award.forms import letter_form
from vendor_eval.award.letter import award_letter, letter_cases
from vendor_eval.award.standstill_period import day
from vendor_eval.cli import main
from vendor_eval.outputs.documents.markdown_text import markdown
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks
from vendor_eval.panel.log import LOG
from vendor_eval.report.first_screen import award_screen
from vendor_eval.report.panel import section
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import LettersFile, Withheld

NEAR = PRICE.replace("133.1", "122.4")  # Birch is 0.2 points behind Cedar


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def correction(folder: Path, **changed: object) -> tuple[int, str]:
    """The command that corrects Birch's level on security from 3 to 4, with some of it changed."""
    options: dict[str, object] = {
        "--vendor": "Birch",
        "--criterion": "security",
        "--level": "4",
        "--reason": "The certificate on page 9 was overlooked.",
        "--evidence": "Birch's proposal, page 9",
        "--approved-by": "chair",
    }
    options |= {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    again = options.pop("--again", ("Alder", "Birch", "Cedar"))
    words = [each for option in options.items() for each in option]
    words += [each for vendor in again for each in ("--read-again", vendor)]  # type: ignore[attr-defined]
    return ve("manifest-error", folder, *words)


def test_a_manifest_error_that_decides_leaves_the_verdict_open_and_is_said_first(
    tmp_path: Path,
) -> None:
    folder = opened_prices(tmp_path, tables=(_quality(), NEAR))
    assert read(folder).evaluate(draws=200).evaluation.leaders == ("Cedar",)
    code, said = correction(folder)
    assert code == 0, said
    tender = read(folder)
    result = tender.evaluate(draws=200)
    # 85 for 60 points on a weight of 0.2 is 5 points more
    assert result.evaluation.leaders == ("Birch",)
    assert result.verdict == "open"
    [entry] = result.recommendation.open
    assert (entry.vendor, entry.kind, entry.to) == ("Birch", "manifest_error", ("Cedar",))
    screen = award_screen(tender, result)
    assert screen.badge == "Open"
    confirm = "somebody else must confirm the changed level of Birch first, in the award's reason"
    assert confirm in screen.sentence
    facts = {heading: text for _, heading, text in screen.facts}
    assert facts["Changed after prices"] == "Birch on Security, from 3 to 4 (approved by chair)."
    code, said = ve("score", folder)
    record = json.loads(said)
    assert record["recommendation"]["verdict"] == "open"
    [changed] = record["panel"]["manifest_errors"]
    assert (changed["before"], changed["now"]) == (3, 4)
    assert changed["place"].startswith(LOG)


def test_the_new_reason_stands_with_the_new_level_wherever_the_level_is_shown(
    tmp_path: Path,
) -> None:
    folder = opened_prices(tmp_path)
    # the evaluators gave 3, 3, 3 and agreed 3
    assert correction(folder, level="5")[0] == 0
    tender = read(folder)
    result = tender.evaluate(draws=200)
    new = "The certificate on page 9 was overlooked."
    item = tender.panel.items["Birch", "security"]  # type: ignore[union-attr]
    on = day(item.correction.entry.line.on)  # type: ignore[union-attr]
    assert item.reason == new
    expected = f"{new} Manifest error, corrected on {on} and approved by chair. It replaces level 3"
    assert expected in "".join(part.markup for part in section(result).parts)
    code, said = ve("answer", folder, "--vendor", "Birch")
    assert code == 0, said
    assert f"approved by chair): {new}" in said
    assert "Earlier agreed reason (level 3, agreed on" in said
    assert "; replaced on " in said
    assert "Nothing was asked" not in said
    record = json.loads(ve("score", folder)[1])["panel"]["items"]["Birch"]["security"]
    assert (record["levels"], record["agreed"], record["outside"]) == ([3, 3, 3], 5, True)
    every = assessed(tender, result.evaluation, "Birch", whose="your")
    [judged] = [each for each in every if each.path == "security"]
    assert judged.found == "level 5 (Outstanding)"
    assert judged.reason == item.reason
    assert judged.full_reason == f"{expected}: \u201c{REASON}\u201d"


def test_others_read_the_level_before_a_correction_only_where_the_score_is_shown(
    tmp_path: Path,
) -> None:
    folder = opened_prices(tmp_path, tables=(_quality(), NEAR))
    assert correction(folder)[0] == 0
    decide = 'kind: award, vendor: Birch, by: chair, on: 2026-12-01, reason: "First"'
    (folder / "decisions.yaml").write_text(f"- {{{decide}}}\n", "utf-8")
    tender = read(folder)
    form = letter_form("uk_2023").model_copy(update={"procedure": "private"})
    held = Withheld(
        vendor="Birch", criterion="security", what="score", ground="commercial interests", by="Ann"
    )
    shown: list[dict[str, str]] = []
    for withhold in ((), (held,)):
        file = LettersFile(withhold=withhold)
        written = map(award_letter, letter_cases(tender, tender.evaluation, form, file))
        shown.append({each.vendor: markdown(each.document) for each in written})
    before = f"It replaces level 3: \u201c{REASON}\u201d"
    assert [before in each["Alder"] for each in shown] == [True, False]
    assert [before in each["Birch"] for each in shown] == [True, True]
    quoted = (
        "The panel\u2019s reason to the successful supplier: \u201cThe certificate on page 9 was"
    )
    for each in shown:
        assert quoted in each["Alder"]
        assert "Manifest error, corrected on " in each["Alder"]
        assert str(tender.panel.items["Birch", "security"].correction.entry.line.on) not in str(
            each
        )


def test_a_corrected_level_whose_reason_was_redacted_has_none_and_stops_the_letter(
    tmp_path: Path,
) -> None:
    folder = opened_prices(tmp_path)
    assert correction(folder)[0] == 0
    line = len((folder / LOG).read_text("utf-8").splitlines())
    code, said = ve("redact", folder, line, "--why", "It names a person.")
    assert code == 0, said
    tender = read(folder)
    item = tender.panel.items["Birch", "security"]  # type: ignore[union-attr]
    assert item.correction is not None
    assert item.reason == ""
    every = assessed(tender, tender.evaluation, "Birch", whose="your")
    assert [each.reason for each in every if each.path == "security"] == [""]
    decide = 'kind: award, vendor: Birch, by: chair, on: 2026-12-01, reason: "First"'
    (folder / "decisions.yaml").write_text(f"- {{{decide}}}\n", "utf-8")
    lacks = lacking(documents(folder, "private"), "Birch")["own_reasons"]
    assert "an agreed reason, or reasons.Birch.security in letters.yaml" in lacks


def test_one_that_decides_nothing_is_said_and_the_verdict_stays(tmp_path: Path) -> None:
    folder = opened_prices(tmp_path)
    before = read(folder).evaluate(draws=200)
    assert correction(folder, vendor="Alder")[0] == 0
    tender = read(folder)
    after = tender.evaluate(draws=200)
    assert after.recommendation.open == ()
    assert after.evaluation.leaders == before.evaluation.leaders
    assert any(
        heading == "Changed after prices" for _, heading, _ in award_screen(tender, after).facts
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"again": ("Birch",)}, "was not read again for 'Alder' or 'Cedar'"),
        ({"approved_by": "moderator"}, "found 'moderator', who enters it"),
        ({"level": "3"}, "found '3'; allowed: '0', '1', '4' or '5', as '3' is agreed"),
        ({"level": "2"}, "found '2'"),
        ({"evidence": "  "}, "--evidence: found nothing"),
        ({"vendor": "Brich"}, "did you mean 'Birch'?"),
        ({"criterion": "secrity"}, "did you mean 'security'?"),
        ({"again": ("Alder", "Birch", "Cedar", "Dogwood")}, "--read-again: unknown 'Dogwood'"),
    ],
)
def test_a_correction_that_lacks_something_is_refused(
    changed: dict[str, object], message: str, tmp_path: Path
) -> None:
    folder = opened_prices(tmp_path)
    before = (folder / LOG).read_bytes()
    code, said = correction(folder, **changed)
    assert code == 2
    assert message in said
    assert (folder / LOG).read_bytes() == before


def test_no_level_changes_between_the_lock_and_the_opening(tmp_path: Path) -> None:
    folder = locked_envelope(tmp_path)
    code, said = correction(folder)
    assert code == 2
    assert "no envelope is opened" in said
    with pytest.raises(Exception, match="nobody scores after that"):
        evaluator_workbooks(folder, tmp_path / "late")


def _quality() -> str:
    return (
        "vendor,approach,security\nAlder,Ten people.,A certificate.\n"
        "Birch,In May.,Here.\nCedar,Twice.,Two keys.\n"
    )
