"""A badge that people design: proposed, looked at by somebody else, and a badge then."""

import re
import struct
import zlib
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from PIL import Image
from werkzeug.datastructures import FileStorage

from tests.factories import NOW
from volunteer_site.core import clock, upload_sweep, uploads
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people.models import Consent
from volunteer_site.recognition.badges.emblems import METALS, SHAPES
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.designs import services
from volunteer_site.recognition.designs.drawing import RIBBONS, Look, design_svg
from volunteer_site.recognition.designs.models import Design, DesignPicture
from volunteer_site.recognition.designs.services import MOST_OPEN, MOST_PICTURES

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("1")</script>'


@pytest.fixture
def lane(make):
    return make.community(name="柳巷社区")


@pytest.fixture
def lan(make, lane):
    return make.person(name="孙小兰", community_id=lane.id)


@pytest.fixture
def ann(make, lane):
    return make.coordinator(lane, name="安主任")


@pytest.fixture
def cast(client_for, lane, lan, ann):
    """Who takes part: how to log in, the community, a volunteer, and its coordinator."""
    return client_for, lane, lan, ann


def told(lane, **changed):
    usual = {
        "shape": "circle", "tint": "teal", "metal": "gold", "emblem": "snowflake", "zoom": "100",
        "text": "扫雪先锋", "name": "扫雪先锋", "sentence": "雪停了，路通了。",
        "why": "给冬天扫雪的邻居", "organisation": str(lane.id), "credit": "masked",
        "designed_by": "",
    }  # fmt: skip
    return usual | changed


def proposed(client, lane, **changed):
    sent = client.post("/me/designs", data=told(lane, **changed))
    assert sent.status_code == 303, sent.text
    return int(sent.location.rsplit("/", 1)[1])


def picture(form="PNG", size=(900, 600), colour="orange", **more):
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, form, **more)
    written.seek(0)
    return written


def bomb():
    """A PNG of 60,000 by 60,000 pixels in a few bytes."""

    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def said_beside_the_file(answer):
    return 'id="file-error"' in answer.text


def rows(app, model):
    with app.app_context():
        return list(db.session.scalars(sa.select(model)))


def row(app, model, number):
    with app.app_context():
        return db.session.get(model, number)


def approve(client, app, number, place="/desk"):
    design = row(app, Design, number)
    seen = (design.changed_at or design.proposed_at).isoformat()
    return client.post(f"{place}/designs/{number}/approval", data={"seen": seen})


def approved(client, app, number):
    """Approve it; return its badge's page."""
    assert approve(client, app, number).status_code == 303
    return f"/badges/design-{number}"


def test_a_design_is_proposed_approved_by_somebody_else_and_is_a_badge(
    app, client_for, lane, lan, ann
):
    number = proposed(client_for(lan), lane)

    desk = client_for(ann).get("/desk/designs").text
    answer = approve(client_for(ann), app, number)

    assert "扫雪先锋" in desk
    assert answer.status_code == 303
    [badge] = rows(app, Badge)
    assert (badge.name_zh, badge.family, badge.design_id) == ("扫雪先锋", "special", number)
    assert badge.organisation_id == lane.id and badge.measure == ""
    assert "扫雪先锋" in client_for(lan).get(f"/badges/design-{number}").text
    assert f"{answer.location}/awards/new" in client_for(ann).get(answer.location).text


def test_the_designer_reads_on_the_wall_what_became_of_it(app, client_for, lane, lan, ann):
    kept, refused, _waits = (proposed(client_for(lan), lane, name=name) for name in "甲乙丙")
    approve(client_for(ann), app, kept)
    client_for(ann).post(f"/desk/designs/{refused}/refusal", data={"reason": "已经有这样的徽章了"})

    wall = client_for(lan).get("/me/badges").text.partition("<section")[0]

    assert "您设计的“甲”已成为徽章" in wall and f"/badges/design-{kept}" in wall
    assert "您设计的“乙”没有通过" in wall and f"/me/designs/{refused}" in wall
    assert "“丙”" not in wall and "“甲”" not in client_for(ann).get("/me/badges").text


def test_nobody_decides_about_their_own_design(app, client_for, lane, ann):
    number = proposed(client_for(ann), lane)

    approval = approve(client_for(ann), app, number)
    refusal = client_for(ann).post(
        f"/desk/designs/{number}/refusal", data={"reason": "我自己又不喜欢它了"}
    )

    assert (approval.status_code, refusal.status_code) == (422, 422)
    assert not rows(app, Badge)


def test_another_communitys_coordinator_cannot_even_see_it(app, make, client_for, lane, lan):
    other = client_for(make.coordinator(make.community(name="桃园社区")))
    number = proposed(client_for(lan), lane)

    assert other.get(f"/desk/designs/{number}").status_code == 404
    assert approve(other, app, number).status_code == 404
    assert (
        other.post(f"/desk/designs/{number}/refusal", data={"reason": "x" * 9}).status_code == 404
    )
    assert other.get(f"/designs/{number}.svg").status_code == 404
    assert "扫雪先锋" not in other.get("/desk/designs").text


def test_the_office_decides_about_designs_for_the_district(app, cast, make):
    client_for, lane, lan, ann = cast
    officer = make.officer()
    with app.app_context():
        kind = sa.text("SELECT id FROM organisations WHERE kind = 'district'")
        district = db.session.scalar(kind)
    number = proposed(client_for(lan), lane, organisation=str(district))

    assert approve(client_for(ann), app, number).status_code == 404
    assert approve(client_for(officer), app, number, "/office").status_code == 303
    assert rows(app, Badge)[0].organisation_id is None


def test_a_refusal_says_why_and_is_final(app, client_for, lane, lan, ann):
    number = proposed(client_for(lan), lane)

    short = client_for(ann).post(f"/desk/designs/{number}/refusal", data={"reason": "不"})
    answer = client_for(ann).post(
        f"/desk/designs/{number}/refusal", data={"reason": "图案已经有人用过了，请换一个"}
    )

    assert (short.status_code, answer.status_code) == (422, 303)
    assert "图案已经有人用过了，请换一个" in client_for(lan).get(f"/me/designs/{number}").text
    assert approve(client_for(ann), app, number).status_code == 409


def test_what_was_changed_since_it_was_looked_at_is_not_approved(app, client_for, lane, lan, ann):
    number = proposed(client_for(lan), lane)
    seen = row(app, Design, number).proposed_at.isoformat()
    client_for(lan).post(f"/me/designs/{number}", data=told(lane, text="另一句话"))

    answer = client_for(ann).post(f"/desk/designs/{number}/approval", data={"seen": seen})

    assert answer.status_code == 409
    assert not rows(app, Badge)
    assert row(app, Design, number).text == "另一句话"


def test_a_withdrawn_design_is_not_decided_any_more(app, client_for, lane, lan, ann):
    number = proposed(client_for(lan), lane)
    client_for(lan).post(f"/me/designs/{number}/withdrawal")

    assert approve(client_for(ann), app, number).status_code == 409
    assert row(app, Design, number).withdrawn_at is not None


def test_somebody_elses_design_cannot_be_changed_or_withdrawn(app, make, client_for, lane, lan):
    number = proposed(client_for(lan), lane)
    other = client_for(make.person(name="别人"))

    for answer in (
        other.get(f"/me/designs/{number}"),
        other.get(f"/me/designs/{number}/edit"),
        other.post(f"/me/designs/{number}", data=told(lane)),
        other.post(f"/me/designs/{number}/withdrawal"),
        other.get(f"/me/designs/new?like={number}"),
    ):
        assert answer.status_code == 404


def test_a_person_cannot_flood_the_community(client_for, lane, lan):
    client = client_for(lan)
    for number in range(MOST_OPEN):
        proposed(client, lane, name=f"扫雪{number}")

    assert client.post("/me/designs", data=told(lane)).status_code == 409


def test_a_design_sent_twice_is_proposed_once(app, client_for, lane, lan):
    first, second = (proposed(client_for(lan), lane) for _tap in range(2))

    assert first == second and len(rows(app, Design)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "一二三四五六七八九十一二三"},
        {"text": "加油😀"},
        {"text": "五星级志愿者"},
        {"text": "𠮷祥街"},
        {"name": "加油😀"},
        {"sentence": "𠮷祥如意"},
        {"name": ""},
        {"name": "十三个字的徽章名称实在太长了"},
        {"shape": "heart"},
        {"tint": "../../etc"},
        {"emblem": "../secret"},
        {"emblem": "own"},
        {"emblem": "own", "picture": "9999"},
        {"emblem": "own", "picture": "9" * 30},
        {"emblem": "own", "picture": "-1"},
        {"zoom": "1000000"},
        {"credit": "line"},
        {"organisation": "99999"},
    ],
)
def test_what_does_not_fit_comes_back_with_the_error_beside_it(app, client_for, lane, lan, changed):
    answer = client_for(lan).post("/me/designs", data=told(lane, **changed))

    assert answer.status_code == 422
    assert not rows(app, Design)


def test_words_are_text_and_never_markup(client_for, lane, lan):
    client = client_for(lan)
    for words in ({"text": "<b>&\"'"}, {"name": EVIL[:12]}, {"sentence": EVIL}, {"why": EVIL}):
        answer = client.post("/me/designs", data=told(lane, **words))
        shown = client.get(answer.location).text if answer.status_code == 303 else answer.text
        assert "<script>alert" not in shown and "<b>&" not in shown


@pytest.mark.parametrize(("words", "kept"), [("青年路小学三（2）班", True), ("a<b", False)])
def test_a_class_may_write_its_name_as_it_is_called(client_for, lane, lan, words, kept):
    answer = client_for(lan).post("/me/designs", data=told(lane, text=words))

    assert (answer.status_code == 303) is kept


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("words", ["雪", "扫雪先锋", "青年路第一社区三年级二班", "Class 3-2"])
def test_every_sign_stands_by_itself_within_the_ribbon(shape, words):
    drawn = design_svg(Look(shape, "red", "gold", "hands", words), title=EVIL)

    root = ElementTree.fromstring(drawn)
    signs = root.findall(f".//{SVG}text")
    assert [sign.text or "" for sign in signs] == list(words)
    angles = [float(sign.get("transform").split("(")[1].split()[0]) for sign in signs]
    assert angles == sorted(angles) and abs(sum(angles)) < 0.5 and max(angles) < 120
    assert {sign.get("transform").split()[-1] for sign in signs} == {f"{RIBBONS[shape].middle:g})"}
    assert "<script" not in drawn


def test_markup_in_the_words_is_drawn_as_signs():
    drawn = design_svg(Look("circle", "red", "gold", "hands", '<a>&"'), title="")

    signs = ElementTree.fromstring(drawn).findall(f".//{SVG}text")
    assert [sign.text for sign in signs] == list('<a>&"')


@pytest.mark.parametrize("metal", METALS)
def test_a_picture_is_cut_to_the_shape(metal):
    drawn = design_svg(Look("petal", "red", metal, "", "", "/me/p/1", 140), title="x")

    root = ElementTree.fromstring(drawn)
    [image] = root.findall(f".//{SVG}image")
    assert image.get("href") == "/me/p/1"
    assert root.find(f".//{SVG}clipPath") is not None


def with_file(lane, file, name="画.png", **more):
    return {"data": told(lane, emblem="own", **more) | {"file": (file, name)}}


def test_ones_own_drawing_is_written_anew_and_small(app, client_for, lane, lan):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    client = client_for(lan)

    answer = client.post("/me/designs", **with_file(lane, picture("JPEG", exif=exif), "画.jpg"))

    [kept] = rows(app, DesignPicture)
    shown = client.get(f"/me/designs/pictures/{kept.id}")
    assert answer.status_code == 303
    assert Image.open(BytesIO(shown.data)).size == (512, 512)
    assert b"secret place" not in shown.data
    assert "data:image/jpeg;base64," in client.get(f"/designs/{rows(app, Design)[0].id}.svg").text


BAD = {
    "not a picture": b"hello, world " * 100,
    "a pdf": b"%PDF-1.7 ... %%EOF",
    "an svg with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a bomb": bomb(),
    "half a picture": picture().getvalue()[:200],
    "nothing": b"",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
@pytest.mark.parametrize("address", ["/me/designs", "/me/designs/preview"])
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(app, cast, content, address):
    client_for, lane, lan, _ann = cast
    answer = client_for(lan).post(address, **with_file(lane, BytesIO(content), "画.png"))

    assert answer.status_code == (422 if address == "/me/designs" else 200)
    assert said_beside_the_file(answer)
    assert not rows(app, DesignPicture) and not rows(app, Design)


def test_what_is_wrong_with_a_file_is_not_folded_away(cast):
    client_for, lane, lan, _ann = cast
    data = told(lane) | {"file": (BytesIO(b"hello"), "画.png")}

    page = client_for(lan).post("/me/designs", data=data).text

    assert re.findall(r'<details name="emblems" open><summary>(\w+)', page) == ["我自己画的"]


def test_a_file_that_is_too_large_is_refused(in_app):
    large = BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(uploads.MOST_BYTES))

    with pytest.raises(uploads.Unfit, match="12 MB"):
        uploads.take_square(FileStorage(large, "画.png"), 512)


def test_somebody_elses_picture_cannot_be_used_or_seen(app, make, client_for, lane, lan):
    client_for(lan).post("/me/designs", **with_file(lane, picture()))
    [kept] = rows(app, DesignPicture)
    other = client_for(make.person(name="别人"))

    assert other.get(f"/me/designs/pictures/{kept.id}").status_code == 404
    stolen = other.post("/me/designs", data=told(lane, emblem="own", picture=str(kept.id)))
    assert stolen.status_code == 422


def test_pictures_are_limited_to_a_few_a_day(app, client_for, lane, lan):
    client = client_for(lan)
    with app.app_context(), write_transaction():
        for number in range(MOST_PICTURES):
            taken = {"file": f"{number:064}.jpg", "taken_at": clock.now()}
            db.session.add(DesignPicture(person_id=lan.id, **taken))

    with app.app_context():
        before = set(uploads.folder().rglob("*"))

    answer = client.post("/me/designs/preview", **with_file(lane, picture(colour="navy")))

    assert said_beside_the_file(answer)
    assert len(rows(app, DesignPicture)) == MOST_PICTURES
    with app.app_context():
        assert set(uploads.folder().rglob("*")) == before


def test_the_preview_is_a_part_for_htmx_and_a_page_without_script(client_for, lane, lan):
    client = client_for(lan)

    part = client.post(
        "/me/designs/preview", data=told(lane, text="好邻居"), headers={"HX-Request": "true"}
    ).text
    whole = client.post("/me/designs/preview", data=told(lane, text="好邻居")).text

    assert part.count("<svg") == 1 and "<html" not in part and ">邻</text>" in part
    assert "<html" in whole and ">邻</text>" in whole and 'value="扫雪先锋"' in whole


def test_looking_at_a_change_without_script_goes_on_changing_the_same(app, make, cast):
    client_for, lane, lan, _ann = cast
    number = proposed(client_for(lan), lane)
    looked = told(lane, text="好邻居", design=str(number))

    edit = client_for(lan).get(f"/me/designs/{number}/edit").text
    page = client_for(lan).post("/me/designs/preview", data=looked).text
    other = client_for(make.person(name="别人")).post("/me/designs/preview", data=looked)

    assert f'method="post" action="/me/designs/{number}"' in page
    assert f'name="design" value="{number}"' in edit
    assert other.status_code == 404


def test_a_preview_of_nonsense_still_draws_something(client_for, lan):
    answer = client_for(lan).post(
        "/me/designs/preview", data={"shape": "x", "zoom": "y", "text": "<" * 50}
    )

    assert answer.status_code == 200 and "<svg" in answer.text


def test_pictures_of_designs_are_for_their_makers_until_they_are_approved(
    app, cast, visitor_client
):
    client_for, lane, lan, ann = cast
    number = proposed(client_for(lan), lane)
    address = f"/designs/{number}.svg"
    before = visitor_client.get(address).status_code
    own, approver = client_for(lan).get(address), client_for(ann).get(address)
    approve(client_for(ann), app, number)
    after = app.test_client().get(address)

    assert (before, own.status_code, approver.status_code, after.status_code) == (
        404,
        200,
        200,
        200,
    )
    assert own.headers["Cache-Control"].startswith("private")
    assert "public" in after.headers["Cache-Control"]
    for answer in (own, after):
        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def named(app, client_for, badge_address, person):
    return client_for(person).get(badge_address).text


@pytest.mark.parametrize(
    "case",
    [
        ("name", True, None, "孙小兰"),
        ("name", False, None, "孙*兰"),
        ("masked", True, None, "孙*兰"),
        ("name", True, "2015-03-08", "孙*兰"),
        ("line", False, None, "三年级二班"),
    ],
)
def test_the_designer_is_named_as_they_agree(app, make, cast, case):
    credit, consents, born, shown = case
    client_for, lane, _lan, ann = cast
    birth = {"birth_date": date.fromisoformat(born)} if born else {}
    lan = make.person(name="孙小兰", community_id=lane.id, **birth)
    if consents:
        make.consent(lan)
    number = proposed(client_for(lan), lane, credit=credit, designed_by="三年级二班")
    address = approved(client_for(ann), app, number)

    assert f"设计：{shown}" in client_for(ann).get(address).text


def test_taking_the_consent_back_masks_the_designer_at_once(app, cast, make):
    client_for, lane, lan, ann = cast
    make.consent(lan)
    number = proposed(client_for(lan), lane, credit="name")
    address = approved(client_for(ann), app, number)
    before = client_for(ann).get(address).text
    with app.app_context(), write_transaction():
        db.session.execute(sa.update(Consent).values(withdrawn_at=NOW))

    assert "设计：孙小兰" in before
    assert "设计：孙*兰" in client_for(ann).get(address).text


def test_who_deletes_their_data_leaves_no_open_design_and_no_name(app, client_for, lane, lan, ann):
    kept, gone = (proposed(client_for(lan), lane, name=name) for name in ("扫雪", "铲冰"))
    address = approved(client_for(ann), app, kept)
    with app.app_context(), write_transaction():
        services.forget_person(lan.id, NOW.replace(year=2027))

    assert row(app, Design, gone).withdrawn_at is not None
    assert row(app, Design, kept).why == ""
    assert client_for(ann).get(address).status_code == 200


def refused_with_a_picture(client, by, lane):
    sent = client.post("/me/designs", **with_file(lane, picture()))
    number = int(sent.location.rsplit("/", 1)[1])
    by.post(f"/desk/designs/{number}/refusal", data={"reason": "请换一张没有人脸的照片"})
    return number


def files(app):
    with app.app_context():
        return list(uploads.folder().glob("??/*.jpg"))


def test_a_picture_is_forgotten_a_month_after_its_design_was_refused(app, cast):
    client_for, lane, lan, ann = cast
    number = refused_with_a_picture(client_for(lan), client_for(ann), lane)
    told_until_when = "这张图保留到" in client_for(lan).get(f"/me/designs/{number}").text

    with app.app_context():
        upload_sweep.forget(clock.now() + timedelta(days=29))
        before = len(files(app))
        upload_sweep.forget(clock.now() + timedelta(days=31))

    assert told_until_when and before == 1
    assert not files(app) and not rows(app, DesignPicture)
    assert client_for(lan).get(f"/designs/{number}.svg").status_code == 200
    assert "这张图保留到" not in client_for(lan).get(f"/me/designs/{number}").text


def test_a_refused_picture_proposed_again_or_approved_stays(app, cast):
    client_for, lane, lan, ann = cast
    number = refused_with_a_picture(client_for(lan), client_for(ann), lane)
    [kept] = rows(app, DesignPicture)
    begun = client_for(lan).get(f"/me/designs/new?like={number}").text
    again = proposed(client_for(lan), lane, emblem="own", picture=str(kept.id))
    approve(client_for(ann), app, again)

    with app.app_context():
        upload_sweep.forget(clock.now() + timedelta(days=400))

    assert f'name="picture" value="{kept.id}"' in begun
    assert len(files(app)) == 1
    assert "data:image/jpeg" in client_for(lan).get(f"/designs/{again}.svg").text


def test_a_picture_that_was_only_tried_is_forgotten_after_a_day(app, client_for, lane, lan):
    client_for(lan).post("/me/designs/preview", **with_file(lane, picture()))

    with app.app_context():
        upload_sweep.forget(clock.now() + timedelta(days=2))

    assert not files(app) and not rows(app, DesignPicture)
