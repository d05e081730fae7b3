"""The sheet *Contract*: for each clause of the draft whether it is accepted, and what it costs."""

from collections.abc import Mapping

from vendor_eval.questionnaire.sheet import Form, Question

POSITIONS = ("accept", "alternative", "refuse")
CLAUSES: Mapping[str, str] = {
    "term": "Term, renewal, and our right to end the contract for convenience",
    "liability_cap": "Cap on liability, as a multiple of the yearly charges",
    "unlimited_liability": "Unlimited liability: data breach, intent, death, injury, infringement",
    "indemnities": "Indemnities against claims of third parties",
    "service_credits": "Service credits, and termination for repeated failure",
    "step_in": "Our right to step in and run the service ourselves",
    "price_review": "Indexation and benchmarking of the prices",
    "changes": "Change control: who may ask for a change and who pays for it",
    "personal_data": "Data processing agreement, with our right to object to sub-processors",
    "audit": "Audit rights: ours, our auditors' and our supervisors'",
    "subcontracting": "No subcontracting or change of site without our consent",
    "key_people": "Named key people, replaced only with our consent",
    "intellectual_property": "Ownership of what is made for us: scripts, knowledge base, models",
    "exit": "Exit plan, help on exit, and hand-over of data and knowledge",
    "law": "Governing law and place of jurisdiction",
}
"""The clauses by id: what each is about. The draft contract holds their wording."""


def _asked(id: str, clause: str) -> tuple[Question, Question]:
    position = Question(
        f"clause_{id}",
        clause,
        "choice",
        allowed=POSITIONS,
        help="an alternative: its wording in Evidence, or the page of your mark-up",
    )
    price = Question(
        f"clause_{id}_price",
        "What our clause would add to the price, over the term",
        "money",
        help="where you do not accept it; 0 if nothing",
    )
    return position, price


CONTRACT = Form(
    "contract_position",
    "Contract",
    "Position on the draft contract",
    (
        *(field for id, clause in CLAUSES.items() for field in _asked(id, clause)),
        Question(
            "contract_currency", "Currency of the amounts above", "currency", help="such as EUR"
        ),
    ),
    about="Take a position on each clause. A clause that is left blank is not accepted.",
)
