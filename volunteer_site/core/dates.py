"""Dates (being written)."""

from flask import Flask


def register_filters(app: Flask) -> None:
    """Nothing yet."""
