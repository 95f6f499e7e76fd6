"""The pages of entering late: asking with a photo, deciding with the evidence, the shares."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.attendance.late import CLOSES, MINUTE, MONDAY, REASON, Scene, actor
from tests.attendance.scene import desk
from tests.factories import FRIDAY_18
from tests.hours.ledger import credit, facts
from volunteer_site.attendance.late import queries, services
from volunteer_site.attendance.late.models import LateEntry
from volunteer_site.core import uploads
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries as hours
from volunteer_site.hours import services as ledger
from volunteer_site.hours.held.models import HeldHours
from volunteer_site.hours.models import HourEntry

MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def scene(app, make, time_machine):
    found = Scene(make)
    with app.app_context():
        found.close()
    time_machine.move_to(MONDAY, tick=False)
    return found


@pytest.fixture
def asked(app, scene):
    """A late entry of 孙小兰 that 王红 asked for."""
    with app.app_context():
        return scene.ask()


@pytest.fixture
def full_day(app, scene):
    """Ten hours of 孙小兰, two of which wait."""
    starts = FRIDAY_18 - timedelta(hours=12)
    about = facts(scene.activity.id + 1000, starts_at=starts, ends_at=starts + timedelta(hours=10))
    one = credit(scene.person, scene.community, 900, minutes=600, started_at=starts,
                 recorded_by_id=scene.ann.id)  # fmt: skip
    with app.app_context(), write_transaction():
        ledger.post(about, [one], now=CLOSES)


def photo(size=(1200, 900)):
    written = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (37.0, 52.0, 0.0)}
    Image.new("RGB", size, "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


def form(scene, content=None, **given):
    [shift] = scene.make.shifts_of(scene.activity)
    content = photo() if content is None else content
    usual = {"person": scene.person.id, "q": "孙小兰", "shift_id": shift.id, "reason": REASON,
             "came": "18:00", "left": "18:45",
             "evidence": (BytesIO(content), "x.jpg")}  # fmt: skip
    return usual | given


def lates(app):
    with app.app_context():
        found = list(db.session.scalars(sa.select(LateEntry).order_by(LateEntry.id)))
        db.session.expunge_all()
    return found


def test_a_coordinator_finds_somebody_and_asks_with_a_photo(app, scene, client_for):
    here = desk(scene.activity, "/late-entries")
    with app.app_context():
        people = db.metadata.tables["people"]
        db.session.execute(sa.update(people).values(community_id=scene.community.id))
        db.session.commit()
    client = client_for(scene.ann)

    found = client.get(f"{here}/new?q=孙小兰").text
    assert f"person={scene.person.id}" in found
    assert "孙小兰" in client.get(f"{here}/new?q=孙小兰&person={scene.person.id}").text
    answer = client.post(here, data=form(scene))

    assert (answer.status_code, answer.location) == (303, here)
    [late] = lates(app)
    assert late.came_at == FRIDAY_18 and late.left_at == FRIDAY_18 + 45 * MINUTE
    shown = client.get(f"/desk/late-entries/{late.id}/evidence")
    assert shown.mimetype == "image/jpeg"
    assert b"Exif" not in shown.data
    assert [one[:7] for one in shown.headers.getlist("Content-Security-Policy")] == ["sandbox"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    page = client.get(here).text
    assert REASON in page and "等待第二人审批" in page


def test_who_had_a_place_and_was_not_ticked_is_offered_without_a_search(scene, make, client_for):
    make.signup(scene.activity, scene.person)
    here = desk(scene.activity, "/late-entries")

    page = client_for(scene.ann).get(f"{here}/new").text

    assert f'{here}/new?person={scene.person.id}"' in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"left": "19:01"}, "18:00–19:00"),
        ({"reason": "忘"}, "至少"),
        ({"reason": ""}, "请填写"),
        ({"came": ""}, "请填写"),
        ({"evidence": (b"", "")}, "请选择"),
        ({"evidence": "words instead of a file"}, "请选择"),
        ({"evidence": (b"<svg/>", "x.jpg")}, "PDF"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_stays(scene, client_for, given, said):
    scene.make.signup(scene.activity, scene.person)
    sent = {
        name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        for name, value in given.items()
    }

    answer = client_for(scene.ann).post(
        desk(scene.activity, "/late-entries"), data=form(scene, **sent)
    )

    assert answer.status_code == 422
    assert said in answer.text and "孙小兰" in answer.text
    assert 'value="18:00"' in answer.text or "came" in given
    here = desk(scene.activity, "/late-entries")
    assert "没有补录" in client_for(scene.ann).get(here).text


def test_a_phones_photo_is_taken_here_and_nowhere_else(app, scene, make, client_for):
    make.signup(scene.activity, scene.person)
    client = client_for(scene.ann)
    large = photo() + b"\0" * 8 * 1024 * 1024

    boundary, body = encode_multipart(
        form(scene) | {"evidence": FileStorage(BytesIO(large), "evidence.jpg")}
    )

    answer = client.post(desk(scene.activity, "/late-entries"), data=body,
                         content_type=f"multipart/form-data; boundary={boundary}")  # fmt: skip
    assert answer.status_code == 303
    answer = client.post("/desk/activities", data=large, content_type=MULTIPART)
    assert answer.status_code == 413
    length = {"CONTENT_LENGTH": str(uploads.MOST_REQUEST + 1)}
    endless = client.post(desk(scene.activity, "/late-entries"), content_type=MULTIPART,
                          environ_overrides=length)  # fmt: skip
    assert endless.status_code == 413
    assert "12 MB" in endless.text


def test_before_the_end_of_the_day_the_page_leads_to_the_door(app, make, client_for, time_machine):
    scene = Scene(make)
    time_machine.move_to(FRIDAY_18 + 70 * MINUTE, tick=False)
    client = client_for(scene.ann)

    assert (
        desk(scene.activity, "/door") in client.get(desk(scene.activity, "/late-entries/new")).text
    )
    make.signup(scene.activity, scene.person)
    answer = client.post(desk(scene.activity, "/late-entries"), data=form(scene))
    assert answer.status_code == 409
    assert lates(app) == []


def test_a_second_coordinator_grants_with_one_tap(app, scene, asked, client_for):
    client = client_for(scene.bob)
    page = client.get("/desk/approvals").text
    assert REASON in page and f"/desk/late-entries/{asked}/evidence" in page

    answer = client.post(f"/desk/late-entries/{asked}/decision", data={"decision": "granted"})

    assert (answer.status_code, answer.location) == (303, "/desk/approvals")
    with app.app_context():
        assert hours.total_minutes(scene.person.id) == 60
    assert "没有待审批" in client.get("/desk/approvals").text


def test_who_asked_sees_why_they_cannot_decide(scene, asked, client_for):
    page = client_for(scene.ann).get("/desk/approvals").text

    assert "由您提出" in page
    assert 'value="granted"' not in page
    answer = client_for(scene.ann).post(
        f"/desk/late-entries/{asked}/decision", data={"decision": "granted"}
    )
    assert answer.status_code == 409


def test_a_refusal_without_a_reason_is_asked_for_beside_the_field(app, scene, asked, client_for):
    address = f"/desk/late-entries/{asked}/decision"
    client = client_for(scene.officer)

    answer = client.post(address, data={"decision": "refused", "answer": "否", "at": "office"})
    assert answer.status_code == 422
    assert f'id="error-late-{asked}"' in answer.text and 'value="否"' in answer.text
    assert 'aria-invalid="true" autofocus' in answer.text
    words = {"decision": "refused", "answer": "照片上没有她", "at": "office"}
    answer = client.post(address, data=words)

    assert answer.location == "/office/approvals"
    assert "照片上没有她" in client.get("/office/approvals").text
    assert "照片上没有她" in client_for(scene.ann).get(desk(scene.activity, "/late-entries")).text


def test_a_full_day_is_granted_by_a_second_person(app, scene, full_day, client_for):
    client = client_for(scene.bob)
    assert "120分钟" in client.get("/desk/approvals").text
    with app.app_context():
        number = db.session.scalar(sa.select(HeldHours.id))

    answer = client.post(f"/desk/held-hours/{number}/decision", data={"decision": "granted"})

    assert answer.status_code == 303
    with app.app_context():
        assert hours.total_minutes(scene.person.id) == 600
    answer = client_for(scene.ann).post(
        f"/desk/held-hours/{number}/decision", data={"decision": "refused", "answer": "不同意的"}
    )
    assert answer.status_code == 409


def test_what_is_no_decision_is_not_understood(scene, asked, client_for):
    for answer in ({}, {"decision": "perhaps"}):
        address = f"/desk/late-entries/{asked}/decision"
        assert client_for(scene.bob).post(address, data=answer).status_code == 400


def test_who_asked_takes_it_back(app, scene, asked, client_for):
    answer = client_for(scene.ann).post(f"/desk/late-entries/{asked}/withdrawal")

    assert answer.status_code == 303
    assert lates(app)[0].withdrawn_at is not None


def test_the_share_of_late_entries_is_there_for_everybody_in_the_district(
    app, scene, asked, make, client_for
):
    with app.app_context():
        about = facts(77)
        with write_transaction():
            ledger.post(about, [credit(make_id, scene.community, 70 + make_id)
                                for make_id in (601, 602, 603)], now=CLOSES)  # fmt: skip
        line = queries.through(["/"], asked)
        bob = actor(scene.bob)
        scene.fresh()
        with write_transaction():
            services.decide(line, services.Answer("granted"), bob, now=MONDAY)
    other = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    stranger = make.person(community_id=make.community(name="晋祠社区", parent_id=other.id).id)
    neighbour = make.person(community_id=scene.community.id)

    page = client_for(neighbour).get("/late-shares/2026-11").text
    assert "柳巷社区" in page and "25.0 %" in page
    assert "晋祠社区" not in page
    assert "柳巷社区" not in client_for(stranger).get("/late-shares/2026-11").text
    assert client_for(stranger).get("/late-shares/2027-01").status_code == 404


def test_a_late_entry_is_marked_for_ever(app, scene, asked):
    with app.app_context():
        scene.decide(asked, "granted")
        [entry] = db.session.scalars(sa.select(HourEntry))
        with write_transaction():
            ledger.correct(entry.id, 30, "提前离开了", by_id=scene.bob.id, now=MONDAY)
        assert {one.proof for one in db.session.scalars(sa.select(HourEntry))} == {"late"}


def test_the_person_sees_what_waits_for_them_and_why_it_was_refused(
    app, scene, asked, full_day, client_for
):
    client = client_for(scene.person)
    page = client.get("/me/hours").text
    assert "补录申请中" in page and "单日超限，待审批" in page

    with app.app_context():
        scene.decide(asked, "refused", words="照片上没有她")

    page = client.get("/me/hours").text
    assert "补录申请中" not in page and "照片上没有她" in page


def test_closing_says_for_whom_a_part_waits(make, client_for, time_machine):
    ends = FRIDAY_18 + timedelta(hours=10)
    scene = Scene(make, ends_at=ends)
    make.attendance(make.signup(scene.activity, scene.person))
    time_machine.move_to(ends + 10 * MINUTE, tick=False)
    client = client_for(scene.ann)

    client.post(desk(scene.activity, "/closing"))

    assert "有1人当天超过上限" in client.get(desk(scene.activity, "/closing")).text
