"""The evaluation: performance, gates, values, scores and ranks."""
