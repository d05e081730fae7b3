"""How many people in a site's country speak a language: background, not an offer."""

from typing import ClassVar

from vendor_eval import reference
from vendor_eval.location import CountryFigure
from vendor_eval.measure import MEASURES
from vendor_eval.reference import Figure
from vendor_eval.terms import Language


@MEASURES.register("speaker_share")
class SpeakerShare(CountryFigure):
    """Share of the population of the sites' countries that can use a language, in %."""

    unit: ClassVar[str] = "%"
    language: Language

    def figure(self, code: str) -> Figure | None:
        return reference.speaker_share(code, self.language)
