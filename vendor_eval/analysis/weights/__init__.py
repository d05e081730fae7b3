"""Weights that are not quite known: which nodes of the criteria tree vary, and how to draw them."""
