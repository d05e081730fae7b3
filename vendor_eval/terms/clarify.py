"""When a bid raises a question: the buyer's own thresholds, none of them built in."""

from vendor_eval.values import Typed


class Clarify(Typed):
    """Thresholds beyond which a vendor is asked to explain."""
