"""The only place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC, without a zone: the form in which times are stored."""
    return datetime.now(UTC).replace(tzinfo=None)
