"""Name tags for those who come to an activity, to be cut out and worn."""

from typing import Any, Final

from volunteer_site.core import dates
from volunteer_site.core.names import stroke_key
from volunteer_site.core.text import is_spread
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.organisations import queries as organisations
from volunteer_site.printouts import reach
from volunteer_site.printouts.fonts import in_kai
from volunteer_site.printouts.orders import Order, Paper, Setting
from volunteer_site.signups import queries as signups

ON_A_SHEET: Final = 10
BLANK: Final = {"name": "", "note": "", "spread": False, "brush": True}


def of_activity(order: Order) -> Setting:
    """Return a tag for everybody who has a place, by strokes; the last sheet ends with blank ones.

    There are always two or more blank ones, for those who come unannounced.
    """
    activity = reach.activity(order.visitor, order.organisation, order.subject)
    place = organisations.get(activity.organisation_id)
    people = [one for one in signups.roster(activity.id) if one.confirmed_at]
    people.sort(key=lambda one: (stroke_key(one.name), one.person_id))
    content = {
        "head": f"{place.name} {activity.title}",
        "foot": dates.show_day(dates.local_date(activity.starts_at)),
        "activity": activity.title,
        "tags": filled([tag(one.name, one.unit or "") for one in people]),
        "words": {
            "title": _("Name tags"),
            "volunteer": _("Volunteer"),
            "page": _("Page {page} of {pages}"),
        },
    }
    return Setting("tags.typ", content, f"{_('Name tags')} {activity.title}")


def tag(name: str, note: str) -> dict[str, Any]:
    """Return one tag: the name, and what stands below it."""
    return {"name": name, "note": note, "spread": is_spread(name), "brush": in_kai(name)}


def filled(tags: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tags with blank ones up to whole sheets, two at least."""
    blanks = 2 + -(len(tags) + 2) % ON_A_SHEET
    return [*tags, *([BLANK] * blanks)]


_HINT = _l("Cut along the marks; each tag is 90 by 54 mm, as the usual covers.")
PAPERS: Final = (Paper("tags", _l("Name tags"), _l("A4, ten on a sheet"), of_activity, hint=_HINT),)
