"""How much a returned workbook may hold: beyond it, it is refused before it is read.

A template filled to its last cell is a hundredth of them; a workbook at the limits takes seconds,
and less than 180 MB of memory.
"""

FILE_BYTES = 10_000_000
"""Bytes of the file as it was sent."""
UNPACKED_BYTES = 60_000_000
"""Bytes of all its parts together once unpacked, as declared and as they come out."""
PARTS = 2_000
"""Files inside the workbook."""
SHEETS = 100
"""Sheets of a workbook."""
CELLS = 100_000
"""Cells with something in them, of one sheet."""
ELEMENTS = 500_000
"""XML elements of all parts together."""
ATTRIBUTES = 100
"""Attributes of one XML element."""
DEPTH = 40
"""How far XML elements may be nested."""
ROWS = 2_000
"""Rows of one table."""
HEADERS = 500
"""Rows looked at for headings that lost their mark."""
MERGED = 5_000
"""Merged ranges of one sheet."""
TEXT_LENGTH = 32_767
"""Characters of one cell: what Excel itself allows."""
FORMAT_LENGTH = 255
"""Characters of a number format: what Excel itself allows."""
FAULTS = 100
"""Faults told of one workbook; more of them tell that it is not a response."""
