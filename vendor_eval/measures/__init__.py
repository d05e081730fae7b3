"""Measures: cost, location, language, security, expertise and service, as each bid shows them."""
