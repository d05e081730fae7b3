"""What vendors commit to: service levels, and the credits at risk when they are missed."""

from vendor_eval.service.levels import CreditAtRiskShare, ServiceLevelOffered

__all__ = ["CreditAtRiskShare", "ServiceLevelOffered"]
