"""Every published roll of a month, for everybody."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core import versions
from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind
from volunteer_site.people import kept_pages
from volunteer_site.recognition.rolls import published, words
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.views.places import page

ADDRESS = "/honor-rolls"

bp = Blueprint("roll_lists", __name__, url_prefix=ADDRESS)


class Hung(NamedTuple):
    """A roll on the list."""

    address: str
    place: str
    title: str  # nothing for the monthly roll
    totals: str


@bp.get("")
@bp.get("/<month:month>")
@public
def index(month: str = "") -> ResponseReturnValue:
    """List the rolls of a month, the latest if none is named."""
    version = versions.all_now()
    key = (month, version["rolls"], version["organisations"])
    return kept_pages.answer("recognition/rolls/index.html", key, lambda: _context(month))


def _context(asked: str) -> dict[str, Any]:
    months = list(published.months())
    if asked and asked not in months:
        raise NotFound(
            _("No roll of this month is published."), link=(ADDRESS, _("The latest rolls"))
        )
    month = asked or next(iter(months), "")
    groups = [(heading, list(rolls)) for heading, rolls in _groups(month)]
    place = months.index(month) if month else 0
    return {
        "month": month,
        "groups": groups,
        "count": sum(len(rolls) for _heading, rolls in groups),
        "before": next(iter(months[place + 1 :]), None),
        "after": months[place - 1] if place else None,
    }


def _groups(month: str) -> Iterator[tuple[str, Iterator[Hung]]]:
    headings = {
        Kind.DISTRICT: _("In the whole district"),
        Kind.COMMUNITY: _("Communities"),
        Kind.UNIT: _("Units"),
    }
    for kind, rows in groupby(published.of_month(month), key=lambda row: row[1].kind):
        yield (
            headings[Kind(kind)],
            (
                Hung(
                    page(place.slug, Edition(month, roll.kind)),
                    place.name,
                    words.title(roll) if roll.title else "",
                    words.totals(roll),
                )
                for roll, place in rows
            ),
        )
