"""The sheet *Standing*: who the vendor is, whether it can bear the contract, and who vouches."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.sheet import Form, Question

GUARANTEES = ("none", "parent company guarantee", "bank guarantee", "performance bond", "other")

STANDING = Form(
    "standing",
    "Standing",
    "Economic and financial standing",
    about="For the company that would sign the contract. In Evidence: the audited accounts.",
    fields=(
        Question("legal_name", "Registered name and legal form"),
        Question("register_number", "Register and number", help="such as HRB 12345, Frankfurt"),
        Question("parent", "Ultimate parent company", help="blank: there is none"),
        Question("year_end", "Last day of the last audited year", "date"),
        Question("turnover_last", "Turnover of that year", "money"),
        Question("turnover_before", "Turnover of the year before", "money"),
        Question("turnover_earlier", "Turnover of the year before that", "money"),
        Question("similar_turnover", "Turnover of that year from comparable services", "money"),
        Question(
            "operating_result",
            "Operating result of that year",
            "money",
            help="enter a loss as a negative number",
        ),
        Question("equity", "Equity at the end of that year", "money", help="may be negative"),
        Question("current_assets", "Current assets at the end of that year", "money"),
        Question("current_liabilities", "Current liabilities at the end of that year", "money"),
        Question(
            "standing_currency", "Currency of the amounts above", "currency", help="such as EUR"
        ),
        Question(
            "dependence",
            "This contract's share of your turnover",
            "share",
            "%",
            least=0,
        ),
        Question(
            "largest_client",
            "Your largest client's share of your turnover today",
            "share",
            "%",
            least=0,
        ),
        Question("rating", "Credit rating and agency", help="and its date; blank: none"),
        Question(
            "going_concern",
            "Did the auditor qualify its opinion or raise doubts about going concern?",
            "choice",
            allowed=YES_NO,
        ),
        Question(
            "proceedings",
            "Is insolvency, or a claim above 5 % of equity, pending against you?",
            "choice",
            allowed=YES_NO,
            help="yes: what it is about, in Evidence",
        ),
        Question("guarantee", "Guarantee that you offer", "choice", allowed=GUARANTEES),
        Question("guarantee_amount", "Amount of the guarantee", "money"),
        Question("guarantee_currency", "Currency of the guarantee", "currency", help="such as EUR"),
        Question("guarantor", "Guarantor, with its rating"),
    ),
)
