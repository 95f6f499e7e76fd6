"""A community whose activity is over and closed, with somebody whom nobody ticked."""

from datetime import timedelta
from functools import cached_property
from io import BytesIO
from types import SimpleNamespace

import sqlalchemy as sa
from PIL import Image
from werkzeug.datastructures import FileStorage

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from volunteer_site.activities.models import Shift
from volunteer_site.attendance import services as door
from volunteer_site.attendance.late import queries, services
from volunteer_site.attendance.late.models import LateEntry
from volunteer_site.attendance.late.rules import Wish
from volunteer_site.attendance.queries import Hours
from volunteer_site.core import uploads
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as ledger
from volunteer_site.hours.held.models import HeldHours
from volunteer_site.people import session

MINUTE = timedelta(minutes=1)
ENDS = FRIDAY_18 + 60 * MINUTE
CLOSES = ENDS + 20 * MINUTE
MONDAY = FRIDAY_18 + timedelta(days=3)
HOURS = Hours(30 * MINUTE, 30 * MINUTE)
REASON = "她的手机没电了，我忙着分组忘了点名"
EVIDENCE = f"{'ab' * 32}.jpg"


class Scene:
    """An activity of 柳巷社区 on Friday; 王红 runs it, 郑强 helps, 孙小兰 was forgotten."""

    def __init__(self, make, **given):
        self.make = make
        self.community = make.community(name="柳巷社区", slug="liuxiang")
        self.activity = make.activity(organisation_id=self.community.id, **given)
        self.person = make.person(name="孙小兰")
        self.ann = make.coordinator(self.community, name="王红")
        self.bob = make.coordinator(self.community, name="郑强")

    @cached_property
    def officer(self):
        return self.make.officer(name="陈佩")

    def close(self, now=CLOSES):
        self.fresh()
        with write_transaction():
            door.close(self.activity.id, by_id=self.ann.id, now=now)

    def wish(self, person=None, came=0, left=60, **given):
        [shift] = self.make.shifts_of(self.activity)
        usual = {"person_id": (person or self.person).id, "shift": shift, "reason": REASON,
                 "came_at": shift.starts_at + came * MINUTE, "evidence": EVIDENCE,
                 "left_at": shift.starts_at + left * MINUTE}  # fmt: skip
        return Wish(**usual | given)

    def ask(self, wish=None, by=None, now=MONDAY):
        wish = wish or self.wish()
        by = actor(by or self.ann)
        self.fresh()
        with write_transaction():
            return services.ask(self.activity.id, wish, by, hours=HOURS, now=now)

    def decide(self, number, decision, by=None, now=MONDAY + 60 * MINUTE, words=""):
        by = actor(by or self.bob)
        self.fresh()
        line = queries.through(["/"], number)
        self.fresh()
        words = words or ("没有看到她" if decision == "refused" else "")
        with write_transaction():
            return services.decide(line, services.Answer(decision, words), by, now=now)

    def withdraw(self, number, by=None, now=MONDAY):
        by = actor(by or self.ann)
        self.fresh()
        line = queries.through(["/"], number)
        self.fresh()
        with write_transaction():
            return services.withdraw(line, by, now=now)

    def fresh(self):
        db.session.rollback()


def actor(person):
    """Return the person as those who ask and decide are known to the services."""
    db.session.rollback()
    found = session.known(person.id)
    return SimpleNamespace(id=found.id, paths=found.paths)


def late_entry(app, activity, person, by, **given):
    """A late entry that waits, straight in the database, with a photo that is there; its number."""
    with app.app_context():
        usual = {"activity_id": activity.id, "person_id": person.id, "asked_by_id": by.id,
                 "came_at": activity.starts_at, "left_at": activity.ends_at, "reason": REASON,
                 "asked_at": NOW, "evidence": photo_kept()}  # fmt: skip
        shifts = sa.select(Shift.id).where(Shift.activity_id == activity.id).limit(1)
        row = LateEntry(shift_id=db.session.scalar(shifts), **usual | given)
        db.session.add(row)
        db.session.commit()
        return row.id


def held_hours(app, person, recorder, source_id, by=None):
    """Two hours beyond the limit of a day of their own, which wait; their number."""
    starts = FRIDAY_18 - timedelta(days=source_id % 1000)
    about = facts(90_000 + source_id, starts_at=starts, ends_at=starts + timedelta(hours=10))
    one = credit(person, recorder, 90_000 + source_id, minutes=600, started_at=starts,
                 recorded_by_id=by.id if by else None)  # fmt: skip
    with app.app_context(), write_transaction():
        ledger.post(about, [one], now=NOW)
        return db.session.scalar(sa.select(sa.func.max(HeldHours.id)))


def photo_kept():
    """Keep a small green photo as the site does; return its name."""
    written = BytesIO()
    Image.new("RGB", (60, 40), "green").save(written, "JPEG")
    written.seek(0)
    return uploads.take(FileStorage(written, "photo.jpg"))
