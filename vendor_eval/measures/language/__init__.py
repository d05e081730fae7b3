"""Languages: what the channels need against what is offered, tested and covered."""
