"""The sheet *Languages*: who speaks what, and at which level that was tested."""

from vendor_eval.questionnaire.sheet import Field, Table
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.service import CEFR


def languages(rules: Rules) -> Table:
    """The table of languages; what the rules ask for is offered first, their channels alone."""
    channels = rules.service.channels if rules.service else ()
    needed = dict.fromkeys(language for each in channels for language in each.languages)
    hours = "such as 08:00-20:00, in the buyer's time"
    return Table(
        "languages",
        "Languages",
        "Languages",
        fields=(
            Field("language", "Language", "language", allowed=tuple(needed), needed=True),
            Field("level", "Level (CEFR)", "choice", allowed=CEFR, needed=True),
            Field("agents", "Agents tested at that level", "count", "agents"),
            Field(
                "channel",
                "Channel",
                "choice" if channels else "text",
                allowed=tuple(channel.id for channel in channels),
                called=tuple(channel.called for channel in channels),
                help="several separated by semicolons; blank: every channel",
                several=bool(channels),
            ),
            Field("site", "Site (city)"),
            Field("hours", "Hours covered", "hours", help=hours),
        ),
    )
