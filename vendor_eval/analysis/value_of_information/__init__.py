"""Which open answer matters: the questions worth asking the vendors, the most valuable first."""
