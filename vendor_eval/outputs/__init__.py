"""What we write: results.json, the scorecard, the response template, and what to do next."""
