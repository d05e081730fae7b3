"""The sheet *Sites*: from where, by how many people and when the service is delivered."""

from vendor_eval.questionnaire.sheet import Field, Table

SITES = Table(
    "sites",
    "Sites",
    "Delivery sites",
    fields=(
        Field("country", "Country", "country", needed=True),
        Field("city", "City"),
        Field("head_count", "Head-count (FTE)", "number", "FTE", needed=True, least=0),
        Field("shifts", "Shifts", "hours", help="such as 08:00-16:00, 16:00-24:00 (local time)"),
        Field(
            "time_zone",
            "Time zone",
            "time_zone",
            help="such as America/Sao_Paulo, if the country has many",
        ),
    ),
)
