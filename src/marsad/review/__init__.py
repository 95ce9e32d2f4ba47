"""Resolve due forecasts, score them, compare with base rate, print the honest table."""

from marsad.review.resolve import resolve
from marsad.review.scorecard import reliability_table, scorecard

__all__ = ["reliability_table", "resolve", "scorecard"]
