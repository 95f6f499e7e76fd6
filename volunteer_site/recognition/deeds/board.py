"""The board as everybody reads it: which months and communities, which deeds (R40)."""

from datetime import date

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.deeds import shown
from volunteer_site.recognition.deeds.models import GoodDeed
from volunteer_site.recognition.deeds.shown import Deed


def on_the_board() -> sa.ColumnElement[bool]:
    """Return the condition that a deed is published and stands."""
    return sa.and_(GoodDeed.published_at.is_not(None), GoodDeed.taken_down_at.is_(None))


def months(slug: str = "") -> list[tuple[str, int]]:
    """Return the months with deeds on the board and how many, the latest first."""
    asked = sa.select(GoodDeed.published_at).where(on_the_board())
    if slug:
        asked = asked.join(Organisation, Organisation.id == GoodDeed.organisation_id)
        asked = asked.where(Organisation.slug == slug)
    found: dict[str, int] = {}
    for at in db.session.scalars(asked.order_by(GoodDeed.published_at.desc())):
        month = dates.month_of(dates.local_date(at)) if at else ""
        found[month] = found.get(month, 0) + 1
    return list(found.items())


def places() -> list[tuple[str, str]]:
    """Return (slug, name) of the communities that have deeds on the board."""
    asked = (
        sa.select(Organisation.slug, Organisation.name)
        .join(GoodDeed, GoodDeed.organisation_id == Organisation.id)
        .where(on_the_board())
        .group_by(Organisation.slug, Organisation.name, Organisation.pinyin)
        .order_by(Organisation.pinyin, Organisation.name)
    )
    return [(slug, name) for slug, name in db.session.execute(asked)]


def of_month(month: str, today: date, slug: str = "", path: str = "") -> list[Deed]:
    """Return the deeds of a month as everybody may see them, the latest first.

    Of one community by its slug, of all at or below a path, or of all.
    """
    first, after = dates.month_bounds(month)
    which = [on_the_board(), GoodDeed.published_at >= first, GoodDeed.published_at < after]
    if slug:
        which.append(Organisation.slug == slug)
    if path:
        which.append(Organisation.path.startswith(path))
    return shown.deeds(today, *which)


def standing(today: date, path: str) -> list[Deed]:
    """Return every deed at or below a path that stands on the board, the latest first."""
    return shown.deeds(today, on_the_board(), Organisation.path.startswith(path))


def numbered(number: str, today: date) -> Deed:
    """Return the deed published under this number, also if taken down since; or NotFound."""
    found = shown.deeds(today, GoodDeed.number == number)
    if not found:
        raise NotFound(
            _("There is no good deed with this number."),
            link=("/good-deeds", _("The board of good deeds")),
        )
    return found[0]
