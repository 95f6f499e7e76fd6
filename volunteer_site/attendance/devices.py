"""Which phone somebody checked in with, to see that one phone checked in several (R20).

A phone gets a random number in a cookie that lasts. The record keeps only a keyed digest of it:
it tells phones apart and says nothing about any. Two on one phone are noted, never refused.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import orm

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.people.models import Guardian, Person

COOKIE = "phone"
LASTS = timedelta(days=400)  # as long as browsers keep anything
DIGEST_BYTES = 8


@dataclass(frozen=True)
class Devices:
    """Makes and reads the cookie that tells phones apart."""

    secret: str

    def cookie(self) -> str:
        """Return the cookie for a phone that has none."""
        return str(self._signed().dumps(token_urlsafe(9)))

    def digest(self, cookie: str) -> str | None:
        """Return what the record keeps of a phone; None for a cookie that is not ours."""
        try:
            kept = str(self._signed().loads(cookie))
        except (BadSignature, ValueError):
            return None
        key = hmac.digest(self.secret.encode(), b"phones at the door", "sha256")
        return hmac.digest(key, kept.encode(), "sha256")[:DIGEST_BYTES].hex()

    def _signed(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="phone at the door")


@dataclass(frozen=True)
class Shared:
    """Another person whom the same phone checked in that day."""

    person_id: int
    other_id: int
    other: str  # their name
    family: bool  # they share a registered phone, or are guardian and child


def shared(activity: Activity) -> dict[int, list[Shared]]:
    """Return who of an activity came on the same phone as others, there or elsewhere that day.

    By person's id. Marks that were undone do not count; family is told apart from the rest.
    """
    begins, ends = dates.day_bounds(dates.local_date(activity.starts_at))
    mine, theirs = orm.aliased(Attendance), orm.aliased(Attendance)
    one, other = orm.aliased(Person), orm.aliased(Person)
    asked = (
        sa.select(one.id, other.id, other.name, _family(one, other))
        .distinct()
        .select_from(mine)
        .join(
            theirs,
            sa.and_(
                theirs.device == mine.device,
                theirs.person_id != mine.person_id,
                theirs.undone_at.is_(None),
                theirs.happened_at >= begins,
                theirs.happened_at < ends,
            ),
        )
        .join(one, one.id == mine.person_id)
        .join(other, sa.and_(other.id == theirs.person_id, other.erased_at.is_(None)))
        .where(mine.activity_id == activity.id, mine.undone_at.is_(None))
        .order_by(one.id, other.id)
    )
    found: dict[int, list[Shared]] = {}
    for row in db.session.execute(asked):
        found.setdefault(row[0], []).append(Shared(*row))
    return found


def _family(one: type[Person], other: type[Person]) -> sa.ColumnElement[bool]:
    """Return the condition that two share a phone, or one is the other's guardian."""
    guards = sa.select(Guardian.id).where(
        sa.or_(
            sa.and_(Guardian.person_id == one.id, Guardian.phone == other.phone),
            sa.and_(Guardian.person_id == other.id, Guardian.phone == one.phone),
        )
    )
    return sa.func.coalesce(one.phone == other.phone, sa.false()) | guards.exists()
