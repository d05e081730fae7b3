"""What people judge: anchored scales, the leaves that a panel reads, and who reads what."""

from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, PrivateAttr, model_validator

from vendor_eval.rules.values.absolute import Identity, Levels
from vendor_eval.rules.values.function import Points, Typed, ValueFunction

Id = Annotated[str, Field(pattern=r"\A[a-z][a-z0-9_]*\z")]
AgreedBy = Literal["consensus", "median", "mean"]
LONGEST_CODE = 30


def _code(typed: object) -> str:
    """A level's code, as text."""
    if type(typed) is int:
        return str(typed)
    if isinstance(typed, str) and 0 < len(typed) <= LONGEST_CODE:
        return typed
    allowed = f"a whole number, or a text of at most {LONGEST_CODE} characters"
    raise ValueError(f"found {typed!r:.80}; allowed: {allowed}")


Code = Annotated[str, PlainValidator(_code)]


class Level(Typed):
    """One level of a scale: its code, its points, and the words that anchor it."""

    level: Code
    points: Points | None = None
    label: Annotated[str, Field(min_length=1, max_length=60)]
    means: Annotated[str, Field(min_length=1, max_length=1000)]


class AnchoredScale(Typed):
    """Levels from worst to best."""

    levels: Annotated[tuple[Level, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _from_worst_to_best(self) -> Self:
        codes = [level.level.casefold() for level in self.levels]
        again = [level.level for n, level in enumerate(self.levels) if codes[n] in codes[:n]]
        if again:
            raise ValueError(f"the level {again[0]!r} appears here twice; allowed: once")
        points = [level.points for level in self.levels]
        given = [p for p in points if p is not None]
        if given and len(given) < len(points):
            raise ValueError(
                "found levels with and without points; allowed: points for all of them, or for none"
            )
        if given != sorted(given):
            raise ValueError(
                f"found points in the order {', '.join(f'{p:g}' for p in given)}; "
                "allowed: levels from worst to best"
            )
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """The levels' codes, from worst to best."""
        return tuple(level.level for level in self.levels)

    @property
    def has_points(self) -> bool:
        """Whether its levels are worth points."""
        return self.levels[0].points is not None

    @property
    def points(self) -> dict[str, float]:
        """Points (0-100) by code; 0 where the scale has none."""
        return {level.level: level.points or 0.0 for level in self.levels}

    def step(self, code: str) -> int:
        """How many levels are worse than this one."""
        return self.codes.index(code)


class JudgedQuestion(Typed):
    """What a panel judges on a leaf: a question to the vendors, and the scale."""

    scale: Id
    question: Annotated[str, Field(min_length=1, max_length=1000)]
    _path: str = PrivateAttr("")

    @property
    def column(self) -> str:
        """What the agreed levels are called in tables."""
        return f"panel({self._path})"

    def at(self, path: str) -> "JudgedQuestion":
        """The same on the leaf at this path."""
        copy = self.model_copy()
        copy._path = path
        return copy


class Evaluator(Typed):
    """Who reads what; the name of the person stands in `private/people.yaml`."""

    id: Id
    role: Annotated[str, Field(min_length=1, max_length=60)]
    criteria: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    """Paths of leaves that the panel judges; a branch means all of those under it."""


class MeetingRule(Typed):
    """From which spread an item must be agreed in a meeting."""

    spread: Annotated[int, Field(ge=1)] = 2
    """Steps on the scale between the highest and the lowest level."""


class CommentRule(Typed):
    """What a comment must hold."""

    least_characters: Annotated[int, Field(ge=0, le=1000)] = 30


class EvaluationPanel(Typed):
    """Who judges, and how their levels become one."""

    agreed: AgreedBy = "consensus"
    evaluators: Annotated[tuple[Evaluator, ...], Field(min_length=1)]
    least_evaluators: Annotated[int, Field(ge=1)] = 3
    """Of each criterion; fewer needs a decision of the chair."""
    moderate: MeetingRule = MeetingRule()
    declarations: bool = True
    """Whether nobody's marks are read before they have declared their interests."""
    declare_again_days: Annotated[int, Field(ge=1, le=10_000)] = 60
    """Days after which a declaration is to be made again."""
    comment: CommentRule = CommentRule()

    def evaluator(self, id: str) -> Evaluator | None:
        """The evaluator of this id; None where there is none."""
        return next((each for each in self.evaluators if each.id == id), None)


def level_values(scale: AnchoredScale | None, agreed: AgreedBy) -> ValueFunction | None:
    """The value function of the leaves that read a scale; None for a scale that is not known.

    An agreed level is worth its points; a mean or median is in points already.
    """
    if scale is None:
        return None
    return Levels(points=scale.points) if agreed == "consensus" else Identity()
