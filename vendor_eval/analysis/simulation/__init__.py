"""Robustness: how often each vendor takes each rank when weights and answers vary."""
