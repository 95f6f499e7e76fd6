"""Who may sign up for what. These only read: a full activity is answered without any lock."""

from datetime import datetime

from volunteer_site.core import dates
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.signups import queries
from volunteer_site.signups.absences import queries as absences
from volunteer_site.signups.absences import rule
from volunteer_site.signups.absences.rule import Behind, Terms
from volunteer_site.signups.queries import Offer, Offers
from volunteer_site.signups.services.refusals import (
    OthersFirst,
    ShiftFull,
    ShiftNotChosen,
    SignupClosed,
    TimesClash,
    TooYoung,
)


def allow(found: Offers | None, shift_id: int | None, now: datetime) -> Offer:
    """Return the shift somebody may sign up for, or raise the rule that stands against it."""
    if found is None or found.published_at is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    if not found.open_at(now):
        raise SignupClosed(_closed_words(found))
    offer = found.shift(shift_id)
    if offer is None:
        raise ShiftNotChosen(_("This activity has several shifts. Choose the one you can come to."))
    _check_age(found)
    return offer


def allow_place(found: Offers | None, shift_id: int | None, now: datetime) -> Offer:
    """Return the shift if it has a place too; raises ShiftFull without touching any lock."""
    offer = allow(found, shift_id, now)
    if offer.full:
        raise ShiftFull(full_words(offer))
    return offer


def priority(offer: Offer, person_id: int, now: datetime, terms: Terms) -> Behind | None:
    """Return whether others come first here, because the person stayed away too often (R16).

    Nobody shortly before the start: then whatever is free is free for all.
    """
    if now >= terms.free_from(offer.starts_at):
        return None
    return absences.behind(person_id, now, terms)


def refuse_scarce(offer: Offer, behind: Behind | None) -> None:
    """Raise OthersFirst if places are scarce and others come first; it touches no lock."""
    if behind and rule.scarce(offer.places, offer.taken, behind.terms):
        raise OthersFirst(others_first(offer, behind))


def others_first(offer: Offer, behind: Behind) -> str:
    """Return the sentences that say why others come first, until when, and what one can do."""
    terms = behind.terms
    return _(
        "Few places are left here, and who did not come %(limit)d times within %(days)d days "
        "without saying so comes after the others then. For you that is %(count)d times, and all "
        "is as before from %(until)s on, or once you have come. Join the waiting list; from "
        "%(free)s on whatever is free is free for everybody.",
        limit=terms.limit,
        days=terms.days,
        count=behind.count,
        until=dates.show_day(behind.until),
        free=dates.show_moment(terms.free_from(offer.starts_at)),
    )


def refuse_clash(offer: Offer, person_id: int, activity_id: int) -> None:
    """Raise TimesClash if the person has promised to be elsewhere at that time."""
    other = queries.clash(person_id, offer.starts_at, offer.ends_at, activity_id)
    if other is None:
        return
    raise TimesClash(
        _(
            "It clashes with %(title)s, %(span)s, which you signed up for. Withdraw there first if "
            "you would rather come here.",
            title=other.title,
            span=dates.show_span(other.starts_at, other.ends_at),
        ),
        link=(f"/activities/{other.activity_id}", _("To that activity")),
    )


def full_words(offer: Offer) -> str:
    """Return the sentence that says the shift is full, and what to do."""
    return _("All %(places)d places are taken. You can join the waiting list.", places=offer.places)


def _check_age(found: Offers) -> None:
    if found.birth_date is None or not found.minimum_age:
        return
    age = people.age(found.birth_date, found.service_date)
    if age < found.minimum_age:
        raise TooYoung(
            _(
                "This activity is for people of %(minimum)d and over; on that day you are "
                "%(age)d. Look for one that takes younger people.",
                minimum=found.minimum_age,
                age=age,
            )
        )


def _closed_words(found: Offers) -> str:
    if found.cancelled_at:
        return _("This activity was cancelled. Look at the others of this week.")
    closed = dates.show_moment(found.signup_closes_at)
    return _(
        "Sign-up closed at %(time)s. The coordinator at the door can still add you.", time=closed
    )
