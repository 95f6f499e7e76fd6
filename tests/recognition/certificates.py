"""People with hours at a community, and certificates over them."""

import itertools
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from tests.factories import NOW
from tests.hours.ledger import credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.recognition.certificates import queries, requests, services
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.drafts import Days
from volunteer_site.recognition.certificates.models import CertificateTerms
from volunteer_site.recognition.certificates.signing import Key

SECRET = "a secret for tests, long enough"
KEY = Key(SECRET)
NONE = Document()
FIRST, LAST = date(2026, 10, 1), date(2026, 11, 19)
FIRST_DAY = datetime(2026, 10, 3, 1)
_numbers = itertools.count(500_000)


def serve(person, community, minutes, **given):
    """Post minutes of a day of their own in October, or since `started_at`; return the entry."""
    number = next(_numbers)
    start = given.pop("started_at", FIRST_DAY + timedelta(days=number % 28))
    about = facts(
        number,
        **{"title": "清理楼道", "starts_at": start, "ends_at": start + timedelta(hours=12)} | given,
    )
    one = credit(person, community, number, minutes=minutes, started_at=start)
    with write_transaction():
        return hours.post(about, [one], now=start + timedelta(hours=13))[0]


def days(person, community, first=FIRST, last=LAST):
    return Days(person.id, community.id, first, last)


def issue(person, community, *, document=NONE, key=KEY, now=NOW, **given):
    """Issue a certificate at once; return its number."""
    with write_transaction():
        made = services.issue(days(person, community, **given), document, key, by_id=None, now=now)
        return made.number


def ask(person, community, *, document=NONE, key=KEY, now=NOW, **given):
    """Ask as the person does; return the number, or None if it waits."""
    with write_transaction():
        made = services.ask(days(person, community, **given), document, key, now=now)
        return made.number if made else None


def found(number):
    db.session.rollback()
    return queries.by_number(number)


def approval(community):
    """Let a coordinator look at each certificate of the community."""
    with write_transaction():
        db.session.add(
            CertificateTerms(organisation_id=community.id, approval_since=NOW, changed_at=NOW)
        )


def request_of(person):
    db.session.rollback()
    return requests.of_person(person.id)[0].request.id


def correct(entry_id, minutes=30, now=NOW + timedelta(hours=1), reason="提前离开"):
    with write_transaction():
        hours.correct(entry_id, minutes, reason, by_id=None, now=now)


def reverse(entry_id, now=NOW + timedelta(hours=1), reason="当日未到场"):
    with write_transaction():
        hours.reverse(entry_id, reason, by_id=None, now=now)


def count(model):
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))
