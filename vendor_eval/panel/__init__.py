"""Evaluators: their marks, what they agree, the log of both, and which marks matter."""
