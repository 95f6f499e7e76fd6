"""How somebody wants to stand on rolls: with the full name, a masked one, or not at all (R40)."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from volunteer_site.core import audit, versions
from volunteer_site.core.db import db
from volunteer_site.people import queries as people
from volunteer_site.people import services as accounts
from volunteer_site.people.models import ConsentKind
from volunteer_site.recognition.rolls import sources
from volunteer_site.recognition.rolls.models import RollAbsence


class NameChoice(StrEnum):
    """How somebody stands on rolls."""

    FULL = "full"
    MASKED = "masked"
    OUT = "out"


def of(person_id: int) -> NameChoice:
    """Return how somebody wants to stand on rolls; a masked name unless they said otherwise."""
    if people.agreed(person_id, ConsentKind.PUBLISH_NAME) is not None:
        return NameChoice.FULL
    return NameChoice.OUT if sources.absences([person_id]) else NameChoice.MASKED


def choose(person_id: int, choice: NameChoice, version: str, *, by: str, now: datetime) -> None:
    """Write down how somebody wants to stand on rolls; it counts on pages at once (R40).

    `version` is that of the text of consents, `by` who agrees: themselves or their guardian.
    """
    kind = ConsentKind.PUBLISH_NAME
    if choice == NameChoice.FULL:
        accounts.give_consent(person_id, kind, version, now=now, given_by=by)
    else:
        accounts.withdraw_consent(person_id, kind, now=now)
    absent = bool(sources.absences([person_id]))
    if absent == (choice == NameChoice.OUT):
        return
    if absent:
        theirs = sa.update(RollAbsence).where(
            RollAbsence.person_id == person_id, RollAbsence.ended_at.is_(None)
        )
        db.session.execute(theirs.values(ended_at=now))
    else:
        db.session.add(RollAbsence(person_id=person_id, chosen_at=now))
    versions.bump("names")
    audit.record("roll.choose", person_id, object_kind="person", object_id=person_id, note=choice)
