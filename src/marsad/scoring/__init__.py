"""Proper scores: pure functions on numbers."""

from marsad.scoring.proper import brier_score, log_score, skill
from marsad.scoring.reliability import Murphy, ReliabilityBin, calibration_error, murphy, reliability, wilson_interval
from marsad.scoring.resampling import skill_interval

__all__ = [
    "Murphy",
    "ReliabilityBin",
    "brier_score",
    "calibration_error",
    "log_score",
    "murphy",
    "reliability",
    "skill",
    "skill_interval",
    "wilson_interval",
]
