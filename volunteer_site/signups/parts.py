"""The part of pages where one signs up, as HTML made once for all who see the same."""

from datetime import datetime

from flask import render_template
from markupsafe import Markup

from volunteer_site.core import clock, dates
from volunteer_site.people import families, kept_pages
from volunteer_site.signups import settings
from volunteer_site.signups.forms import WithdrawalForm
from volunteer_site.signups.queries import Offers, Seats, State
from volunteer_site.signups.queries.families import placed

SEATS, INVITATION = "signups/_seats.html", "signups/_invitation.html"
FRAGMENT, FAMILY = "signups/seats.htmx.html", "signups/_family.html"
WITHDRAWAL = "signups/_withdrawal.html"


def seats_part(seats: Seats, template: str = SEATS, **words: str) -> Markup:
    """Return the part for whoever stands like this towards the activity."""
    key = (seats.looks, tuple(words.items()), _year())

    def context() -> dict[str, object]:
        return {"seats": seats, "withdrawal": _withdrawal(seats), **words}

    return kept_pages.part(template, key, context)


def family_part(found: Offers, person_id: int, now: datetime) -> Markup:
    """Return the part in which one acts for the family (R24); nothing for who has none."""
    family = placed(found.activity_id, families.family(person_id, dates.today(now)))
    if not found.open_at(now):
        family = [one for one in family if one.state is not State.NONE]
    if not family or found.cancelled_at is not None:
        return Markup()
    words = render_template(
        FAMILY,
        found=found,
        family=family,
        open=found.open_at(now),
        now=now,
        free_until=now + settings.free_time(),
    )
    return Markup(words)  # noqa: S704 -- rendered by the template


def _withdrawal(seats: Seats) -> Markup:
    """Return the form to withdraw with, which stays while the places left change."""
    if not seats.may_withdraw:
        return Markup()
    key = (seats.offers.activity_id, seats.free_until, seats.reason_needed, _year())
    return kept_pages.part(WITHDRAWAL, key, lambda: {"seats": seats, "form": WithdrawalForm()})


def _year() -> int:
    return dates.today(clock.now()).year
