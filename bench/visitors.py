"""Who visits and what they ask for: cookies, form tokens and whole requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from bench.databases import SECRET
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core import clock
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll
from volunteer_site.signups.models import Signup

FORM_SECRET: Final = "c" * 40  # the session's part of the form token; the same for all is simpler
USUAL_ENTRIES: Final = 20  # hours of somebody who has come often; the same at both scales
USUAL_ROLL: Final = 60  # people on a roll
MANY: Final = 5_000  # places, more than there are people in a round


@dataclass(frozen=True)
class Visitor:
    """Somebody who is logged in."""

    id: int
    stamp: str

    @property
    def cookie(self) -> str:
        """Return the session cookie that logging in gives."""
        session = {
            "_fresh": True,
            "_permanent": True,
            "_user_id": f"{self.id}.{self.stamp}",
            "csrf_token": FORM_SECRET,
            "locale": "zh_CN",
        }
        return str(_signer().dumps(session))


def get(address: str, visitor: Visitor | None = None, **headers: str) -> str:
    """Write a request for a page."""
    return _request("GET", address, visitor, headers)


def post(address: str, visitor: Visitor, **said: object) -> str:
    """Write what htmx sends when a button is tapped, with what the form says."""
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(FORM_SECRET)
    headers = {
        "HX-Request": "true",
        "X-CSRFToken": str(token),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _request("POST", address, visitor, headers, urlencode(said))


def people(site: Flask, number: int) -> list[Visitor]:
    """Return grown-up volunteers without a role who have promised to be nowhere."""
    now = clock.now()
    busy = sa.select(Signup.person_id).where(Signup.ends_at > now, Signup.withdrawn_at.is_(None))
    asked = _volunteers().where(Person.id.not_in(busy)).order_by(Person.id)
    return _visitors(site, asked.limit(number), number)


def regulars(site: Flask, number: int) -> list[Visitor]:
    """Return volunteers whose history is of a usual length."""
    entries = (
        sa.select(HourEntry.person_id, sa.func.count().label("number"))
        .group_by(HourEntry.person_id)
        .subquery()
    )
    distance = sa.func.abs(entries.c.number - USUAL_ENTRIES)
    asked = _volunteers().join(entries, entries.c.person_id == Person.id)
    return _visitors(site, asked.order_by(distance, Person.id).limit(number), number)


def coordinator_of(site: Flask, activity_id: int) -> Visitor:
    """Return somebody who keeps the door of an activity."""
    asked = (
        sa.select(Person.id, Person.session_stamp)
        .join(Role, Role.person_id == Person.id)
        .join(Activity, Activity.organisation_id == Role.organisation_id)
        .where(
            Activity.id == activity_id,
            Role.name == RoleName.COORDINATOR,
            Role.ended_at.is_(None),
            Person.must_change_password_since.is_(None),
        )
        .order_by(Person.id)
        .limit(1)
    )
    return _visitors(site, asked, 1)[0]


def open_activities(site: Flask, number: int) -> list[int]:
    """Return activities with one shift for which one can sign up now, the latest first."""
    one_shift = (
        sa.select(Shift.activity_id).group_by(Shift.activity_id).having(sa.func.count() == 1)
    )
    asked = (
        sa.select(Activity.id)
        .where(
            Activity.id.in_(one_shift),
            Activity.published_at.is_not(None),
            Activity.cancelled_at.is_(None),
            Activity.signup_closes_at > clock.now(),
            Activity.minimum_age <= 18,
        )
        .order_by(Activity.starts_at.desc(), Activity.id)
        .limit(number)
    )
    with site.app_context():
        found = list(db.session.scalars(asked))
    if len(found) < number:
        raise RuntimeError("the demo has too few activities to sign up for")
    return found


def a_roll(site: Flask) -> str:
    """Return the address of a published roll of a usual length."""
    asked = (
        sa.select(HonorRoll.month, Organisation.slug)
        .join(Organisation, Organisation.id == HonorRoll.organisation_id)
        .where(
            HonorRoll.kind == MONTHLY,
            HonorRoll.published_at.is_not(None),
            HonorRoll.withdrawn_at.is_(None),
        )
        .order_by(sa.func.abs(HonorRoll.people - USUAL_ROLL), HonorRoll.id)
    )
    with site.app_context():
        month, slug = db.session.execute(asked).first() or ("2026-11", "none")
    return f"/honor-rolls/{month}/{slug}"


def _volunteers() -> sa.Select[int, str]:
    return sa.select(Person.id, Person.session_stamp).where(
        Person.id.not_in(sa.select(Role.person_id)),
        Person.birth_date < clock.now().replace(year=clock.now().year - 20).date(),
        Person.community_id.is_not(None),
        Person.erased_at.is_(None),
    )


def _visitors(site: Flask, asked: sa.Select[int, str], number: int) -> list[Visitor]:
    with site.app_context():
        found = [Visitor(*row) for row in db.session.execute(asked)]
    if len(found) < number:
        raise RuntimeError("the demo has too few people for this")
    return found


def _request(
    method: str, address: str, visitor: Visitor | None, headers: dict[str, str], body: str = ""
) -> str:
    lines = [f"{method} {address} HTTP/1.1", "Host: 127.0.0.1"]
    if visitor is not None:
        lines.append(f"Cookie: session={visitor.cookie}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines) + f"\r\n\r\n{body}"


def _signer() -> URLSafeTimedSerializer:
    app = Flask("signer", static_folder=None)
    app.secret_key = SECRET
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return signer


def addresses(paths: Sequence[str], visitors: Sequence[Visitor]) -> list[str]:
    """Return every visitor's request for each of the paths."""
    return [get(path, visitor) for visitor in visitors for path in paths]
