"""What the kernel of a run does first: it leaves the network, and collects garbage less often.

Confidential bids go nowhere: Python's own sockets are refused every other machine. The loopback
and local sockets, which kernels and event loops need, stay.
"""

import gc
import sys
from typing import Any

_LOOPBACK = ("localhost", "127.0.0.1", "::1", "", None)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]  # local sockets have a path for an address, not a tuple
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in _LOOPBACK:
        raise PermissionError(f"a notebook run may not use the network (asked for {host!r})")


sys.addaudithook(_refuse)
gc.set_threshold(
    100_000
)  # imports make objects that stay: looking for garbage takes a fifth of them
