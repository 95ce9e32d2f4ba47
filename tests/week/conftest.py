"""Fixtures of the week's tests."""

from tiny_desk import built, desk

__all__ = ["built", "desk"]
