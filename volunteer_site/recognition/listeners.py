"""What recognition does when hours change, people leave or pictures grow old."""

from datetime import datetime
from typing import Any

from volunteer_site.core.upload_sweep import forgetting
from volunteer_site.hours.services import posted
from volunteer_site.people.services import erasing
from volunteer_site.recognition.badges import services
from volunteer_site.recognition.badges.services import giving
from volunteer_site.recognition.designs import services as designs
from volunteer_site.recognition.rolls import services as rolls
from volunteer_site.recognition.stars import proposals
from volunteer_site.recognition.stars.services import applying


def connect() -> None:
    """Listen to the ledger, to people who delete their data, and to the night."""
    posted.connect(_award)
    erasing.connect(_forget)
    forgetting.connect(_forget_pictures)
    proposals.connect()


def _award(_sender: Any, person_ids: frozenset[int], now: datetime) -> None:
    services.award_after(person_ids, now)


def _forget(_sender: Any, person_id: int, now: datetime) -> None:
    rolls.forget_person(person_id)
    designs.forget_person(person_id, now)
    giving.forget_person(person_id)
    applying.forget_person(person_id, now)


def _forget_pictures(_sender: Any, before: datetime, now: datetime) -> None:
    designs.forget_pictures(before, now)
