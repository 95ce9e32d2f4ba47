"""Events to probabilities, with base rate, horizon and model name; and the engine's backtest on event graphs."""

from marsad.forecast.answering import Answer, answer
from marsad.forecast.backtesting import backtest, backtest_text
from marsad.forecast.explaining import explain, forecasts_text
from marsad.forecast.history import CLASSES, TYPES
from marsad.forecast.opening import MODEL, backfill, issue
from marsad.forecast.reacting import backfill_reactions, reactions

__all__ = [
    "CLASSES",
    "MODEL",
    "TYPES",
    "Answer",
    "answer",
    "backfill",
    "backfill_reactions",
    "backtest",
    "backtest_text",
    "explain",
    "forecasts_text",
    "issue",
    "reactions",
]
