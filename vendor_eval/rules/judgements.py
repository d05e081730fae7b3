"""What stakeholders judged the criteria to be worth, as entered in `judgements.yaml`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Annotated, Self

from pydantic import Field, model_validator

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.criteria import Criterion, Text, walk
from vendor_eval.rules.values.function import OneForm, Points, Typed

MOST_COMPARED = 15
"""Criteria compared pairwise, at most: random indices are published no further."""

MOST_HEARD = 40
"""Stakeholders, at most: more are distinguishable neither in a picture nor in a table."""

Rank = Annotated[int, Field(ge=1)]
Times = Annotated[float, Field(ge=1, le=9)]
"""How many times as important, from 1 (equally) to 9 (extremely): Saaty's scale."""


class BestWorst(Typed):
    """The best and the worst criterion, and how many times each is more or less important.

    `best_to_others` names all criteria but the best; `others_to_worst` all but the two, since the
    best has been compared with the worst already.
    """

    best: Text
    worst: Text
    best_to_others: dict[str, Times]
    others_to_worst: dict[str, Times] = Field(default_factory=dict)


class Judgement(OneForm):
    """What somebody judged of all criteria under one node: exactly one of its forms, by id."""

    swing: dict[str, Points] | None = None
    direct: dict[str, Annotated[float, Field(ge=0)]] | None = None
    rank_order_centroid: dict[str, Rank] | None = None
    rank_sum: dict[str, Rank] | None = None
    rank_reciprocal: dict[str, Rank] | None = None
    pairwise: tuple[tuple[str, Times, str], ...] | None = None
    """Triples: the first is so many times as important as the second."""
    best_worst: BestWorst | None = None


class Stakeholder(Typed):
    """One person's or department's judgements: of the top-level criteria, and within branches."""

    name: Text
    top: Judgement | None = None
    within: dict[str, Judgement] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _judged_something(self) -> Self:
        if self.top is None and not self.within:
            raise ValueError("found no judgement; allowed: 'top', 'within' or both")
        return self

    @property
    def judged(self) -> Mapping[str, Judgement]:
        """Judgements by the path of the node whose criteria they are of; "" is the top."""
        return ({"": self.top} if self.top else {}) | self.within


class Judgements(Typed):
    """Everybody's judgements, each on its own."""

    notice: Text | None = None
    stakeholders: Annotated[tuple[Stakeholder, ...], Field(min_length=1, max_length=MOST_HEARD)]


def misjudgements(
    judgements: Judgements, criteria: tuple[Criterion, ...]
) -> Iterator[tuple[Location, str]]:
    """What does not fit the criteria, or is left out: where, and what is wrong there."""
    families: dict[str, list[str]] = {"": []}
    for path, parent, criterion in walk(criteria):
        families.setdefault(parent, []).append(criterion.id)
        families.setdefault(path, [])
    names = [stakeholder.name.casefold() for stakeholder in judgements.stakeholders]
    for n, stakeholder in enumerate(judgements.stakeholders):
        at: Location = ("stakeholders", n)
        if names[n] in names[:n]:
            yield (*at, "name"), f"{stakeholder.name!r} appears here twice; allowed: once"
        if stakeholder.top:
            yield from _family_faults(stakeholder.top, families[""], (*at, "top"))
        for path, judgement in stakeholder.within.items():
            place = (*at, "within", path)
            if path not in families or not path:
                yield place, f"unknown criterion {path!r}{nearest(path, families)}"
            elif len(families[path]) < 2:
                yield (
                    place,
                    f"{path!r} has no criteria to compare; allowed: a branch of two or more",
                )
            else:
                yield from _family_faults(judgement, families[path], place)


def _family_faults(
    judgement: Judgement, names: Sequence[str], at: Location
) -> Iterator[tuple[Location, str]]:
    at = (*at, judgement.form)
    if judgement.pairwise is not None:
        yield from _pairwise_faults(judgement.pairwise, names, at)
    elif judgement.best_worst is not None:
        yield from _best_worst_faults(judgement.best_worst, names, at)
    else:
        numbers = getattr(judgement, judgement.form)
        yield from _name_faults(numbers, names, at)
        if judgement.swing is not None and max(judgement.swing.values(), default=100) != 100:
            yield at, "found no 100; allowed: 100 for the swing that is worth most"
        if judgement.direct is not None and not any(judgement.direct.values()):
            yield at, "every weight here is 0; allowed: at least one above 0"


def _name_faults(
    judged: Collection[str], names: Collection[str], at: Location
) -> Iterator[tuple[Location, str]]:
    """A fault for every name that is not to be there, and one for all that are not there."""
    for name in judged:
        if name not in names:
            hint = nearest(name, names) or f"; allowed: {quoted(names)}"
            yield (*at, name), f"unknown criterion {name!r}{hint}"
    lacking = [name for name in names if name not in judged]
    if lacking:
        yield at, f"does not name {quoted(lacking)}; allowed: all of {quoted(names)}"


def _pairwise_faults(
    compared: Sequence[tuple[str, float, str]], names: Sequence[str], at: Location
) -> Iterator[tuple[Location, str]]:
    if len(names) > MOST_COMPARED:
        yield at, f"found {len(names)} criteria to compare; allowed: {MOST_COMPARED} at most"
        return
    seen: set[frozenset[str]] = set()
    for n, (first, _, second) in enumerate(compared):
        pair = frozenset((first, second))
        unknown = [name for name in (first, second) if name not in names]
        if unknown:
            hint = nearest(unknown[0], names) or f"; allowed: {quoted(names)}"
            yield (*at, n), f"unknown criterion {unknown[0]!r}{hint}"
        elif first == second:
            yield (*at, n), f"{first!r} is compared with itself; allowed: with another"
        elif pair in seen:
            yield (*at, n), f"compares {first!r} and {second!r} again; allowed: each pair once"
        seen.add(pair)
    lacking = [f"{a} and {b}" for a, b in combinations(names, 2) if frozenset((a, b)) not in seen]
    if lacking:
        yield at, f"does not compare {quoted(lacking)}; allowed: every pair, once"


def _best_worst_faults(
    judged: BestWorst, names: Sequence[str], at: Location
) -> Iterator[tuple[Location, str]]:
    for key in ("best", "worst"):
        if getattr(judged, key) not in names:
            hint = nearest(getattr(judged, key), names) or f"; allowed: {quoted(names)}"
            yield (*at, key), f"unknown criterion {getattr(judged, key)!r}{hint}"
    if judged.best == judged.worst:
        yield (*at, "worst"), f"{judged.worst!r} is the best too; allowed: another"
    others = [name for name in names if name != judged.best]
    between = [name for name in others if name != judged.worst]
    yield from _name_faults(judged.best_to_others, others, (*at, "best_to_others"))
    yield from _name_faults(judged.others_to_worst, between, (*at, "others_to_worst"))
    widest = judged.best_to_others.get(judged.worst)
    for key in ("best_to_others", "others_to_worst"):
        for name, times in getattr(judged, key).items():
            if widest is not None and times > widest:
                message = f"found {times:g}; allowed: at most the {widest:g} between best and worst"
                yield (*at, key, name), message
