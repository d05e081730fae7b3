"""The sheets *Automation* and *Automated steps*: what machines do, and how it is kept in hand."""

from vendor_eval.questionnaire.expertise import EXPERTISE, STAGES
from vendor_eval.questionnaire.grades import graded
from vendor_eval.questionnaire.sheet import Form, Question, Table

STAGE_QUESTIONS = EXPERTISE.limited(
    [f"{EXPERTISE.id}.automation_{kind}" for kind in ("attended", "unattended")]
)
AUTOMATION = Form(
    "automation",
    "Automation",
    "Automation and artificial intelligence",
    fields=(
        graded("ai_listed", "Do you list for us every model that touches our customers or data?"),
        graded("ai_told", "Are customers informed when they deal with a machine?"),
        graded("ai_person", "Can a customer reach a person at every step?"),
        graded("ai_approval", "Does a person approve every binding decision about a customer?"),
        graded("ai_accuracy", "Are errors of models measured each month, and shown to us?"),
        graded("ai_bias", "Is it tested whether groups of customers are treated differently?"),
        graded("ai_training", "Is our data kept out of the training of models that others use?"),
        graded("ai_place", "Do models run only in the countries on the sheet Sites?"),
        graded("ai_off", "Can each model be switched off within a day without harm to service?"),
        graded(
            "ai_act", "Have you classified each system under the EU Artificial Intelligence Act?"
        ),
        Question(
            "automated_now",
            "Contacts of comparable clients solved without an agent today",
            "share",
            "%",
            least=0,
            help="in Evidence: of which client, and how it is counted",
        ),
        Question(
            "automated_planned",
            "Contacts of ours solved without an agent at the end of year one",
            "share",
            "%",
            least=0,
        ),
        Question("automation_owner", "Who owns what is built for us, and keeps it at exit?"),
    ),
)
AUTOMATED_STEPS = Table(
    "automated_steps",
    "Automated steps",
    "Automation that you would use for us",
    about="One row for each tool or model.",
    fields=(
        Question("step", "Step of the process", needed=True),
        Question("tool", "Tool or model, and its maker", needed=True),
        Question("stage", "Stage", "choice", allowed=STAGES, needed=True),
        Question("effect", "Contacts or minutes saved", help="measured where, and over what time"),
        Question("personal_data", "Personal data it reads"),
        Question("place", "Where it runs", "country"),
        Question("first_month", "From month", "count", help="1 is the month of the service start"),
        Question("priced", "Where it is in your price", help="the item on the sheet Pricing"),
    ),
    rows=12,
)
