"""The buyer's side of the bargain, as typed in `evaluation.yaml`: what measures count with."""

from vendor_eval.terms.clarify import Clarify
from vendor_eval.terms.commercial import Commercial
from vendor_eval.terms.hours import DAY, NO_HOURS, Hours, TypedHours, hours
from vendor_eval.terms.service import (
    CEFR,
    DAYS,
    Channel,
    ChannelId,
    Language,
    Peak,
    Service,
    ServiceLevel,
)
from vendor_eval.terms.tender import Tender

__all__ = [
    "CEFR",
    "DAY",
    "DAYS",
    "NO_HOURS",
    "Channel",
    "ChannelId",
    "Clarify",
    "Commercial",
    "Hours",
    "Language",
    "Peak",
    "Service",
    "ServiceLevel",
    "Tender",
    "TypedHours",
    "hours",
]
