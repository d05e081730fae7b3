"""What we ask: criteria, value functions, gates, requirements and the seal."""
