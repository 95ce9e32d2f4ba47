"""Events to probabilities, with base rate, horizon and model name."""

from marsad.forecast.opening import MODEL, backfill, issue

__all__ = ["MODEL", "backfill", "issue"]
