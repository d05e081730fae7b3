"""The sheet *Standing*: who the vendor is, whether it can bear the contract, and who vouches."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.sheet import Field, Form

GUARANTEES = ("none", "parent company guarantee", "bank guarantee", "performance bond", "other")

STANDING = Form(
    "standing",
    "Standing",
    "Economic and financial standing",
    about="For the company that would sign the contract. In Evidence: the audited accounts.",
    fields=(
        Field("legal_name", "Registered name and legal form"),
        Field("register_number", "Register and number", help="such as HRB 12345, Frankfurt"),
        Field("parent", "Ultimate parent company", help="blank: there is none"),
        Field("year_end", "Last day of the last audited year", "date"),
        Field("turnover_last", "Turnover of that year", "money"),
        Field("turnover_before", "Turnover of the year before", "money"),
        Field("turnover_earlier", "Turnover of the year before that", "money"),
        Field("similar_turnover", "Turnover of that year from comparable services", "money"),
        Field(
            "operating_result",
            "Operating result of that year",
            "money",
            help="enter a loss as a negative number",
        ),
        Field("equity", "Equity at the end of that year", "money", help="may be negative"),
        Field("current_assets", "Current assets at the end of that year", "money"),
        Field("current_liabilities", "Current liabilities at the end of that year", "money"),
        Field("standing_currency", "Currency of the amounts above", "currency", help="such as EUR"),
        Field(
            "dependence",
            "This contract's share of your turnover",
            "share",
            "%",
            least=0,
        ),
        Field(
            "largest_client",
            "Your largest client's share of your turnover today",
            "share",
            "%",
            least=0,
        ),
        Field("rating", "Credit rating and agency", help="and its date; blank: none"),
        Field(
            "going_concern",
            "Did the auditor qualify its opinion or raise doubts about going concern?",
            "choice",
            allowed=YES_NO,
        ),
        Field(
            "proceedings",
            "Is insolvency, or a claim above 5 % of equity, pending against you?",
            "choice",
            allowed=YES_NO,
            help="yes: what it is about, in Evidence",
        ),
        Field("guarantee", "Guarantee that you offer", "choice", allowed=GUARANTEES),
        Field("guarantee_amount", "Amount of the guarantee", "money"),
        Field("guarantee_currency", "Currency of the guarantee", "currency", help="such as EUR"),
        Field("guarantor", "Guarantor, with its rating"),
    ),
)
