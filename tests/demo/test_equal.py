"""What is loaded in bulk is what the services would have written."""

from datetime import datetime

import pytest
import sqlalchemy as sa

from tests import database
from tests.demo import replay
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import services
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.places import Size
from volunteer_site.signups.models import Signup

NOW = datetime(2026, 11, 21, 4)
TINY = Size(1, 1, 3, 2, 140, 5)
WITHOUT_ID = {"id", "closed_at", "closed_by_id"}


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
    for held in (held for week in services.history(scene, wish) for held in week):
        with write_transaction():
            happen(held, ids)

    for table, rows in snapshot().items():
        assert rows == in_bulk[table], table


def happen(held, ids):
    activity = replay.announce(held, ids)
    replay.sign_up(held, activity)
    if held.cancelled_at:
        replay.cancel(held, activity, ids)


def snapshot():
    return {model.__tablename__: rows_of(model) for model in (Activity, Shift, Signup)}


def rows_of(model):
    columns = [c for c in model.__table__.columns if c.name not in WITHOUT_ID]
    return sorted(map(repr, db.session.execute(sa.select(*columns))))
