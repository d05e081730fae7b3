"""The sheet *Pricing*: what a vendor charges, line by line, and on which terms."""

from typing import get_args

from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.questionnaire.pricing_models.tier import TierPrices
from vendor_eval.questionnaire.sheet import Form, Question, Table

BASES = PRICING_MODELS.names()
"""What a price is multiplied by; gain share is a term, since its price is a share of savings."""
INSTEAD = "instead of prices per transaction"
ON_TOP = "on top of prices per transaction"
COMPONENTS = ("labour", "technology", "other")
"""What a price pays for: each has a separate indexation."""

LINES = Table(
    "price_lines",
    "Pricing",
    "Price lines",
    fields=(
        Question("item", "Item", needed=True),
        Question("basis", "Basis", "choice", allowed=BASES, needed=True),
        Question("component", "Component", "choice", allowed=COMPONENTS, needed=True),
        Question("price", "Price", "money", needed=True),
        Question(
            "currency", "Currency", "currency", help="three letters, such as EUR", needed=True
        ),
        Question(
            "quantity",
            "Quantity assumed",
            "number",
            help="FTE, hours or transactions a month",
            least=0,
        ),
        Question(
            "first_month",
            "First month",
            "count",
            help="1 is the month of the service start, 0 all before it; blank: from month 1",
        ),
        Question("last_month", "Last month", "count", help="blank: to the end of the term"),
        Question(
            "volume_share",
            "Share of the transactions",
            "share",
            "%",
            help="where the price is for a part of them, such as one channel; blank: all. The "
            "shares of one component's lines add up to 100 %",
        ),
        Question(
            "tier_from",
            "Tier from",
            "count",
            help="transactions a month, for the basis per_transaction_tier: 0 or 1 for the first "
            "tier; for another, one more than the end of the tier before it",
        ),
        Question(
            "tier_to",
            "Tier to",
            "count",
            help="transactions a month; blank for the last tier, which has no upper limit",
        ),
        Question(
            "tier_prices",
            "The tier's price is for",
            "choice",
            allowed=get_args(TierPrices),
            help="marginal: the transactions that fall within the tier; all units: all "
            "transactions of a month whose volume falls within the tier",
        ),
        Question(
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
        Question(
            "prices_are",
            "Prices are",
            "choice",
            allowed=("nominal", "real"),
            help="nominal: paid as entered, with the indexation below; real: in the money of the "
            "service start, paid with inflation and without indexation",
        ),
        Question("indexation_labour", "Yearly indexation of labour, ARC and RRC", "share", "%"),
        Question("indexation_technology", "Yearly indexation of technology", "share", "%"),
        Question("indexation_other", "Yearly indexation of the rest", "share", "%"),
        Question(
            "productive_hours", "Productive hours per FTE and year", "number", "hours", least=0
        ),
        Question(
            "band_baseline",
            "Baseline volume of the band",
            "number",
            "transactions a month",
            least=0,
        ),
        Question("dead_band", "Dead band around the baseline", "share", "%"),
        Question(
            "band_convention", "Outside the band is charged", "choice", "", ("cliff", "slice")
        ),
        Question("arc_price", "Price of each additional transaction (ARC)", "money"),
        Question("rrc_price", "Credit for each transaction less (RRC)", "money"),
        Question(
            "rrc_factor",
            "Part of that credit that is given (Z)",
            "share",
            "%",
            help="blank: all of it",
        ),
        Question(
            "band_currency",
            "Currency of ARC and RRC",
            "currency",
            help="three letters, such as EUR",
        ),
        Question(
            "band_replaces",
            "Outside the band, ARC and RRC apply",
            "choice",
            allowed=(INSTEAD, ON_TOP),
            help="where the price lines hold a price per transaction. Instead: an additional "
            "transaction costs only the ARC; a missing one is billed at that price, less the RRC. "
            "On top: an additional one costs that price and the ARC; a missing one is not billed, "
            "and the RRC is credited as well",
        ),
        Question("minimum_commitment", "Least volume charged, of the forecast", "share", "%"),
        Question("gain_share", "Share of the savings that is yours", "share", "%"),
        Question("gain_share_floor", "Gain share, at least a year", "money", help="blank: 0"),
        Question("gain_share_cap", "Gain share, at most a year", "money", help="blank: no limit"),
        Question("double_running", "Months of double running", "number", "months", least=0),
        Question("exit_charge", "Charge on exit", "money", help="0 if there is none"),
        Question("at_risk", "Monthly charge at risk as service credits", "share", "%", least=0),
        Question("terms_currency", "Currency of the amounts above", "currency", help="such as EUR"),
    ),
)
