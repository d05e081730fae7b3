"""The sheet *Languages*: who speaks what, and at which level that was tested."""

from vendor_eval.questionnaire.sheet import Field, Table
from vendor_eval.terms import CEFR

LANGUAGES = Table(
    "languages",
    "Languages",
    "Languages",
    fields=(
        Field("language", "Language", "language", needed=True),
        Field("level", "Level (CEFR)", "choice", allowed=CEFR, needed=True),
        Field("agents", "Agents tested at that level", "count", "agents"),
        Field("channel", "Channel", help="as in the request; blank means every channel"),
        Field("site", "Site (city)"),
        Field("hours", "Hours covered", help="such as 08:00-20:00, in the buyer's time"),
    ),
)
