"""Standard parts of a questionnaire, which the rules add by name under `ask`."""

from collections.abc import Mapping
from dataclasses import dataclass

from vendor_eval.questionnaire.automation import AUTOMATED_STEPS, AUTOMATION, STAGE_QUESTIONS
from vendor_eval.questionnaire.contract_position import CONTRACT
from vendor_eval.questionnaire.expertise import REFERENCES
from vendor_eval.questionnaire.insurance import INSURANCE
from vendor_eval.questionnaire.references import CALLS, REFEREES
from vendor_eval.questionnaire.regulated_outsourcing import REGULATED, SUBCONTRACTORS
from vendor_eval.questionnaire.security import CERTIFICATES, CONTROLS
from vendor_eval.questionnaire.sheet import Form, Table
from vendor_eval.questionnaire.staff_transfer import STAFF_TRANSFER, TRANSFERRING_ROLES
from vendor_eval.questionnaire.standing import STANDING


@dataclass(frozen=True)
class Standard:
    """Forms and tables that go together; `about`: what they ask, in one sentence."""

    about: str
    parts: tuple[Form | Table, ...]

    @property
    def questions(self) -> frozenset[str]:
        """The id of every question, as "part.field"."""
        return frozenset(f"{part.id}.{field.id}" for part in self.parts for field in part.fields)


STANDARD_PARTS: Mapping[str, Standard] = {
    "security": Standard(
        "Certificates with their scope and dates, and thirty controls in eight domains.",
        (CERTIFICATES, CONTROLS),
    ),
    "automation": Standard(
        "What machines do for agents and without them, and how they are kept in hand.",
        (STAGE_QUESTIONS, AUTOMATION, AUTOMATED_STEPS),
    ),
    "contract_position": Standard(
        "Clause by clause: accept, alternative or refuse, each with its price.", (CONTRACT,)
    ),
    "staff_transfer": Standard(
        "Heads and liabilities that transfer at the start and at exit.",
        (STAFF_TRANSFER, TRANSFERRING_ROLES),
    ),
    "standing": Standard("Financial standing, guarantees and who gives them.", (STANDING,)),
    "references": Standard(
        "References, whom to ask, and a call sheet for the buyer.", (REFERENCES, REFEREES, CALLS)
    ),
    "insurance": Standard("Policies with limits, deductibles and exclusions.", (INSURANCE,)),
    "regulated_outsourcing": Standard(
        "The chain of subcontractors, audit rights, and an exit that was tested.",
        (REGULATED, SUBCONTRACTORS),
    ),
}
