"""What can be asked about people."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import text
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Consent, Guardian, Person

MOST = 50  # people in one answer to a search
ADULT = 18


def get(person_id: int) -> Person:
    """Return the person; raises NotFound, also if their data was erased."""
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise NotFound(_("There is no such person."))
    return person


def by_calendar_token(token: str) -> int:
    """Return the id of the person whose calendar has this secret; raises NotFound."""
    asked = sa.select(Person.id).where(Person.calendar_token == token, Person.erased_at.is_(None))
    person_id = db.session.scalar(asked)
    if person_id is None:
        raise NotFound(_("There is no calendar at this address. It may have been renewed."))
    return person_id


def by_phone(phone: str) -> list[Person]:
    """Return everybody who uses this phone; it may be several (R24)."""
    asked = sa.select(Person).where(Person.phone == phone, Person.erased_at.is_(None))
    return list(db.session.scalars(asked.order_by(Person.id)))


def by_number(number: str) -> Person | None:
    """Return the person with this volunteer number."""
    asked = sa.select(Person).where(Person.number == number, Person.erased_at.is_(None))
    return db.session.scalar(asked)


def through(paths: Iterable[str], person_id: int) -> Person:
    """Return the person if they live or work at or below one of these paths; or NotFound (R56)."""
    asked = sa.select(Person).where(Person.id == person_id, belongs(paths))
    person = db.session.scalar(asked.where(Person.erased_at.is_(None)))
    if person is None:
        raise NotFound(_("There is no such person, or they are not one of yours."))
    return person


def search(paths: Iterable[str], words: str) -> list[Person]:
    """Return people below `paths` by name, pinyin, initials, number or phone (at most 50).

    A whole phone number also finds those who have chosen neither community nor unit yet.
    """
    words = text.tidy(words)
    if not words:
        return []
    homeless = sa.and_(
        Person.phone == words, Person.community_id.is_(None), Person.unit_id.is_(None)
    )
    asked = sa.select(Person).where(
        Person.erased_at.is_(None), sa.or_(homeless, sa.and_(belongs(paths), fits(words)))
    )
    return list(db.session.scalars(asked.order_by(Person.pinyin, Person.id).limit(MOST)))


def listed(paths: Iterable[str], page: int) -> list[Person]:
    """Return one page of the people at or below these paths, and one more if there are others."""
    asked = sa.select(Person).where(Person.erased_at.is_(None), belongs(paths))
    asked = asked.order_by(Person.pinyin, Person.id).offset((page - 1) * MOST).limit(MOST + 1)
    return list(db.session.scalars(asked))


def found(paths: Iterable[str], words: str, person_id: int) -> Person:
    """Return one person of an answer to `search`; NotFound if they are not in it (R56)."""
    for person in search(paths, words):
        if person.id == person_id:
            return person
    raise NotFound(_("There is no such person, or they are not one of yours."))


def of_unit(unit_id: int) -> list[Person]:
    """Return the people of a unit, in order of their names' pinyin."""
    asked = sa.select(Person).where(Person.unit_id == unit_id, Person.erased_at.is_(None))
    return list(db.session.scalars(asked.order_by(Person.pinyin, Person.id)))


def consenting(person_ids: Iterable[int], kind: str) -> set[int]:
    """Return those of these people who agree to `kind`, whatever the version of the text (R40)."""
    asked = sa.select(Consent.person_id).where(
        Consent.person_id.in_(list(person_ids)),
        Consent.kind == kind,
        Consent.withdrawn_at.is_(None),
    )
    return set(db.session.scalars(asked))


def open_consents(person_ids: Collection[int], *which: Any) -> list[Consent]:
    """Return what these people agree to now."""
    asked = sa.select(Consent).where(
        Consent.person_id.in_(person_ids), Consent.withdrawn_at.is_(None), *which
    )
    return list(db.session.scalars(asked.order_by(Consent.given_at, Consent.id)))


def consents_of(person_id: int) -> Sequence[Consent]:
    """Return everything a person ever agreed to, the newest first."""
    asked = sa.select(Consent).where(Consent.person_id == person_id)
    return db.session.scalars(asked.order_by(Consent.given_at.desc(), Consent.id.desc())).all()


def agreed(person_id: int, kind: str) -> str | None:
    """Return the version of the text a person agrees to now, or None."""
    asked = sa.select(Consent.version).where(
        Consent.person_id == person_id, Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalar(asked.order_by(Consent.given_at.desc()).limit(1))


def guardian_of(person_id: int) -> Guardian | None:
    """Return who answers for a person under 18."""
    return db.session.scalar(sa.select(Guardian).where(Guardian.person_id == person_id))


def age(birth_date: date, on: date) -> int:
    """Return the age in whole years; the birthday itself counts (R49)."""
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday


def is_minor(birth_date: date | None, on: date) -> bool:
    """Tell whether somebody is under 18; somebody without a birth date is an adult."""
    return birth_date is not None and age(birth_date, on) < ADULT


def belongs(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    """Return the condition that somebody lives or works at or below one of these paths."""
    ids = sa.select(Organisation.id).where(organisations.at_or_below(paths))
    return sa.or_(Person.community_id.in_(ids), Person.unit_id.in_(ids))


def fits(words: str) -> sa.ColumnElement[bool]:
    """Return the condition that somebody has this name, pinyin, initials, number or phone."""
    columns: list[orm.InstrumentedAttribute[str]] = [Person.name]
    if words.isascii():
        columns = [Person.name, Person.pinyin, Person.initials]
    found = [column.icontains(words, autoescape=True) for column in columns]
    return sa.or_(Person.number == words.upper(), Person.phone == words, *found)
