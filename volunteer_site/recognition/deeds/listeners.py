"""What good deeds do when somebody deletes their data or photos grow old; connected once."""

from datetime import datetime
from typing import Any

from volunteer_site.core.upload_sweep import forgetting
from volunteer_site.people.services import erasing
from volunteer_site.recognition.deeds import proposals, services


def connect() -> None:
    """Listen to people who leave and to the night, and say how notices show deeds."""
    proposals.connect()
    erasing.connect(_forget)
    forgetting.connect(_forget_photos)


def _forget(_sender: Any, person_id: int, **_more: Any) -> None:
    services.forget_person(person_id)


def _forget_photos(_sender: Any, before: datetime, **_more: Any) -> None:
    services.forget_photos(before)
