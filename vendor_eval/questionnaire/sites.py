"""The sheet *Sites*: from where, by how many people and when the service is delivered."""

from vendor_eval.questionnaire.sheet import Question, Table

SITES = Table(
    "sites",
    "Sites",
    "Delivery sites",
    fields=(
        Question("country", "Country", "country", needed=True),
        Question("city", "City"),
        Question("head_count", "Head-count (FTE)", "number", "FTE", needed=True, least=0),
        Question("shifts", "Shifts", "hours", help="such as 08:00-16:00, 16:00-24:00 (local time)"),
        Question(
            "time_zone",
            "Time zone",
            "time_zone",
            help="such as America/Sao_Paulo, if the country has many",
        ),
    ),
)
