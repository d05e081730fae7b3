"""Data security: certificates, controls and the transfer of personal data."""

from vendor_eval.security import certificates, controls, transfer  # they register measures

__all__ = ["certificates", "controls", "transfer"]
