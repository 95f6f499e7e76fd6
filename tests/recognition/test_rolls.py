"""Who stands on a roll, in which order, under which name; and how a roll lives."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.recognition.rolls import (
    FIRST_DAY,
    MONTH,
    PUBLISHED,
    lines_of,
    names_of,
    prepare,
    publish,
    roll,
    serve,
    take_back,
    terms,
    withdraw,
)
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import services as people
from volunteer_site.recognition.rolls import queries, reviews, rule, services
from volunteer_site.recognition.rolls.models import HonorRoll, HonorRollLine
from volunteer_site.recognition.rolls.queries import Edition

pytestmark = pytest.mark.usefixtures("in_app")
GOLDEN = json.loads((Path(__file__).parents[1] / "core/golden.json").read_text(encoding="utf-8"))
CUTOFF = datetime(2026, 11, 3, 16)  # the end of 3 November in Shanghai


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def volunteer(make):
    """Add somebody who agrees that their name is published."""

    def add(name, **given):
        person = make.person(name=name, **given)
        make.consent(person, given_at=FIRST_DAY)
        return person

    return add


def test_the_month_and_three_days_count(community, volunteer):
    one = volunteer("王五")
    serve(one, community, 60, recorded_at=CUTOFF)
    serve(one, community, 30, recorded_at=CUTOFF + timedelta(seconds=1))
    serve(one, community, 30, started_at=datetime(2026, 10, 31, 16))  # 1 November in Shanghai
    serve(one, community, 30, started_at=datetime(2026, 9, 30, 16))  # 1 October in Shanghai

    assert lines_of(prepare(community)) == [(1, "王五", 90, 2)]


def test_what_is_taken_back_later_still_counts_and_what_was_before_does_not(community, volunteer):
    early, late = volunteer("王五"), volunteer("习武")
    take_back(serve(early, community, 60), CUTOFF)
    take_back(serve(late, community, 60), CUTOFF + timedelta(seconds=1))

    assert names_of(prepare(community)) == ["习武"]


def test_a_correction_takes_the_place_of_what_it_corrects(community, volunteer):
    one = volunteer("王五")
    wrong = serve(one, community, 600)
    take_back(wrong, CUTOFF)
    serve(one, community, 60, kind="correction", source="entry", source_id=wrong,
          reason="填错了", reverses_id=wrong, recorded_at=CUTOFF)  # fmt: skip

    assert lines_of(prepare(community)) == [(1, "王五", 60, 1)]


def test_the_same_cutoff_gives_the_same_roll_also_after_a_later_correction(community, volunteer):
    entries = [serve(volunteer(name), community, 90) for name in ("王五", "习武", "于洋")]
    before = lines_of(prepare(community))

    take_back(entries[0], CUTOFF + timedelta(days=1))
    serve(volunteer("方正"), community, 600, recorded_at=CUTOFF + timedelta(days=1))

    assert lines_of(prepare(community)) == before


def test_same_hours_share_a_rank_and_the_next_one_is_skipped(community, volunteer):
    for name, minutes in (("王五", 60), ("习武", 125), ("于洋", 149), ("方正", 89), ("田富", 90)):
        serve(volunteer(name), community, minutes)

    ranks = [(rank, name) for rank, name, *_more in lines_of(prepare(community))]
    assert ranks == [(1, "于洋"), (1, "习武"), (3, "田富"), (4, "王五"), (4, "方正")]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("surname", GOLDEN["names_by_surname_strokes_single_given_first"]),
        ("full", GOLDEN["names_by_full_name_strokes"]),
    ],
)
def test_the_same_hours_stand_in_the_order_of_strokes(community, volunteer, order, expected):
    for name in sorted(expected):
        serve(volunteer(name), community, 60)

    assert names_of(prepare(community, name_order=order)) == expected


def test_characters_without_strokes_stand_last_and_are_reported(make, community, volunteer):
    rare = GOLDEN["rare_chars_no_stroke_data_in_cn_sort"][:3]
    for sign in [*rare, "王"]:
        serve(volunteer(f"{sign}小"), community, 60)

    made = roll(prepare(community))

    assert names_of(made.id)[0] == "王小"
    seen = reviews.review(community, made, queries.named(made.id))
    assert set(seen.rare) == set(rare)


def test_two_of_the_same_name_and_hours_always_stand_in_the_same_order(community, volunteer):
    twins = [volunteer("王小梅") for _ in range(4)]
    for one in reversed(twins):
        serve(one, community, 60)

    asked = sa.select(HonorRollLine.person_id).where(HonorRollLine.roll_id == prepare(community))
    found = list(db.session.scalars(asked.order_by(HonorRollLine.position)))
    assert found == [one.id for one in twins]


def test_names_are_whole_only_by_consent(make, community, volunteer):
    serve(volunteer("欧阳少东"), community, 90)
    serve(make.person(name="欧阳少文"), community, 60)

    assert names_of(prepare(community)) == ["欧阳少东", "欧**文"]


def test_minors_are_masked_whatever_was_agreed_until_the_month_they_turn_18(community, volunteer):
    serve(volunteer("王小小", birth_date=date(2008, 11, 1)), community, 90)
    serve(volunteer("王大大", birth_date=date(2008, 10, 31)), community, 60)

    assert names_of(prepare(community)) == ["王*小", "王大大"]


def test_who_deleted_their_data_is_left_out(community, volunteer):
    gone, stays = volunteer("王五"), volunteer("习武")
    for one in (gone, stays):
        serve(one, community, 60)
    with write_transaction():
        people.erase(gone.id, now=PUBLISHED)

    made = roll(prepare(community))

    assert names_of(made.id) == ["习武"]
    assert reviews.review(community, made, queries.named(made.id)).gone == 1


@pytest.mark.parametrize(("minimum", "there"), [(59, True), (60, True), (61, False), (0, True)])
def test_the_minimum_is_reached_by_exactly_so_many_minutes(community, volunteer, minimum, there):
    serve(volunteer("王五"), community, 60)

    made = roll(prepare(community, minimum_minutes=minimum))

    assert (made.people == 1) is there
    short = reviews.review(community, made, queries.named(made.id)).short
    assert [one.missing for one in short] == ([] if there else [1])


def test_a_unit_counts_its_people_and_the_district_everything_below(make, community, volunteer):
    other, unit = make.community(name="建铁社区"), make.unit()
    outside = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    far = make.community(name="晋祠社区", parent_id=outside.id)
    one, two = volunteer("王五"), volunteer("习武")
    serve(one, community, 60, unit=unit)
    serve(one, other, 90, unit=unit)
    serve(two, other, 60)
    serve(two, far, 600)

    district = db.session.get(type(community), community.parent_id)
    assert lines_of(prepare(community)) == [(1, "王五", 60, 1)]
    assert lines_of(prepare(unit)) == [(1, "王五", 150, 2)]
    assert [row[:3] for row in lines_of(prepare(district))] == [(1, "王五", 150), (2, "习武", 60)]


def test_the_roll_names_the_unit_served_for_last(make, community, volunteer):
    one, first, last = volunteer("王五"), make.unit(name="区残联"), make.unit(name="团区委")
    serve(one, community, 60, unit=last, started_at=FIRST_DAY + timedelta(days=9))
    serve(one, community, 60, unit=first, started_at=FIRST_DAY)

    (line,) = queries.named(prepare(community))
    assert line.unit_name == "团区委"


def test_preparing_again_replaces_the_draft_and_leaves_what_is_published(community, volunteer):
    serve(volunteer("王五"), community, 60)
    prepare(community)
    prepare(community, minimum_minutes=30)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HonorRoll)) == 1
    publish(community)

    with pytest.raises(services.AlreadyPublished, match="202610-"):
        prepare(community)


def test_publishing_freezes_numbers_and_is_written_down(community, volunteer):
    serve(volunteer("王五"), community, 60)
    roll_id = prepare(community)

    number = publish(community)

    assert number == f"202610-{community.id:05}" == publish(community, PUBLISHED + timedelta(1))
    assert roll(roll_id).published_at == PUBLISHED
    of_rolls = sa.select(AuditEvent.kind).where(AuditEvent.object_kind == "roll")
    kinds = db.session.scalars(of_rolls.order_by(AuditEvent.id))
    assert list(kinds) == ["roll.prepare", "roll.publish"]


def test_nothing_and_nobody_cannot_be_published(community):
    with pytest.raises(services.NothingToPublish):
        publish(community)
    prepare(community)
    with pytest.raises(services.NothingToPublish):
        publish(community)


def test_a_draft_that_was_made_again_after_somebody_looked_is_not_announced(community, volunteer):
    serve(volunteer("王五"), community, 60)
    prepare(community)

    with pytest.raises(services.AnotherDraft), write_transaction():
        seen = PUBLISHED - timedelta(minutes=1)
        services.announce_roll(community, Edition(MONTH), by_id=None, now=PUBLISHED, seen=seen)


def test_a_withdrawn_roll_makes_room_for_another_with_another_number(community, volunteer):
    serve(volunteer("王五"), community, 60)
    first = roll(prepare(community)).id
    number = publish(community)
    withdraw(community, "名字有误")
    withdraw(community, "再来一次")
    prepare(community)

    assert publish(community) == f"{number}-2"
    assert roll(first).withdrawal_reason == "名字有误"
    assert lines_of(first)


def test_a_draft_cannot_be_withdrawn(community, volunteer):
    serve(volunteer("王五"), community, 60)
    prepare(community)

    with pytest.raises(services.NotPublished):
        withdraw(community)


def test_many_publishing_at_once_give_each_roll_one_number(app, make, volunteer):
    places = [make.community() for _ in range(3)]
    for place in places:
        serve(volunteer("王五"), place, 60)
        prepare(place)
    db.session.remove()

    def press(place):
        with app.app_context():
            return place.id, publish(place)

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(press, places * 2))

    assert sorted(numbers) == sorted((place.id, f"202610-{place.id:05}") for place in places * 2)
    kept = db.session.scalars(sa.select(AuditEvent.id).where(AuditEvent.kind == "roll.publish"))
    assert len(list(kept)) == 3


def test_two_preparing_at_once_leave_one_draft(app, community, volunteer):
    for number in range(20):
        serve(volunteer(f"王{number}"), community, 60)
    db.session.remove()

    def press(_number):
        with app.app_context():
            prepare(community)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(4)))

    assert len(names_of(queries.standing(community.id, MONTH).id)) == 20


def test_a_consent_taken_back_hides_the_name_at_once_and_keeps_the_numbers(community, volunteer):
    one = volunteer("欧阳少东")
    serve(one, community, 90)
    roll_id = prepare(community)
    publish(community)

    with write_transaction():
        people.withdraw_consent(one.id, "publish_name", now=PUBLISHED)
    assert [(line.name, line.whole, line.minutes) for line in queries.named(roll_id)] == [
        ("欧**东", False, 90)
    ]

    with write_transaction():
        people.give_consent(one.id, "publish_name", "2026-11", now=PUBLISHED)
    assert queries.named(roll_id)[0].name == "欧阳少东"


def test_who_deletes_their_data_loses_the_name_on_every_roll_for_good(community, volunteer):
    one = volunteer("欧阳少东")
    serve(one, community, 90)
    roll_id = prepare(community)
    publish(community)

    with write_transaction():
        people.erase(one.id, now=PUBLISHED)

    assert lines_of(roll_id) == [(1, "*", 90, 1)]
    assert queries.named(roll_id)[0].name == "*"
    assert roll(roll_id).minutes == 90


def test_terms_say_when_the_usual_month_is_over():
    assert rule.usual_cutoff(MONTH) == CUTOFF
    assert (rule.usual_minimum("community"), rule.usual_minimum("district")) == (60, 300)
    assert terms().name_order == "surname"
