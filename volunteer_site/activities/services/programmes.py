"""What a community does every week: begun, changed, ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from volunteer_site.activities import rules
from volunteer_site.activities.models import Programme
from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _


class ProgrammeEnded(Refusal):
    """The programme has ended and is only history."""


@dataclass(frozen=True)
class Rhythm:
    """When a programme takes place and for how many; the start in minutes of the local day."""

    weekday: int
    starts_minute: int
    lasts_minutes: int
    places: int
    holiday_rule: str
    automatic: bool


def create_programme(
    organisation_id: int, words: dict[str, Any], rhythm: Rhythm, *, by_id: int, now: datetime
) -> Programme:
    """Begin a programme; raises a rule of R10 or R15 against its words."""
    rules.check_words(words)
    programme = Programme(organisation_id=organisation_id, created_at=now)
    _describe(programme, words, rhythm, now)
    db.session.add(programme)
    db.session.flush()
    audit.record("programme.create", by_id, object_kind="programme", object_id=programme.id)
    return programme


def update_programme(
    programme: Programme, words: dict[str, Any], rhythm: Rhythm, *, by_id: int, now: datetime
) -> None:
    """Change what is filled in from now on; activities that are there already stay as they are."""
    refuse_ended(programme)
    rules.check_words(words)
    _describe(programme, words, rhythm, now)
    audit.record("programme.update", by_id, object_kind="programme", object_id=programme.id)


def end_programme(programme: Programme, *, by_id: int, now: datetime) -> None:
    """Make no further activity from it; ended twice, it keeps the first date."""
    if programme.ended_at is not None:
        return
    programme.ended_at = now
    audit.record("programme.end", by_id, object_kind="programme", object_id=programme.id)


def _describe(programme: Programme, words: dict[str, Any], rhythm: Rhythm, now: datetime) -> None:
    for name, value in words.items():
        setattr(programme, name, value)
    programme.weekday, programme.places = rhythm.weekday, rhythm.places
    programme.starts_minute, programme.lasts_minutes = rhythm.starts_minute, rhythm.lasts_minutes
    programme.holiday_rule = rhythm.holiday_rule
    since = programme.automatic_since or now
    programme.automatic_since = since if rhythm.automatic else None


def refuse_ended(programme: Programme) -> None:
    """Raise ProgrammeEnded if nothing is made from it any more."""
    if programme.ended_at is not None:
        raise ProgrammeEnded(
            _("This programme has ended. Begin a new one if it takes place again."),
            link=("/desk/programmes/new", _("New programme")),
        )
