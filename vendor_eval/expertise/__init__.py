"""Expertise: what a vendor has done, with whom, and what it binds itself to."""

from vendor_eval.expertise import commitments, references, workforce  # they register measures

__all__ = ["commitments", "references", "workforce"]
