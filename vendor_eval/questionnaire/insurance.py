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
    about="One row for each policy that covers this service; none: one row that says none.",
    fields=(
        Field("cover", "Cover", "choice", allowed=COVERS, needed=True),
        Field("insurer", "Insurer"),
        Field("policyholder", "Policyholder", help="you, or your parent company"),
        Field("per_claim", "Limit for each claim", "money"),
        Field("per_year", "Limit for all claims of a year", "money"),
        Field("deductible", "You bear of each claim", "money", help="deductible or excess"),
        Field("currency", "Currency", "currency", help="such as EUR"),
        Field("valid_to", "Valid to", "date"),
        Field("territory", "Territory", help="every site and our own country, or which not"),
        Field("exclusions", "Exclusions that matter here"),
        Field("raise", "Would you raise the limits for us?", "choice", allowed=YES_NO),
    ),
    rows=10,
)
