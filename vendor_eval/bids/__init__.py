"""What the buyer decided of bids, and bids that may be one and the same."""
