"""What workbooks and documents share as files: text that XML can hold, and the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

# no clock: the same inputs give the same bytes
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - the format's properties carry no zone
PACKED = (1980, 1, 1, 0, 0, 0)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(typed: str) -> str:
    """Text that XML can hold: what it forbids is replaced."""
    return NOT_XML.sub("\ufffd", typed)


def steady(written: io.BytesIO, changed: Mapping[str, bytes] | None = None) -> bytes:
    """An Office file as bytes without the time at which it was written.

    Parts in `changed` are replaced, by name.
    """
    other, target_bytes = changed or {}, io.BytesIO()
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(target_bytes, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, date_time=PACKED)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, other.get(name) or source.read(name))
    return target_bytes.getvalue()
