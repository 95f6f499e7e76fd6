"""The demo shows good deeds in every state, a panel, and a board worth looking at."""

from datetime import datetime

import pytest
import sqlalchemy as sa
import time_machine

from volunteer_site.core.db import db
from volunteer_site.demo import good_deeds
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person
from volunteer_site.recognition.deeds import board, queries, shown
from volunteer_site.recognition.deeds.models import GoodDeed

NOW = datetime(2026, 11, 21, 4)


@pytest.fixture
def community(make):
    community = make.community(name="柳巷社区")
    make.coordinator(community)
    return community


@pytest.fixture
def told(app, make, community):
    for number in range(6):
        make.person(name=f"李大{number}", community_id=community.id)
    with app.app_context(), time_machine.travel(NOW, tick=False):
        good_deeds.tell(NOW)
        yield community


def test_there_is_a_deed_in_every_state(told):
    states = {case.state for case in queries.at((path_of(told),), NOW)}

    assert states == {
        "nominated", "weighing", "agreed", "noticed", "published", "refused", "taken_down"
    }  # fmt: skip


def test_the_board_of_the_month_has_names_a_masked_child_and_photos(told):
    deeds = board.of_month("2026-11", NOW.date())

    assert len(deeds) >= 4
    assert any(deed.photo for deed in deeds)
    assert any(not deed.whole for deed in deeds)


def test_nobody_who_is_told_of_has_an_account(told):
    names = set(db.session.scalars(sa.select(GoodDeed.nominee_name)))

    assert not names & set(db.session.scalars(sa.select(Person.name)))
    assert all(
        shown.one(number, NOW.date()) for number in db.session.scalars(sa.select(GoodDeed.id))
    )


def test_nothing_is_told_of_a_namesake_of_those_who_weigh(app, make, community):
    names = [tale.name for tale in good_deeds.TALES]
    for name in (*names[2:6], "李大"):
        make.person(name=name, community_id=community.id)

    with app.app_context(), time_machine.travel(NOW, tick=False):
        good_deeds.tell(NOW)
        of = set(db.session.scalars(sa.select(GoodDeed.nominee_name)))

    assert of == set(names) - set(names[2:6])


def path_of(community):
    return db.session.get(Organisation, community.id).path
