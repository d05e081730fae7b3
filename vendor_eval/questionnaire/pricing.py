"""The sheet *Pricing*: what a vendor charges, line by line, and on which terms."""

from typing import get_args

from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.questionnaire.pricing_models.tier import TierPrices
from vendor_eval.questionnaire.sheet import Field, Form, Table

BASES = PRICING_MODELS.names()
"""What a price is multiplied by; gain share is a term, since its price is a share of savings."""
INSTEAD = "instead of prices per transaction"
ON_TOP = "on top of prices per transaction"
COMPONENTS = ("labour", "technology", "other")
"""What a price pays for: each has an indexation of its own."""

LINES = Table(
    "price_lines",
    "Pricing",
    "Price lines",
    fields=(
        Field("item", "Item", needed=True),
        Field("basis", "Basis", "choice", allowed=BASES, needed=True),
        Field("component", "Component", "choice", allowed=COMPONENTS, needed=True),
        Field("price", "Price", "money", needed=True),
        Field("currency", "Currency", "currency", help="three letters, such as EUR", needed=True),
        Field(
            "quantity",
            "Quantity assumed",
            "number",
            help="FTE, hours or transactions a month",
            least=0,
        ),
        Field(
            "first_month",
            "First month",
            "count",
            help="1 is the month of the service start, 0 all before it; blank: from month 1",
        ),
        Field("last_month", "Last month", "count", help="blank: to the end of the term"),
        Field(
            "volume_share",
            "Share of the transactions",
            "share",
            "%",
            help="where the price is for a part of them, such as one channel; blank: all. The "
            "shares of one component's lines add up to 100 %",
        ),
        Field(
            "tier_from",
            "Tier from",
            "count",
            help="transactions a month, for the basis per_transaction_tier: 0 or 1 for the first "
            "tier; for another, one more than the end of the tier before it",
        ),
        Field(
            "tier_to",
            "Tier to",
            "count",
            help="transactions a month; blank for the last tier, which has no upper limit",
        ),
        Field(
            "tier_prices",
            "The tier's price is for",
            "choice",
            allowed=get_args(TierPrices),
            help="marginal: the transactions that fall within the tier; all units: all "
            "transactions of a month whose volume falls within the tier",
        ),
        Field(
            "indexation",
            "Yearly indexation of this line",
            "share",
            "%",
            help="where it differs from the price terms",
        ),
    ),
)
TERMS = Form(
    "price_terms",
    "Price terms",
    "Price terms",
    fields=(
        Field(
            "prices_are",
            "Prices are",
            "choice",
            allowed=("nominal", "real"),
            help="nominal: paid as typed, with the indexation below; real: in the money of the "
            "service start, paid with inflation and without indexation",
        ),
        Field("indexation_labour", "Yearly indexation of labour, ARC and RRC", "share", "%"),
        Field("indexation_technology", "Yearly indexation of technology", "share", "%"),
        Field("indexation_other", "Yearly indexation of the rest", "share", "%"),
        Field("productive_hours", "Productive hours per FTE and year", "number", "hours", least=0),
        Field(
            "band_baseline",
            "Baseline volume of the band",
            "number",
            "transactions a month",
            least=0,
        ),
        Field("dead_band", "Dead band around the baseline", "share", "%"),
        Field("band_convention", "Outside the band is charged", "choice", "", ("cliff", "slice")),
        Field("arc_price", "Price of each additional transaction (ARC)", "money"),
        Field("rrc_price", "Credit for each transaction less (RRC)", "money"),
        Field(
            "rrc_factor",
            "Part of that credit that is given (Z)",
            "share",
            "%",
            help="blank: all of it",
        ),
        Field(
            "band_currency",
            "Currency of ARC and RRC",
            "currency",
            help="three letters, such as EUR",
        ),
        Field(
            "band_replaces",
            "Outside the band, ARC and RRC apply",
            "choice",
            allowed=(INSTEAD, ON_TOP),
            help="where the price lines hold a price per transaction. Instead: an additional "
            "transaction costs only the ARC; a missing one is billed at that price, less the RRC. "
            "On top: an additional one costs that price and the ARC; a missing one is not billed, "
            "and the RRC is credited as well",
        ),
        Field("minimum_commitment", "Least volume charged, of the forecast", "share", "%"),
        Field("gain_share", "Share of the savings that is yours", "share", "%"),
        Field("gain_share_floor", "Gain share, at least a year", "money", help="blank: 0"),
        Field("gain_share_cap", "Gain share, at most a year", "money", help="blank: no limit"),
        Field("double_running", "Months of double running", "number", "months", least=0),
        Field("exit_charge", "Charge on exit", "money", help="0 if there is none"),
        Field("at_risk", "Monthly charge at risk as service credits", "share", "%", least=0),
        Field("terms_currency", "Currency of the amounts above", "currency", help="such as EUR"),
    ),
)
