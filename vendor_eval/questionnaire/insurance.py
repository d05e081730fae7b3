"""The sheet *Insurance*: what would pay for damage, and up to how much."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.sheet import Question, Table

COVERS = (
    "professional indemnity",
    "cyber and data breach",
    "public liability",
    "employer's liability",
    "crime and fidelity",
    "business interruption",
    "other",
    "none",
)

INSURANCE = Table(
    "insurance",
    "Insurance",
    "Insurance cover",
    about="One row for each policy that covers this service; "
    "if you have none, one row that says none.",
    fields=(
        Question("cover", "Cover", "choice", allowed=COVERS, needed=True),
        Question("insurer", "Insurer"),
        Question("policyholder", "Policyholder", help="you, or your parent company"),
        Question("per_claim", "Limit per claim", "money"),
        Question("per_year", "Limit per year, all claims", "money"),
        Question("deductible", "Deductible per claim", "money", help="or excess"),
        Question("currency", "Currency", "currency", help="such as EUR"),
        Question("valid_to", "Valid to", "date"),
        Question("territory", "Territory", help="every site and our own country, or which not"),
        Question("exclusions", "Exclusions that matter here"),
        Question("raise", "Would you raise the limits for us?", "choice", allowed=YES_NO),
    ),
    rows=10,
)
