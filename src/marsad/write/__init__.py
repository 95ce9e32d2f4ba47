"""Measures and forecasts to a draft issue; every sentence keeps its evidence ids."""

from marsad.write.bound import Bound, bind, is_same
from marsad.write.draft import Draft, choose_subject, draft
from marsad.write.page import EVIDENCE

__all__ = ["EVIDENCE", "Bound", "Draft", "bind", "choose_subject", "draft", "is_same"]
