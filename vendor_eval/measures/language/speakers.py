"""How many people in a site's country speak a language: background, not an offer."""

from typing import ClassVar

from vendor_eval.measures.location.published import CountryFigure
from vendor_eval.measures.measure import MEASURES
from vendor_eval.reference.figures import Figure, speaker_share
from vendor_eval.rules.service import Language


@MEASURES.register("speaker_share")
class SpeakerShare(CountryFigure):
    """Share of the population of the sites' countries that can use a language, in %."""

    about = "Share of the population of the sites' countries that can use a language, in %."
    unit: ClassVar[str] = "%"
    language: Language

    def figure(self, code: str) -> Figure | None:
        return speaker_share(code, self.language)
