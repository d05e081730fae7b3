"""The sheet *Security*: certificates with their scope and dates, and answers on controls."""

from vendor_eval.questionnaire.sheet import Field, Form, Table

CERTIFICATES = Table(
    "certificates",
    "Security",
    "Certificates and reports",
    fields=(
        Field("certificate", "Certificate or report", needed=True),
        Field("type", "Type"),
        Field("scope", "Scope (sites or services covered)"),
        Field("valid_from", "Valid from", "date"),
        Field("valid_to", "Valid to", "date"),
    ),
)
CONTROLS = Form("controls", "Security", "Controls", fields=())
