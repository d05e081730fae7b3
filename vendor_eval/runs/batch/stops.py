"""What stops a batch: a signal, a full disk, a fault where that is asked for."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vendor_eval.endings import ENDED_BY, Ended


@dataclass
class Stop:
    """Whether nothing new is to be begun, and why."""

    by: str = ""
    """The name of a signal, "disk" or "fault"; "" while nothing stops the batch."""

    def __call__(self) -> bool:
        return bool(self.by)


def raise_for(stop: Stop) -> None:
    """Raises what a command raises that the signal has ended, where one stopped the batch."""
    if stop.by == "SIGINT":
        raise KeyboardInterrupt
    if stop.by in ENDED_BY:
        raise Ended(stop.by)


@contextmanager
def heeded() -> Iterator[Stop]:
    """A first signal lets what runs end; a second one ends it too."""
    stop = Stop()
    names = [name for name in ("SIGINT", *ENDED_BY) if hasattr(signal, name)]
    numbers = {getattr(signal, name): name for name in names}
    before = {number: signal.getsignal(number) for number in numbers}

    def heed(number: int, _frame: object) -> None:
        if stop.by in numbers.values():
            if number == signal.SIGINT:
                raise KeyboardInterrupt
            raise Ended(numbers[number])
        stop.by = numbers[number]

    listening = [number for number, handler in before.items() if handler != signal.SIG_IGN]
    for number in listening:
        signal.signal(number, heed)
    try:
        yield stop
    finally:
        for number in listening:
            signal.signal(number, before[number])
