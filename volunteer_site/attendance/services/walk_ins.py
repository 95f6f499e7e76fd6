"""People who come without having signed up. Call inside a `write_transaction`."""

from dataclasses import dataclass
from datetime import date, datetime

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import queries
from volunteer_site.attendance.services import marks
from volunteer_site.attendance.services.marks import Outcome, Seen
from volunteer_site.attendance.services.refusals import (
    KnownAlready,
    NotGrownUp,
    SameName,
    TooYoung,
)
from volunteer_site.core import audit, turns
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind
from volunteer_site.people import queries as people
from volunteer_site.people import services as registration
from volunteer_site.people.models import ConsentKind
from volunteer_site.people.services.registration import check_phone
from volunteer_site.signups import services as signups


@dataclass(frozen=True)
class Told:
    """What somebody unknown tells the coordinator; `another` of a name that is on the list."""

    name: str
    phone: str | None
    birth_date: date | None
    another: bool = False


def walk_in(
    activity: Activity, shift: Shift, person_id: int, seen: Seen, *, now: datetime
) -> Outcome:
    """Give somebody at the door a place, a full shift growing by one, and check them in.

    Who waits for a place gets theirs. Raises DoorClosed and TooYoung.
    """
    marks.hold_open(activity.id)
    check_age(activity, people.get(person_id).birth_date)
    signups.add_walk_in(shift, person_id, by_id=seen.by_id or person_id, now=now)
    return marks.check_in(activity.id, person_id, seen, now=now)


def add_newcomer(activity: Activity, told: Told, version: str, *, by_id: int, now: datetime) -> int:
    """Keep somebody the site does not know, as they agreed to (R46); return their number.

    Sent twice it does not make two: raises SameName, KnownAlready, NotGrownUp and PhoneFull.
    """
    turns.wait_for(f"walk-in {activity.id}")
    _refuse_minor(told, activity)
    _refuse_known(told, activity.id)
    place = organisations.get(activity.organisation_id)
    newcomer = registration.Newcomer(
        name=told.name,
        phone=told.phone,
        birth_date=told.birth_date,
        password_hash=None,
        community_id=place.id if place.kind == Kind.COMMUNITY else None,
    )
    person = registration.add_person(newcomer, now=now)
    registration.give_consent(person.id, ConsentKind.NOTICE, version, now=now)
    audit.record("person.add", by_id, object_kind="person", object_id=person.id)
    return person.id


def _refuse_minor(told: Told, activity: Activity) -> None:
    if not people.is_minor(told.birth_date, activity.service_date):
        return
    raise NotGrownUp(
        _(
            "Under 18, a parent or guardian has to agree: let them register the child on their "
            "phone, then find the name here."
        )
    )


def _refuse_known(told: Told, activity_id: int) -> None:
    if told.phone:
        if any(one.name == told.name for one in people.by_phone(told.phone)):
            raise KnownAlready(
                _(
                    "%(name)s is registered with this phone. Look for the phone number.",
                    name=told.name,
                ),
                link=(
                    f"/desk/activities/{activity_id}/walk-ins?q={told.phone}",
                    _("Look for it"),
                ),
            )
        check_phone(told.phone, told.name, told.birth_date)
    names = {line.coming.name for line in queries.roster(activity_id).lines}
    if told.name in names and not told.another:
        raise SameName(
            _(
                "%(name)s is on the list already. Only if this is another person of the same "
                "name, say so below and send it again.",
                name=told.name,
            )
        )


def check_age(activity: Activity, born: date | None) -> None:
    """Raise TooYoung if the activity is for older people (R49)."""
    if born is None or people.age(born, activity.service_date) >= activity.minimum_age:
        return
    raise TooYoung(
        _(
            "This activity is for people of %(minimum)d and over; on that day they are %(age)d.",
            minimum=activity.minimum_age,
            age=people.age(born, activity.service_date),
        )
    )
