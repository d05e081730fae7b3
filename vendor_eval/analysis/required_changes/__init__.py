"""Required changes: what each vendor would have to change, one answer at a time.

Only the one answer changes, the gates stand as they were decided, and drawing level with all other
eligible vendors counts as first. An answer given as a range is taken at its likely number.
"""
