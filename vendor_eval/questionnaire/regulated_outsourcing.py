"""The sheets *Regulated outsourcing* and *Subcontractors*: what supervised buyers must ask."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.grades import graded
from vendor_eval.questionnaire.sheet import Form, Question, Table

REGULATED = Form(
    "regulated_outsourcing",
    "Regulated outsourcing",
    "Outsourcing by supervised companies",
    about="For banks and insurers: Regulation (EU) 2022/2554 (DORA), EBA guidelines, Solvency II.",
    fields=(
        graded("audit_access", "Do we, our auditors and our supervisors have access to all sites?"),
        graded("audit_unannounced", "Does that access hold for subcontractors down the chain?"),
        graded("resolution", "Does the service continue on the same terms if we enter resolution?"),
        graded(
            "register_data", "Do you provide all data that our register of information requires?"
        ),
        graded("sub_consent", "Do you wait for our consent before you change a subcontractor?"),
        graded("monitoring", "Do you report each month on service, risks and incidents?"),
        graded(
            "incident_classes", "Do you classify incidents as our supervisor does, within a day?"
        ),
        graded("resilience_tests", "Do you take part in our resilience and intrusion tests?"),
        graded("exit_plan", "Is there a written exit plan for this service?"),
        graded("exit_tested", "Was an exit of this kind tested, or carried out for a client?"),
        Question("exit_tested_on", "When it was last tested or carried out", "date"),
        Question(
            "exit_months",
            "Months until another provider can take over",
            "number",
            "months",
            least=0,
        ),
        Question("notice_months", "Months of notice if you end the contract", "count", "months"),
        Question(
            "substitutable",
            "Could another vendor replace you?",
            "choice",
            allowed=("easily", "with difficulty", "not at all"),
        ),
        Question("lei", "Your legal entity identifier (LEI)", help="20 letters and digits"),
    ),
)
SUBCONTRACTORS = Table(
    "subcontractors",
    "Subcontractors",
    "Chain of subcontractors",
    about="Every subcontractor that touches the service or our data, with its rank in the chain.",
    fields=(
        Question("name", "Subcontractor", needed=True),
        Question(
            "rank",
            "Rank",
            "count",
            help="1 works for you, 2 works for a subcontractor of rank 1",
            needed=True,
        ),
        Question("works_for", "Works for"),
        Question("function", "What it does", needed=True),
        Question("country", "Country of the work", "country", needed=True),
        Question("data", "Does it see personal data?", "choice", allowed=YES_NO),
        Question("critical", "Would the service stop without it?", "choice", allowed=YES_NO),
        Question("audited", "Last audited on", "date"),
        Question("lei", "Its LEI", help="20 letters and digits"),
    ),
)
