"""A good deed is told by anybody, weighed by at least three, noticed, and shown by consent only."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import NOW
from tests.recognition import deeds
from tests.recognition.deeds import AFTER_NOTICE, WORDS, agree, begin, of, say, sit, tell
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import services as people
from volunteer_site.recognition.deeds import board, queries, services, shown
from volunteer_site.recognition.deeds.models import GoodDeed
from volunteer_site.recognition.deeds.services import Told
from volunteer_site.recognition.deeds.services.common import Concerned, NotNow
from volunteer_site.recognition.deeds.services.consents import AgreesElsewhere, GuardianNeeded
from volunteer_site.recognition.deeds.services.nominating import (
    NoSuchPerson,
    TooManyNominations,
)
from volunteer_site.recognition.deeds.services.panel import TooYoung
from volunteer_site.recognition.deeds.services.weighing import NotYourVoice, SaidBefore, TooFew
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.notices import services as noticing
from volunteer_site.recognition.notices.services import (
    Answer,
    OpenObjections,
    Sender,
    StillOnNotice,
)

pytestmark = pytest.mark.usefixtures("in_app")
TODAY = date(2026, 11, 27)
PHOTO = "a" * 64 + ".jpg"
LATER, LONG_AFTER = NOW + timedelta(days=20), NOW + timedelta(days=99)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def coordinator(make, community):
    return make.coordinator(community, name="郑红")


@pytest.fixture
def members(make, community):
    return deeds.panel(make, community)


@pytest.fixture
def deed(community):
    return tell(community)


def state(deed_id):
    return queries.state_of(of(deed_id))


def seen(deed_id, today=TODAY):
    db.session.rollback()
    return shown.one(deed_id, today)


def object_to(deed_id, *, upheld=None, by=None):
    """Object to the notice of a deed; answer if said how."""
    notice = of(deed_id).notice_id
    with write_transaction():
        noticing.object_to(notice, "那天不是他。", deeds.ANYBODY, now=NOW)
    if upheld is not None:
        with write_transaction():
            number = notices.objections(notice)[0].id
            noticing.answer(notice, number, Answer("经查", upheld), by_id=by.id, now=NOW)


def test_a_deed_goes_from_told_to_the_board(community, coordinator, members, deed):
    states = [state(deed)]
    begin(deed, coordinator)
    states.append(state(deed))
    for member in members:
        if state(deed) == "weighing":
            say(deed, member)
    states.append(state(deed))
    deeds.put_on_notice(deed, coordinator)
    states.append(state(deed))
    number = deeds.publish(deed, coordinator)

    assert [*states, state(deed)] == ["nominated", "weighing", "agreed", "noticed", "published"]
    assert number == "2026-00001"
    assert board.numbered(number, TODAY).words == WORDS


def test_numbers_of_a_year_follow_each_other(community, coordinator, members):
    first = deeds.published(community, members, coordinator)[1]
    second = deeds.published(community, members, coordinator)[1]
    third = tell(community)
    deeds.weighed(third, members, coordinator)
    deeds.put_on_notice(third, coordinator)
    next_year = deeds.publish(third, coordinator, now=NOW + timedelta(days=60))

    assert [first, second, next_year] == ["2026-00001", "2026-00002", "2027-00001"]


def test_putting_it_on_the_board_twice_is_once(coordinator, members, deed):
    deeds.weighed(deed, members, coordinator)
    deeds.put_on_notice(deed, coordinator)

    assert deeds.publish(deed, coordinator) == deeds.publish(deed, coordinator)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_panel_of_fewer_than_three_weighs_nothing(make, community, coordinator, deed, count):
    deeds.panel(make, community, count)

    with pytest.raises(TooFew, match=str(count)):
        begin(deed, coordinator)


@pytest.mark.parametrize(
    ("voices", "verdict"),
    [
        ("yes", None),
        ("yes yes", None),  # more than half of three, but only two have spoken
        ("yes yes yes", "yes"),
        ("yes yes no", "yes"),
        ("yes no no", "no"),
        ("no no no", "no"),
    ],
)
def test_three_decide_by_majority(coordinator, members, deed, voices, verdict):
    begin(deed, coordinator)
    for member, answer in zip(members, voices.split(), strict=False):
        say(deed, member, answer)

    assert of(deed).verdict == verdict


@pytest.mark.parametrize(
    ("voices", "verdict"),
    [
        ("yes yes no", None),  # two of five are no majority
        ("yes yes yes", "yes"),
        ("yes no no", None),
        ("no no no", "no"),
        ("yes yes no no yes", "yes"),
    ],
)
def test_five_wait_for_more_than_half_of_all(make, community, deed, voices, verdict):
    members = deeds.panel(make, community, 5)
    begin(deed, make.coordinator(community))
    for member, answer in zip(members, voices.split(), strict=False):
        say(deed, member, answer)

    assert of(deed).verdict == verdict


def test_a_tie_does_not_pass(make, community, coordinator, deed):
    members = deeds.panel(make, community, 4)
    begin(deed, coordinator)
    for member, answer in zip(members, ("yes", "yes", "no", "no"), strict=True):
        say(deed, member, answer)

    assert state(deed) == "refused"


def test_a_no_of_the_panel_refuses_with_the_count_as_reason(coordinator, members, deed):
    begin(deed, coordinator)
    for member in members:
        say(deed, member, "no")

    assert state(deed) == "refused"
    assert "3" in of(deed).refusal_reason


def test_everybody_is_heard_once(coordinator, members, deed):
    begin(deed, coordinator)
    say(deed, members[0], "yes")
    say(deed, members[0], "yes")

    with pytest.raises(SaidBefore):
        say(deed, members[0], "no")
    assert len(queries.votes(of(deed))) == 1


def test_who_is_not_on_the_panel_has_no_voice(make, coordinator, members, deed):
    begin(deed, coordinator)

    with pytest.raises(NotYourVoice):
        say(deed, make.person(name="路人甲"))


def test_nobody_near_to_it_votes(make, community, coordinator, members):
    phone = "13800138000"
    nominee = make.person(name="孙小兰", phone=phone)
    family = make.person(name="孙大山", phone=phone)
    teller, namesake = make.person(name="李雷"), make.person(name="孙小兰")
    for one in (nominee, family, teller, namesake):
        sit(community, one)
    deed = tell(community, nominator_id=teller.id)
    with write_transaction():
        told = Told(community.id, "help", "neighbour", "孙小兰", WORDS)
        number = nominee.number
        services.rewrite(deed, told, number=number, by_id=coordinator.id, now=NOW)
    begin(deed, coordinator)

    for one in (nominee, family, teller):
        with pytest.raises(NotYourVoice):
            say(deed, one)
    say(deed, namesake)  # the account says who it is, so the name alone does not


def test_without_an_account_the_same_name_is_near(make, community, coordinator, members, deed):
    namesake = make.person(name="孙小兰")
    sit(community, namesake)
    begin(deed, coordinator)

    with pytest.raises(NotYourVoice):
        say(deed, namesake)


def test_who_leaves_it_to_the_others_is_not_counted(make, community, coordinator, deed):
    members = deeds.panel(make, community, 5)
    begin(deed, coordinator)
    for member in members[:2]:
        say(deed, member, "concerned")
    for member in members[2:4]:
        say(deed, member, "yes")
    assert of(deed).verdict is None

    say(deed, members[4], "no")

    assert of(deed).verdict == "yes"  # two of the three who may


def test_when_a_member_leaves_what_waits_for_them_is_decided(make, community, coordinator, deed):
    members = deeds.panel(make, community, 5)
    begin(deed, coordinator)
    for member, answer in zip(members, ("yes", "yes", "no"), strict=False):
        say(deed, member, answer)
    seats = [one.panellist.id for one in queries.panel(community.id)]

    for seat in seats[3:]:
        with write_transaction():
            services.end(community.id, seat, by_id=coordinator.id, now=NOW)

    assert of(deed).verdict == "yes"


def test_children_do_not_sit_on_a_panel(make, community):
    with pytest.raises(TooYoung):
        sit(community, make.person(birth_date=date(2012, 5, 1)))


@pytest.mark.parametrize("told_by_themselves", [False, True])
def test_nobody_leads_a_deed_of_their_own(make, community, members, told_by_themselves):
    own = make.coordinator(community, name="孙小兰")
    deed = tell(community, nominator_id=own.id if told_by_themselves else None)

    with pytest.raises(Concerned):
        begin(deed, own)
    with write_transaction(), pytest.raises(Concerned):
        services.refuse(deed, "不采纳", by_id=own.id, now=NOW)


def test_a_coordinator_may_lead_what_they_have_told(community, coordinator, members):
    deed = tell(community, nominator_id=coordinator.id, proposer="organisation")

    begin(deed, coordinator)

    assert state(deed) == "weighing"


def test_nothing_comes_to_the_board_before_five_working_days(coordinator, members, deed):
    deeds.weighed(deed, members, coordinator)
    deeds.put_on_notice(deed, coordinator)

    with pytest.raises(StillOnNotice):
        deeds.publish(deed, coordinator, now=NOW + timedelta(days=7))
    assert state(deed) == "noticed"


def test_an_open_objection_keeps_it_off_the_board(make, coordinator, members, deed):
    deeds.weighed(deed, members, coordinator)
    deeds.put_on_notice(deed, coordinator)
    object_to(deed)
    with pytest.raises(OpenObjections):
        deeds.publish(deed, coordinator)

    officer = make.officer()
    with write_transaction():
        notice = of(deed).notice_id
        number = notices.objections(notice)[0].id
        noticing.answer(notice, number, Answer("属实", upheld=False), by_id=officer.id, now=NOW)

    assert deeds.publish(deed, coordinator)


def test_after_an_objection_that_is_right_it_is_put_right_and_weighed_anew(
    make, coordinator, members, deed
):
    deeds.weighed(deed, members, coordinator)
    first = deeds.put_on_notice(deed, coordinator)
    object_to(deed, upheld=True, by=make.officer())
    with pytest.raises(OpenObjections):
        deeds.publish(deed, coordinator)

    with write_transaction():
        services.take_back(deed, "日期写错了", by_id=coordinator.id, now=NOW)
    assert state(deed) == "nominated"
    deeds.weighed(deed, members, coordinator)
    second = deeds.put_on_notice(deed, coordinator)

    assert second != first
    assert notices.get(first).called_off_because == "日期写错了"
    assert deeds.publish(deed, coordinator)


def test_refusing_while_on_notice_calls_the_notice_off(coordinator, members, deed):
    deeds.weighed(deed, members, coordinator)
    notice = deeds.put_on_notice(deed, coordinator)

    with write_transaction():
        services.refuse(deed, "情况不实", by_id=coordinator.id, now=NOW)

    assert state(deed) == "refused"
    assert notices.get(notice).called_off_because == "情况不实"
    assert queries.with_notice(notice).state == "refused"


def test_steps_out_of_order_are_refused(coordinator, members, deed):
    for step in (deeds.put_on_notice, deeds.publish):
        with pytest.raises(NotNow):
            step(deed, coordinator)
    with write_transaction(), pytest.raises(NotNow):
        services.take_down(deed, "不实", by_id=coordinator.id, now=NOW)
    deeds.weighed(deed, members, coordinator)
    with pytest.raises(NotNow):
        begin(deed, coordinator)


def test_a_disproved_deed_is_taken_down_and_tells_nothing_but_why(community, coordinator, members):
    deed, number = deeds.published(community, members, coordinator)
    agree(deed, "name", coordinator)

    with write_transaction():
        later = NOW + timedelta(days=20)
        services.take_down(deed, "经核实与事实不符", by_id=coordinator.id, now=later)

    found = board.numbered(number, TODAY)
    assert (found.name, found.words, found.photo) == ("*", "", "")
    assert found.reason == "经核实与事实不符"
    assert board.of_month("2026-12", TODAY) == []


def test_without_consent_name_and_photo_stay_hidden(community, coordinator, members):
    words = f"孙小兰{WORDS}"
    deed, _number = deeds.published(
        community, members, coordinator, photo="a" * 64 + ".jpg", words=words
    )

    assert seen(deed).name == "孙*兰"
    assert seen(deed).words == f"孙*兰{WORDS}"
    assert seen(deed).photo == ""
    assert not shown.public_photo(deed, TODAY)


def test_with_consent_they_are_shown_until_it_is_taken_back(community, coordinator, members):
    deed, _number = deeds.published(community, members, coordinator, photo="a" * 64 + ".jpg")
    agree(deed, "name", coordinator)
    agree(deed, "photo", coordinator)
    assert (seen(deed).name, seen(deed).whole) == ("孙小兰", True)
    assert shown.public_photo(deed, TODAY)

    for consent in queries.consents(deed):
        with write_transaction():
            by_id = coordinator.id
            services.withdraw_consent(deed, consent.id, by_id=by_id, now=AFTER_NOTICE)

    assert (seen(deed).name, seen(deed).photo) == ("孙*兰", "")
    assert not shown.public_photo(deed, TODAY)


def test_who_has_an_account_agrees_there_and_nowhere_else(make, community, coordinator, members):
    nominee = make.person(name="孙小兰")
    deed, _number = deeds.published(
        community, members, coordinator, nominee=nominee, photo="a" * 64 + ".jpg"
    )
    with pytest.raises(AgreesElsewhere):
        agree(deed, "name", coordinator)
    make.consent(nominee, "publish_name")
    make.consent(nominee, "publish_photo")
    assert seen(deed).whole
    assert seen(deed).photo

    for kind in ("publish_name", "publish_photo"):
        with write_transaction():
            people.withdraw_consent(nominee.id, kind, now=AFTER_NOTICE)

    assert (seen(deed).name, seen(deed).photo) == ("孙*兰", "")


def forget_photos(now=LONG_AFTER):
    with write_transaction():
        services.forget_photos(now)


def test_a_photo_stays_while_somebody_may_see_it(community, coordinator, members):
    told = tell(community, photo=PHOTO)
    shown_now, _number = deeds.published(community, members, coordinator, photo=PHOTO)
    agree(shown_now, "photo", coordinator)

    forget_photos()

    assert [of(one).photo for one in (told, shown_now)] == [PHOTO, PHOTO]


@pytest.mark.parametrize("end", ["refused", "taken down", "not agreed to"])
def test_a_photo_that_nobody_may_see_any_more_is_forgotten(community, coordinator, members, end):
    if end == "refused":
        deed, why = tell(community, photo=PHOTO), services.refuse
    else:
        deed, _number = deeds.published(community, members, coordinator, photo=PHOTO)
        why = services.take_down
    if end != "not agreed to":
        agree(deed, "photo", coordinator)
        with write_transaction():
            why(deed, "那天不是他。", by_id=coordinator.id, now=LATER)

    forget_photos(NOW)
    before = of(deed).photo
    forget_photos()

    assert (before, of(deed).photo) == (PHOTO, "")


def test_the_name_of_a_child_is_never_whole(community, coordinator, members):
    deed, _number = deeds.published(community, members, coordinator, minor=True)

    with pytest.raises(GuardianNeeded):
        agree(deed, "name", coordinator, given_by="guardian")
    assert seen(deed).name == "孙*兰"


def test_the_photo_of_a_child_needs_the_guardian(community, coordinator, members):
    deed, _number = deeds.published(
        community, members, coordinator, minor=True, photo="a" * 64 + ".jpg"
    )
    with pytest.raises(GuardianNeeded):
        agree(deed, "photo", coordinator, given_by="self")
    assert not seen(deed).photo

    agree(deed, "photo", coordinator, given_by="guardian")

    assert seen(deed).photo


def test_the_account_of_a_child_counts_only_with_the_guardian(
    make, community, coordinator, members
):
    child = make.person(name="孙小兰", birth_date=date(2014, 2, 2))
    deed, _number = deeds.published(
        community, members, coordinator, nominee=child, photo="a" * 64 + ".jpg"
    )
    make.consent(child, "publish_name", given_by="guardian")
    make.consent(child, "publish_photo")
    assert (seen(deed).name, seen(deed).photo) == ("孙*兰", "")

    with write_transaction():
        people.withdraw_consent(child.id, "publish_photo", now=AFTER_NOTICE)
    make.consent(child, "publish_photo", given_by="guardian")

    assert (seen(deed).name, bool(seen(deed).photo)) == ("孙*兰", True)


def test_a_consent_said_for_a_grown_up_does_not_show_a_child(community, coordinator, deed):
    agree(deed, "photo", coordinator, given_by="self")
    with write_transaction():
        told = Told(community.id, "help", "neighbour", "孙小兰", WORDS, minor=True)
        services.rewrite(deed, told, by_id=coordinator.id, now=NOW)
    with write_transaction():
        db.session.execute(sa.update(GoodDeed).values(photo="a" * 64 + ".jpg"))

    assert not seen(deed).photo


def test_the_notice_shows_a_masked_name_in_its_title(coordinator, members, deed):
    agree(deed, "name", coordinator)
    deeds.weighed(deed, members, coordinator)

    notice = deeds.put_on_notice(deed, coordinator)

    assert "孙*兰" in notices.get(notice).title


def test_who_deletes_their_data_is_gone_from_the_deed(make, community, coordinator, members):
    nominee = make.person(name="孙小兰")
    words = f"孙小兰{WORDS}"
    deed, number = deeds.published(community, members, coordinator, nominee=nominee, words=words)
    make.consent(nominee, "publish_name")

    with write_transaction():
        people.erase(nominee.id, now=AFTER_NOTICE)

    assert "孙" not in "".join((of(deed).nominee_name, of(deed).words))
    assert board.numbered(number, TODAY).name == "*"


def test_the_contact_of_who_told_it_goes_when_the_case_ends(community, coordinator, members):
    kept = tell(community, contact="13800138000")
    refused = tell(community, contact="微信 abc", words="扶起摔倒的老人。")
    deeds.weighed(kept, members, coordinator)
    deeds.put_on_notice(kept, coordinator)
    assert of(kept).contact

    deeds.publish(kept, coordinator)
    with write_transaction():
        services.refuse(refused, "已有同样的推荐", by_id=coordinator.id, now=NOW)

    assert (of(kept).contact, of(refused).contact) == ("", "")


def test_one_network_tells_only_so_many_within_an_hour(community):
    few = Sender("192.0.2.9", "s" * 32, per_hour=2)
    tell(community, sender=few, words="扶起老人。")
    tell(community, sender=few, words="送还钱包。")

    with pytest.raises(TooManyNominations, match="13:00"):
        tell(community, sender=few)
    tell(community, sender=Sender("192.0.2.10", "s" * 32, per_hour=2))
    tell(community, sender=few, now=NOW + timedelta(hours=1))


def test_a_second_tap_tells_nothing_twice(community, coordinator):
    first = tell(community)

    assert tell(community) == first
    assert first not in {tell(community, nominee_name="孙大兰"), tell(community, words="别的。")}
    with write_transaction():
        services.refuse(first, "说得不清楚", by_id=coordinator.id, now=NOW)
    assert tell(community) != first


def test_of_the_network_nothing_is_kept_after_a_day(community, deed):
    assert of(deed).address_digest

    tell(community, now=NOW + timedelta(days=2))

    assert of(deed).address_digest is None


def test_a_number_without_the_name_tells_nothing(make, community, coordinator, deed):
    somebody = make.person(name="钱学文")
    told = Told(community.id, "help", "neighbour", "孙小兰", WORDS)

    with write_transaction(), pytest.raises(NoSuchPerson) as refused:
        by_id = coordinator.id
        services.rewrite(deed, told, number=somebody.number, by_id=by_id, now=NOW)

    assert "钱学文" not in str(refused.value)


def test_words_that_are_weighed_stay_as_they_are(community, coordinator, members, deed):
    begin(deed, coordinator)
    told = Told(community.id, "help", "neighbour", "孙小兰", "别的事")

    with write_transaction(), pytest.raises(NotNow):
        services.rewrite(deed, told, by_id=coordinator.id, now=NOW)
