"""Facts about countries, with year, source and licence; a blank is "not listed", never zero."""

from vendor_eval.reference.adequacy import Adequacy, adequacy, adequacy_list_date
from vendor_eval.reference.clocks import clocks_source, zone, zone_names
from vendor_eval.reference.figures import (
    INDICATORS,
    Country,
    Figure,
    corruption_perceptions,
    country,
    country_codes,
    earnings,
    governance,
    governance_estimate,
    language_codes,
    official_languages,
    speaker_share,
    time_zones,
)
from vendor_eval.reference.holidays import holidays, holidays_source
from vendor_eval.reference.languages import (
    Match,
    canonical_language,
    language_match,
    language_name,
    macrolanguages,
)
from vendor_eval.reference.tables import Table, manifest

__all__ = [
    "INDICATORS",
    "Adequacy",
    "Country",
    "Figure",
    "Match",
    "Table",
    "adequacy",
    "adequacy_list_date",
    "canonical_language",
    "clocks_source",
    "corruption_perceptions",
    "country",
    "country_codes",
    "earnings",
    "governance",
    "governance_estimate",
    "holidays",
    "holidays_source",
    "language_codes",
    "language_match",
    "language_name",
    "macrolanguages",
    "manifest",
    "official_languages",
    "speaker_share",
    "time_zones",
    "zone",
    "zone_names",
]
