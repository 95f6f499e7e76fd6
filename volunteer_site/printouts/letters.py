"""Letters of praise (表扬信): a community or the district thanks a unit for a month's service.

The figures are the ledger's; names are those that the month's published roll shows in full, so
that nobody is named who did not agree to it (R40). It praises; it confers no honour (R43).
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.hours.models import HourEntry
from volunteer_site.hours.queries import occasions_of
from volunteer_site.organisations.models import Organisation
from volunteer_site.printouts import periods
from volunteer_site.printouts.orders import Order, Paper, Setting, Wish
from volunteer_site.recognition.rolls import queries as rolls
from volunteer_site.recognition.rolls import words
from volunteer_site.recognition.rolls.queries import Named

MOST_NAMES: Final = 10  # in running text; more are said as a number
MOST_WORDS: Final = 200  # that somebody adds


class Helped(NamedTuple):
    """What a unit's people gave at a place in a month."""

    slug: str
    name: str
    people: int
    occasions: int
    minutes: int


def helpers(place: Organisation, month: str) -> list[Helped]:
    """Return the units whose people served at or below a place in a month, the most hours first."""
    minutes = sa.func.sum(HourEntry.minutes)
    below = sa.select(Organisation.id).where(Organisation.path.startswith(place.path))
    each = (
        sa.select(
            HourEntry.unit_id,
            minutes.label("minutes"),
            sa.func.sum(occasions_of(HourEntry.minutes)).label("occasions"),
        )
        .where(HourEntry.month == month, HourEntry.recorder_id.in_(below))
        .where(HourEntry.unit_id.is_not(None))
        .group_by(HourEntry.unit_id, HourEntry.person_id)
        .having(minutes > 0)
        .subquery()
    )
    asked = (
        sa.select(
            Organisation.slug,
            Organisation.name,
            sa.func.count(),
            sa.func.sum(each.c.occasions),
            sa.func.sum(each.c.minutes),
        )
        .join(each, each.c.unit_id == Organisation.id)
        .group_by(Organisation.id)
        .order_by(sa.func.sum(each.c.minutes).desc(), Organisation.name)
    )
    return [Helped(row[0], row[1], *map(int, row[2:])) for row in db.session.execute(asked)]


def letter(order: Order) -> Setting:
    """Return the letter of a month to the unit wished for, or to the one that helped most."""
    month, place = periods.month(order.subject), order.organisation
    unit = _chosen(order, helpers(place, month))
    content = {
        "title": _("Letter of praise"),
        "unit": unit.name,
        "address": unit.name,
        "body": list(_body(order, month, unit)),
        "close": _closing(),
        "issuer": place.name,
        "date": words.full_date(dates.today(order.now)),
        "words": {
            "colon": _(":"),
            "seal": _("(seal here)"),
            "page": _("Page {page} of {pages}"),
        },
    }
    return Setting("praise.typ", content, f"{_('Letter of praise')} {unit.name} {month}")


def wishes(order: Order) -> Iterable[Wish]:
    """Say what may be chosen: the unit, and a sentence of one's own."""
    found = helpers(order.organisation, periods.month(order.subject))
    units = tuple((one.slug, one.name) for one in found)
    own = order.wishes.get("words", "")[:MOST_WORDS]
    yield Wish("unit", _("To which unit"), order.wishes.get("unit", ""), units)
    yield Wish("words", _("A sentence of your own, such as what they did best"), own)


def _chosen(order: Order, found: list[Helped]) -> Helped:
    if not found:
        raise NotFound(
            _("In this month no unit has served here, so there is none to praise. Choose another."),
            link=("/print", _("Print shop")),
        )
    asked = order.wishes.get("unit", "")
    return next((one for one in found if one.slug == asked), found[0])


def _body(order: Order, month: str, unit: Helped) -> Iterable[str]:
    yield _(
        "In %(month)s, %(people)s volunteers of your unit took part in the public-welfare hour and "
        "other service at %(place)s %(occasions)s times and gave %(hours)s hours altogether.",
        month=dates.show_month(month),
        people=unit.people,
        place=order.organisation.name,
        occasions=unit.occasions,
        hours=dates.hours(unit.minutes),
    )
    named = _named(order.organisation, month, unit.name)
    if named:
        yield named
    own = " ".join(order.wishes.get("words", "").split())[:MOST_WORDS]
    yield own or _(
        "After their own working day they came to the courtyards and stairwells, worked carefully "
        "and without sparing themselves, and the residents have thanked them warmly."
    )
    yield _(
        "We thank your unit and its volunteers, and make their work known here with praise. We "
        "hope that you will go on helping us to make this a better place to live."
    )


def _named(place: Organisation, month: str, unit_name: str) -> str:
    """Return a sentence with those whom the month's published roll names in full."""
    roll = rolls.standing(place.id, month)
    if roll is None or roll.published_at is None:
        return ""
    lines = [one for one in rolls.named(roll.id) if one.whole and one.unit_name == unit_name]
    if not lines:
        return ""
    return _("%(names)s are on our honor roll of the month.", names=listed(lines))


def listed(lines: Sequence[Named]) -> str:
    """Return names as running text says them; of more than ten, how many others there are."""
    names = _(", ").join(one.name for one in lines[:MOST_NAMES])
    if len(lines) <= MOST_NAMES:
        return names
    return _("%(names)s and %(more)s others", names=names, more=len(lines) - MOST_NAMES)


def _closing() -> list[str]:
    if dates.saying().chinese:
        return [_("With this"), _("our respects")]
    return []


PAPERS: Final = (Paper("praise", _l("Letter of praise"), _l("A4"), letter, wishes),)
