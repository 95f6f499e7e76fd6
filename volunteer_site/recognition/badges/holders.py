"""Who holds a badge, as everybody may read it (R40, R41), and what was said when it was given."""

from datetime import date, datetime
from typing import Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import dates, text, versions
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Consent, ConsentKind, Person
from volunteer_site.people.queries import is_minor
from volunteer_site.recognition.badges.models import Award, AwardEntry, Badge
from volunteer_site.recognition.badges.pins import Pin, catalogue
from volunteer_site.recognition.designs import queries as designs
from volunteer_site.recognition.designs.models import Design

MOST: Final = 24  # names on a badge's page
STEP: Final = 5  # minutes for which the names are kept


class Holder(NamedTuple):
    """Somebody who has a badge and agrees that their name is published; minors are masked."""

    name: str
    earned_on: date


class Citation(NamedTuple):
    """What was said when a badge was given by hand, and which organisation gave it."""

    words: str
    organisation: str  # "" for a badge of the whole site


def shown(badge_id: int, now: datetime, most: int = MOST) -> list[Holder]:
    """Return holders who let their names be published, the newest first, of the last 5 minutes.

    Who takes the consent back is gone with the next reading (R40); who is under 18 is masked (R41).
    """
    key = (
        badge_id,
        versions.current("names"),
        now.date(),
        (60 * now.hour + now.minute) // STEP,
        most,
    )
    return kept("shown holders").get(  # type: ignore[no-any-return]
        key, lambda: _shown(badge_id, dates.today(now), most)
    )


def earned_at(activity_id: int) -> list[tuple[str, list[Pin]]]:
    """Return who earned badges with the hours of an activity: full name and badges, by name.

    What was withdrawn since, or given by hand, is not among them.
    """
    asked = (
        sa.select(Person.id, Person.name, Person.pinyin, Award.id, Award.badge_id)
        .join(Award, Award.person_id == Person.id)
        .join(AwardEntry, AwardEntry.award_id == Award.id)
        .join(HourEntry, HourEntry.id == AwardEntry.entry_id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(ServiceRecord.source == "activity", ServiceRecord.source_id == activity_id)
        .where(Award.earned_on == HourEntry.service_date, Award.withdrawn_at.is_(None))
        .where(Person.erased_at.is_(None))
        .order_by(Person.pinyin, Person.id, Award.id)
        .distinct()
    )
    pins = catalogue()
    found: dict[int, tuple[str, list[Pin]]] = {}
    for person, name, _pinyin, _award, badge in db.session.execute(asked):
        found.setdefault(person, (name, []))[1].append(pins[badge])
    return list(found.values())


def _shown(badge_id: int, today: date, most: int) -> list[Holder]:
    agrees = sa.exists().where(
        Consent.person_id == Award.person_id,
        Consent.kind == ConsentKind.PUBLISH_NAME,
        Consent.withdrawn_at.is_(None),
    )
    asked = (
        sa.select(Person.id, Person.name, Person.birth_date, Award.earned_on)
        .join(Person, Person.id == Award.person_id)
        .where(Award.badge_id == badge_id, Award.withdrawn_at.is_(None), agrees)
        .where(Person.erased_at.is_(None))
        .order_by(Award.earned_on.desc(), Award.id.desc())
        .limit(2 * most)  # some have it for several years
    )
    found: dict[int, Holder] = {}
    for person, name, born, day in db.session.execute(asked):
        said = text.mask_name(name) if is_minor(born, today) else name
        found.setdefault(person, Holder(said, day))
    return list(found.values())[:most]


def designer(pin: Pin, today: date) -> str:
    """Return who is named as having designed a badge, as far as they agree now; "" for nobody."""
    if pin.design_id is None:
        return pin.designer
    return designs.designer(db.session.get_one(Design, pin.design_id), today)


def citations(person_id: int) -> dict[int, Citation]:
    """Return what was said about somebody when badges were given by hand: by award."""
    asked = (
        sa.select(Award.id, Award.citation, sa.func.coalesce(Organisation.name, ""))
        .join(Badge, Badge.id == Award.badge_id)
        .outerjoin(Organisation, Organisation.id == Badge.organisation_id)
        .where(Award.person_id == person_id, Award.given_by_id.is_not(None))
    )
    return {row[0]: Citation(row[1], row[2]) for row in db.session.execute(asked)}
