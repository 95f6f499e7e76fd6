"""Badges that the office and coordinators make: looked at before, retired, brought back."""

import pytest
import sqlalchemy as sa

from tests.client import HTMX, logged_in
from tests.factories import NOW
from tests.recognition.badges import serve
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.badges.pins import catalogue

pytestmark = pytest.mark.time_machine(NOW, tick=False)
TYPED = {
    "how": "rule",
    "measure": "weeks",
    "many": "2",
    "over_period": "ever",
    "category": "",
    "name_zh": "清明抢街",
    "sentence_zh": "清晨的街道记得您。",
    "emblem": "broom",
    "shape": "shield",
    "tint": "green",
}


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def desk(make, community, client_for):
    return client_for(make.coordinator(community, name="郑红"))


@pytest.fixture
def office(make, client_for):
    return client_for(make.officer(name="陈佩"))


def typed(community, **other):
    return TYPED | {"place_id": community.id} | other


def made(app):
    with app.app_context():
        return [pin for pin in catalogue().values() if pin.name_zh == "清明抢街"]


def text(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def served(app, make, community, *names, weeks=2):
    for name in names:
        person = make.person(name=name)
        with app.app_context():
            for week in range(-weeks, 0):
                serve(person, community, week)


def test_a_coordinator_makes_a_badge_for_their_own_community(app, desk, community):
    answer = desk.post("/desk/badges", data=typed(community))

    [pin] = made(app)
    assert (answer.status_code, answer.location) == (303, f"/desk/badges/{pin.id}")
    assert (pin.family, pin.place, pin.measure, pin.threshold) == (
        "special",
        "柳巷社区",
        "weeks",
        2,
    )
    assert (pin.emblem, pin.shape, pin.tint) == ("broom", "shield", "green")
    assert pin.name_en == "清明抢街"
    assert "清晨的街道记得您" in text(desk.get(f"/badges/{pin.slug}"))
    assert "清明抢街" in text(desk.get("/desk/badges"))
    with app.app_context():
        kinds = db.session.scalars(sa.select(AuditEvent.kind)).all()
    assert "badge.compose" in kinds


def test_a_coordinator_makes_none_for_another_community_or_the_district(app, make, desk, community):
    other = make.community(name="桃园社区")
    for place in (other.id, "", community.parent_id):
        page = text(desk.post("/desk/badges", data=typed(community, place_id=place)), 422)
        assert "清明抢街" in page  # what was typed is still there

    assert made(app) == []


def test_the_office_makes_badges_for_the_whole_district(app, office, community):
    office.post("/office/badges", data=typed(community, place_id=""))

    [pin] = made(app)
    assert pin.organisation_id is None


def test_hours_are_typed_as_hours(app, desk, community):
    desk.post("/desk/badges", data=typed(community, measure="minutes", many="3", category="care"))

    [pin] = made(app)
    assert (pin.measure, pin.category, pin.threshold) == ("category_minutes", "care", 180)


def test_a_season_is_kept_without_its_year(app, desk, community):
    days = {"over_period": "season", "first": "2026-11-15", "last": "2027-03-15"}
    desk.post("/desk/badges", data=typed(community, **days))

    [pin] = made(app)
    assert (pin.first_day, pin.last_day) == ("11-15", "03-15")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"many": ""}, "请填写 1 以上的数"),
        ({"many": "0"}, "多少"),
        ({"name_zh": " "}, "名称"),
        ({"name_zh": "加油😀"}, "“😀”这个字打印不出来"),
        ({"name_zh": "一" * 13}, "名称"),
        ({"name_zh": "五星级志愿者"}, "另换一个词"),
        ({"emblem": "dragon"}, "图案"),
        ({"over_period": "dates"}, "请填写日期"),
        ({"over_period": "dates", "first": "2026-05-02", "last": "2026-05-01"}, "早于开始日期"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_form_stays_filled_in(
    app, desk, community, wrong, words
):
    page = text(desk.post("/desk/badges", data=typed(community, **wrong)), 422)

    assert words in page and "清晨的街道记得您" in page
    assert made(app) == []


def test_two_badges_in_use_never_have_the_same_name(app, desk, community):
    desk.post("/desk/badges", data=typed(community))
    page = text(desk.post("/desk/badges", data=typed(community)), 409)

    assert "已有一枚徽章叫“清明抢街”" in page
    assert len(made(app)) == 1


def test_the_preview_names_who_would_have_it_and_why(app, make, desk, community):
    served(app, make, community, "王小梅", "李雷")
    served(app, make, community, "周文", weeks=1)
    part = text(desk.post("/desk/badges/preview", data=typed(community), headers=HTMX))

    assert part.lstrip().startswith('<aside id="preview"')
    assert "有 2 人达到" in part and "王小梅" in part and "周文" not in part
    assert "2 条记录" in part and "11月13日" in part


def test_the_preview_needs_no_script(app, make, desk, community):
    served(app, make, community, "王小梅")
    page = text(desk.post("/desk/badges/preview", data=typed(community)))

    assert "<h1>新徽章</h1>" in page and "有 1 人达到" in page and "清晨的街道记得您" in page
    assert made(app) == []


def test_the_preview_names_nobody_who_served_only_elsewhere(app, make, desk, community):
    served(app, make, make.community(name="桃园社区"), "李雷")
    part = text(desk.post("/desk/badges/preview", data=typed(community), headers=HTMX))

    assert "还没有人达到" in part and "李雷" not in part


def test_an_unfinished_preview_says_what_is_missing(desk, community):
    part = text(desk.post("/desk/badges/preview", data=typed(community, many=""), headers=HTMX))

    assert "请填写 1 以上的数" in part


def test_words_and_looks_change_but_not_the_rule(app, desk, community):
    desk.post("/desk/badges", data=typed(community))
    [pin] = made(app)
    here = f"/desk/badges/{pin.id}"
    changed = typed(community, sentence_zh="街道更亮了。", tint="blue", many="9", measure="days")

    assert "清晨的街道记得您" in text(desk.get(f"{here}/edit"))
    assert desk.post(here, data=changed).status_code == 303
    [pin] = made(app)
    assert (pin.sentence_zh, pin.tint) == ("街道更亮了。", "blue")
    assert (pin.measure, pin.threshold) == ("weeks", 2)
    assert "名称" in text(desk.post(here, data=typed(community, name_zh="")), 422)


def test_words_of_the_catalogue_stay_as_they_are(make, office):
    here = f"/office/badges/{make.badge().id}"

    assert "不能修改" in text(office.get(f"{here}/edit"), 409)
    assert "不能修改" in text(office.post(here, data=TYPED), 409)
    assert f"{here}/edit" not in text(office.get(here))


def test_a_retired_badge_is_given_to_nobody_until_it_is_brought_back(app, make, desk, community):
    desk.post("/desk/badges", data=typed(community))
    [pin] = made(app)
    desk.post(f"/desk/badges/{pin.id}/retirement")
    assert made(app)[0].retired_at == NOW
    assert "已停用" in text(desk.get(f"/desk/badges/{pin.id}"))
    assert "不再授予" in text(desk.get(f"/badges/{pin.slug}"))

    desk.post(f"/desk/badges/{pin.id}/return")
    assert made(app)[0].retired_at is None


def test_a_badge_does_not_come_back_beside_another_of_its_name(app, desk, community):
    desk.post("/desk/badges", data=typed(community))
    [old] = made(app)
    desk.post(f"/desk/badges/{old.id}/retirement")
    desk.post("/desk/badges", data=typed(community))

    assert "已有一枚徽章叫“清明抢街”" in text(desk.post(f"/desk/badges/{old.id}/return"), 409)
    assert [pin.retired_at for pin in made(app)] == [NOW, None]


@pytest.mark.parametrize("rest", ["", "/edit", "/awards/new"])
def test_another_communitys_coordinator_finds_none_of_it(app, make, desk, community, rest):
    desk.post("/desk/badges", data=typed(community, how="hand"))
    [pin] = made(app)
    stranger = logged_in(app, make.coordinator(make.community(name="桃园社区"), name="韩梅梅"))

    assert desk.get(f"/desk/badges/{pin.id}{rest}").status_code == 200
    assert stranger.get(f"/desk/badges/{pin.id}{rest}").status_code == 404
    assert "清明抢街" not in text(stranger.get("/desk/badges"))
    for change in ("", "/retirement", "/return", "/awards", "/candidates"):
        assert stranger.post(f"/desk/badges/{pin.id}{change}").status_code == 404
    assert made(app)[0].retired_at is None


def test_the_office_looks_after_every_badge_of_its_district(app, desk, office, community):
    desk.post("/desk/badges", data=typed(community))
    [pin] = made(app)

    assert "清明抢街" in text(office.get("/office/badges"))
    assert office.post(f"/office/badges/{pin.id}/retirement").status_code == 303
    assert made(app)[0].retired_at == NOW


def test_a_coordinator_does_not_touch_the_badges_of_the_whole_site(app, office, desk, community):
    office.post("/office/badges", data=typed(community, place_id=""))
    [pin] = made(app)

    assert desk.post(f"/desk/badges/{pin.id}/retirement").status_code == 404
    with app.app_context():
        assert db.session.get(Badge, pin.id).retired_at is None


def test_special_badges_of_a_place_stand_apart_on_the_page_of_all(desk, community, visitor_client):
    desk.post("/desk/badges", data=typed(community))
    page = text(visitor_client.get("/badges"))

    assert "清明抢街" in page.split('id="places-title"')[1]
