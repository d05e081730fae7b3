"""The buyer's side of the bargain, as typed in `evaluation.yaml`: what measures count with."""

from vendor_eval.terms.clarify import Clarify
from vendor_eval.terms.commercial import Commercial
from vendor_eval.terms.service import Service

__all__ = ["Clarify", "Commercial", "Service"]
