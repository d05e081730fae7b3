"""How much a returned workbook may hold, and how much is reported of one.

A workbook that holds more is refused, with the limit in its fault; so are the further ROWS of a
table. HEADERS and QUESTIONS only end a search. FAULTS, NOTES and SHOWN cut what is reported. The
responses in `data/customer-support` use less than a hundredth of the bytes, cells and parts. A
workbook takes at most 10 seconds of one processor and less than 300 MB of memory, the program's
own 100 MB among them, whether it is read or refused (`tests/bids/test_workbooks_heavy.py`).
"""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last cell of a sheet, as Excel numbers them from 1."""
FILE_BYTES = 10_000_000
"""Bytes of the file as it was sent."""
UNPACKED_BYTES = 60_000_000
"""Bytes of all its parts together once unpacked, as declared and as they come out."""
PARTS = 2_000
"""Files inside the workbook, and references from one of them to others."""
SHEETS = 100
"""Sheets of a workbook."""
CELLS = 100_000
"""Cells with something in them, of one sheet."""
ELEMENTS = 500_000
"""XML elements of all parts together, those of blank cells that have a format among them."""
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
TEXTS = 10_000_000
"""Characters of all texts and formulas together: once where a text is held, and once more for each
cell that shows it."""
ACCENTS = 30
"""Accents on one letter: what Unicode allows in a text that is safe to process piece by piece
(UAX 15, section 13, Stream-Safe Text Format)."""
NAME = 255
"""Characters of a sheet's name, of which Excel itself allows 31."""
FORMAT_LENGTH = 255
"""Characters of a number format: what Excel itself allows."""
FORMATS = 2_000
"""Number formats of a workbook, of which Excel itself allows some 250."""
QUESTIONS = 10_000
"""Questions that a workbook may say it was made to ask; more are not looked at."""
FAULTS = NOTES = 100
"""Faults, and notes, of one workbook; the rest is counted in one line."""
SHOWN = 300
"""Characters that any line shows of one cell."""
