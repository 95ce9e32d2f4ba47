"""Resolve due forecasts, score them, compare with base rate, print the honest table."""
