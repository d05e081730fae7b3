"""Weights from people: each form of judgement by its published formula."""
