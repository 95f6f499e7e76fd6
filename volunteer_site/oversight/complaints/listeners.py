"""What complaints do when a community answers a question of the office."""

from datetime import datetime
from typing import Any

from volunteer_site.oversight.complaints import services
from volunteer_site.oversight.questions.services import replied


def connect() -> None:
    """Listen to the answers."""
    replied.connect(_hear)


def _hear(_sender: Any, question_id: int, words: str, by_id: int, now: datetime) -> None:
    services.hear(question_id, words, by_id=by_id, now=now)
