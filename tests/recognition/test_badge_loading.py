"""The catalogue comes into the database by a command that may be run again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import NOW
from tests.recognition.badges import held, load, serve, slugs_of
from volunteer_site.core.db import db, write_transaction
from volunteer_site.recognition.badges.models import Award, Badge
from volunteer_site.recognition.badges.services import load_catalogue

LATER = NOW + timedelta(days=300)
pytestmark = pytest.mark.usefixtures("in_app")


def test_the_catalogue_is_loaded_once():
    with write_transaction():
        added = load_catalogue(NOW)
    with write_transaction():
        again = load_catalogue(LATER)

    assert (added, again) == (144, 0)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Badge)) == 144


def test_loading_again_renews_words_but_never_a_rule():
    load()
    with write_transaction():
        badge = db.session.scalars(sa.select(Badge).where(Badge.slug == "weeks-4")).one()
        badge.name_zh, badge.threshold = "旧名字", 5
    load()

    badge = db.session.scalars(sa.select(Badge).where(Badge.slug == "weeks-4")).one()
    assert (badge.name_zh, badge.threshold) == ("满月", 5)


def test_the_command_awards_what_was_reached_before_there_were_badges(app, make):
    person, community = make.person(), make.community()
    for week in range(4):
        serve(person, community, week)
    db.session.rollback()
    runner = app.test_cli_runner()

    said = runner.invoke(args=["badges", "load"]).output
    for _twice in range(2):
        assert runner.invoke(args=["badges", "settle"]).exit_code == 0

    assert said == "144 badges added.\n"
    assert {"weeks-1", "weeks-4", "first-of-year"} <= slugs_of(person)
    assert len(held()) == db.session.scalar(sa.select(sa.func.count()).select_from(Award))
