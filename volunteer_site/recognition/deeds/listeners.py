"""What good deeds do when somebody deletes their data; connected once, when the site starts."""

from typing import Any

from volunteer_site.people.services import erasing
from volunteer_site.recognition.deeds import proposals, services


def connect() -> None:
    """Listen to people who leave, and say how notices show deeds."""
    proposals.connect()
    erasing.connect(_forget)


def _forget(_sender: Any, person_id: int, **_more: Any) -> None:
    services.forget_person(person_id)
