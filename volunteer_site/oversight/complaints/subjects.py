"""What a complaint is about: the record, the community behind it, and who may be accused by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.oversight.complaints.models import About
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.certificates import numbers as certificate_numbers
from volunteer_site.recognition.certificates import queries as certificates
from volunteer_site.recognition.rolls.models import HonorRoll

TOO_LONG: Final = 10  # digits; a number on the database has fewer


@dataclass(frozen=True)
class Subject:
    """A record that may be untrue; nothing of it but what everybody may read is ever shown."""

    about: str
    words: str  # for the complainant to recognise it
    organisation_id: int | None = None
    activity_id: int | None = None
    entry_id: int | None = None
    roll_id: int | None = None

    @property
    def ref(self) -> str:
        """Return how a form names it."""
        numbers = {
            About.ACTIVITY: self.activity_id,
            About.ROLL: self.roll_id,
            About.COMMUNITY: self.organisation_id,
        }
        return f"{self.about}:{numbers.get(About(self.about)) or ''}"


def named(ref: str) -> Subject | None:
    """Return the public record that a link or a form names, such as activity:12; None if none."""
    about, _colon, text = ref.partition(":")
    finders = {About.ACTIVITY: _activity, About.ROLL: _roll, About.COMMUNITY: _community}
    number = _number(text)
    return finders[About(about)](number) if number and about in finders else None


def typed(about: str, words: str) -> Subject:
    """Return what somebody wrote by hand; a number of an entry or an activity is looked up."""
    if about == About.CERTIFICATE:
        return _certificate(words)
    finders = {About.ENTRY: _entry, About.ACTIVITY: _activity}
    number = _number(words)
    found = finders[About(about)](number) if number and about in finders else None
    return found or Subject(about, words)


def districts() -> list[tuple[int, str]]:
    """Return the districts whose offices take complaints: id, name."""
    asked = sa.select(Organisation.id, Organisation.name).where(
        Organisation.kind == Kind.DISTRICT, Organisation.closed_at.is_(None)
    )
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Organisation.id))]


def district_of(organisation_id: int | None) -> int | None:
    """Return the district at the top above an organisation."""
    asked = sa.select(Organisation.path).where(Organisation.id == organisation_id)
    path = db.session.scalar(asked)
    return int(path.strip("/").split("/")[0]) if path else None


def accused(subject: Subject) -> set[int]:
    """Return everybody whom the complaint may be about: they never see it (R28)."""
    asked = [*_of_entry(subject.entry_id), *_of_activity(subject.activity_id)]
    if subject.roll_id is not None:
        roll = sa.select(HonorRoll.prepared_by_id, HonorRoll.published_by_id)
        asked.append(roll.where(HonorRoll.id == subject.roll_id))
    if subject.organisation_id is not None:
        asked.append(
            sa.select(Role.person_id).where(
                Role.organisation_id == subject.organisation_id,
                Role.name == RoleName.COORDINATOR,
                Role.ended_at.is_(None),
            )
        )
    found = {one for each in asked for row in db.session.execute(each) for one in row if one}
    return set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(found))))


def _number(text: str) -> int:
    """Return the number that somebody wrote; 0 if it is none, or longer than any id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < TOO_LONG else 0


def _of_entry(entry_id: int | None) -> Iterator[Any]:
    if entry_id is not None:
        entry = sa.select(HourEntry.person_id, HourEntry.recorded_by_id)
        yield entry.where(HourEntry.id == entry_id)


def _of_activity(activity_id: int | None) -> Iterator[Any]:
    if activity_id is not None:
        yield sa.select(
            Activity.leader_id,
            Activity.created_by_id,
            Activity.published_by_id,
            Activity.closed_by_id,
        ).where(Activity.id == activity_id)
        yield (
            sa.select(Attendance.recorded_by_id)
            .where(Attendance.activity_id == activity_id)
            .distinct()
        )


def _activity(number: int) -> Subject | None:
    asked = (
        sa.select(Activity.title, Activity.service_date, Organisation.name, Organisation.id)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Activity.id == number, Activity.published_at.is_not(None))
    )
    row = db.session.execute(asked).one_or_none()
    if row is None:
        return None
    words = f"{row[0]} · {dates.show_day(row[1])} · {row[2]}"
    return Subject(About.ACTIVITY, words, row[3], activity_id=number)


def _roll(number: int) -> Subject | None:
    asked = (
        sa.select(HonorRoll.month, Organisation.name, Organisation.id, HonorRoll.number)
        .join(Organisation, Organisation.id == HonorRoll.organisation_id)
        .where(HonorRoll.id == number, HonorRoll.published_at.is_not(None))
    )
    row = db.session.execute(asked).one_or_none()
    if row is None:
        return None
    words = f"{row[1]} · {dates.show_month(row[0])} · {row[3]}"
    return Subject(About.ROLL, words, row[2], roll_id=number)


def _community(number: int) -> Subject | None:
    asked = sa.select(Organisation.name).where(
        Organisation.id == number, Organisation.kind == Kind.COMMUNITY
    )
    name = db.session.scalar(asked)
    return Subject(About.COMMUNITY, name, number) if name else None


def _certificate(words: str) -> Subject:
    """Return a certificate by its number; whether there is one is never told."""
    try:
        found = certificates.by_number(certificate_numbers.read(words))
    except certificate_numbers.Mistyped:
        found = None
    return Subject(About.CERTIFICATE, words, found.certificate.recorder_id if found else None)


def _entry(number: int) -> Subject | None:
    """Return an entry by its number; whether there is one is never told."""
    asked = (
        sa.select(HourEntry.recorder_id, ServiceRecord.source, ServiceRecord.source_id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(HourEntry.id == number)
    )
    row = db.session.execute(asked).one_or_none()
    if row is None:
        return None
    activity_id = row[2] if row[1] == "activity" else None
    known = db.session.scalar(sa.select(Activity.id).where(Activity.id == activity_id))
    return Subject(About.ENTRY, str(number), row[0], known, entry_id=number)
