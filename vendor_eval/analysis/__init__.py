"""What follows from an evaluation: how sure it is, what would change it, what others make of it."""
