"""What the panel of the constructed example read, gave and agreed."""
