"""The sheet *Languages*: who speaks what, and at which level that was tested."""

from vendor_eval.questionnaire.sheet import Question, Table
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.service import CEFR


def languages_table(rules: Rules) -> Table:
    """The table of languages; what the rules ask for is offered first, their channels alone."""
    channels = rules.service.channels if rules.service else ()
    needed = dict.fromkeys(language for each in channels for language in each.languages)
    hours = "such as 08:00-20:00, in the buyer's time"
    return Table(
        "languages",
        "Languages",
        "Languages",
        fields=(
            Question("language", "Language", "language", allowed=tuple(needed), needed=True),
            Question("level", "Level (CEFR)", "choice", allowed=CEFR, needed=True),
            Question("agents", "Agents tested at that level", "count", "agents"),
            Question(
                "channel",
                "Channel",
                "choice" if channels else "text",
                allowed=tuple(channel.id for channel in channels),
                called=tuple(channel.called for channel in channels),
                help="several separated by semicolons; blank: every channel",
                several=bool(channels),
            ),
            Question("site", "Site (city)"),
            Question("hours", "Hours covered", "hours", help=hours),
        ),
    )
