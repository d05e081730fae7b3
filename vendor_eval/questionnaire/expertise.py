"""The sheet *Expertise*: what a vendor has done before, and what it commits itself to."""

from vendor_eval.questionnaire.grades import NO, YES, graded
from vendor_eval.questionnaire.sheet import Form, Question, Table

YES_NO = (YES, NO)
CONFIRMED = "confirmed"
SECTORS = (
    "banking",
    "energy",
    "government",
    "health",
    "insurance",
    "logistics",
    "manufacturing",
    "media",
    "retail",
    "technology",
    "telecoms",
    "travel",
    "utilities",
    "other",
)
STAGES = ("none", "pilot", "in production", "in production and measured")
"""How far automation has come, from nothing to results that a client is shown."""

REFERENCES = Table(
    "references",
    "References",
    "References",
    about="One row for each client for whom you did comparable work.",
    fields=(
        Question("client", "Client", needed=True),
        Question("sector", "Client's sector", "choice", allowed=SECTORS, needed=True),
        Question("process", "Process run for the client"),
        Question("fte", "People on it (FTE)", "number", "FTE", needed=True, least=0),
        Question("from_year", "From (year)", "count", help="such as 2019", needed=True),
        Question("until_year", "Until (year)", "count", help="blank while it goes on"),
        Question("may_check", "May we ask the client?", "choice", allowed=YES_NO),
        Question(
            "checked",
            "Checked (for the buyer)",
            "choice",
            allowed=(CONFIRMED, "not confirmed"),
            help="leave blank: the buyer writes here what the client said",
            buyers=True,
        ),
    ),
)

EXPERTISE = Form(
    "expertise",
    "Workforce",
    "Workforce and automation",
    fields=(
        Question(
            "attrition",
            "Yearly attrition of agents on comparable work",
            "share",
            "%",
            help="all who left in the last twelve months, over the average head-count",
        ),
        Question(
            "ramp_weeks",
            "Weeks from an agent's first day to full productivity",
            "number",
            "weeks",
            least=0,
            help="training included",
        ),
        Question(
            "automation_attended",
            "Automation that helps agents (attended)",
            "choice",
            allowed=STAGES,
            help="the furthest that it has come for a client of comparable work",
        ),
        Question(
            "automation_unattended",
            "Automation that does without agents (unattended)",
            "choice",
            allowed=STAGES,
            help="the furthest that it has come for a client of comparable work",
        ),
    ),
)

QUALITY = Form(
    "quality",
    "Quality",
    "Quality programme",
    fields=(
        graded("quality_sampling", "Is a stated share of every agent's work sampled and scored?"),
        graded("quality_calibration", "Do you and the client score the same cases each month?"),
        graded("quality_coaching", "Does every agent get coaching on the scores each month?"),
        graded("quality_customers", "Are customers asked, and their answers traced to causes?"),
        graded("quality_independent", "Are those who score independent of those who deliver?"),
    ),
)

COMMITMENTS = Table(
    "commitments",
    "Commitments",
    "Commitments to continuous improvement",
    about="What you commit to improve each year. Only what is contractual and priced counts.",
    fields=(
        Question("commitment", "Commitment", needed=True),
        Question("from_year", "From contract year", "count", help="1 is the first", needed=True),
        Question("amount", "Saving a year (amount)", "money"),
        Question("currency", "Currency", "currency", help="three letters, such as EUR"),
        Question("share", "Saving a year (share of the charges)", "share", "%"),
        Question("contractual", "Will it stand in the contract?", "choice", allowed=YES_NO),
        Question("priced", "Is it in your price?", "choice", allowed=YES_NO),
    ),
)

EXPERTISE_PARTS: tuple[Form | Table, ...] = (REFERENCES, EXPERTISE, QUALITY, COMMITMENTS)
