"""Proper scores: pure functions on numbers."""
