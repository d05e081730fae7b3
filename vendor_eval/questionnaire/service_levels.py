"""The sheet *Service levels*: for each level that the rules name, what is offered and at risk."""

from vendor_eval.questionnaire.sheet import Form, Question
from vendor_eval.rules.rules import Rules

PART = "service_levels"
WINDOWS = ("half an hour", "a day", "a week", "a month", "a quarter")
"""Over what a level is measured: the shorter, the harder it is to keep."""


def offered(level: str) -> str:
    """The id of the question for the figure that is offered."""
    return f"{level}_offered"


def window(level: str) -> str:
    """The id of the question for the time over which it is measured."""
    return f"{level}_measured_over"


def credit(level: str) -> str:
    """The id of the question for the service credit when it is missed."""
    return f"{level}_credit"


def service_levels_form(rules: Rules) -> Form:
    """Three questions on each service level under `service.levels`; none without them."""
    asked: list[Question] = []
    for level in rules.service.levels if rules.service else ():
        asked += [
            Question(
                offered(level.id),
                f"{level.label}: the level that you commit to",
                "number",
                level.unit,
                help="one number, on average over the time named in the next question",
            ),
            Question(
                window(level.id),
                f"{level.label}: measured over",
                "choice",
                allowed=WINDOWS,
                help="each such time counts on its own; misses are not made good by other times",
            ),
            Question(
                credit(level.id),
                f"{level.label}: service credit when it is missed",
                "share",
                "%",
                least=0,
                help="of the charge of that month, at most; 0 % if there is none",
            ),
        ]
    return Form(PART, "Service levels", "Service levels and credits", tuple(asked))
