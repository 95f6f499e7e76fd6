"""Whose paper somebody may print: their own organisations', and what lies below them (R56)."""

import sqlalchemy as sa

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.core.addresses import LARGEST
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import Visitor

ROLES = (RoleName.COORDINATOR, RoleName.LIAISON, RoleName.OFFICER)
ORDER = tuple(Kind)


def organisations(visitor: Visitor) -> list[Organisation]:
    """Return what the visitor may print for, the largest first, in order of names."""
    asked = sa.select(Organisation).where(_within(visitor), Organisation.closed_at.is_(None))
    found = db.session.scalars(asked.order_by(Organisation.pinyin, Organisation.name))
    return sorted(found, key=lambda one: ORDER.index(Kind(one.kind)))


def organisation(visitor: Visitor, slug: str) -> Organisation:
    """Return the organisation of that name if it is one of the visitor's; NotFound otherwise."""
    asked = sa.select(Organisation).where(Organisation.slug == slug, _within(visitor))
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(_("There is no such organisation, or it is not one of yours."))
    return found


def activity(visitor: Visitor, place: Organisation, number: str) -> Activity:
    """Return the activity of that number, held at or below the place; NotFound otherwise."""
    known = number.isascii() and number.isdecimal() and int(number[:12]) <= LARGEST
    found = activities.theirs(visitor, int(number[:12]) if known else 0, *ROLES)
    below = sa.select(Organisation.id).where(
        Organisation.id == found.organisation_id, Organisation.path.startswith(place.path)
    )
    if db.session.scalar(below) is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    return found


def _within(visitor: Visitor) -> sa.ColumnElement[bool]:
    units = sa.and_(at_or_below(visitor.paths(RoleName.LIAISON)), Organisation.kind == Kind.UNIT)
    paths = visitor.paths(RoleName.COORDINATOR, RoleName.OFFICER)
    return sa.or_(at_or_below(paths), units)
