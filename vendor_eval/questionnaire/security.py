"""The sheet *Security*: certificates with their scope and dates, and answers on controls."""

from collections.abc import Mapping

from vendor_eval.questionnaire.grades import graded
from vendor_eval.questionnaire.sheet import Form, Question, Table

SOC2 = "SOC 2"
CERTIFICATE_NAMES: Mapping[str, str] = {
    "iso27001": "ISO 27001",
    "iso27701": "ISO 27701",
    "iso22301": "ISO 22301",
    "pci_dss": "PCI DSS",
    "hipaa": "HIPAA",
    "csa_star": "CSA STAR",
    "iso9001": "ISO 9001",
    "iso18295": "ISO 18295",
    "copc": "COPC CX",
}
"""Certificates with a validity, by the id that rules use: the name that vendors choose."""
NO_CERTIFICATE = "none"
OTHER_CERTIFICATE = "other"
TYPE_I, TYPE_II, INDEPENDENT, SELF = "Type I", "Type II", "independent", "self-assessment"
TRUST_CRITERIA = (
    "security",
    "availability",
    "processing integrity",
    "confidentiality",
    "privacy",
)
"""The trust services categories of AICPA TSP section 100 (2017)."""
ALL_SITES = "all sites"

CERTIFICATES = Table(
    "certificates",
    "Certificates",
    "Certificates and reports",
    about="One row for each; where you hold none at all, one row that says none.",
    fields=(
        Question(
            "certificate",
            "Certificate or report",
            "choice",
            allowed=(SOC2, *CERTIFICATE_NAMES.values(), OTHER_CERTIFICATE, NO_CERTIFICATE),
            needed=True,
            help="other: say which one under Scope",
        ),
        Question(
            "type",
            "Type",
            "choice",
            allowed=(TYPE_I, TYPE_II, INDEPENDENT, SELF),
            help="SOC 2: Type I or Type II; others: assessed independently or by yourselves",
        ),
        Question(
            "sites",
            "Delivery sites covered",
            help=f"{ALL_SITES}; or cities as on the sheet Sites, separated by semicolons; "
            "or a country's two letters for all its sites",
        ),
        Question("scope", "Scope (in the certificate's own words)"),
        Question(
            "trust_criteria",
            "Trust services criteria (SOC 2)",
            "choice",
            allowed=TRUST_CRITERIA,
            help="several separated by semicolons",
            several=True,
        ),
        Question("valid_from", "Valid from", "date", help="SOC 2 Type II: first day of the period"),
        Question(
            "valid_to", "Valid to", "date", help="SOC 2: last day of the period, or the as-of"
        ),
        Question("bridge_to", "Bridge letter to", "date", help="SOC 2: last day it speaks for"),
        Question("issuer", "Certification body or auditor"),
    ),
)

CONTROL_DOMAINS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "governance": (
        "Governance and risk",
        {
            "owner": "Is one named person answerable for the security of this service?",
            "policy": "Are security policies reviewed at least once a year and given to all staff?",
            "risk": "Are risks to clients' data assessed, written down and followed up each year?",
            "audit": "Does somebody outside the teams concerned audit the controls each year?",
        },
    ),
    "people": (
        "People",
        {
            "screening": "Are agents screened, as far as the law allows, before they see data?",
            "secrecy": "Has everybody on this service signed an undertaking of secrecy?",
            "training": "Do agents pass training on privacy and fraud before they start?",
        },
    ),
    "access": (
        "Identity and access",
        {
            "mfa": "Does every sign-in to systems with clients' data need a second factor?",
            "personal": "Does every agent have a personal account, shared with nobody?",
            "least": "Does each role see only the data that its tasks need?",
            "leavers": "Is a leaver's access withdrawn by the end of the last working day?",
            "review": "Are access rights reviewed at least every quarter?",
        },
    ),
    "data": (
        "Data protection",
        {
            "transit": "Are data encrypted on every network that they cross?",
            "rest": "Are stored data, recordings and backups among them, encrypted?",
            "separation": "Are each client's data kept apart from other clients' data?",
            "cards": "Are card numbers kept out of recordings, notes and screens?",
            "deletion": "Are data deleted when kept long enough and at exit, with proof of it?",
        },
    ),
    "workplace": (
        "Workplace and remote work",
        {
            "entry": "Is entry to production floors limited to those on duty, and logged?",
            "clean": "Are phones, paper and cameras kept off floors where data are shown?",
            "devices": "Are removable media, printing and copying blocked on agents' computers?",
            "remote": "Do the same controls hold for agents who work from home?",
        },
    ),
    "operations": (
        "Secure operation",
        {
            "patching": "Are critical weaknesses mended within a stated number of days?",
            "testing": "Does an independent party test for intrusion at least once a year?",
            "malware": "Are all computers watched for malicious software, round the clock?",
            "logging": "Are accesses to clients' data logged, kept and looked through?",
        },
    ),
    "incidents": (
        "Incidents and continuity",
        {
            "response": "Is there a plan for security incidents that was rehearsed this year?",
            "notice": "Will you commit in the contract to hours in which we learn of a breach?",
            "recovery": "Was taking over from a lost site tested within the last twelve months?",
        },
    ),
    "suppliers": (
        "Suppliers and subcontractors",
        {
            "list": "Do you give us the list of subcontractors that touch our data?",
            "terms": "Are subcontractors bound by contract to the same controls as you?",
        },
    ),
}
"""By domain: its title, and its questions by the second half of their ids."""

CONTROLS = Form(
    "controls",
    "Controls",
    "Controls",
    tuple(
        graded(f"{domain}_{name}", question)
        for domain, (_, questions) in CONTROL_DOMAINS.items()
        for name, question in questions.items()
    ),
    about="Answer for the sites and systems of this proposal.",
)


def domain_questions(domain: str) -> tuple[str, ...]:
    """The ids of a domain's questions in the form of controls."""
    return tuple(f"{domain}_{name}" for name in CONTROL_DOMAINS[domain][1])
