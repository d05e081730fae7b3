"""`vendor-eval` and `python -m vendor_eval`: the command line, ended by a signal at any moment."""

import os
import signal

_SENTENCES = {"SIGINT": "interrupted", "SIGTERM": "terminated"}
"""What is printed before a command begins, which prints it itself from then on."""


def start() -> None:
    """The command line."""
    for name in _SENTENCES:
        number = getattr(signal, name)
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _leave)

    from vendor_eval.cli import start as command_line

    command_line()


def _leave(number: int, _frame: object) -> None:
    """Ends at once: nothing was begun that would have to be put away."""
    sentence = _SENTENCES[signal.Signals(number).name]
    os.write(2, f"vendor-eval: {sentence}\n".encode())
    os._exit(128 + number)


if __name__ == "__main__":
    start()
