"""What an award report is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vendor_eval.award.letter import AwardLetter
from vendor_eval.award.standstill_period import Standstill
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.tender.letters_file import LettersFile
from vendor_eval.tender.tender import Tender


@dataclass(frozen=True)
class ReportCase:
    """What the report is written from; `record` is what `results.json` holds."""

    tender: Tender
    evaluation: Evaluation
    file: LettersFile
    record: Mapping[str, Any]
    letters: Sequence[AwardLetter]
    standstill: Standstill | None
    warnings: tuple[str, ...]
    """What to look at in the letters before they are sent."""

    @property
    def undone(self) -> tuple[str, ...]:
        """The kinds of the flagged checks of which nobody says what was done."""
        flagged = (c["kind"] for c in self.record["recommendation"]["checks"] if c["ok"] is False)
        return tuple(kind for kind in flagged if kind not in self.file.checks)
