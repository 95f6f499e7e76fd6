"""Badges given by hand: with a citation, to one or many, never to oneself (R22), and taken back."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.client import HTMX, logged_in
from tests.factories import NOW
from tests.recognition.badges import serve
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours.models import ServiceRecord
from volunteer_site.people import services as people
from volunteer_site.recognition.badges.models import Award
from volunteer_site.recognition.badges.pins import catalogue
from volunteer_site.recognition.badges.services import award_after

pytestmark = pytest.mark.time_machine(NOW, tick=False)
SAID = "大雪天清晨五点到社区，扫出三条路。"
TYPED = {
    "how": "hand",
    "measure": "entries",
    "many": 4,
    "category": "",
    "over_period": "ever",
    "name_zh": "扫雪人",
    "sentence_zh": "雪里有您的脚印。",
    "emblem": "broom",
    "shape": "circle",
    "tint": "sky",
}


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def coordinator(make, community):
    return make.coordinator(community, name="郑红", community_id=community.id)


@pytest.fixture
def desk(coordinator, client_for):
    return client_for(coordinator)


@pytest.fixture
def here(app, desk, community):
    """The address of a badge given by hand."""
    desk.post("/desk/badges", data=TYPED | {"place_id": community.id})
    with app.app_context():
        [number] = [pin.id for pin in catalogue().values() if pin.name_zh == "扫雪人"]
    return f"/desk/badges/{number}"


@pytest.fixture
def neighbours(make, community):
    return [make.person(name=name, community_id=community.id) for name in ("王小梅", "李雷")]


def text(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def give(desk, here, *people, citation=SAID):
    ids = [one.id for one in people]
    return desk.post(f"{here}/awards", data={"people": ids, "citation": citation})


def awards(app):
    with app.app_context():
        return db.session.execute(
            sa.select(Award.id, Award.person_id, Award.citation, Award.withdrawn_at)
        ).all()


def test_a_badge_is_given_to_several_with_a_citation_they_read_on_their_wall(
    app, desk, here, neighbours, client_for
):
    answer = give(desk, here, *neighbours)

    assert (answer.status_code, answer.location) == (303, here)
    assert [row.person_id for row in awards(app)] == [one.id for one in neighbours]
    for one in neighbours:
        client = client_for(one)
        page = text(client.get("/me/badges"))
        assert "扫雪人" in page and SAID in page and "柳巷社区" in page
        [award] = [row.id for row in awards(app) if row.person_id == one.id]
        assert SAID in text(client.get(f"/me/badges/{award}"))
    assert SAID in text(desk.get(here))
    with app.app_context():
        kinds = db.session.scalars(sa.select(AuditEvent.kind)).all()
    assert kinds.count("award.give") == 2


def test_others_read_neither_name_nor_citation(make, desk, here, neighbours, client_for):
    give(desk, here, *neighbours)
    page = text(client_for(make.person(name="周文")).get("/badges/saoxueren"))

    assert "已有 2 人得到" in page
    assert SAID not in page and "王小梅" not in page


def test_nobody_gives_a_badge_to_themselves(app, desk, here, coordinator, neighbours):
    page = text(give(desk, here, coordinator, neighbours[0]), 409)

    assert "不能授予自己" in page and SAID in page and "王小梅" in page
    assert awards(app) == []
    offered = text(desk.get(f"{here}/awards/new?q=郑红")).split('id="candidates"')[1]
    assert coordinator.name not in offered.split("</form>")[0]


def test_the_database_refuses_it_too(app, desk, here, coordinator):
    row = {"badge_id": int(here.split("/")[-1]), "person_id": coordinator.id, "citation": "我",
           "earned_on": NOW.date(), "awarded_at": NOW, "given_by_id": coordinator.id}  # fmt: skip
    with app.app_context(), pytest.raises(IntegrityError), write_transaction():
        db.session.execute(sa.insert(Award).values(**row))


def test_without_people_or_words_the_form_comes_back_filled_in(app, desk, here, neighbours):
    page = text(give(desk, here), 422)
    assert "请至少选择一个人" in page and SAID in page

    page = text(give(desk, here, neighbours[0], citation=" "), 422)
    assert "王小梅" in page and "checked" in page
    assert awards(app) == []


def test_somebody_who_has_it_is_passed_over(app, desk, here, neighbours):
    give(desk, here, neighbours[0])
    give(desk, here, *neighbours, citation="再说一次")

    assert [(row.person_id, row.citation) for row in awards(app)] == [
        (neighbours[0].id, SAID),
        (neighbours[1].id, "再说一次"),
    ]
    assert "都已有这枚徽章" in text(give(desk, here, *neighbours), 409)


def test_people_of_other_communities_are_not_found(app, make, desk, here):
    stranger = make.person(name="韩梅梅", community_id=make.community().id)

    assert give(desk, here, stranger).status_code == 404
    assert "韩梅梅" not in text(desk.get(f"{here}/awards/new?q=韩"))
    assert awards(app) == []


def test_whoever_has_served_here_is_found(app, make, desk, here, community):
    helper = make.person(name="赵云", community_id=make.community().id)
    with app.app_context():
        serve(helper, community, -1)

    assert "赵云" in text(desk.get(f"{here}/awards/new"))
    assert give(desk, here, helper).status_code == 303


def test_who_was_chosen_stays_chosen_while_one_looks_for_others(desk, here, neighbours):
    asked = {"people": neighbours[0].id, "q": "李雷", "citation": SAID}
    part = text(desk.post(f"{here}/candidates", data=asked, headers=HTMX))
    page = text(desk.post(f"{here}/candidates", data=asked))

    assert part.lstrip().startswith('<div id="candidates"')
    for found in (part, page):
        assert f'value="{neighbours[0].id}" checked' in found and "李雷" in found
    assert SAID in page


@pytest.fixture
def occasion(app, community, coordinator, neighbours):
    """Snow was cleared by the coordinator and the first neighbour, not by the second."""
    with app.app_context():
        for one in (coordinator, neighbours[0]):
            serve(one, community, -1, source_id=7, title="清扫积雪")
        serve(neighbours[1], community, -2)
        return db.session.scalar(sa.select(ServiceRecord.id).filter_by(source_id=7))


def test_all_who_came_to_an_activity_are_chosen_with_one_tap(
    desk, here, occasion, coordinator, neighbours
):
    def look(**asked):
        asked = {"occasion": occasion} | asked
        return text(desk.post(f"{here}/candidates", data=asked, headers=HTMX))

    assert "清扫积雪" in text(desk.get(f"{here}/awards/new"))
    assert "王小梅" in look() and "李雷" not in look()
    chosen = look(people=neighbours[1].id, all="1")
    assert chosen.count("checked") == 2 and coordinator.name not in chosen


def test_a_badge_with_a_rule_is_not_given_by_hand(app, desk, here, community, neighbours):
    rule = TYPED | {"how": "rule", "measure": "weeks", "many": 2, "over_period": "ever"}
    desk.post("/desk/badges", data=rule | {"name_zh": "两周", "place_id": community.id})
    with app.app_context():
        [number] = [pin.id for pin in catalogue().values() if pin.name_zh == "两周"]

    assert "不能由人授予" in text(give(desk, f"/desk/badges/{number}", neighbours[0]), 409)


def test_taken_back_it_says_why_on_the_wall(app, desk, here, neighbours, client_for):
    give(desk, here, neighbours[0])
    [row] = awards(app)
    asked = f"{here}/awards/{row.id}/withdrawal"

    assert "王小梅" in text(desk.get(f"{asked}/new"))
    assert "收回的原因" in text(desk.post(asked, data={"reason": " "}), 422)
    assert desk.post(asked, data={"reason": "认错了人"}).status_code == 303
    client = client_for(neighbours[0])
    wall, award = text(client.get("/me/badges")), text(client.get(f"/me/badges/{row.id}"))
    assert "认错了人" in wall and "时长有更正" not in wall
    assert "这枚徽章已收回" in award and "由这些服务得来" not in award
    assert "0 人" in text(desk.get(here)) or "认错了人" in text(desk.get(here))
    assert give(desk, here, neighbours[0]).status_code == 303  # and may be given again


def test_only_who_manages_the_badge_takes_it_back(app, make, desk, here, neighbours):
    give(desk, here, neighbours[0])
    [row] = awards(app)
    stranger = logged_in(app, make.coordinator(make.community(), name="韩梅梅"))

    answer = stranger.post(f"{here}/awards/{row.id}/withdrawal", data={"reason": "不给"})
    assert answer.status_code == 404
    assert awards(app)[0].withdrawn_at is None


def test_posting_hours_leaves_what_was_given_by_hand(app, desk, here, community, neighbours):
    give(desk, here, neighbours[0])
    with app.app_context():
        serve(neighbours[0], community, 0)
        with write_transaction():
            award_after([neighbours[0].id], NOW)

    assert [row.withdrawn_at for row in awards(app)] == [None]


def test_deleting_ones_data_deletes_what_was_said(app, desk, here, neighbours):
    give(desk, here, neighbours[0])
    with app.app_context(), write_transaction():
        people.erase(neighbours[0].id, now=NOW)

    assert [row.citation for row in awards(app)] == [""]


def test_a_badge_given_by_hand_everywhere_is_any_coordinators_to_give(
    app, make, desk, neighbours, client_for
):
    here = f"/desk/badges/{make.badge().id}"
    give(desk, here, neighbours[0])
    [row] = awards(app)
    colleague = client_for(make.coordinator(make.community(name="桃园社区"), name="韩梅梅"))

    assert "王小梅" in text(desk.get(here)) and f"{here}/edit" not in text(desk.get(here))
    assert desk.post(f"{here}/retirement").status_code == 404
    assert "王小梅" not in text(colleague.get(here))
    taking = {"reason": "不给"}
    assert colleague.post(f"{here}/awards/{row.id}/withdrawal", data=taking).status_code == 404
    assert give(colleague, here, neighbours[1]).status_code == 404


def test_an_award_of_long_ago_is_found_by_page_and_by_name(make, desk, here, community):
    old = make.person(name="欧阳雪", community_id=community.id)
    others = [make.person(name=f"王小{n}", community_id=community.id) for n in range(50)]
    give(desk, here, old)
    give(desk, here, *others)

    first, second = (text(desk.get(f"{here}?page={page}")) for page in (1, 2))
    assert "欧阳雪" not in first and "第 1 页，共 2 页" in first
    assert "欧阳雪" in second and "王小1" not in second
    assert "欧阳雪" in text(desk.get(f"{here}?page=99"))
    found = text(desk.get(f"{here}?q=欧阳"))
    assert "欧阳雪" in found and "王小" not in found and "收回徽章" in found
    assert "没有找到" in text(desk.get(f"{here}?q=没有此人"))
