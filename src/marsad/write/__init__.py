"""Measures and forecasts to a draft issue; every sentence keeps its evidence ids."""
