from collections import defaultdict
from datetime import datetime

import pytest
import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import services
from volunteer_site.demo.places import Size
from volunteer_site.hours.models import HourEntry
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Consent, Person
from volunteer_site.recognition.badges.models import Award, AwardEntry, Badge
from volunteer_site.recognition.rolls.models import Counts, HonorRoll, HonorRollLine

NOW = datetime(2026, 11, 21, 4)
SMALL = Size(1, 1, 4, 3, 100, 12)


@pytest.fixture
def loaded(in_app):
    wish = services.Wish(SMALL, NOW, "2026-11")
    district = next(services.districts(wish))
    with write_transaction():
        services.load_district(district, wish, lambda _steps: None)


def test_every_past_month_has_its_rolls(loaded):
    rolls = db.session.scalars(sa.select(HonorRoll)).all()
    kinds = dict(db.session.execute(sa.select(Organisation.id, Organisation.kind)).all())

    assert {roll.month for roll in rolls} >= {"2026-09", "2026-10"}
    assert "2026-11" not in {roll.month for roll in rolls}
    assert {kinds[roll.organisation_id] for roll in rolls} >= {"community", "unit"}
    assert len({roll.number for roll in rolls}) == len(rolls)


def test_a_roll_says_what_the_ledger_says(loaded):
    summed = defaultdict(int)
    for entry in db.session.scalars(sa.select(HourEntry)):
        for organisation in {entry.recorder_id, entry.unit_id}:
            summed[organisation, entry.month, entry.person_id] += entry.minutes
    lines = sa.select(HonorRollLine, HonorRoll).join(HonorRoll).join(Organisation)

    for line, roll in db.session.execute(lines.where(Organisation.kind != "district")):
        assert line.minutes == summed[roll.organisation_id, roll.month, line.person_id]
        assert line.minutes >= roll.minimum_minutes


def test_who_gave_as_much_has_the_same_rank(loaded):
    for roll in db.session.scalars(sa.select(HonorRoll)):
        lines = db.session.scalars(
            sa.select(HonorRollLine)
            .where(HonorRollLine.roll_id == roll.id)
            .order_by(HonorRollLine.position)
        ).all()
        by_hours = roll.counts in {Counts.MINUTES, Counts.NEWCOMERS}
        counted = [line.minutes // 30 if by_hours else line.value for line in lines]
        better = [sum(other > one for other in counted) for one in counted]
        assert [line.rank for line in lines] == [number + 1 for number in better]
        assert roll.people == len(lines)


def test_only_those_who_agree_stand_with_their_whole_name(loaded):
    agreed = set(
        db.session.scalars(sa.select(Consent.person_id).where(Consent.kind == "publish_name"))
    )
    rows = db.session.execute(sa.select(HonorRollLine, Person.name).join(Person)).all()

    assert {line.name_shown for line, _name in rows} == {"full", "masked"}
    for line, name in rows:
        assert (line.name == name) == (line.person_id in agreed)


def test_awards_rest_on_entries_of_their_person(loaded):
    resting = (
        sa.select(Award, HourEntry)
        .join(AwardEntry, AwardEntry.award_id == Award.id)
        .join(HourEntry, HourEntry.id == AwardEntry.entry_id)
    )
    rows = db.session.execute(resting).all()

    assert len(rows) > 100
    for award, entry in rows:
        assert entry.person_id == award.person_id
        assert entry.service_date <= award.earned_on


def test_weeks_served_are_awarded_to_all_who_served_them(loaded):
    weeks = defaultdict(set)
    for entry in db.session.scalars(sa.select(HourEntry)):
        weeks[entry.person_id].add(dates.week_of(entry.service_date))
    held = sa.select(Award.person_id).join(Badge).where(Badge.slug == "weeks-4")

    assert sorted(db.session.scalars(held)) == sorted(p for p in weeks if len(weeks[p]) >= 4)
