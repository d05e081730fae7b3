"""Data security: what protects the data, and by which way they may travel."""
