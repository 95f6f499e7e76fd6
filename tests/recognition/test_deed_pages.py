"""The pages of good deeds: telling one without log-in, the desk, the panel, the board."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.client import logged_in
from tests.factories import NOW
from tests.recognition import deeds
from tests.recognition.deeds import WORDS, agree, begin, jpeg, of, tell
from volunteer_site.core import uploads
from volunteer_site.core.db import write_transaction
from volunteer_site.people import services as people
from volunteer_site.recognition.deeds import queries

LATER = NOW + timedelta(days=17)  # after a notice, and after what `published` publishes


class Scene:
    """A community with a coordinator; what services do is done outside of requests."""

    def __init__(self, app, make):
        self.app, self.make = app, make
        self.community = make.community(name="柳巷社区", slug="liuxiang")
        self.coordinator = make.coordinator(self.community, name="郑红")

    @property
    def desk(self):
        return logged_in(self.app, self.coordinator)

    def client(self, person):
        return logged_in(self.app, person)

    def lead(self, function, *args, **given):
        with self.app.app_context():
            return function(*args, **given)

    def panel(self):
        return self.lead(deeds.panel, self.make, self.community)

    def tell(self, **given):
        return self.lead(tell, self.community, **given)

    def in_weighing(self):
        """Return a panel and a deed that it weighs."""
        members, deed = self.panel(), self.tell()
        self.lead(begin, deed, self.coordinator)
        return members, deed

    def on_the_board(self, **given):
        """Return a deed's id and number."""
        members = self.panel()
        return self.lead(deeds.published, self.community, members, self.coordinator, **given)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(app, make):
    return Scene(app, make)


@pytest.fixture
def photo(app):
    with app.test_request_context():
        return uploads.take(FileStorage(jpeg(), "photo.jpg"))


def nomination(**given):
    usual = {"nominee_name": "孙小兰", "community": "liuxiang", "kind": "help", "words": WORDS,
             "proposer": "neighbour", "contact": "", "website": ""}  # fmt: skip
    return usual | given


def send(client, **given):
    return client.post(
        "/good-deeds/nominations", data=nomination(**given), content_type="multipart/form-data"
    )


def told(app):
    with app.app_context():
        return [case.deed for case in queries.at(("/",), NOW)]


def text_of(client, address):
    return client.get(address).get_data(as_text=True)


def test_anybody_tells_a_deed_without_logging_in(app, visitor_client, scene):
    answer = send(visitor_client, photo=(jpeg(), "photo.jpg"), contact="13800138000")

    assert (answer.status_code, answer.location) == (303, "/good-deeds")
    (deed,) = told(app)
    assert (deed.nominee_name, deed.words, deed.contact) == ("孙小兰", WORDS, "13800138000")
    assert deed.photo.endswith(".jpg")
    assert deed.nominator_id is None


def test_who_is_logged_in_follows_what_they_told(make, scene):
    client = scene.client(make.person(name="李雷"))
    send(client)

    assert WORDS in text_of(client, "/good-deeds/nominations")
    assert WORDS not in text_of(scene.client(make.person()), "/good-deeds/nominations")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": "好" * 201}, "删去1个字"),
        ({"words": ""}, "填写"),
        ({"nominee_name": ""}, "填写"),
        ({"community": ""}, "请选择社区"),
        ({"community": "nowhere"}, "选择"),
        ({"kind": "greatness"}, "选择"),
        ({"proposer": ""}, "请选择"),
    ],
)
def test_a_wrong_form_comes_back_filled_in(app, visitor_client, scene, wrong, said):
    answer = send(visitor_client, contact="请打门卫电话", **wrong)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert "请打门卫电话" in page
    assert told(app) == []


def test_two_hundred_signs_are_not_too_many(app, visitor_client, scene):
    send(visitor_client, words="好" * 200)

    assert len(told(app)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 %%EOF",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a nothing",
        b"",
        jpeg().getvalue()[:200],
    ],
)
def test_what_is_no_photo_is_refused_beside_the_field(app, visitor_client, scene, content):
    answer = send(visitor_client, photo=(BytesIO(content), "photo.jpg"))

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="photo-error"' in page
    assert WORDS in page
    assert told(app) == []


def test_a_photo_that_is_too_large_loses_nothing_that_was_typed(app, visitor_client, scene):
    large = FileStorage(BytesIO(bytes(14 * uploads.MEGABYTE)), "photo.jpg")
    boundary, body = encode_multipart(nomination() | {"photo": large})
    kind = f"multipart/form-data; boundary={boundary}"

    answer = visitor_client.post("/good-deeds/nominations", data=body, content_type=kind)

    assert answer.status_code == 422
    assert WORDS in answer.text
    assert "12 MB" in answer.text.partition('id="photo-error"')[2][:80]
    assert told(app) == []


def test_where_a_photo_was_taken_is_not_kept(app, visitor_client, scene):
    written, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (80, 60)).save(written, "JPEG", exif=exif)
    written.seek(0)
    send(visitor_client, photo=(written, "photo.jpg"))

    with app.app_context():
        kept = (uploads.folder() / told(app)[0].photo[:2] / told(app)[0].photo).read_bytes()
    assert b"taken at home" not in kept


def test_robots_and_hurried_networks_are_slowed_down(app, visitor_client, scene):
    app.config["NOMINATIONS_PER_HOUR"] = 2
    assert send(visitor_client, website="spam").status_code == 422

    answers = [send(visitor_client, words=f"第{n}次。").status_code for n in range(3)]

    assert answers == [303, 303, 429]
    assert len(told(app)) == 2


def test_a_deed_goes_the_whole_way_on_the_pages(scene, visitor_client, clock):
    members = named(scene)
    send(visitor_client)
    (deed,) = told(scene.app)
    here = f"/desk/good-deeds/{deed.id}"
    scene.desk.post(f"{here}/weighing")
    for member in members:
        own, said = scene.client(member), {"answer": "yes", "words": "邻居们都看在眼里。"}
        assert "孙小兰" in text_of(own, "/panel/good-deeds")
        own.post(f"/panel/good-deeds/{deed.id}/vote", data=said)
    scene.desk.post(f"{here}/notice")
    assert "孙*兰" in text_of(visitor_client, f"/notices/{told(scene.app)[0].notice_id}")
    assert scene.desk.post(f"{here}/publication").status_code == 409
    clock.move_to(LATER)
    scene.desk.post(f"{here}/publication")

    board = text_of(visitor_client, "/good-deeds")
    assert "2026-00001" in board
    assert WORDS in board
    assert "孙小兰" not in board


def named(scene):
    """Name three residents to the panel, on its page; return them."""
    here = {"community_id": scene.community.id}
    members = [scene.make.person(name=name, **here) for name in deeds.NAMES[:3]]
    for member in members:
        data = {"q": member.name, "person": member.id, "capacity": "居民代表"}
        answer = scene.desk.post("/desk/good-deeds/panels/liuxiang/members", data=data)
        assert answer.status_code == 303
    return members


def test_nobody_but_the_desk_learns_who_told_it(scene, visitor_client):
    teller = scene.make.person(name="钱学文")
    deed, number = scene.on_the_board(nominator_id=teller.id, contact="13900139000")

    for address in ("/good-deeds", f"/good-deeds/{number}"):
        assert "钱学文" not in text_of(visitor_client, address)
    with_notice = scene.lead(lambda: of(deed).notice_id)
    assert "钱学文" not in text_of(visitor_client, f"/notices/{with_notice}")
    assert "钱学文" in text_of(scene.desk, f"/desk/good-deeds/{deed}")


def test_the_page_of_a_deed_leads_to_a_complaint_that_names_it(scene, visitor_client):
    _deed, number = scene.on_the_board()

    page = text_of(visitor_client, f"/good-deeds/{number}")
    link = re.search('href="(/complaints/new[^"]+)"', page)[1].replace("&amp;", "&")

    assert f'value="善行义举榜 {number}"' in text_of(visitor_client, link)


def test_the_board_shows_a_month_and_a_community(scene, visitor_client):
    other = scene.make.community(name="桃园社区", slug="taoyuan")
    scene.on_the_board(words="第一件")

    assert "第一件" in text_of(visitor_client, "/good-deeds?month=2026-12&community=liuxiang")
    assert "第一件" in text_of(visitor_client, "/good-deeds?month=2020-01")  # then the latest
    assert "第一件" not in text_of(visitor_client, f"/good-deeds?community={other.slug}")
    assert visitor_client.get("/good-deeds?community=nowhere").status_code == 404


def test_name_and_photo_are_gone_at_once_when_consent_is_taken_back(
    scene, photo, visitor_client, clock
):
    deed, number = scene.on_the_board(photo=photo)
    clock.move_to(LATER)
    pages = ("/good-deeds", f"/good-deeds/{number}")
    for page in pages:
        assert "孙*兰" in text_of(visitor_client, page)
    here = f"/desk/good-deeds/{deed}/consents"
    for kind in ("name", "photo"):
        data = {"kind": kind, "given_by": "self", "how": "当面签字"}
        assert scene.desk.post(here, data=data).status_code == 303
    for page in pages:
        assert "孙小兰" in text_of(visitor_client, page)
        assert f"/good-deeds/photos/{deed}" in text_of(visitor_client, page)
    assert visitor_client.get(f"/good-deeds/photos/{deed}").mimetype == "image/jpeg"

    for consent in scene.lead(queries.consents, deed):
        scene.desk.post(f"{here}/{consent.id}/withdrawal")

    for page in pages:
        assert "孙小兰" not in text_of(visitor_client, page)
        assert "/photos/" not in text_of(visitor_client, page)
    assert visitor_client.get(f"/good-deeds/photos/{deed}").status_code == 404


def test_consent_on_the_account_is_taken_back_at_once(scene, make, visitor_client):
    nominee = make.person(name="孙小兰")
    _deed, number = scene.on_the_board(nominee=nominee)
    make.consent(nominee, "publish_name")
    assert "孙小兰" in text_of(visitor_client, f"/good-deeds/{number}")

    with scene.app.app_context(), write_transaction():
        people.withdraw_consent(nominee.id, "publish_name", now=LATER)

    assert "孙小兰" not in text_of(visitor_client, f"/good-deeds/{number}")


def test_before_the_notice_nobody_outside_sees_the_photo(scene, make, photo, visitor_client):
    members, deed = scene.panel(), scene.tell(photo=photo)
    scene.lead(agree, deed, "photo", scene.coordinator)
    own, for_all = f"/panel/good-deeds/{deed}/photo", f"/good-deeds/photos/{deed}"
    assert visitor_client.get(for_all).status_code == 404
    assert scene.client(members[0]).get(own).status_code == 404

    scene.lead(deeds.weighed, deed, members, scene.coordinator)
    assert visitor_client.get(for_all).status_code == 404
    assert scene.client(members[0]).get(own).status_code == 200
    assert scene.client(make.person()).get(own).status_code == 404
    scene.lead(deeds.put_on_notice, deed, scene.coordinator)

    assert visitor_client.get(for_all).status_code == 200


def test_what_was_taken_down_says_since_when_and_why(scene, visitor_client, clock):
    deed, number = scene.on_the_board()
    clock.move_to(LATER)

    scene.desk.post(f"/desk/good-deeds/{deed}/takedown", data={"reason": "经核实与事实不符"})

    answer = visitor_client.get(f"/good-deeds/{number}")
    assert answer.status_code == 410
    page = answer.get_data(as_text=True)
    assert "经核实与事实不符" in page
    assert WORDS not in page
    assert WORDS not in text_of(visitor_client, "/good-deeds")


@pytest.mark.parametrize("action", ["refusal", "takedown", "return"])
def test_a_reason_is_asked_for(scene, action):
    deed = scene.tell()

    answer = scene.desk.post(f"/desk/good-deeds/{deed}/{action}", data={"reason": ""})

    assert answer.status_code == 422
    assert scene.lead(of, deed).refused_at is None


def test_a_vote_without_words_comes_back(scene):
    members, deed = scene.in_weighing()

    answer = scene.client(members[0]).post(
        f"/panel/good-deeds/{deed}/vote", data={"answer": "no", "words": ""}
    )

    assert answer.status_code == 422
    assert "请用一句话说明理由" in answer.get_data(as_text=True)


def test_one_reads_what_others_say_only_after_having_spoken(scene):
    members, deed = scene.in_weighing()
    scene.lead(deeds.say, deed, members[0])
    second, address = scene.client(members[1]), f"/panel/good-deeds/{deed}"
    assert "情况属实" not in text_of(second, address)

    second.post(f"{address}/vote", data={"answer": "yes", "words": "同意"})

    assert "情况属实" in text_of(second, address)


def test_the_nominee_on_the_panel_does_not_read_what_is_said(scene, make):
    nominee = make.person(name="孙小兰")
    scene.lead(deeds.sit, scene.community, nominee)
    members, deed = scene.in_weighing()
    scene.lead(deeds.say, deed, members[0])

    page = text_of(scene.client(nominee), f"/panel/good-deeds/{deed}")

    assert "情况属实" not in page
    assert 'name="answer"' not in page


def test_the_nominee_at_the_desk_reads_neither_who_told_it_nor_what_is_said(scene, make):
    own = scene.client(make.coordinator(scene.community, name="孙小兰"))
    members, teller = scene.panel(), make.person(name="钱学文")
    deed = scene.tell(nominator_id=teller.id, contact="13800138000")
    page = f"/desk/good-deeds/{deed}"
    for told in ("钱学文", "13800138000"):
        assert told in text_of(scene.desk, page) and told not in text_of(own, page)

    scene.lead(begin, deed, scene.coordinator)
    scene.lead(deeds.say, deed, members[0])
    assert "情况属实。" in text_of(scene.desk, page)
    assert "情况属实。" not in text_of(own, page) and "/refusal" not in text_of(own, page)


def test_another_communitys_coordinator_finds_nothing(scene, make):
    deed = scene.tell()
    other = scene.client(make.coordinator(make.community(name="桃园社区", slug="taoyuan")))

    assert "孙小兰" not in text_of(other, "/desk/good-deeds")
    assert other.get(f"/desk/good-deeds/{deed}").status_code == 404
    assert other.get("/desk/good-deeds/panels/liuxiang").status_code == 404
    for step in ("weighing", "notice", "publication", "refusal", "return", "takedown", "consents"):
        answer = other.post(f"/desk/good-deeds/{deed}/{step}", data={"reason": "不行不行"})
        assert answer.status_code == 404


def test_a_stranger_to_the_panel_finds_nothing(scene, make):
    _members, deed = scene.in_weighing()
    stranger = scene.client(make.person(name="李雷"))

    assert stranger.get(f"/panel/good-deeds/{deed}").status_code == 404
    data = {"answer": "yes", "words": "好"}
    assert stranger.post(f"/panel/good-deeds/{deed}/vote", data=data).status_code == 404


def test_the_desk_leaves_out_a_photo_that_must_not_be_shown(scene, photo):
    deed = scene.tell(photo=photo)
    data = {"kind": "help", "nominee_name": "孙小兰", "words": "帮人", "proposer": "family"}

    scene.desk.post(f"/desk/good-deeds/{deed}", data=data)
    assert scene.desk.get(f"/desk/good-deeds/{deed}/photo").status_code == 200

    scene.desk.post(f"/desk/good-deeds/{deed}", data=data | {"without_photo": "y"})
    assert scene.desk.get(f"/desk/good-deeds/{deed}/photo").status_code == 404


def test_the_words_are_put_right_before_weighing(scene):
    deed = scene.tell()
    data = {"kind": "family", "nominee_name": "孙小兰", "words": "照顾老人", "proposer": "family"}

    assert scene.desk.post(f"/desk/good-deeds/{deed}", data=data).status_code == 303
    assert (scene.lead(of, deed).kind, scene.lead(of, deed).words) == ("family", "照顾老人")

    answer = scene.desk.post(f"/desk/good-deeds/{deed}", data=data | {"number": "V00999999"})
    assert answer.status_code == 422
    assert "没有姓名为“孙小兰”" in answer.get_data(as_text=True)


def test_what_waits_for_the_desk_is_on_its_monday_page(scene, clock):
    members, deed = scene.panel(), scene.tell()
    address, monday = f"/desk/good-deeds/{deed}", "/desk/monday"
    assert address in text_of(scene.desk, monday)

    scene.lead(deeds.weighed, deed, members, scene.coordinator)
    assert address in text_of(scene.desk, monday)
    scene.lead(deeds.put_on_notice, deed, scene.coordinator)
    assert address not in text_of(scene.desk, monday)
    clock.move_to(LATER)

    assert address in text_of(scene.desk, monday)
