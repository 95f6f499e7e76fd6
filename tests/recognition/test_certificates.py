"""Issuing, voiding, approving: what a certificate says, and that it cannot be minted or changed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import exc, orm

from tests.factories import NOW
from tests.recognition.certificates import (
    KEY,
    SECRET,
    approval,
    ask,
    correct,
    count,
    found,
    issue,
    request_of,
    reverse,
    serve,
)
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.people import services as people
from volunteer_site.recognition.certificates import (
    documents,
    drafts,
    numbers,
    queries,
    services,
    wording,
)
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.models import (
    Certificate,
    CertificateHolder,
    CertificateRequest,
    CertificateVoid,
)
from volunteer_site.recognition.certificates.signing import SIGNED, Key

pytestmark = pytest.mark.usefixtures("in_app")
OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def place(make):
    community = make.community(name="柳巷社区", slug="liuxiang", phone="0351-4567890")
    make.coordinator(community, name="郑红")
    return community


@pytest.fixture
def person(make):
    return make.person(name="欧阳少东")


@pytest.fixture
def entries(person, place):
    return [serve(person, place, minutes) for minutes in (60, 45, 80)]


def test_a_certificate_says_hours_by_the_one_policy_and_everything_that_it_must(
    person, place, entries
):
    one = found(issue(person, place))

    words = one.words
    assert (words["hours"], words["minutes"], words["occasions"]) == ("3", 185, 3)
    assert words["lines"] == [
        {"title": "清理楼道", "category": "环境清洁", "occasions": 3, "minutes": 185}
    ]
    assert words["recorder"] == "柳巷社区" and words["period"] == "2026年10月1日至2026年11月19日"
    assert words["proof"] == "现场扫码185分钟" and words["date"] == "二〇二六年十一月十九日"
    assert (words["responsible"], words["contact"]) == ("郑红", "0351-4567890")
    assert words["statement"] == "本证明依据本单位记录出具，可扫码查验。"
    assert "国家认证" not in one.certificate.sheet
    assert one.whose == {
        "name": "欧阳少东", "volunteer_number": person.number, "document": ""
    }  # fmt: skip


def test_only_the_rows_of_the_recorder_and_of_the_days_are_on_it(make, person, place, entries):
    other = make.community(name="桃园社区")
    serve(person, other, 600)
    serve(make.person(name="别人"), place, 600)
    serve(person, place, 600, started_at=NOW - timedelta(days=200))

    assert found(issue(person, place)).certificate.minutes == 185


def test_who_recorded_nothing_of_theirs_cannot_certify(make, person, entries):
    with pytest.raises(NotFound, match="没有记录"):
        issue(person, make.community(name="桃园社区"))


@pytest.mark.parametrize(
    ("change", "lacking"),
    [({"minutes": 0}, "时长"), ({"hours": "0"}, "时长"), ({"lines": []}, "服务内容"),
     ({"lines": [{"title": " "}]}, "服务内容"), ({"recorder": " "}, "记录单位")],
)  # fmt: skip
def test_each_of_the_three_musts_is_needed(person, place, entries, change, lacking):
    words = found(issue(person, place)).words

    assert wording.missing(words) == []
    assert wording.missing(words | change) == [f"服务{lacking}" if lacking == "时长" else lacking]


def test_less_than_half_an_hour_is_no_certificate(person, place):
    serve(person, place, 29)

    with pytest.raises(services.NotEnough, match="时长"):
        issue(person, place)


def test_many_kinds_of_service_are_added_up_in_a_last_line():
    lines = tuple(drafts.Line(f"活动{n}", "clean-up", 1, 60 - n) for n in range(12))
    draft = drafts.Draft(None, None, tuple(range(12)), lines, None)

    said = [line.title for line in wording.all_lines(draft)]
    assert len(said) == drafts.MOST_LINES and said[-1] == "其他活动5项"
    assert sum(line.minutes for line in wording.all_lines(draft)) == draft.minutes


def test_asked_twice_it_is_the_same_certificate_until_there_are_more_hours(person, place, entries):
    first, second = issue(person, place), issue(person, place)
    serve(person, place, 60)
    third = issue(person, place)

    assert first == second != third
    assert found(first).void is None and found(third).certificate.edition == 2


def test_the_number_is_new_each_time_and_notices_every_single_slip():
    made = {numbers.new(date(2026, 11, 19)) for _ in range(200)}

    assert len(made) == 200 and all(number.startswith("26") for number in made)
    number = made.pop()
    assert numbers.read(f" {numbers.spaced(number)}") == number
    for at in range(numbers.LENGTH):
        for digit in set("0123456789") - {number[at]}:
            with pytest.raises(numbers.Mistyped):
                numbers.read(number[:at] + digit + number[at + 1 :])


def test_an_identity_number_is_checked_masked_and_not_kept(person, place, entries, statements):
    number = documents.tidy("居民身份证", "11010519491231002x")
    digest = KEY.digest("document 002x")
    issue(person, place, document=Document(documents.printed("居民身份证", number), digest))

    holder = db.session.scalars(sa.select(CertificateHolder)).one()
    assert "居民身份证 11*************02X" in holder.words
    assert number not in str(db.session.execute(sa.select(CertificateHolder)).mappings().all())
    for wrong in ("110105194912310020", "110105190002290013", "12345"):
        with pytest.raises(documents.Wrong):
            documents.tidy("居民身份证", wrong)


def test_the_database_refuses_to_change_or_delete_a_certificate(person, place, entries):
    issue(person, place)

    for sql in ("UPDATE certificates SET minutes = 600", "DELETE FROM certificates",
                "DELETE FROM certificate_entries"):  # fmt: skip
        with pytest.raises(exc.DBAPIError), write_transaction():
            db.session.execute(sa.text(sql))


def test_it_verifies_with_the_sites_secret_only(person, place, entries):
    one = found(issue(person, place))

    assert KEY.fits(one.certificate, one.holder)
    assert not Key(SECRET + "x").fits(one.certificate, one.holder)


@pytest.fixture
def issued(person, place, entries):
    digest = KEY.digest("document 002x")
    one = found(issue(person, place, document=Document("居民身份证 11*************02X", digest)))
    orm.make_transient(one.certificate)
    orm.make_transient(one.holder)
    return one


SIGNATURE = "signature"


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_certificate_altered_by_one_character_does_not_verify(issued, data):
    part = data.draw(st.sampled_from(["certificate", "holder"]))
    row = getattr(issued, part)
    names = [*SIGNED, SIGNATURE] if part == "certificate" else ["words", "salt", "document_digest"]
    name = data.draw(st.sampled_from(names))
    kept = getattr(row, name)
    text = str(kept)
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters(codec="utf-8").filter(lambda one: one != text[at]))

    assert KEY.fits(issued.certificate, issued.holder)
    setattr(row, name, text[:at] + sign + text[at + 1 :])
    try:
        assert not KEY.fits(issued.certificate, issued.holder)
    finally:
        setattr(row, name, kept)


def test_a_reversed_entry_makes_it_void_at_once_with_the_reason(person, place, entries):
    number = issue(person, place)
    serve(person, place, 60, started_at=NOW - timedelta(days=90))
    other = issue(person, place, first=date(2026, 8, 1), last=date(2026, 8, 31))

    reverse(entries[1], reason="当日未到场")

    one = found(number)
    assert (one.void.cause, one.void.reason) == ("entries", "当日未到场")
    assert one.void.voided_at == NOW + timedelta(hours=1) and one.successor is None
    assert found(other).void is None


def test_a_corrected_entry_makes_it_void_and_a_new_one_replaces_it(person, place, entries):
    number = issue(person, place)
    correct(entries[0], 30)

    with write_transaction():
        made = services.renew(found_inside(number), KEY, now=NOW + timedelta(hours=2))
        again = services.renew(found_inside(number), KEY, now=NOW + timedelta(hours=2))
        assert made.number == again.number

    assert found(number).successor == found(made_number(2)).number
    assert found(made_number(2)).words["minutes"] == 155
    assert found(made_number(2)).words["replaces"] == number


def found_inside(number):
    return queries.by_number(number)


def made_number(edition):
    db.session.rollback()
    return db.session.scalar(sa.select(Certificate.number).where(Certificate.edition == edition))


def test_hours_that_are_only_added_leave_it_as_it_is(person, place, entries):
    number = issue(person, place)
    serve(person, place, 60)
    with write_transaction():
        services.void_after([person.id], NOW)

    assert found(number).void is None


def test_somebody_of_the_recorder_declares_it_void_but_not_their_own(make, person, place, entries):
    number, coordinator = issue(person, place), make.coordinator(place)
    with write_transaction():
        services.void(found_inside(number), "姓名有误", by_id=coordinator.id, now=NOW)
        services.void(found_inside(number), "又一次", by_id=coordinator.id, now=NOW)

    assert found(number).void.reason == "姓名有误" and count(CertificateVoid) == 1
    with pytest.raises(services.NotForOneself), write_transaction():
        services.void(found_inside(number), "自己", by_id=person.id, now=NOW)


def test_where_approval_is_wanted_it_waits_for_somebody_else(make, person, place, entries):
    approval(place)
    coordinator = make.coordinator(place, name="孙兰")

    assert ask(person, place) is None and ask(person, place) is None
    assert count(CertificateRequest) == 1 and count(Certificate) == 0
    with pytest.raises(services.NotForOneself), write_transaction():
        services.approve(request_of(person), KEY, by_id=person.id, now=NOW)
    number = request_of(person)
    with write_transaction():
        made = services.approve(number, KEY, by_id=coordinator.id, now=NOW).number
        assert services.approve(number, KEY, by_id=coordinator.id, now=NOW).number == made
    assert found(made).words["handler"] == "孙兰"


def test_the_database_refuses_an_approval_by_oneself(person, place, entries):
    approval(place)
    ask(person, place)

    with pytest.raises(exc.IntegrityError), write_transaction():
        change = {"decided_at": NOW, "decided_by_id": person.id, "refusal": "x"}
        db.session.execute(sa.update(CertificateRequest).values(**change))


def test_what_was_refused_or_withdrawn_is_not_issued(make, person, place, entries):
    approval(place)
    coordinator = make.coordinator(place)
    ask(person, place)
    number = request_of(person)
    with write_transaction():
        services.refuse(number, "请先改正姓名", by_id=coordinator.id, now=NOW)

    with pytest.raises(services.AlreadyDecided), write_transaction():
        services.approve(number, KEY, by_id=coordinator.id, now=NOW)
    assert ask(person, place) is None and count(CertificateRequest) == 2


def test_a_deleted_account_leaves_a_certificate_that_only_its_number_opens(person, place, entries):
    number = issue(person, place)
    with write_transaction():
        people.erase(person.id, now=NOW)

    one = found(number)
    assert one.holder is None and KEY.fits(one.certificate, one.holder)
    assert "欧阳" not in one.certificate.sheet
    assert services.checking.how_far(one, "", KEY)
