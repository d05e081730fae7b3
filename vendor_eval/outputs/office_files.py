"""What workbooks and documents share as files: text that XML can hold, and the same bytes."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

# no clock: the same inputs give the same bytes
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - the format's properties carry no zone
PACKED = (1980, 1, 1, 0, 0, 0)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(typed: str) -> str:
    """Text that XML can hold: what it forbids is replaced."""
    return NOT_XML.sub("\ufffd", typed)


Part = tuple[str, bytes]
"""A part's name and its content."""


def steady(written: io.BytesIO, changed: Callable[[str, bytes], Part] | None = None) -> bytes:
    """An Office file as bytes without the time at which it was written.

    `changed` gives for each part the one that stands in its place.
    """
    target_bytes = io.BytesIO()
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(target_bytes, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            called, kept = changed(name, content) if changed else (name, content)
            part = zipfile.ZipInfo(called, date_time=PACKED)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, kept)
    return target_bytes.getvalue()
