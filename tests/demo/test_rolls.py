"""The demo's rolls are those that the service would prepare from the demo's ledger."""

from datetime import datetime

import pytest
import sqlalchemy as sa

from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import services as demo
from volunteer_site.demo.places import Size
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.rolls import queries, rule, services, sources
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll, HonorRollLine
from volunteer_site.recognition.rolls.rule import Terms

SMALL = Size(1, 1, 4, 3, 100, 12)
COLUMNS = (
    "position",
    "rank",
    "person_id",
    "organisation_id",
    "name",
    "name_shown",
    "minutes",
    "occasions",
)


@pytest.fixture
def loaded(in_app):
    wish = demo.Wish(SMALL, datetime(2026, 11, 21, 4), "2026-11")
    with write_transaction():
        demo.load_district(next(demo.districts(wish)), wish, lambda _steps: None)


def test_every_roll_of_the_demo_is_what_prepare_gives(loaded):
    rolls = db.session.scalars(sa.select(HonorRoll).where(HonorRoll.kind == MONTHLY)).all()

    assert len({roll.month for roll in rolls}) >= 2
    for roll in rolls:
        assert _kept(roll) == _prepared(roll)


def test_the_demo_has_a_roll_wherever_prepare_finds_somebody(loaded):
    months = {roll.month for roll in db.session.scalars(sa.select(HonorRoll))}
    found = {
        (one.id, month)
        for one in queries.having_rolls()
        for month in months
        if services.lines(one, month, _terms(one, month))
    }

    kept = sa.select(HonorRoll.organisation_id, HonorRoll.month).where(HonorRoll.kind == MONTHLY)
    assert found == set(map(tuple, db.session.execute(kept)))


def _kept(roll):
    asked = sa.select(HonorRollLine).where(HonorRollLine.roll_id == roll.id)
    lines = db.session.scalars(asked.order_by(HonorRollLine.position)).all()
    return [(*(getattr(line, name) for name in COLUMNS), line.unit_name) for line in lines]


def _prepared(roll):
    organisation = db.session.get(Organisation, roll.organisation_id)
    lines = services.lines(organisation, roll.month, _terms(organisation, roll.month))
    units = sources.unit_names({line.unit_id for line in lines if line.unit_id})
    return [(*line[:8], units.get(line.unit_id, "")) for line in lines]


def _terms(organisation, month):
    return Terms(rule.usual_cutoff(month), rule.usual_minimum(organisation.kind))


def test_the_demo_has_rolls_of_other_kinds_and_one_of_them_on_notice(loaded):
    others = db.session.scalars(sa.select(HonorRoll).where(HonorRoll.kind != MONTHLY)).all()

    assert {roll.kind for roll in others if roll.published_at} >= {"units", "newcomers"}
    (running,) = [roll for roll in others if not roll.published_at]
    assert notices.unanswered(running.notice_id) == 1
