"""How many agents a service level takes: Erlang's formula for calls that wait (Erlang 1917).

Calls arrive at random, wait as long as it takes and are handled for times that vary as chance
has it (M/M/n; Gross & Harris, Fundamentals of Queueing Theory, ch. 2). Loads are in erlangs: the
number of agents that would be busy all the time.
"""

import math
from collections.abc import Iterator

FORGOTTEN = 12.0
"""Below a load's mean by so many standard deviations, where a recursion starts does not matter."""


LARGEST = 1e10
"""Erlangs up to which a number is found in a second; the whole world makes fewer calls."""


def offered_load(contacts: float, *, handling_seconds: float, interval_seconds: float) -> float:
    """The load in erlangs of contacts that arrive within an interval."""
    return contacts * handling_seconds / interval_seconds


def waiting_share(load: float, agents: int) -> float:
    """Share of contacts that must wait, in [0, 1] (Erlang C); 1 where agents are too few."""
    _refuse(load=load, agents=agents)
    if load == 0:
        return 0.0
    if agents <= load:
        return 1.0
    return next(share for n, share in _waiting(load) if n == agents or share == 0)


def answered_share(
    load: float, agents: int, *, within_seconds: float, handling_seconds: float
) -> float:
    """Share of contacts answered within so many seconds, in [0, 1] (Gross & Harris, eq. 2.38).

    0 where agents do not exceed the load: the queue then grows without end.
    """
    _refuse(within_seconds=within_seconds, handling_seconds=handling_seconds)
    waiting = waiting_share(load, agents)
    if load > 0 and agents <= load:
        return 0.0
    return 1 - waiting * _still_waiting(load, agents, within_seconds, handling_seconds)


def agents_needed(
    load: float, *, share: float, within_seconds: float, handling_seconds: float
) -> int:
    """The fewest agents that answer a share, in [0, 1), of contacts within so many seconds."""
    _refuse(load=load, within_seconds=within_seconds, handling_seconds=handling_seconds)
    if not 0 <= share < 1:
        raise ValueError(f"found the share {share!r}; allowed: from 0 to below 1")
    if load == 0 or share == 0:
        return 0
    return next(
        n
        for n, waiting in _waiting(load)
        if 1 - waiting * _still_waiting(load, n, within_seconds, handling_seconds) >= share
    )


def on_duty(head_count: float, shrinkage: float) -> int:
    """Whole agents on the line of a head-count, once a share of it, in [0, 1), is elsewhere."""
    _refuse(head_count=head_count, shrinkage=shrinkage)
    # nine decimals, so that 40 less 30 % is 28 and not 27.999...
    return math.floor(round(head_count * (1 - shrinkage), 9))


def _still_waiting(load: float, agents: int, within: float, handling: float) -> float:
    """Share of those who wait that wait longer than `within` seconds."""
    return math.exp(-(agents - load) * within / handling) if within else 1.0


def _waiting(load: float) -> Iterator[tuple[int, float]]:
    """Agents and the share that must wait, from the first number that exceeds the load."""
    for agents, lost in _lost(load):
        if agents > load:
            yield agents, lost / (1 - load / agents * (1 - lost))


def _lost(load: float) -> Iterator[tuple[int, float]]:
    """Agents and Erlang's share of lost calls, by the recursion in which no term can overflow.

    It forgets where it started, so for a great load it starts just below it.
    """
    agents = max(0, math.floor(load - FORGOTTEN * math.sqrt(load) - FORGOTTEN))
    lost = 1.0 - agents / load
    while True:
        yield agents, lost
        agents += 1
        lost = load * lost / (agents + load * lost)


def _refuse(**numbers: float) -> None:
    """Raises ValueError for what is below 0 or not finite, for no time at all, for vast loads."""
    for name, number in numbers.items():
        if not math.isfinite(number) or number < 0:
            raise ValueError(f"found {name} {number!r}; allowed: a number of at least 0")
        if name == "handling_seconds" and not number:
            raise ValueError(f"found {name} 0; allowed: a number above 0")
        if name == "load" and number > LARGEST:
            raise ValueError(f"found {name} {number!r}; allowed: {LARGEST:g} erlangs at most")
