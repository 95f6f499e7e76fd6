"""The part of pages where one signs up, as HTML made once for all who see the same."""

from markupsafe import Markup

from volunteer_site.core import clock, dates
from volunteer_site.people import kept_pages
from volunteer_site.signups.forms import WithdrawalForm
from volunteer_site.signups.queries import Seats

SEATS, INVITATION = "signups/_seats.html", "signups/_invitation.html"
FRAGMENT = "signups/seats.htmx.html"


def seats_part(seats: Seats, template: str = SEATS, **words: str) -> Markup:
    """Return the part for whoever stands like this towards the activity."""
    key = (seats.looks, tuple(words.items()), dates.today(clock.now()).year)
    return kept_pages.part(
        template, key, lambda: {"seats": seats, "form": WithdrawalForm(), **words}
    )
