"""One tender: rules, bids, seal and decisions of the buyer, read together from a folder."""
