"""Learned weights as data: the head of event types and the judges; README.md is their card."""
