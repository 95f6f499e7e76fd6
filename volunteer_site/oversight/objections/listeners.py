"""What objections do when hours are entered, or somebody deletes their data."""

from datetime import datetime
from typing import Any

from volunteer_site.hours.services import posted
from volunteer_site.oversight.objections import answers, services
from volunteer_site.people.services import erasing


def connect() -> None:
    """Listen to the ledger, and to people who delete their data."""
    posted.connect(_settle)
    erasing.connect(_forget)


def _settle(_sender: Any, person_ids: frozenset[int], now: datetime) -> None:
    answers.settle(person_ids, now)


def _forget(_sender: Any, person_id: int, now: datetime) -> None:
    services.forget_person(person_id, now)
