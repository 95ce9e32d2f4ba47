"""Resolve what is due, score what was said, compare with base rate and persistence, print the honest account."""

from marsad.review.account import account, calibration, same_questions, words_used
from marsad.review.page import review_text
from marsad.review.resolve import resolve, resolve_judgements, with_overrules
from marsad.review.said import said
from marsad.review.scorecard import reliability_table, scorecard

__all__ = [
    "account",
    "calibration",
    "reliability_table",
    "resolve",
    "resolve_judgements",
    "review_text",
    "said",
    "same_questions",
    "scorecard",
    "with_overrules",
    "words_used",
]
