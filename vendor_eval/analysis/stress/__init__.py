"""The stress test of the rules, before they are sealed and before any bid is seen."""
