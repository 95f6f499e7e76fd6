"""道德评议会: naming who weighs a community's good deeds, and letting them go."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.recognition.deeds.models import GoodDeed, Panellist
from volunteer_site.recognition.deeds.services.common import locked
from volunteer_site.recognition.deeds.services.weighing import settle


class TooYoung(Refusal):
    """Only grown-ups weigh deeds."""


def name(
    organisation_id: int, person_id: int, capacity: str, *, by_id: int | None, now: datetime
) -> None:
    """Let somebody weigh a community's deeds; twice changes nothing. Raises TooYoung."""
    turns.wait_for(f"panel {organisation_id}")
    if people.is_minor(people.get(person_id).birth_date, dates.today(now)):
        raise TooYoung(_("Members of the panel are 18 or older. Choose somebody else."))
    if _sitting(organisation_id, Panellist.person_id == person_id) is None:
        one = Panellist(
            organisation_id=organisation_id,
            person_id=person_id,
            capacity=capacity,
            named_at=now,
            named_by_id=by_id,
        )
        db.session.add(one)
        db.session.flush()
        _record("panellist.name", by_id, one.id, capacity)


def end(organisation_id: int, panellist_id: int, *, by_id: int, now: datetime) -> None:
    """Let a member go; what waits for their voice only is decided without it.

    Raises NotFound if they do not sit on this panel.
    """
    one = _sitting(organisation_id, Panellist.id == panellist_id)
    if one is None:
        raise NotFound(_("This person is not on the panel any more."))
    one.ended_at = now
    db.session.flush()
    _record("panellist.end", by_id, panellist_id)
    weighed = sa.select(GoodDeed.id).where(
        GoodDeed.organisation_id == organisation_id,
        GoodDeed.weighing_at.is_not(None),
        GoodDeed.decided_at.is_(None),
        GoodDeed.refused_at.is_(None),
    )
    for deed_id in db.session.scalars(weighed).all():
        settle(locked(deed_id), now)


def _sitting(organisation_id: int, which: sa.ColumnElement[bool]) -> Panellist | None:
    asked = sa.select(Panellist).where(
        Panellist.organisation_id == organisation_id, Panellist.ended_at.is_(None), which
    )
    return db.session.scalar(asked)


def _record(kind: str, by_id: int | None, panellist_id: int, note: str = "") -> None:
    audit.record(kind, by_id, object_kind="panellist", object_id=panellist_id, note=note)
