"""The part of pages where one signs up, as HTML made once for all who see the same."""

from markupsafe import Markup

from volunteer_site.core import clock, dates
from volunteer_site.people import kept_pages
from volunteer_site.signups.forms import WithdrawalForm
from volunteer_site.signups.queries import Seats

SEATS, INVITATION = "signups/_seats.html", "signups/_invitation.html"
FRAGMENT = "signups/seats.htmx.html"


WITHDRAWAL = "signups/_withdrawal.html"


def seats_part(seats: Seats, template: str = SEATS, **words: str) -> Markup:
    """Return the part for whoever stands like this towards the activity."""
    key = (seats.looks, tuple(words.items()), _year())

    def context() -> dict[str, object]:
        return {"seats": seats, "withdrawal": _withdrawal(seats), **words}

    return kept_pages.part(template, key, context)


def _withdrawal(seats: Seats) -> Markup:
    """Return the form to withdraw with, which stays while the places left change."""
    if not seats.may_withdraw:
        return Markup()
    key = (seats.offers.activity_id, seats.free_until, seats.reason_needed, _year())
    return kept_pages.part(WITHDRAWAL, key, lambda: {"seats": seats, "form": WithdrawalForm()})


def _year() -> int:
    return dates.today(clock.now()).year
