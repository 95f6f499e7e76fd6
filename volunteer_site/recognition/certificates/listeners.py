"""What certificates do when hours change, or somebody deletes their data."""

from datetime import datetime
from typing import Any

from volunteer_site.hours.services import posted
from volunteer_site.people.services import erasing
from volunteer_site.recognition.certificates import services


def connect() -> None:
    """Listen to the ledger, and to people who delete their data."""
    posted.connect(_void)
    erasing.connect(_forget)


def _void(_sender: Any, person_ids: frozenset[int], now: datetime) -> None:
    services.void_after(person_ids, now)


def _forget(_sender: Any, person_id: int, now: datetime) -> None:
    services.forget_person(person_id, now)
