"""Events to probabilities, with base rate, horizon and model name."""
