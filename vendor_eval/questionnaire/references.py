"""The sheets *Referees* and *Reference calls*: whom the buyer may ask, and what they said."""

from vendor_eval.questionnaire.expertise import YES_NO
from vendor_eval.questionnaire.sheet import Kind, Question, Table

REFEREES = Table(
    "referees",
    "Referees",
    "Referees",
    about="For each client on the sheet References that we may ask: somebody who knows the work.",
    fields=(
        Question("client", "Client", needed=True, help="as on the sheet References"),
        Question("name", "Name", needed=True),
        Question("role", "Role with the client", help="and since when"),
        Question("email", "E-mail"),
        Question("telephone", "Telephone", help="with the country code"),
        Question("language", "Language of the call", "language"),
        Question("when", "Best days and hours", help="with the time zone"),
        Question("agreed", "Has the referee agreed to be asked?", "choice", allowed=YES_NO),
        Question(
            "relation", "Relationship with you", help="shareholding, family, incentive; or none"
        ),
    ),
    rows=8,
)
MARKS = ("never", "seldom", "mostly", "always")
CALL: tuple[tuple[str, str, Kind, tuple[str, ...]], ...] = (
    ("client", "Client", "text", ()),
    ("called_on", "Called on", "date", ()),
    ("spoken_with", "Spoken with", "text", ()),
    ("caller", "Caller", "text", ()),
    ("scope", "What did the vendor do, for how long, with how many?", "text", ()),
    ("confirmed", "Is the bid's description of it correct?", "choice", YES_NO),
    ("levels_met", "Were service levels met?", "choice", MARKS),
    ("staff_stable", "Did the team stay stable?", "choice", MARKS),
    ("problems", "What went wrong, and how was it put right?", "text", ()),
    ("price_disputes", "Disputes about prices or scope?", "text", ()),
    ("again", "Would you choose the vendor again?", "choice", YES_NO),
)
"""What the buyer asks every referee: id, question, kind and choices."""
CALLS = Table(
    "reference_calls",
    "Reference calls",
    "Call sheet (for the buyer)",
    about="Vendors leave this sheet blank. The buyer asks every referee the same questions.",
    fields=tuple(
        Question(id, question, kind, allowed=allowed, buyers=True)
        for id, question, kind, allowed in CALL
    ),
    rows=8,
)
