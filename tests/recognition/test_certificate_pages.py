"""Certificates on the web: asked for, approved, checked by strangers, stopped when they guess."""

import re
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.client import logged_in
from tests.factories import NOW
from tests.recognition.certificates import (
    approval,
    correct,
    count,
    found,
    issue,
    request_of,
    reverse,
    serve,
)
from volunteer_site.core.db import db, write_transaction
from volunteer_site.oversight import consequences
from volunteer_site.oversight.complaints import subjects
from volunteer_site.people import services as people
from volunteer_site.recognition.certificates import numbers, queries
from volunteer_site.recognition.certificates.models import Certificate, CertificateTry
from volunteer_site.recognition.certificates.signing import Key

ME, DESK, CHECK = "/me/certificates", "/desk/certificates", "/certificates"
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def place(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def person(make):
    return make.person(name="欧阳少东")


@pytest.fixture
def entry(app, person, place):
    with app.app_context():
        return serve(person, place, 90)


@pytest.fixture
def mine(client_for, person, entry):
    return client_for(person)


@pytest.fixture
def number(app, person, place, entry):
    with app.app_context():
        return issue(person, place, key=Key(str(app.secret_key)))


def asked(place, **given):
    return {"recorder": place.id, "first": "2026-10-01", "last": "2026-11-19"} | given


def check(client, number, said):
    return client.post(CHECK, data={"number": number, "said": said})


def text_of(answer, status=200):
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def test_a_volunteer_sees_what_will_be_on_it_and_gets_it_at_once(mine, place):
    assert "柳巷社区" in text_of(mine.get(f"{ME}/new"))

    preview = text_of(mine.get(f"{ME}/new", query_string=asked(place)))
    assert "兹证明 <b>欧阳少东</b>" in preview and "<b>1.5小时</b>（90分钟）" in preview
    assert "2026年10月1日至2026年11月19日" in preview and "现场扫码90分钟" in preview

    answer = mine.post(ME, data=asked(place))
    page = text_of(mine.get(answer.location))
    assert re.fullmatch(rf"{ME}/[0-9]{{12}}", answer.location) and "不收任何费用" in page
    assert f"{answer.location}.pdf" in page and f"{answer.location}.png" in page
    assert answer.location in text_of(mine.get(ME))


def test_a_document_is_printed_masked_and_its_number_is_kept_nowhere(app, mine, place):
    wrong = asked(place, document_kind="居民身份证", document_number="110105194912310020")
    assert "这不是该证件的号码" in text_of(mine.post(ME, data=wrong), 422)

    right = wrong | {"document_number": "11010519491231002x"}
    page = text_of(mine.get(mine.post(ME, data=right).location))

    assert "11*************02X" in page and "11010519491231002" not in page
    with app.app_context():
        for table in db.metadata.sorted_tables:
            assert "11010519491231002" not in str(db.session.execute(sa.select(table)).all())


@pytest.mark.parametrize(
    ("given", "said"),
    [({"first": "2026-11-20"}, "结束日期早于开始日期"), ({"last": "2026-11-20"}, "最晚是今天"),
     ({"first": "1999-12-31"}, "以后的日期"), ({"recorder": "9999"}, "不是有效的选择"),
     ({"first": ""}, "请选择开始日期")],
)  # fmt: skip
def test_days_and_recorder_that_cannot_be_are_refused_beside_the_field(mine, place, given, said):
    assert said in text_of(mine.get(f"{ME}/new", query_string=asked(place, **given)), 422)
    assert said in text_of(mine.post(ME, data=asked(place, **given)), 422)


def test_days_without_hours_say_what_is_missing_and_issue_nothing(app, mine, place):
    empty = asked(place, first="2026-11-10")

    assert "不能开具：缺少服务时长" in text_of(mine.get(f"{ME}/new", query_string=empty))
    assert "请另选日期" in text_of(mine.post(ME, data=empty), 422)


def test_other_people_find_no_certificate_of_mine(make, client_for, number):
    stranger = client_for(make.person(name="别人"))

    assert stranger.get(f"{ME}/{number}").status_code == 404
    assert stranger.post(f"{ME}/{number}/successor").status_code == 404


def test_two_who_ask_at_the_same_moment_get_the_same_certificate(app, person, place, entry):
    ready, answers = threading.Barrier(4), []

    def ask_once():
        client = logged_in(app, person)
        ready.wait()
        answers.append(client.post(ME, data=asked(place)).location)

    threads = [threading.Thread(target=ask_once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert count(Certificate) == 1
    assert len(answers) == 4 and len(set(answers)) == 1


def test_a_stranger_with_number_and_first_sign_sees_no_more_than_they_may(visitor_client, number):
    before = text_of(visitor_client.get(f"{CHECK}/{number}"))
    assert numbers.spaced(number) in before
    assert not [word for word in ("柳巷", "1.5", "欧阳", "有效</h2>") if word in before]

    answer = check(visitor_client, numbers.spaced(number), "欧")
    page = text_of(visitor_client.get(answer.location))

    assert answer.status_code == 303
    assert all(word in page for word in ("有效", "1.5", "柳巷社区", "二〇二六年十一月十九日"))
    assert not [word for word in ("欧阳", "少东", "V0000", "清理楼道") if word in page]
    assert "no-store" in visitor_client.get(answer.location).headers["Cache-Control"]


@pytest.mark.parametrize("said", ["阳", "王", "欧阳", "1234", "0"])
def test_what_does_not_fit_finds_nothing_and_says_the_same_as_for_no_number(
    visitor_client, number, said
):
    other = numbers.new(NOW.date())
    wrong = text_of(check(visitor_client, number, said), 422)
    unknown = text_of(check(visitor_client, other, said), 422)

    assert "都没有写错，这份证明就不是本站出具的" in wrong
    hidden = re.compile(r"[0-9]{12}|[0-9]{4} [0-9]{4} [0-9]{4}|csrf_token.*?>")
    assert hidden.sub("", wrong) == hidden.sub("", unknown)


def test_the_last_four_of_the_document_open_it_too(visitor_client, mine, place):
    given = {"document_kind": "居民身份证", "document_number": "11010519491231002X"}
    made = mine.post(ME, data=asked(place, **given)).location.rpartition("/")[2]

    for said in ("002X", "002x"):
        assert check(visitor_client, made, said).status_code == 303
    assert check(visitor_client, made, "02X").status_code == 422


def test_a_new_secret_confirms_what_the_old_one_signed_if_the_settings_name_it(app, mine, place):
    given = {"document_kind": "居民身份证", "document_number": "11010519491231002X"}
    address = mine.post(ME, data=asked(place, **given)).location
    number, old = address.rpartition("/")[2], app.config["SECRET_KEY"]

    def tried(former):
        app.config.update(SECRET_KEY="another secret, long enough", SECRET_KEY_FALLBACKS=former)
        return mine.get(address).status_code, check(app.test_client(), number, "002x").status_code

    assert tried([]) == (303, 422)  # logged out, and nothing is known of the document
    assert tried([old]) == (200, 303)
    seen = text_of(mine.get(check(mine, number, "欧").location))
    assert "有效" in seen and "请不要采信" not in seen


def test_a_slip_in_the_number_is_noticed_before_anything_is_looked_up(visitor_client, number):
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)

    for wrong in (slip, number[:-1], "abc"):
        assert "共12位数字" in text_of(check(visitor_client, wrong, "欧"), 422)
        assert "共12位数字" in text_of(visitor_client.get(f"{CHECK}/{wrong}"), 404)


def test_a_name_that_only_begins_alike_is_noticed_when_all_of_it_is_typed(visitor_client, number):
    first, whole = (check(visitor_client, number, said).location for said in ("欧", "欧阳少东"))

    assert "没有核对全名" in text_of(visitor_client.get(first))
    assert "没有核对全名" not in text_of(visitor_client.get(whole))
    assert check(visitor_client, number, "欧阳少冬").status_code == 422


def test_an_answer_can_be_looked_at_for_ten_minutes_and_only_for_this_number(
    app, make, place, visitor_client, number
):
    other = make.person(name="于洋")
    with app.app_context():
        serve(other, place, 60)
        another = issue(other, place, key=Key(str(app.secret_key)))
    seen = check(visitor_client, number, "欧").location

    assert "有效</h2>" in text_of(visitor_client.get(seen))
    assert "有效</h2>" not in text_of(visitor_client.get(seen.replace(number, another)))
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert "有效</h2>" not in text_of(visitor_client.get(seen))


def test_five_wrong_tries_lock_the_number_for_a_quarter_of_an_hour(visitor_client, number):
    for _ in range(5):
        assert check(visitor_client, number, "王").status_code == 422

    locked = text_of(check(visitor_client, number, "欧"), 429)
    assert "已输错5次" in locked and "12:15" in locked
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert check(visitor_client, number, "欧").status_code == 303


def test_who_tries_many_numbers_is_stopped(visitor_client):
    codes = [check(visitor_client, numbers.new(NOW.date()), "王").status_code for _ in range(31)]

    assert codes[:30] == [422] * 30 and codes[30] == 429


def test_of_who_tried_nothing_is_kept_after_a_day(app, visitor_client, number):
    tried = {"number": "264839175023", "said": "李"}
    visitor_client.post(CHECK, data=tried, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    with time_machine.travel(NOW + timedelta(days=1, seconds=1), tick=False):
        check(visitor_client, number, "欧")

    with app.app_context():
        assert count(CertificateTry) == 1


def test_a_void_one_says_since_when_why_and_what_replaces_it(
    app, mine, visitor_client, number, entry
):
    with app.app_context():
        correct(entry, 60, reason="提前离开半小时")

    seen = text_of(visitor_client.get(check(visitor_client, number, "欧").location))
    assert "作废" in seen and "11月19日 周四 13:00" in seen and "经过更正" in seen
    assert "目前没有替代的证明" in seen and "提前离开" not in seen
    assert "提前离开半小时" in text_of(mine.get(f"{ME}/{number}"))
    assert f"{ME}/{number}/successor" in text_of(mine.get(ME))

    successor = mine.post(f"{ME}/{number}/successor").location.rpartition("/")[2]

    assert mine.post(f"{ME}/{number}/successor").location == f"{ME}/{successor}"
    seen = text_of(visitor_client.get(check(visitor_client, number, "欧").location))
    assert numbers.spaced(successor) in seen
    assert "替代已作废的" in text_of(mine.get(f"{ME}/{successor}"))


def test_who_has_no_hours_left_reads_why_there_is_no_new_one(app, mine, number, entry):
    with app.app_context():
        reverse(entry)

    assert "没有记录过本人的时长" in text_of(mine.post(f"{ME}/{number}/successor"), 404)


def test_an_altered_row_is_shown_as_altered_and_says_nothing_else(app, visitor_client, number):
    with app.app_context(), write_transaction():
        holder = sa.text("UPDATE certificate_holders SET words = replace(words, '欧阳', '欧明')")
        db.session.execute(holder)

    page = text_of(visitor_client.get(check(visitor_client, number, "欧").location))
    assert "无法确认" in page and "1.5" not in page and "柳巷" not in page


def test_after_the_account_is_deleted_the_number_alone_is_enough(
    app, visitor_client, person, number
):
    with app.app_context(), write_transaction():
        people.erase(person.id, now=NOW)

    page = text_of(visitor_client.get(check(visitor_client, number, "任").location))
    assert "有效" in page and "1.5" in page and "已注销账号" in page


@pytest.fixture
def with_approval(app, place):
    with app.app_context():
        approval(place)


@pytest.fixture
def request_page(app, mine, person, place, with_approval):
    """What the person has asked for, as the desk calls it."""
    assert mine.post(ME, data=asked(place)).location == ME
    with app.app_context():
        return f"{DESK}/requests/{request_of(person)}"


def test_where_approval_is_wanted_a_coordinator_sees_the_same_and_issues_it(
    make, client_for, mine, place, request_page
):
    assert "等待协调员审核" in text_of(mine.get(ME))
    coordinator = client_for(make.coordinator(place, name="孙兰"))

    assert request_page in text_of(coordinator.get(DESK))
    assert "兹证明 <b>欧阳少东</b>" in text_of(coordinator.get(request_page))
    assert coordinator.post(f"{request_page}/approval").location == DESK

    assert "有效" in text_of(mine.get(ME)) and "欧阳少东" in text_of(coordinator.get(DESK))


@pytest.mark.usefixtures("with_approval", "entry")
def test_nobody_approves_their_own_and_no_other_community_sees_it(
    app, make, client_for, person, place
):
    make.role(person, place, "coordinator")
    own, neighbour = client_for(person), client_for(make.coordinator(make.community()))
    own.post(ME, data=asked(place))
    with app.app_context():
        request = f"{DESK}/requests/{request_of(person)}"

    assert "这是您本人的证明" in text_of(own.get(request))
    for answer in ("approval", "refusal"):
        sent = own.post(f"{request}/{answer}", data={"reason": "x"})
        assert "不能审核本人的证明" in text_of(sent, 409)
    for address in (request, f"{DESK}/terms/liuxiang"):
        assert neighbour.get(address).status_code == 404
    assert neighbour.post(f"{request}/approval").status_code == 404
    assert "欧阳" not in text_of(neighbour.get(DESK))
    assert client_for(make.officer()).post(f"{request}/approval").status_code == 303


@pytest.fixture
def hours_gone(app, entry, request_page):
    with app.app_context():
        reverse(entry)


@pytest.mark.usefixtures("hours_gone")
def test_a_request_whose_hours_are_gone_can_still_be_refused(
    make, client_for, mine, place, request_page
):
    coordinator = client_for(make.coordinator(place))

    page = text_of(coordinator.get(request_page))
    assert "不能开具" in page and f"{request_page}/approval" not in page
    coordinator.post(f"{request_page}/refusal", data={"reason": "时长已撤销"})
    assert "时长已撤销" in text_of(mine.get(ME))


@pytest.mark.usefixtures("with_approval", "entry")
def test_at_the_window_a_coordinator_issues_one_for_who_cannot_ask(
    app, make, client_for, person, place
):
    desk, window = client_for(make.coordinator(place, name="孙兰")), f"{DESK}/people/{person.id}"

    assert window in text_of(desk.get(f"{DESK}/people?q=欧阳"))
    preview = text_of(desk.get(window, query_string=asked(place)))
    assert "兹证明 <b>欧阳少东</b>" in preview and "经办人：孙兰" in preview
    assert desk.post(window, data=asked(place)).location == window

    issued = re.search("/print/certificates/([0-9]{12}).pdf", text_of(desk.get(window)))[1]
    with app.app_context():
        assert found(issued).words["handler"] == "孙兰"
    assert numbers.spaced(issued) in text_of(client_for(person).get(ME))


@pytest.mark.usefixtures("entry")
def test_at_the_window_nobody_certifies_for_others_communities_or_oneself(
    app, make, client_for, person, place
):
    elsewhere = make.community(name="桃园社区")
    own, neighbour = make.coordinator(place), client_for(make.coordinator(elsewhere))
    with app.app_context():
        serve(own, place, 90)
    desk, window = client_for(own), f"{DESK}/people/{person.id}"

    assert window not in text_of(neighbour.get(f"{DESK}/people?q=欧阳"))
    assert neighbour.get(window).status_code == 404
    assert neighbour.post(window, data=asked(place)).status_code == 404
    text_of(desk.post(window, data=asked(elsewhere)), 422)
    text_of(desk.post(f"{DESK}/people/{own.id}", data=asked(place)), 409)
    with app.app_context():
        assert count(Certificate) == 0


def test_a_refusal_says_why_and_one_takes_back_what_waits(
    make, client_for, mine, place, request_page
):
    coordinator = client_for(make.coordinator(place))

    assert coordinator.post(f"{request_page}/refusal").status_code == 422
    coordinator.post(f"{request_page}/refusal", data={"reason": "请先改正姓名"})
    assert "请先改正姓名" in text_of(mine.get(ME))

    mine.post(ME, data=asked(place))
    waiting = text_of(mine.get(ME))
    withdrawal = re.search(rf"{ME}/requests/[0-9]+/withdrawal", waiting)[0]
    assert "等待协调员审核" in waiting and mine.post(withdrawal).status_code == 303
    assert "等待协调员审核" not in text_of(mine.get(ME))
    assert mine.post(withdrawal).status_code == 404


def test_a_community_decides_how_it_issues_and_who_answers_for_it(
    app, make, client_for, mine, place
):
    coordinator = client_for(make.coordinator(place))
    given = {"approval": "y", "responsible": "李楠", "contact": "0351-1234567"}

    assert coordinator.post(f"{DESK}/terms/liuxiang", data=given).location == DESK
    assert "审核后开具" in text_of(coordinator.get(DESK))
    assert mine.post(ME, data=asked(place)).location == ME
    coordinator.post(f"{DESK}/terms/liuxiang", data=given | {"approval": ""})
    assert "负责人：李楠" in text_of(mine.get(mine.post(ME, data=asked(place)).location))


def test_the_recorder_declares_one_void_with_a_reason_that_everybody_reads(
    make, client_for, place, visitor_client, number
):
    coordinator = client_for(make.coordinator(place))
    neighbour = client_for(make.coordinator(make.community()))
    voiding = f"{DESK}/{number}/voiding"

    assert neighbour.get(voiding).status_code == neighbour.post(voiding).status_code == 404
    assert coordinator.post(voiding).status_code == 422
    assert coordinator.post(voiding, data={"reason": "重复开具"}).location == DESK

    page = text_of(visitor_client.get(check(visitor_client, number, "欧").location))
    assert "作废" in page and "重复开具" in page


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)


@pytest.mark.usefixtures("two_a_page")
def test_the_register_finds_an_old_certificate_by_page_number_or_name(
    app, make, client_for, place, number
):
    for name in ("韩一", "韩二"):
        other = make.person(name=name)
        with app.app_context():
            serve(other, place, 60)
            issue(other, place, key=Key(str(app.secret_key)))
    desk = client_for(make.coordinator(place))
    neighbour = client_for(make.coordinator(make.community()))

    def register(client, asked=""):
        return text_of(client.get(f"{DESK}{asked}")).partition('id="register"')[2]

    assert "欧阳少东" not in register(desk) and "第 1 页，共 2 页" in register(desk)
    for asked in ("?page=99", "?q=欧阳", f"?q={number}", f"?q={numbers.spaced(number)}"):
        assert "欧阳少东" in register(desk, asked) and "韩" not in register(desk, asked)
        assert "欧阳少东" not in register(neighbour, asked)
    assert "没有找到" in register(desk, "?q=没有此人")


def test_no_page_of_it_asks_for_money(mine, place, number, visitor_client):
    pages = [ME, f"{ME}/new", f"{ME}/{number}", CHECK]
    text = "".join(text_of(mine.get(page)) for page in pages)

    assert not [word for word in ("付款", "支付", "元", "缴费") if word in text.replace("单元", "")]


def test_the_consequences_of_a_finding_name_the_certificates(app, make, number, entry):
    with app.app_context():
        before = consequences.of([entry], NOW)
        assert [(one.number, one.person) for one in before.certificates] == [(number, "欧阳少东")]
        reverse(entry)
        after = consequences.of([entry], NOW + timedelta(hours=2))
        assert after.certificates == before.certificates and found(number).void is not None


def test_what_waits_is_on_the_desks_monday(make, client_for, place, request_page):
    coordinator = client_for(make.coordinator(place))

    monday = text_of(coordinator.get("/desk/monday"))

    assert request_page in monday and "有人申请证明" in monday


def test_a_complaint_about_a_certificate_goes_past_its_recorder(app, make, place, number):
    coordinator = make.coordinator(place)
    with app.app_context():
        for typed in (number, numbers.spaced(number)):
            subject = subjects.typed("certificate", typed)
            assert subject.organisation_id == place.id and subject.words == typed
            assert coordinator.id in subjects.accused(subject)
        assert subjects.typed("certificate", "不记得了").organisation_id is None
