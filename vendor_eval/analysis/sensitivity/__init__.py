"""Sensitivity: what would change the winner, in closed form or by a linear programme.

Only eligible vendors are compared, and the gates stand as they were decided. Where a share moves,
its parent's weight stays and its siblings keep their proportions; siblings that all weigh nothing
share equally what is left to them.
"""
