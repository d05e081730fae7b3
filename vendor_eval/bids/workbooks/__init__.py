"""Response workbooks that came back, read cell by cell."""
