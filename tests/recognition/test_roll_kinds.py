"""Kinds of rolls that the office defines: units, newcomers, a year of weeks; and their pages."""

import hashlib
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.recognition.rolls import (
    FIRST_DAY,
    MONTH,
    PUBLISHED,
    announce,
    lines_of,
    publish,
    roll,
    serve,
    take_back,
    withdraw,
)
from volunteer_site.core.db import db, write_transaction
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.notices import queries as noticed
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.notices.services import Answer, Sender
from volunteer_site.recognition.rolls import kinds, queries, rule, services, words
from volunteer_site.recognition.rolls.models import RollKind

WEEK = timedelta(weeks=1)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def district(make, community):
    with make._app.app_context():  # noqa: SLF001
        return db.session.get(Organisation, community.parent_id)


@pytest.fixture
def volunteer(make):
    def add(name, **given):
        person = make.person(name=name, **given)
        make.consent(person, given_at=FIRST_DAY)
        return person

    return add


def prepared(organisation, kind, cutoff_at=None):
    """Prepare October's roll of a kind and return its number."""
    terms = kinds.terms(kind, cutoff_at or rule.usual_cutoff(MONTH), 30)
    with write_transaction():
        made = services.prepare_roll(organisation, MONTH, terms, by_id=None, now=PUBLISHED)
        return made.id


def of_kind(make, district, **given):
    return make.roll_kind(district.id, **{"slug": "special", "title": "特别榜"} | given)


def shown(roll_id):
    """Return (rank, name, what it is honoured for)."""
    made = roll(roll_id)
    return [(one.rank, one.name, words.value(made, one)) for one in queries.named(roll_id)]


def test_units_stand_by_the_hours_of_their_people(in_app, make, community, district, volunteer):
    water, youth = make.unit(name="区水务局"), make.unit(name="团区委")
    for minutes, unit in ((60, water), (90, water), (120, youth), (600, None)):
        serve(volunteer("王五"), community, minutes, unit=unit)
    kind = of_kind(make, district, whose="units", counts="minutes")

    made = prepared(district, kind)

    assert shown(made) == [(1, "区水务局", "2.5小时"), (2, "团区委", "2小时")]
    assert [line.person_id for line in queries.named(made)] == [None, None]


def test_a_head_counts_registered_staff_and_leaves_out_who_has_none(
    in_app, make, community, district, volunteer
):
    large = make.unit(name="区水务局", staff_count=10)
    small, unknown = make.unit(name="团区委", staff_count=2), make.unit(name="区残联")
    for unit in (large, small, unknown):
        serve(volunteer("王五"), community, 100, unit=unit)
    kind = of_kind(make, district, whose="units", counts="per_head", minimum=1)

    assert shown(prepared(district, kind)) == [
        (1, "团区委", "人均50分钟"),
        (2, "区水务局", "人均10分钟"),
    ]


def test_weeks_count_once_however_often_they_came(in_app, make, community, district, volunteer):
    unit = make.unit(name="区水务局")
    for day in (0, 0, 1, 7, 14):
        at = FIRST_DAY + timedelta(days=day)
        serve(volunteer("王五"), community, 60, unit=unit, started_at=at)
    kind = of_kind(make, district, whose="units", counts="weeks", minimum=3)

    assert shown(prepared(district, kind)) == [(1, "区水务局", "3周")]


def test_teams_stand_by_what_they_recorded_themselves(in_app, make, community, district, volunteer):
    team = make.organisation(kind="team", name="老兵宣讲队", parent_id=community.id)
    serve(volunteer("王五"), team, 90)
    serve(volunteer("习武"), community, 600)
    kind = of_kind(make, district, whose="teams", counts="minutes")

    assert shown(prepared(district, kind)) == [(1, "老兵宣讲队", "1.5小时")]


def test_newcomers_never_served_before_anywhere(in_app, make, community, volunteer):
    old, new, elsewhere = volunteer("王五"), volunteer("习武"), volunteer("于洋")
    serve(old, community, 60, started_at=FIRST_DAY - 30 * timedelta(days=1))
    serve(elsewhere, make.community(), 60, started_at=FIRST_DAY - 90 * timedelta(days=1))
    for one in (old, new, elsewhere):
        serve(one, community, 90)
    kind = of_kind(make, _district_of(community), counts="newcomers")

    assert shown(prepared(community, kind)) == [(1, "习武", "1.5小时")]


def test_who_was_taken_back_before_is_a_newcomer_still(in_app, make, community, volunteer):
    one = volunteer("王五")
    wrong = serve(one, community, 60, started_at=FIRST_DAY - 30 * timedelta(days=1))
    take_back(wrong, FIRST_DAY)
    serve(one, community, 90)
    kind = of_kind(make, _district_of(community), counts="newcomers")

    assert len(shown(prepared(community, kind))) == 1


def test_the_faithful_are_counted_over_52_weeks(in_app, make, community, volunteer):
    often, seldom = volunteer("王五"), volunteer("习武")
    for week in range(5):
        serve(often, community, 60, started_at=FIRST_DAY - week * WEEK)
    for week in (0, 1, 60):
        serve(seldom, community, 60, started_at=FIRST_DAY - week * WEEK)
    kind = of_kind(make, _district_of(community), counts="year_weeks", minimum=3)

    made = prepared(community, kind)

    assert shown(made) == [(1, "王五", "5周")]
    assert "2025年10月27日至2026年10月25日" in words.days(roll(made))


def _district_of(community):
    return db.session.get(Organisation, community.parent_id)


def test_each_kind_has_a_roll_of_its_own_with_its_own_number(in_app, make, community, volunteer):
    serve(volunteer("王五"), community, 90)
    kind = of_kind(make, _district_of(community), counts="newcomers")
    prepared(community, kind)
    with write_transaction():
        services.prepare_roll(
            community, MONTH, rule.Terms(rule.usual_cutoff(MONTH)), by_id=None, now=PUBLISHED
        )

    numbers = {publish(community), publish(community, kind="special")}

    assert numbers == {f"202610-{community.id:05}", f"202610-{community.id:05}-SPECIAL"}
    withdraw(community, kind="special")
    assert queries.standing(community.id, MONTH).published_at


def test_a_kind_changed_later_changes_nothing_published(in_app, make, community, volunteer):
    serve(volunteer("王五"), community, 90)
    kind = of_kind(make, _district_of(community))
    number = prepared(community, kind)
    publish(community, kind="special")
    before = (words.minimum(roll(number)), words.title(roll(number)), lines_of(number))

    with write_transaction():
        db.session.execute(sa.update(RollKind).values(minimum=999, title="别的", most=1))

    assert (words.minimum(roll(number)), words.title(roll(number)), lines_of(number)) == before


def test_the_same_cutoff_gives_the_same_bytes_on_every_database(
    in_app, make, community, district, volunteer
):
    unit = make.unit(name="区水务局", staff_count=3)
    for number, name in enumerate(("于洋", "万里", "习武", "欧阳少东", "王小二", "高大富")):
        serve(volunteer(name), community, 60 + 30 * (number % 3), unit=unit if number % 2 else None)
    serve(make.person(name="孙小兰"), community, 90)
    written = []
    for given in (
        {"counts": "minutes", "name_order": "full"},
        {"counts": "newcomers", "slug": "b", "most": 3, "edge": "none"},
        {"counts": "per_head", "whose": "units", "slug": "c", "minimum": 1},
        {"counts": "year_weeks", "slug": "d", "minimum": 1},
    ):
        number = prepared(district, of_kind(make, district, **given))
        written.append([shown(number), [*map(str, _sentences(roll(number)))]])

    text = json.dumps(written, ensure_ascii=False).encode()
    assert hashlib.sha256(text).hexdigest()[:16] == "58e4ce647bb442e7", text.decode()


def _sentences(made):
    return (words.days(made), words.cutoff(made), words.minimum(made), words.ordering(made))


def test_nothing_is_published_without_a_notice_or_before_it_is_over(in_app, community, volunteer):
    serve(volunteer("王五"), community, 90)
    with write_transaction():
        services.prepare_roll(
            community, MONTH, rule.Terms(rule.usual_cutoff(MONTH)), by_id=None, now=PUBLISHED
        )
    given = {"by_id": None, "now": PUBLISHED}
    with pytest.raises(services.NotOnNotice), write_transaction():
        services.publish_roll(community, queries.Edition(MONTH), **given)
    announce(community, PUBLISHED - timedelta(days=3))

    with pytest.raises(notices.StillOnNotice), write_transaction():
        services.publish_roll(community, queries.Edition(MONTH), **given)


def test_an_open_objection_keeps_a_roll_from_being_published(in_app, make, community, volunteer):
    one = volunteer("王五")
    serve(one, community, 90)
    with write_transaction():
        services.prepare_roll(
            community, MONTH, rule.Terms(rule.usual_cutoff(MONTH)), by_id=None, now=PUBLISHED
        )
    notice = announce(community)
    with write_transaction():
        sender = Sender("192.0.2.7", "s" * 32, 5)
        notices.object_to(notice, "他不在", sender, now=PUBLISHED - timedelta(days=8))

    with pytest.raises(notices.OpenObjections):
        publish(community)
    with pytest.raises(notices.Concerned), write_transaction():
        objection = noticed.objections(notice)[0].id
        said = Answer("在", upheld=False)
        notices.answer(notice, objection, said, by_id=one.id, now=PUBLISHED)
    officer = make.officer()
    with write_transaction():
        objection = noticed.objections(notice)[0].id
        notices.answer(
            notice, objection, Answer("在", upheld=False), by_id=officer.id, now=PUBLISHED
        )
    assert publish(community)


def test_preparing_again_calls_the_notice_off(in_app, community, volunteer):
    serve(volunteer("王五"), community, 90)
    terms = rule.Terms(rule.usual_cutoff(MONTH))
    with write_transaction():
        services.prepare_roll(community, MONTH, terms, by_id=None, now=PUBLISHED)
    notice = announce(community)
    with write_transaction():
        services.prepare_roll(community, MONTH, terms, by_id=None, now=PUBLISHED)

    assert queries.standing(community.id, MONTH).notice_id is None
    with pytest.raises(notices.CalledOff), write_transaction():
        notices.settle(notice, PUBLISHED)
