"""How a command ends: its exit code, and a line on standard error where it was not done."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click

from vendor_eval.errors import VendorEvalError, one_line

INTERRUPTED = 128 + signal.SIGINT
ENDED_BY = {"SIGTERM": "terminated", "SIGHUP": "ended, since its terminal was closed"}
"""The message where a signal ends a command. Windows knows no SIGHUP."""


class Ended(SystemExit):
    """A signal asks the command to end: raised where it is, so that everything is put away."""

    def __init__(self, name: str) -> None:
        self.sentence = ENDED_BY[name]
        super().__init__(128 + getattr(signal, name))


def exit_codes(command: Callable[..., int | None]) -> Callable[..., None]:
    """Ends with the exit code of what went wrong, each fault on a line of standard error."""

    @wraps(command)
    def ending(*args: Any, **kwargs: Any) -> None:
        try:
            with _signals_raise():
                code = command(*args, **kwargs)
        except VendorEvalError as error:
            for line in str(error).splitlines():
                click.echo(f"vendor-eval: {one_line(line)}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("vendor-eval: interrupted", err=True)
            sys.exit(INTERRUPTED)
        except Ended as error:
            with contextlib.suppress(OSError):  # nobody may be there to read it
                click.echo(f"vendor-eval: {error.sentence}", err=True)
            sys.exit(error.code)
        sys.exit(code or 0)

    return ending


@contextlib.contextmanager
def _signals_raise() -> Iterator[None]:
    """A request to end raises, once; one that is ignored from outside, as by nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread receives signals
        return
    before = {
        name: signal.getsignal(getattr(signal, name)) for name in ENDED_BY if hasattr(signal, name)
    }
    heeded = [name for name, handler in before.items() if handler != signal.SIG_IGN]

    def leave(number: int, _frame: object) -> None:
        for name in heeded:  # what is being put away is not to be left half done
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        raise Ended(signal.Signals(number).name)

    for name in heeded:
        signal.signal(getattr(signal, name), leave)
    try:
        yield
    finally:
        for name in heeded:
            signal.signal(getattr(signal, name), before[name])
