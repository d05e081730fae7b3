"""The stage an evaluation is at, what is missing and from whom, and the one thing to do next."""
