"""What recognition does when hours change; connected once, when the site starts."""

from datetime import datetime
from typing import Any

from volunteer_site.hours.services import posted
from volunteer_site.recognition import services


def connect() -> None:
    """Listen to the ledger."""
    posted.connect(_award)


def _award(_sender: Any, person_ids: frozenset[int], now: datetime) -> None:
    services.award_after(person_ids, now)
