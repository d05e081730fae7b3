"""Expertise: what a vendor has done, with whom, and what it binds itself to."""
