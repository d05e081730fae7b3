"""Bytes of a file as text, or the line on which they are not."""

import codecs

from vendor_eval.errors import Fault, InputFaults


def decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; raises InputFaults."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or content[:2].count(0) == 1:
        message = "found UTF-16; allowed: the file saved as UTF-8, in a spreadsheet 'CSV UTF-8'"
        raise InputFaults([Fault(f"{name}:1", message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 1].hex()
        message = f"found the byte 0x{found}, which is not UTF-8; allowed: the file saved as UTF-8"
        raise InputFaults([Fault(f"{name}:{line}", message)]) from None
