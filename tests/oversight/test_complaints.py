"""Anybody may report an untrue record without being seen, and follow it with a code (R28)."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.oversight.scene import LONG_AFTER, MONDAY
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.oversight.complaints import codes, queries
from volunteer_site.oversight.complaints.models import Complaint, ComplaintNote, ComplaintParty
from volunteer_site.people.copies import everything_about

UNTRUE = "那天下雨，院子里一个人也没有。"


def text(answer):
    return answer.get_data(as_text=True)


class Desk:
    """Somebody who complains about the scene's activity, and the office."""

    def __init__(self, scene, client):
        self.scene, self.client = scene, client
        self.officer = scene.client(scene.officer)

    def complain(self, **form):
        usual = {"ref": f"activity:{self.scene.activity.id}", "about": "activity",
                 "words": UNTRUE, "contact": "", "website": ""}  # fmt: skip
        return self.client.post("/complaints", data=usual | form)

    def followed(self, **form):
        """Complain; return the address with the code."""
        answer = self.complain(**form)
        assert answer.status_code == 303, text(answer)
        return answer.location

    def row(self, number=1):
        with self.scene.app.app_context():
            return db.session.get(Complaint, number)

    def close(self, client=None, **form):
        usual = {"outcome": "proven", "words": "经核实，三条记录不实，已更正。"}
        return (client or self.officer).post("/office/complaints/1/outcome", data=usual | form)


@pytest.fixture
def desk(scene, visitor_client):
    return Desk(scene, visitor_client)


def test_the_pages_of_activity_community_and_roll_lead_to_a_filled_in_form(scene, desk):
    links = {
        f"/activities/{scene.activity.id}": f"/complaints/new?activity={scene.activity.id}",
        "/communities/liuxiang": f"/complaints/new?community={scene.community.id}",
    }
    for page, link in links.items():
        assert f'href="{link}"' in text(desk.client.get(page))
        assert "柳巷社区" in text(desk.client.get(link))


def test_a_roll_leads_to_the_form_too(scene, desk):
    roll = scene.make.honor_roll(scene.community, scene.mei)
    link = f"/complaints/new?roll={roll.id}"

    assert f'href="{link}"' in text(desk.client.get("/honor-rolls/2026-11/liuxiang"))
    assert "2026年11月" in text(desk.client.get(link))


def test_a_complaint_gives_a_number_and_a_code_to_follow_it(desk):
    address = desk.followed()

    answer = desk.client.get(address)
    html = text(answer)
    assert "J2026-00001" in html and UNTRUE in html and "核实" in html
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", html)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_code_works_however_it_is_typed_and_nobody_guesses_it(desk):
    code = desk.followed().rsplit("/", 1)[1]

    typed = desk.client.get(f"/complaints?code=%20{codes.grouped(code).lower()}%20")
    assert typed.status_code == 303 and typed.location == f"/complaints/{code}"
    assert desk.client.get("/complaints/ACDEFGHJKLMNPQRT").status_code == 404
    assert desk.client.get("/complaints?code=").status_code == 422


def test_only_a_digest_of_the_code_and_nothing_about_the_complainant_is_kept(scene, desk):
    member = scene.client(scene.make.person(name="李雷"))
    desk.client = member
    code = desk.followed().rsplit("/", 1)[1]

    with scene.app.app_context():
        tables = [db.metadata.tables[n] for n in ("complaints", "complaint_notes", "audit_events")]
        kept = repr([db.session.execute(sa.select(table)).all() for table in tables])
        audit = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        by = db.session.scalars(sa.select(ComplaintNote.by_id)).all()
    assert code not in kept and codes.grouped(code) not in kept and "127.0.0.1" not in kept
    assert (audit.kind, audit.actor_id, audit.address) == ("complaint.create", None, "")
    assert list(by) == [None]


@pytest.mark.parametrize(
    "form",
    [{"words": ""}, {"words": "长" * 1001}, {"ref": "", "about_words": ""}, {"about": "x"},
     {"contact": "长" * 101}, {"website": "http://example.org"}],
)  # fmt: skip
def test_what_is_missing_or_a_robot_filled_in_is_refused_and_nothing_kept(desk, form):
    answer = desk.complain(**form)

    assert answer.status_code == 422
    assert desk.row() is None
    if "words" not in form:
        assert UNTRUE in text(answer)


def test_one_network_cannot_flood_the_office(desk, travelled):
    for _ in range(5):
        desk.followed()

    refused = desk.complain()
    assert refused.status_code == 429 and "小时" in text(refused)
    travelled.move_to(MONDAY + timedelta(minutes=61))
    assert desk.complain().status_code == 303


def test_the_complainant_adds_words_and_reads_only_what_is_meant_for_them(desk):
    address = desk.followed()
    desk.client.post(f"{address}/notes", data={"words": "我还有照片"})
    for words, told in (("内部：先查签到设备", "no"), ("我们正在核实签到表", "yes")):
        desk.officer.post("/office/complaints/1/notes", data={"words": words, "told": told})

    html = text(desk.client.get(address))
    assert "我还有照片" in html and "我们正在核实签到表" in html
    assert "内部" not in html and "陈佩" not in html
    assert "我还有照片" in text(desk.officer.get("/office/complaints/1"))


def test_an_entry_is_named_by_number_and_nothing_of_it_is_told(scene, desk):
    form = {"ref": "", "about": "entry", "about_words": str(scene.entry)}

    address = desk.followed(**form)

    html = text(desk.client.get(address))
    assert "王小梅" not in html and "柳巷" not in html
    assert desk.row().entry_id == scene.entry
    case = text(desk.officer.get("/office/complaints/1"))
    assert "柳巷社区" in case and "现场扫码" in case


def test_words_that_name_nothing_known_still_reach_the_office(desk):
    desk.followed(ref="", about="certificate", about_words="证明 SX-1")

    assert "证明 SX-1" in text(desk.officer.get("/office/complaints"))


def test_the_accused_and_strangers_never_see_it(scene, desk):
    make = scene.make
    desk.followed(ref="", about="entry", about_words=str(scene.entry))
    district = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    for person in (scene.coordinator, scene.mei, make.coordinator(make.community()),
                   make.liaison(), make.person()):  # fmt: skip
        client = scene.client(person)
        assert client.get("/office/complaints/1").status_code == 403
        assert client.get("/office/complaints").status_code == 403
    stranger = scene.client(make.officer(district, name="吴起"))
    assert stranger.get("/office/complaints/1").status_code == 404
    assert "J2026" not in text(stranger.get("/office/complaints"))


def test_an_officer_who_is_concerned_cannot_open_it(app, scene, desk):
    make = scene.make
    accused = make.officer(name="吴起")
    with app.app_context():
        db.session.execute(
            sa.text("UPDATE activities SET closed_by_id = :by WHERE id = :id"),
            {"by": accused.id, "id": scene.activity.id},
        )
        db.session.commit()
    desk.followed()

    client = scene.client(accused)
    assert client.get("/office/complaints/1").status_code == 404
    assert "J2026" not in text(client.get("/office/complaints"))
    assert desk.close(client).status_code == 404
    assert client.get("/office/findings/new?activity=1&complaint=1").status_code == 404
    assert desk.officer.get("/office/complaints/1").status_code == 200
    with app.app_context():
        assert queries.at(("/",), accused.id) == []
        assert len(queries.at(("/",), scene.officer.id)) == 1
        assert queries.unseen() == 0


def test_who_marked_people_at_the_door_is_concerned_and_the_copy_of_their_data_does_not_tell(
    scene, desk
):
    helper = scene.make.officer(name="吴起")
    scene.make.attendance(scene.signup, "out", recorded_by_id=helper.id)
    desk.followed()

    assert scene.client(helper).get("/office/complaints/1").status_code == 404
    with scene.app.app_context():
        parties = set(db.session.scalars(sa.select(ComplaintParty.accused_id)))
        told = repr(everything_about(helper.id)) + repr(everything_about(scene.coordinator.id))
    assert {helper.id, scene.coordinator.id} <= parties
    assert "complaint" not in told and UNTRUE not in told


def test_what_every_officer_is_concerned_in_is_counted_by_the_job(app, scene, desk):
    scene.make.role(scene.officer, scene.community, "coordinator")
    desk.followed()

    with app.app_context():
        assert queries.unseen() == 1
    said = app.test_cli_runner().invoke(args=["complaints", "forget"])
    assert "1 open complaints concern every officer" in said.output


def test_the_community_is_asked_without_a_word_about_a_complaint(scene, desk):
    desk.followed()
    desk.officer.post("/office/complaints/1/questions", data={"words": "请附签到表照片"})
    coordinator = scene.client(scene.coordinator)

    for page in ("/desk/questions", "/desk/questions/1"):
        html = text(coordinator.get(page))
        assert "清理楼道" in html
        assert "举报" not in html.split("<main")[1].split("</main")[0]
        assert UNTRUE not in html and "J2026" not in html
    assert coordinator.post("/desk/questions/1/reply", data={"words": ""}).status_code == 422
    coordinator.post("/desk/questions/1/reply", data={"words": "当天改在活动室进行。"})
    assert "当天改在活动室进行" in text(desk.officer.get("/office/complaints/1"))
    again = coordinator.post("/desk/questions/1/reply", data={"words": "再说一遍"})
    assert again.status_code == 409


def test_only_the_community_itself_finds_the_question(scene, desk):
    desk.followed()
    desk.officer.post("/office/complaints/1/questions", data={"words": ""})
    neighbour = scene.client(scene.make.coordinator(scene.make.community()))

    assert neighbour.get("/desk/questions/1").status_code == 404
    answer = neighbour.post("/desk/questions/1/reply", data={"words": "别人"})
    assert answer.status_code == 404
    assert "清理楼道" not in text(neighbour.get("/desk/questions"))


def test_the_outcome_is_told_in_words_that_name_nobody(desk):
    address = desk.followed()

    refused = desk.close(words="郑红补录了三条假记录。")
    assert refused.status_code == 422 and "郑红" in text(refused)
    assert desk.close().status_code == 303
    html = text(desk.client.get(address))
    assert "经核实，三条记录不实，已更正。" in html and "属实" in html
    assert desk.close().status_code == 409


def test_contacts_are_erased_long_after_the_case_ended_and_not_before(app, desk, travelled):
    desk.followed(contact="13800138000")
    desk.close()
    run = app.test_cli_runner().invoke

    assert "0 contacts erased" in run(args=["complaints", "forget"]).output
    assert desk.row().contact == "13800138000"
    assert "13800138000" in text(desk.officer.get("/office/complaints/1"))
    travelled.move_to(MONDAY + timedelta(days=181))
    assert "1 contacts erased" in run(args=["complaints", "forget"]).output
    assert desk.row().contact == "" and desk.row().address_digest is None
    assert "0 contacts erased" in run(args=["complaints", "forget"]).output


def test_contacts_of_open_cases_stay(app, desk, travelled):
    desk.followed(contact="13800138000")
    travelled.move_to(LONG_AFTER + timedelta(days=365))

    app.test_cli_runner().invoke(args=["complaints", "forget"])

    assert desk.row().contact == "13800138000"
