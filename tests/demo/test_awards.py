"""The badges of the demo are those that posting its hours would have given."""

from datetime import datetime

import sqlalchemy as sa

from tests.recognition.badges import held
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import services
from volunteer_site.demo.places import Size
from volunteer_site.recognition.badges import queries
from volunteer_site.recognition.badges.models import Award, AwardEntry
from volunteer_site.recognition.badges.services import settle

NOW = datetime(2026, 11, 21, 4)
SMALL = Size(1, 1, 4, 3, 150, 20)


def test_awarding_from_the_beginning_gives_what_the_demo_has(in_app):
    wish = services.Wish(SMALL, NOW, "2026-11")
    with write_transaction():
        services.load_district(next(services.districts(wish)), wish, lambda _steps: None)
    loaded = held()
    with write_transaction():
        settle(queries.with_hours(), NOW)
    assert held() == loaded

    with write_transaction():
        db.session.execute(sa.delete(AwardEntry))
        db.session.execute(sa.delete(Award))
        settle(queries.with_hours(), NOW)

    assert held() == loaded
    assert len(loaded) > 500
    assert len({slug for _person, slug, _period in loaded}) > 15
