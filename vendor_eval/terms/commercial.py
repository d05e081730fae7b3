"""The buyer's commercial terms: the contract's length, volumes, money and the baseline."""

from vendor_eval.values import Typed


class Commercial(Typed):
    """What every bid is priced against, on one basis."""
