"""How a command ends: its exit code, and a line on standard error where it was not done."""

import contextlib
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, NoReturn

import click

from vendor_eval.errors import VendorEvalError, faults_of, one_line

INTERRUPTED = 128 + signal.SIGINT
ENDED_BY = {"SIGTERM": "terminated", "SIGHUP": "ended, since its terminal was closed"}
"""The message where a signal ends a command. Windows knows no SIGHUP."""


class Ended(SystemExit):
    """A signal asks the command to end: raised where it is, so that everything is put away."""

    def __init__(self, name: str) -> None:
        self.sentence = ENDED_BY[name]
        super().__init__(128 + getattr(signal, name))


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Print as lines of text, or as JSON on standard output.",
)


def with_format(command: click.Command) -> click.Command:
    """The same command, with `--format` for its faults where it has none for anything else."""
    if all(parameter.name != "form" for parameter in command.params):
        said = "Print faults as lines of text, or as JSON on standard output."
        choice = click.Choice(["text", "json"])
        option = click.Option(
            ["--format", "form"], type=choice, default="text", show_default=True, help=said
        )
        option.expose_value, option.callback = False, _remember
        command.params.append(option)
    return command


def _remember(context: click.Context, parameter: click.Parameter, value: str) -> str:
    context.meta[__name__] = value
    return value


def exit_codes(command: Callable[..., int | None]) -> Callable[..., None]:
    """Ends with the exit code of what went wrong, each fault on a line or all of them as JSON."""

    @wraps(command)
    def ending(*args: Any, **kwargs: Any) -> None:
        interrupted: list[int] = []
        try:
            with _signals_raise(interrupted):
                code = command(*args, **kwargs)
        except VendorEvalError as error:
            _report(error)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            _end_interrupted()
        except ImportError:
            if not interrupted:
                raise
            _end_interrupted()  # some packages make this of an interrupt while they are imported
        except Ended as error:
            with contextlib.suppress(OSError):  # nobody may be there to read it
                click.echo(f"vendor-eval: {error.sentence}", err=True)
            sys.exit(error.code)
        sys.exit(code or 0)

    return ending


def _end_interrupted() -> NoReturn:
    click.echo("vendor-eval: interrupted", err=True)
    sys.exit(INTERRUPTED)


def _report(error: VendorEvalError) -> None:
    """Prints what was wrong: lines on standard error, or a list as JSON on standard output."""
    context = click.get_current_context(silent=True)
    form = context and (context.params.get("form") or context.meta.get(__name__))
    if form == "json":
        plain = [fault.as_json() for fault in faults_of(error)]
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    for line in str(error).splitlines():
        click.echo(f"vendor-eval: {one_line(line)}", err=True)


@contextlib.contextmanager
def _signals_raise(interrupted: list[int]) -> Iterator[None]:
    """A request to end raises, once; one that is ignored from outside, as by nohup, stays so.

    An interrupt is added to `interrupted`, since what it raises may be caught on its way.
    """
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

    def interrupt(number: int, _frame: object) -> None:
        interrupted.append(number)
        raise KeyboardInterrupt

    for name in heeded:
        signal.signal(getattr(signal, name), leave)
    at_interrupt = signal.getsignal(signal.SIGINT)
    if at_interrupt != signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, at_interrupt)
        for name in heeded:
            signal.signal(getattr(signal, name), before[name])
