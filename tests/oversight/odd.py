"""Honest and dishonest afternoons to look through: people come, go, and their hours are posted."""

from datetime import timedelta

from tests.factories import FRIDAY_18
from tests.hours.ledger import credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.oversight.anomalies import search
from volunteer_site.oversight.anomalies.rules import RULES

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONG_AGO = FRIDAY_18 - 400 * DAY
LATER = FRIDAY_18 + 20 * DAY  # when somebody looks
PROOFS = {"scan": "scanned", "card": "scanned", "tick": "ticked", "paper": "paper", "late": "late"}


class Afternoons:
    """A district with a community; `goes` lets somebody come to an activity and be credited."""

    def __init__(self, make):
        self.make = make
        self.community = make.community(name="柳巷社区")
        self.neighbour = make.community(name="南巷社区", parent_id=self.community.parent_id)
        self.now = FRIDAY_18

    def activity(self, starts_at=FRIDAY_18, *, hours=1, places=10, at=None, **given):
        at = at or self.community
        ends_at = starts_at + hours * HOUR
        return self.make.activity(
            organisation_id=at.id, starts_at=starts_at, ends_at=ends_at, places=places,
            published_at=starts_at - DAY, closed_at=ends_at + 20 * MINUTE, **given,
        )  # fmt: skip

    def person(self, **given):
        return self.make.person(**{"created_at": LONG_AGO} | given)

    def goes(self, activity, person=None, *, signed_up=True, minutes=None, proof=None, **mark):
        """Come to an activity and stay to its end, as the mark says; return the check-in."""
        person = person or self.person()
        out = {name[4:]: mark.pop(name) for name in list(mark) if name.startswith("out_")}
        source = "self" if signed_up else "walk_in"
        signup = self.make.signup(activity, person, source=source)
        came = self.make.attendance(signup, **mark)
        left = {"method": "closing", "recorded_at": activity.closed_at} | out
        self.make.attendance(signup, "out", **left)
        self.post(activity, came, proof or PROOFS[came.method], minutes)
        return came

    def post(self, activity, came, proof, minutes=None):
        """Post the hours of one check-in at the closing."""
        whole = int((activity.ends_at - activity.starts_at) / MINUTE)
        minutes = whole if minutes is None else minutes
        one = credit(came.person_id, activity.organisation_id, came.id, minutes=minutes,
                     started_at=activity.starts_at, proof=proof)  # fmt: skip
        what = facts(activity.id, starts_at=activity.starts_at, ends_at=activity.ends_at)
        with write_transaction():
            hours.post(what, [one], now=activity.closed_at)

    def crowd(self, activity, number, **mark):
        """Let so many different people come, one a minute before the start."""
        for late in range(number):
            self.goes(activity, happened_at=activity.starts_at - late * MINUTE, **mark)


def window(since=LONG_AGO, until=LATER, cap=480):
    return search.window(search.districts()[0].path, since, until, cap)


def found(kind, where=None, **numbers):
    """Return what a rule finds with its usual numbers, or these."""
    db.session.rollback()
    return search.look(kind, where or window(), RULES[kind].usual | numbers)


def keep(where=None, now=LATER):
    """Look by every rule and keep what is found; return how many are new, by kind."""
    db.session.rollback()
    where = where or window()
    seen = search.find(search.districts()[0], where)
    with write_transaction():
        return {kind: n for kind, n in search.keep(seen, where.path, now).items() if n}
