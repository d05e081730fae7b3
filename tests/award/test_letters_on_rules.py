"""Award letters under a shortlist, a knock-out and weights of which only an order is stated."""

from pathlib import Path

from make.awards import RULES, TABLE, awarded, documents, letters
from vendor_eval.award.report_document import award_report
from vendor_eval.outputs.documents.markdown_text import markdown

SHORTLIST = f"{RULES}shortlist: {{criterion: quality, best: 2}}\n"
KNOCK_OUT = f"{RULES}knock_out: {{criterion: quality, below: 62}}\n"
ORDER = RULES.replace("weight: 40, ", "").replace("    weight: 60\n", "")
ORDER += "weights: {order: [quality, cost]}\n"


def test_a_vendor_that_the_shortlist_leaves_out_reads_its_own_points_alone(tmp_path: Path) -> None:
    texts = letters(documents(awarded(tmp_path / "f", rules=SHORTLIST)))
    text = texts["Alder Ltd Services"]
    # (2 x 65 + 56) / 3
    assert "Best 2 on Quality: required one of the 2 best results; found: 62" in text
    assert "was excluded and not ranked" in text
    assert "80" not in text.partition("Best 2 on Quality")[2][:120]  # Alder's points
    assert "Best 2 on Quality" not in texts["Al"]


def test_a_vendor_reads_why_a_criterion_counts_0(tmp_path: Path) -> None:
    table = TABLE.replace("Alder,121212,yes,83,74", "Alder,121212,yes,60,65")
    folder = awarded(tmp_path / "f", rules=KNOCK_OUT, table=table, winner="Al")
    text = letters(documents(folder))["Alder"]
    # (2 x 60 + 65) / 3
    says = "Quality counts 0: your tender has 61.7 points on it, below the floor of 62."
    assert says in text.replace("\\", "")
    assert "scores 60.0 out of 100, and counts 0" in text
    assert says not in letters(documents(folder))["Al"].replace("\\", "")


def test_every_letter_says_that_only_an_order_was_stated(tmp_path: Path) -> None:
    texts = letters(documents(awarded(tmp_path / "f", rules=ORDER)))
    for text in texts.values():
        assert "Quality and Cost, in this order of importance" in text
        assert "the mean of all weights that fit the stated order" in text


def test_letters_and_report_state_totals_as_they_rank(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", rules=f"{RULES}rounding: {{score: 0}}\n")
    written = documents(folder)
    # 0.4 x 58.586 + 0.6 x 68 = 64.2344 and 0.4 x 78.788 + 0.6 x 80 = 79.5152, rounded to whole ones
    text = letters(written)["Al"]
    assert "Your total: 64.0 of 100 points." in text
    assert "Total of the successful tender: 80.0 of 100 points." in text
    report = markdown(award_report(written.case, draft=False))
    assert "| 1 | Alder | 80.0 |" in report
    assert "| 2 | Al | 64.0 |" in report
