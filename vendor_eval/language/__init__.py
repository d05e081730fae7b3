"""Languages: what the channels need against what is offered, tested and covered."""

from vendor_eval.language.measures import NOT_OFFERED
from vendor_eval.language.offers import Offer, Requirement, offers, requirements
from vendor_eval.language.speakers import SpeakerShare

__all__ = ["NOT_OFFERED", "Offer", "Requirement", "SpeakerShare", "offers", "requirements"]
