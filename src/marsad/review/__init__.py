"""Resolve due forecasts, score them, compare with base rate, print the honest table."""

from marsad.review.resolve import resolve, resolve_judgements, with_overrules
from marsad.review.scorecard import reliability_table, scorecard

__all__ = ["reliability_table", "resolve", "resolve_judgements", "scorecard", "with_overrules"]
