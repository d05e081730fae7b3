"""The sheet *Insurance*: what would pay for damage, and up to how much."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.sheet import Field, Table

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
        Field("cover", "Cover", "choice", allowed=COVERS, needed=True),
        Field("insurer", "Insurer"),
        Field("policyholder", "Policyholder", help="you, or your parent company"),
        Field("per_claim", "Limit per claim", "money"),
        Field("per_year", "Limit per year, all claims", "money"),
        Field("deductible", "Deductible per claim", "money", help="or excess"),
        Field("currency", "Currency", "currency", help="such as EUR"),
        Field("valid_to", "Valid to", "date"),
        Field("territory", "Territory", help="every site and our own country, or which not"),
        Field("exclusions", "Exclusions that matter here"),
        Field("raise", "Would you raise the limits for us?", "choice", allowed=YES_NO),
    ),
    rows=10,
)
