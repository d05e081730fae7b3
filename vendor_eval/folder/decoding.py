"""Bytes of a file as text, or the line on which they are not."""

from vendor_eval.errors import Fault, InputFaults


def decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; raises InputFaults."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 1].hex()
        message = f"found the byte 0x{found}, which is not UTF-8; allowed: the file saved as UTF-8"
        raise InputFaults([Fault(f"{name}:{line}", message)]) from None
