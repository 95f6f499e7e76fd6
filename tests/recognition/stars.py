"""What tests of stars need: many hours at once, and an application as far as one wants it."""

from datetime import timedelta

from flask import current_app

from tests.factories import NOW
from tests.hours.ledger import credit, facts
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.recognition.stars import services
from volunteer_site.recognition.stars.models import StarApplication, StarBar

HOUR = 60
DAY = timedelta(days=1)
LONG_AGO = NOW - 400 * DAY
AFTER_NOTICE = NOW + 8 * DAY  # the day after the fifth working day


def examples(make, person, community):
    """Return what addresses may name: an application that waits, and a bar that is over."""
    kept = {"level": 1, "needed_minutes": 6000, "minutes": 6000, "applied_at": NOW}
    about = {"person_id": person.id, "reason": "查实虚假时长", "until": (NOW - DAY).date()}
    star = _saved(make, StarApplication(person_id=person.id, organisation_id=community.id, **kept))
    officer = make.officer(name="周正")
    bar = _saved(make, StarBar(decided_at=NOW - DAY, decided_by_id=officer.id, **about))
    return {"star_id": star.id, "bar_id": bar.id, "year": 2026}


def _saved(make, row):
    return make._saved(row)  # noqa: SLF001 -- rows like the factory's own


def gave(person, community, number_of_hours, *, number=1):
    """Post so many hours at once; return the number of the entry."""
    source, at = 10_000 * person.id + number, LONG_AGO + number * 100 * DAY
    ends = at + timedelta(hours=number_of_hours)
    told = facts(source, starts_at=at, ends_at=ends)
    given = credit(person, community, source, minutes=number_of_hours * HOUR, started_at=at)
    days = dict.fromkeys(("DAY_AUTO_MINUTES", "DAY_APPROVAL_MINUTES"), 100_000)
    current_app.config.update(days)
    with write_transaction():
        return hours.post(told, [given], now=max(NOW, ends))[0]


def took_back(entry, by, *, now=NOW):
    with write_transaction():
        hours.reverse(entry, "查实不属实的时长", by_id=by.id, now=now)


def applied(person, level=1, *, now=NOW):
    with write_transaction():
        return services.apply(person.id, level, now).id


def noticed(application_id, by, *, now=NOW):
    with write_transaction():
        return services.put_on_notice(application_id, by_id=by.id, now=now)


def awarded(application_id, by, *, now=AFTER_NOTICE):
    with write_transaction():
        return services.award(application_id, by_id=by.id, now=now)


def star(person, level, first, second, *, now=NOW):
    """Let somebody have a star, by everything that it takes; return its application."""
    one = applied(person, level, now=now)
    noticed(one, first, now=now)
    awarded(one, second, now=now + 8 * DAY)
    return one
