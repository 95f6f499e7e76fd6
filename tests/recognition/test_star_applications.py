"""A star is applied for, shown to everybody and awarded by a second person, one after the other."""

import pytest
import sqlalchemy as sa

from tests.factories import NOW
from tests.recognition.stars import (
    AFTER_NOTICE,
    DAY,
    applied,
    awarded,
    gave,
    noticed,
    star,
    took_back,
)
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries as hours
from volunteer_site.people import services as people
from volunteer_site.recognition.notices import parts
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.notices.models import PublicNotice
from volunteer_site.recognition.stars import holders, queries, services
from volunteer_site.recognition.stars.models import StarApplication
from volunteer_site.recognition.stars.scale import OFFICIAL, Level
from volunteer_site.recognition.stars.services import applying, deciding, settling

pytestmark = [pytest.mark.usefixtures("in_app"), pytest.mark.time_machine(NOW, tick=False)]


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def ann(make, community):
    return make.person(name="王小梅", community_id=community.id, created_at=NOW - 900 * DAY)


@pytest.fixture
def first(make, community):
    return make.coordinator(community, name="郑红")


@pytest.fixture
def second(make, community):
    return make.coordinator(community, name="冯梅")


@pytest.fixture
def officer(make, community):
    del community
    return make.officer(name="陈佩")


def level_of(person):
    held = queries.held(person.id)
    return held.level if held else 0


def test_enough_hours_alone_give_no_star(ann, community):
    gave(ann, community, 1500)

    assert level_of(ann) == 0
    assert queries.way(ann.id, NOW).can_apply


def test_application_notice_and_a_second_person_give_a_star_with_number_and_date(
    ann, community, first, second
):
    gave(ann, community, 100)

    one = star(ann, 1, first, second)

    kept = db.session.get(StarApplication, one)
    assert (level_of(ann), kept.number, kept.awarded_at) == (1, "S2026-00001", AFTER_NOTICE)
    assert kept.minutes == hours.total_minutes(ann.id) == 6000


def test_numbers_go_on(make, ann, community, first, second):
    ben = make.person(community_id=community.id)
    for person in (ann, ben):
        gave(person, community, 100)
    ones = [star(person, 1, first, second) for person in (ann, ben)]

    numbers = [db.session.get(StarApplication, one).number for one in ones]

    assert numbers == ["S2026-00001", "S2026-00002"]


def test_with_1500_hours_and_three_stars_nobody_gets_the_fifth(ann, community, first, second):
    gave(ann, community, 1500)
    for level in (1, 2, 3):
        star(ann, level, first, second)

    with pytest.raises(applying.OutOfSequence, match="4"):
        applied(ann, 5)

    assert queries.way(ann.id, NOW).level == 4


def test_without_the_hours_nobody_applies(ann, community):
    gave(ann, community, 99)

    with pytest.raises(applying.NotEnoughHours, match="99"):
        applied(ann)


def test_a_second_application_is_the_first_one(ann, community):
    gave(ann, community, 300)

    assert applied(ann) == applied(ann)
    with pytest.raises(applying.AppliedAlready):
        applied(ann, 2)


def test_days_between_two_stars_must_have_passed_if_the_office_asks_for_them(
    ann, community, first, second, officer
):
    gave(ann, community, 300)
    with write_transaction():
        half_a_year = [Level(2, 300, 180) if one.level == 2 else one for one in OFFICIAL]
        services.set_scale(half_a_year, by_id=officer.id, now=NOW)
    star(ann, 1, first, second)

    with pytest.raises(applying.TooEarly):
        applied(ann, 2, now=AFTER_NOTICE + 179 * DAY)
    assert not queries.way(ann.id, AFTER_NOTICE + 179 * DAY).can_apply

    assert applied(ann, 2, now=AFTER_NOTICE + 180 * DAY)


def test_days_before_the_first_star_count_from_the_registration(make, community, officer):
    ben = make.person(community_id=community.id, created_at=NOW - 10 * DAY)
    gave(ben, community, 100)
    with write_transaction():
        services.set_scale([Level(1, 100, 30), *OFFICIAL[1:]], by_id=officer.id, now=NOW)

    with pytest.raises(applying.TooEarly):
        applied(ben)
    assert applied(ben, now=NOW + 20 * DAY)


def test_another_scale_holds_from_then_on_and_keeps_the_old_one(ann, community, officer):
    gave(ann, community, 60)
    with write_transaction():
        lower = [Level(1, 50), *OFFICIAL[1:]]
        services.set_scale(lower, by_id=officer.id, now=NOW)

    assert queries.levels()[0].hours == 50
    assert db.session.get(StarApplication, applied(ann)).needed_minutes == 3000


def test_a_scale_that_does_not_rise_is_refused(officer):
    with pytest.raises(settling.NotRising), write_transaction():
        services.set_scale([Level(1, 300), *OFFICIAL[1:]], by_id=officer.id, now=NOW)


def test_who_put_it_on_notice_does_not_award_it(ann, community, first):
    gave(ann, community, 100)
    one = applied(ann)
    noticed(one, first)

    with pytest.raises(deciding.SamePerson):
        awarded(one, first)

    assert level_of(ann) == 0


def test_the_database_itself_wants_two_people(ann, community, first):
    gave(ann, community, 100)
    one = applied(ann)
    noticed(one, first)
    alone = sa.update(StarApplication).where(StarApplication.id == one)

    with pytest.raises(sa.exc.IntegrityError), write_transaction():
        db.session.execute(
            alone.values(awarded_at=AFTER_NOTICE, awarded_by_id=first.id, number="S1")
        )


def test_nobody_decides_about_their_own_star(community, first, second):
    gave(first, community, 100)
    one = applied_at(first, community)

    with pytest.raises(deciding.OwnApplication):
        noticed(one, first)
    with pytest.raises(deciding.OwnApplication), write_transaction():
        services.refuse(one, "不合适不合适", by_id=first.id, now=NOW)
    noticed(one, second)
    with pytest.raises(deciding.OwnApplication):
        awarded(one, first)


def applied_at(person, community):
    with write_transaction():
        people.change_profile(
            person.id, phone="13800138000", community_id=community.id, unit_id=None
        )
    return applied(person)


def test_without_public_notice_there_is_no_star(ann, community, second):
    gave(ann, community, 100)
    one = applied(ann)

    with pytest.raises(deciding.NotOnNotice):
        awarded(one, second)


def test_five_working_days_must_be_over(ann, community, first, second):
    gave(ann, community, 100)
    one = applied(ann)
    notice = db.session.get(PublicNotice, noticed(one, first))
    assert notice.last_day.isoformat() == "2026-11-26"  # Thursday in a week, today not counted

    with pytest.raises(notices.StillOnNotice):
        awarded(one, second, now=NOW + 7 * DAY)
    assert awarded(one, second, now=NOW + 8 * DAY)


def object_to(notice_id):
    with write_transaction():
        return notices.object_to(
            notice_id, "那天不在场", notices.Sender("192.0.2.1", "x", 5), now=NOW + DAY
        )


def test_an_open_objection_blocks_the_star(ann, community, first, second, officer):
    gave(ann, community, 100)
    one = applied(ann)
    notice = noticed(one, first)
    object_to(notice)

    with pytest.raises(notices.OpenObjections):
        awarded(one, second)
    assert level_of(ann) == 0

    with write_transaction():
        notices.answer(
            notice, 1, notices.Answer("查过，在场", False), by_id=officer.id, now=AFTER_NOTICE
        )
    awarded(one, second)
    assert level_of(ann) == 1


def test_an_objection_found_right_ends_it(ann, community, first, second, officer):
    gave(ann, community, 100)
    one = applied(ann)
    notice = noticed(one, first)
    object_to(notice)
    with write_transaction():
        notices.answer(notice, 1, notices.Answer("属实", True), by_id=officer.id, now=AFTER_NOTICE)

    with pytest.raises(notices.OpenObjections):
        awarded(one, second)
    with write_transaction():
        services.refuse(one, "异议属实，不予评定", by_id=second.id, now=AFTER_NOTICE)

    assert queries.open_of(ann.id) is None
    assert db.session.get(PublicNotice, notice).called_off_because


def test_the_applicant_does_not_answer_objections(ann, community, first):
    gave(ann, community, 100)
    notice = noticed(applied(ann), first)

    kept = db.session.get(PublicNotice, notice)
    assert ann.id in notices.concerned(kept, parts.of(kept))


def test_hours_taken_back_during_the_notice_prevent_the_star(
    ann, community, first, second, officer
):
    entry = gave(ann, community, 100)
    one = applied(ann)
    noticed(one, first)
    took_back(entry, officer)

    with pytest.raises(applying.NotEnoughHours):
        awarded(one, second)


def test_a_star_below_which_the_hours_fell_stays_until_the_office_decides(
    ann, community, first, second, officer
):
    gave(ann, community, 60)
    entry = gave(ann, community, 40, number=2)
    one = star(ann, 1, first, second)
    took_back(entry, officer, now=AFTER_NOTICE)

    (fallen,) = holders.fallen(("/",))
    assert (fallen.person_id, fallen.level, fallen.minutes) == (ann.id, 1, 3600)
    assert level_of(ann) == 1

    with write_transaction():
        services.keep(one, "时长更正不影响评定", by_id=officer.id, now=AFTER_NOTICE)
    assert not holders.fallen(("/",))
    assert level_of(ann) == 1


def test_a_star_that_was_let_stay_comes_back_when_the_hours_fall_further(
    ann, community, first, second, officer
):
    gave(ann, community, 60)
    entries = [gave(ann, community, 20, number=number) for number in (2, 3)]
    one = star(ann, 1, first, second)
    took_back(entries[0], officer)
    with write_transaction():
        services.keep(one, "时长更正不影响评定", by_id=officer.id, now=AFTER_NOTICE)

    took_back(entries[1], officer)

    assert len(holders.fallen(("/",))) == 1


def test_revoking_a_star_revokes_the_higher_ones(ann, community, first, second, officer):
    gave(ann, community, 300)
    low = star(ann, 1, first, second)
    star(ann, 2, first, second)

    with write_transaction():
        services.revoke(low, "时长查实不实", by_id=officer.id, now=AFTER_NOTICE)

    assert level_of(ann) == 0
    assert {case.state for case in queries.of_person(ann.id)} == {"revoked"}
    assert queries.way(ann.id, AFTER_NOTICE).level == 1


def test_who_is_barred_does_not_apply_until_it_is_over_or_lifted(ann, community, officer):
    gave(ann, community, 100)
    with write_transaction():
        services.bar(ann.id, "查实虚假时长", days=365, by_id=officer.id, now=NOW)

    with pytest.raises(applying.Barred, match="查实虚假时长"):
        applied(ann, now=NOW + 365 * DAY)
    bar = queries.barred(ann.id, NOW.date())
    with write_transaction():
        services.lift(ann.id, bar.id, "复核后撤销", by_id=officer.id, now=NOW)
    assert applied(ann)


def test_a_bar_refuses_what_waits(ann, community, first, officer):
    gave(ann, community, 100)
    one = applied(ann)
    notice = noticed(one, first)

    with write_transaction():
        services.bar(ann.id, "查实虚假时长", days=365, by_id=officer.id, now=NOW)

    assert queries.of_person(ann.id)[0].state == "refused"
    assert db.session.get(PublicNotice, notice).closed_at is not None


def test_somebody_without_a_community_is_told_to_choose_one(make, community):
    ben = make.person()
    gave(ben, community, 100)

    with pytest.raises(applying.NoPlace) as refused:
        applied(ben)

    assert refused.value.link[0] == "/me/profile"


def test_a_withdrawn_application_ends_its_notice_and_can_be_made_again(ann, community, first):
    gave(ann, community, 100)
    one = applied(ann)
    notice = noticed(one, first)

    for _twice in range(2):
        with write_transaction():
            services.withdraw(ann.id, one, NOW)

    assert db.session.get(PublicNotice, notice).called_off_because
    assert applied(ann) != one


def test_who_deletes_their_data_is_on_no_list(make, ann, community, first, second):
    gave(ann, community, 300)
    make.consent(ann)
    star(ann, 1, first, second)
    waiting = applied(ann, 2)
    assert [one.name for one in holders.named(NOW.date())] == ["王小梅"]

    with write_transaction():
        people.erase(ann.id, now=NOW)

    assert not holders.named(NOW.date())
    assert queries.state_of(db.session.get(StarApplication, waiting)) == "withdrawn"
