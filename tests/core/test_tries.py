"""What is kept to stop who guesses is gone after a day, also if nobody tries again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import NOW
from volunteer_site.core import tries
from volunteer_site.core.db import Model, db, write_transaction
from volunteer_site.people.models import LoginAttempt
from volunteer_site.recognition.notices.models import NoticeObjection, PublicNotice

LONG_AGO = NOW - timedelta(hours=25)
pytestmark = pytest.mark.time_machine(NOW, tick=False)


def test_tries_of_numbers_never_tried_again_are_forgotten_at_night(app, make):
    place = make.community()
    facts = {"title": "光荣榜", "opened_at": LONG_AGO, "last_day": NOW.date()}
    with app.app_context(), write_transaction():
        notice = PublicNotice(subject="roll", organisation_id=place.id, **facts)
        db.session.add(notice)
        db.session.flush()
        for moment in (LONG_AGO, NOW):
            db.session.add(LoginAttempt(at=moment, phone_digest="p", address_digest="a"))
            told = {"text": "不属实", "filed_at": moment, "address_digest": "a"}
            db.session.add(NoticeObjection(notice_id=notice.id, **told))

    result = app.test_cli_runner().invoke(args=["tries", "forget"])

    assert result.output == "2 tries forgotten.\n"
    with app.app_context():
        assert db.session.scalars(sa.select(LoginAttempt.at)).all() == [NOW]
        asked = sa.select(NoticeObjection.address_digest).order_by(NoticeObjection.id)
        assert db.session.scalars(asked).all() == [None, "a"]


def test_every_digest_of_a_network_is_kept_for_a_day_only():
    digests = {
        column
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if column.name == "address_digest"
    }

    assert digests == set(tries.columns())
