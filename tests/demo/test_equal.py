"""What is loaded in bulk is what the services would have written."""

from datetime import datetime
from operator import itemgetter

import pytest
import sqlalchemy as sa

from tests import database
from tests.demo import replay
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Attendance
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import services
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.places import Size
from volunteer_site.hours.models import HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.recognition.badges.models import Award, AwardEntry, Badge
from volunteer_site.recognition.badges.services import load_catalogue
from volunteer_site.signups.absences.models import NoShow
from volunteer_site.signups.models import Signup

NOW = datetime(2026, 11, 21, 4)
TINY = Size(1, 1, 3, 2, 140, 5, 3)


@pytest.fixture
def wish():
    return services.Wish(TINY, NOW, "2026-11")


@pytest.fixture
def in_bulk(tmp_path, wish):
    """What every table holds after loading in bulk."""
    other = database.app_with(database.sqlite_copy(tmp_path / "bulk.sqlite"))
    with other.app_context():
        district = next(services.districts(wish))
        with write_transaction():
            services.load_district(district, wish, lambda _steps: None)
        held = snapshot()
        db.session.remove()
        db.engine.dispose()
    return held


def test_services_write_what_is_loaded_in_bulk(in_bulk, in_app, wish):
    district = next(services.districts(wish))
    with write_transaction():
        writer = Writer(db.session.connection())
        scene, ids = services.settle(writer, district, wish)
        writer.finish()
        load_catalogue(NOW)
    for week in services.history(scene, wish):
        live_through(week, ids)

    written = snapshot()
    assert all(written.values())
    for table, rows in written.items():
        assert rows == in_bulk[table], table


def live_through(week, ids):
    """Let a week's activities happen, and close them in the order in which they were closed."""
    to_close = []
    for held in week:
        with write_transaction():
            activity = replay.announce(held, ids)
            replay.sign_up(held, activity)
            replay.open_door(held, activity, ids)
            if held.cancelled_at:
                replay.cancel(held, activity, ids)
            if held.closed_at:
                to_close.append((held.closed_at, activity.id, held))
    for _, activity_id, held in sorted(to_close, key=itemgetter(0)):
        with write_transaction():
            replay.close(held, activity_id, ids)


def snapshot():
    """What the tables say, rows named by what they are about and not by their numbers."""
    return {name: sorted(map(repr, db.session.execute(asked))) for name, asked in ASKED.items()}


def all_of(model, *but):
    return sa.select(*(c for c in model.__table__.columns if c.name not in {"id", *but}))


BY_THEMSELVES = (Activity, Shift, Signup, Attendance, NoShow, MonthlyTotal)
ASKED = {model.__tablename__: all_of(model) for model in BY_THEMSELVES} | {
    "service_records": all_of(ServiceRecord),
    "hour_entries": all_of(HourEntry, "service_id", "source_id")
    .add_columns(ServiceRecord.source_id, Attendance.activity_id, Attendance.person_id)
    .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    .join(Attendance, Attendance.id == HourEntry.source_id)
    .where(Attendance.direction == "in"),
    "awards": all_of(Award, "badge_id").add_columns(Badge.slug).join(Badge),
    "award_entries": sa.select(
        Badge.slug, Award.period, HourEntry.person_id, HourEntry.service_date, HourEntry.started_at
    )
    .select_from(AwardEntry)
    .join(Award)
    .join(Badge)
    .join(HourEntry),
}
