"""The sheets *Staff transfer* and *Transferring roles*: who moves, and with which liabilities."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.sheet import Form, Question, Table

STAFF_TRANSFER = Form(
    "staff_transfer",
    "Staff transfer",
    "Transfer of staff",
    fields=(
        Question(
            "transfer_applies",
            "Do you expect employees to transfer to you by law at the start?",
            "choice",
            allowed=YES_NO,
            help="transfer of undertakings, such as TUPE, Directive 2001/23/EC or section 613a BGB",
        ),
        Question(
            "transfer_heads", "Employees whose transfer your price assumes", "count", "people"
        ),
        Question(
            "transfer_terms_kept",
            "Months for which you keep their terms and conditions beyond what the law asks",
            "count",
            "months",
        ),
        Question(
            "transfer_measures",
            "Changes that you plan for them: place, hours, tasks, pay system",
            help="employees and their representatives must learn of them before the transfer",
        ),
        Question(
            "transfer_liabilities",
            "Liabilities that arose before the transfer: what you take over",
            help="holiday, overtime, bonuses, pensions, claims; in Evidence: the sum you assume",
        ),
        Question(
            "transfer_pensions", "How pension rights are preserved", help="or what replaces them"
        ),
        Question(
            "transfer_redundancy",
            "Redundancy costs that your price assumes we bear",
            "money",
            help="0 if none",
        ),
        Question(
            "transfer_indemnity",
            "Do you indemnify us against claims that arise after the transfer?",
            "choice",
            allowed=YES_NO,
        ),
        Question(
            "transfer_exit",
            "Do you expect your employees to transfer at the end of the contract?",
            "choice",
            allowed=YES_NO,
        ),
        Question(
            "transfer_exit_cost",
            "Maximum cost of that transfer to us or to the next vendor",
            "money",
        ),
        Question(
            "transfer_currency", "Currency of the amounts above", "currency", help="such as EUR"
        ),
    ),
)
TRANSFERRING_ROLES = Table(
    "transferring_roles",
    "Transferring roles",
    "Roles that transfer at the start, and at exit as you expect it today",
    about="One row for each role and country.",
    fields=(
        Question("role", "Role", needed=True),
        Question("when", "Transfers at", "choice", allowed=("start", "exit"), needed=True),
        Question("country", "Country", "country", needed=True),
        Question("heads", "People", "count", "people", needed=True),
        Question("fte", "FTE", "number", "FTE", least=0),
        Question("yearly_cost", "Yearly cost of all, employer's contributions included", "money"),
        Question("liability", "Liabilities accrued by then", "money"),
        Question("currency", "Currency", "currency", help="such as EUR"),
        Question("agreement", "Collective agreement, if any"),
    ),
)
