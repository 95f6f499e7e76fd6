"""The print shop: what it offers to whom, that the paper says what is kept, and print jobs."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfReader

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.printouts.jobs import services as jobs
from volunteer_site.printouts.jobs import work
from volunteer_site.printouts.jobs.models import PrintJob

WEEK, MONTH = "2026-W47", "2026-11"
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def place(app, make, tmp_path, monkeypatch):
    """A community with a coordinator, an activity this Friday, a unit that helped, a roll."""
    monkeypatch.setitem(app.config, "UPLOADS_FOLDER", str(tmp_path))  # has that of print jobs
    with time_machine.travel(SOON, tick=False):
        yield Place(app, make)


class Place:
    def __init__(self, app, make):
        self.app, self.make = app, make
        self.community = make.community(name="柳巷社区", slug="liuxiang")
        self.unit = make.unit(name="区水务局", slug="shuiwuju")
        self.coordinator = make.coordinator(self.community, name="郑红")
        self.person = make.person(name="于洋", unit_id=self.unit.id)
        self.activity = make.activity(
            title="清理楼道", organisation_id=self.community.id, contact="郑红 0351-4000000"
        )
        make.signup(self.activity, self.person)
        make.signup(self.activity, make.person(name="等候者"), confirmed_at=None)
        self.serve()
        make.consent(self.person)
        make.honor_roll(self.community, self.person)

    def serve(self):
        with self.app.app_context(), write_transaction():
            given = credit(self.person, self.community, unit_id=self.unit.id)
            hours.post(facts(self.activity.id), [given], now=CLOSED)

    def paper(self, paper, subject, question=""):
        return f"/print/papers/{paper}/liuxiang/{subject}{question}"


@pytest.fixture
def client(place, client_for):
    return client_for(place.coordinator)


def words_of(answer):
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def pdf(client, place, paper, subject, question=""):
    answer = client.get(place.paper(paper, f"{subject}.pdf", question))
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    return words_of(answer)


def test_a_coordinator_finds_everything_for_the_community_on_one_page(place, client):
    html = client.get(f"/print?month={MONTH}&week={WEEK}").get_data(as_text=True)

    number = place.activity.id
    for href in (
        place.paper("roll-a4", MONTH),
        place.paper("praise", MONTH),
        place.paper("week-poster-a4", WEEK),
        place.paper("poster-a4", number),
        place.paper("tags", number),
        f"/print/sign-in-sheets/{number}",
        place.paper("week-summary", WEEK),
        f"/print/books/{MONTH}/liuxiang",
    ):
        assert f'href="{href}"' in html


def test_every_link_of_the_shop_leads_somewhere(place, client):
    html = client.get(f"/print?month={MONTH}&week={WEEK}").get_data(as_text=True)

    links = set(re.findall(r'(?:href|src)="(/print/[^"]+)"', html))
    assert len(links) > 15
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_page_of_a_roll_leads_to_its_other_sizes(place, client):
    html = client.get(place.paper("roll-a4", MONTH)).get_data(as_text=True)

    for size in ("roll-a3", "roll-leaflet"):
        assert f'href="{place.paper(size, MONTH)}"' in html
        assert client.get(place.paper(size, MONTH)).status_code == 200


def test_other_peoples_places_are_not_there(place, make, client_for):
    stranger = client_for(make.coordinator(make.community(name="南巷社区")))

    for paper, subject in (("roll-a4", MONTH), ("tags", place.activity.id), ("praise", MONTH)):
        for ending in ("", ".pdf", ".png"):
            assert stranger.get(place.paper(paper, f"{subject}{ending}")).status_code == 404
    order = {"paper": "roll-a4", "slug": "liuxiang", "subject": MONTH}
    assert stranger.post("/print/jobs", data=order).status_code == 404
    assert stranger.get("/print?at=liuxiang").status_code == 404


def test_an_activity_of_another_place_is_not_printed_for_this_one(place, make, client):
    other = make.activity(title="别处", organisation_id=make.community().id)

    assert client.get(place.paper("tags", other.id)).status_code == 404
    assert client.get(place.paper("poster-a4", "²")).status_code == 404
    assert client.get(place.paper("roll-a4", "2026-13")).status_code == 404
    assert client.get(place.paper("week-summary", "2026-W99")).status_code == 404
    assert client.get(place.paper("banner", MONTH)).status_code == 404


def test_the_poster_says_what_when_where_and_leads_to_signing_up(place, client):
    text = pdf(client, place, "poster-a4", place.activity.id)

    for said in ("志愿者招募", "清理楼道", "11月20日周五", "18:00–19:00", "青年路12号院门口",
                 "招募志愿者10人", "联系人郑红0351-4000000",
                 f"activities/{place.activity.id}"):  # fmt: skip
        assert said in text


def test_nobody_is_recruited_for_a_draft_or_for_what_is_over(place, make, client):
    at = {"organisation_id": place.community.id}
    draft = make.activity(published_at=None, **at)
    over = make.activity(starts_at=NOW - timedelta(days=2), **at)

    for activity in (draft, over):
        assert client.get(place.paper("poster-a4", activity.id)).status_code == 409


def test_the_weeks_poster_leaves_out_what_is_called_off_a_draft_or_over(place, make, client):
    at = {"organisation_id": place.community.id}
    make.activity(title="还没发布", published_at=None, **at)
    make.activity(title="取消了的", cancelled_at=NOW, cancellation_reason="下雨", **at)
    make.activity(title="已经结束", starts_at=NOW - timedelta(days=1), **at)

    text = pdf(client, place, "week-poster-a3", WEEK)

    assert "清理楼道" in text and "柳巷社区" in text and "community=liuxiang" in text
    assert not [said for said in ("还没发布", "取消了的", "已经结束") if said in text]


def test_a_units_poster_shows_the_communities_it_helps(place, make, client_for):
    make.pairing(place.unit, place.community)
    client = client_for(make.liaison(place.unit))

    text = words_of(client.get(f"/print/papers/week-poster-a4/shuiwuju/{WEEK}.pdf"))

    assert "区水务局" in text and "清理楼道" in text


def test_who_waits_for_a_place_has_no_tag(place, client):
    text = pdf(client, place, "tags", place.activity.id)

    assert "于洋" in text and "区水务局" in text and "等候者" not in text


def test_the_letter_tells_the_ledgers_figures_and_names_only_who_agreed(place, make, client):
    text = pdf(client, place, "praise", MONTH)

    assert "区水务局：" in text and "1名志愿者" in text and "1人次" in text and "1小时" in text
    assert "通报表扬" in text and "表彰" not in text and "2026年11月19日" in text
    assert "此致" in text and "敬礼" in text


def test_the_letters_own_sentence_and_unit_are_chosen_on_its_page(place, client):
    question = "?unit=shuiwuju&words=他们冒雪清扫了<b>整条街</b>"

    html = client.get(place.paper("praise", MONTH, question)).get_data(as_text=True)

    assert "他们冒雪清扫了&lt;b&gt;整条街" in html and "区水务局" in html
    text = pdf(client, place, "praise", MONTH, question)
    assert "他们冒雪清扫了<b>整条街</b>" in text and "不怕脏" not in text


def test_where_no_unit_helped_there_is_no_letter(place, client):
    answer = client.get(place.paper("praise", "2026-03"))

    assert answer.status_code == 404 and "没有单位" in answer.get_data(as_text=True)


def test_the_summary_adds_up_what_the_activities_came_to(place, make, client):
    signup = make.signup(place.activity, make.person(name="方正"))
    make.attendance(signup)

    text = pdf(client, place, "week-summary", WEEK)

    assert "清理楼道" in text and "柳巷社区" in text and "2" in text
    assert re.search(r"清理楼道.*?211", text)  # signed up, came, hours


def test_the_office_sees_the_week_by_community(place, make, client_for):
    client = client_for(make.officer())

    text = words_of(client.get(f"/print/papers/week-summary/yingze/{WEEK}.pdf"))

    assert "按社区" in text and "柳巷社区" in text and "清理楼道" not in text


def test_names_that_cannot_be_printed_are_named_before_printing(place, make, client):
    make.signup(place.activity, make.person(name="王\U00031350"))

    html = client.get(place.paper("tags", place.activity.id)).get_data(as_text=True)

    assert "王\U00031350" in html and "〓" in html


def test_a_name_taken_back_is_gone_from_the_next_print(place, client):
    from volunteer_site.people import services as people  # noqa: PLC0415

    before = client.get(place.paper("roll-a4", f"{MONTH}.pdf"))
    with place.app.app_context(), write_transaction():
        people.withdraw_consent(place.person.id, "publish_name", now=SOON)
    known = {"If-None-Match": before.headers["ETag"]}

    after = client.get(place.paper("roll-a4", f"{MONTH}.pdf"), headers=known)

    assert "于洋" in words_of(before) and after.status_code == 200
    assert "于洋" not in words_of(after) and "于*" in words_of(after)


def test_rolls_of_other_kinds_are_offered_and_say_what_they_count(place, make, client):
    faithful = {"kind": "faithful", "title": "坚守榜", "counts": "year_weeks", "number": "202611-9"}
    make.honor_roll(place.community, place.person, **faithful)

    html = client.get(f"/print?month={MONTH}&week={WEEK}").get_data(as_text=True)
    text = pdf(client, place, "roll-a3", f"{MONTH}-faithful")
    public = words_of(client.get(f"/honor-rolls/{MONTH}/liuxiang/faithful.pdf"))

    assert f'href="{place.paper("roll-a4", f"{MONTH}-faithful")}"' in html and "坚守榜" in html
    assert "坚守榜" in text and "于洋60周" in text and "/liuxiang/faithful" in text
    assert "坚守榜" in public and "光荣榜" not in public


def test_what_a_browser_has_already_is_not_set_again(place, client):
    for ending in (".pdf", ".png"):
        first = client.get(place.paper("roll-a4", MONTH + ending))
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get(place.paper("roll-a4", MONTH + ending), headers=known)

        assert first.status_code == 200 and again.status_code == 304


# Print jobs


@pytest.fixture
def officer(place, make, client_for):
    other = make.community(name="桃园社区", slug="taoyuan")
    make.honor_roll(other, make.person(name="马骏"))
    make.honor_roll(make.community(name="草稿社区"), place.person, published=False)
    return client_for(make.officer())


ALL = {"paper": "all-rolls-a4", "slug": "yingze", "subject": MONTH}


def test_all_rolls_of_a_month_are_made_into_one_bundle(place, officer):
    ordered = officer.post("/print/jobs", data=ALL)

    assert ordered.status_code == 303
    page = officer.get(ordered.location).get_data(as_text=True)
    assert "已经做好" in page
    with officer.get(f"{ordered.location}/file") as answer:
        bundle = zipfile.ZipFile(io.BytesIO(answer.data))
    assert len(bundle.namelist()) == 2 and all("社区" in name for name in bundle.namelist())
    assert all(bundle.read(name).startswith(b"%PDF") for name in bundle.namelist())
    assert "2/2" in officer.get("/print/jobs").get_data(as_text=True)


def test_rolls_of_another_kind_come_in_a_bundle_of_their_own(place, make, officer):
    another = {"kind": "newcomers", "title": "志愿新人榜"}
    for number, name in enumerate(("迎泽社区", "桥东社区")):
        community = make.community(name=name)
        make.honor_roll(community, place.person, number=f"202611-9{number}", **another)

    shop = officer.get(f"/print?at=yingze&month={MONTH}").get_data(as_text=True)
    ordered = officer.post("/print/jobs", data=ALL | {"subject": f"{MONTH}-newcomers"})

    assert "志愿新人榜" in shop and f'value="{MONTH}-newcomers"' in shop
    with officer.get(f"{ordered.location}/file") as answer:
        names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert {name.split("社区")[0][-2:] for name in names} == {"迎泽", "桥东"}


def test_a_single_paper_comes_as_the_same_file(place, client):
    order = {"paper": "roll-a4", "slug": "liuxiang", "subject": MONTH}

    ordered = client.post("/print/jobs", data=order)

    with client.get(f"{ordered.location}/file") as answer:
        assert answer.data == client.get(place.paper("roll-a4", f"{MONTH}.pdf")).data


def test_a_job_is_fetched_from_whichever_machine_answers(place, officer, monkeypatch, tmp_path):
    ordered = officer.post("/print/jobs", data=ALL)
    monkeypatch.setattr(place.app, "instance_path", str(tmp_path / "another machine's"))

    with officer.get(f"{ordered.location}/file") as answer:
        assert answer.status_code == 200 and zipfile.is_zipfile(io.BytesIO(answer.data))


def test_a_job_whose_file_is_lost_is_ordered_again(place, officer):
    ordered = officer.post("/print/jobs", data=ALL)
    with place.app.app_context():
        [file] = work.folder().iterdir()
    file.unlink()

    assert "重新提交" in officer.get(ordered.location).get_data(as_text=True)
    assert officer.get(f"{ordered.location}/file").status_code == 303


def test_a_job_made_before_a_name_was_taken_back_is_not_handed_out(place, officer):
    from volunteer_site.people import services as people  # noqa: PLC0415

    ordered = officer.post("/print/jobs", data=ALL)
    with place.app.app_context(), write_transaction():
        people.withdraw_consent(place.person.id, "publish_name", now=SOON)

    assert officer.get(f"{ordered.location}/file").status_code == 303
    assert "重新提交" in officer.get(ordered.location).get_data(as_text=True)
    with time_machine.travel(SOON + timedelta(minutes=1), tick=False):
        again = officer.post("/print/jobs", data=ALL)
    with officer.get(f"{again.location}/file") as answer:
        assert answer.status_code == 200


def test_only_who_ordered_a_job_may_fetch_it(place, officer, client):
    ordered = officer.post("/print/jobs", data=ALL)

    assert client.get(ordered.location).status_code == 404
    assert client.get(f"{ordered.location}/file").status_code == 404


def test_a_job_is_removed_with_its_file_after_a_day(place, officer):
    ordered = officer.post("/print/jobs", data=ALL)
    with place.app.app_context():
        [file] = [path for path in work.folder().iterdir() if path.name.endswith(".zip")]

    with time_machine.travel(SOON + timedelta(hours=25), tick=False), place.app.app_context():
        work.remove_old()

    assert not file.exists()
    assert officer.get(ordered.location).status_code == 404


def test_while_it_is_made_the_page_says_how_far_it_is_and_afterwards_if_it_broke_off(
    place, officer
):
    ordered = officer.post("/print/jobs", data=ALL)
    number = int(ordered.location.rsplit("/", 1)[1])
    with place.app.app_context(), write_transaction():
        job = db.session.get(PrintJob, number)
        job.finished_at, job.file, job.made = None, "", 1

    working = officer.get(ordered.location).get_data(as_text=True)
    part = officer.get(ordered.location, headers={"HX-Request": "true"}).get_data(as_text=True)
    waiting = officer.get(f"{ordered.location}/file")
    with time_machine.travel(SOON + timedelta(minutes=5), tick=False):
        broken = officer.get(ordered.location).get_data(as_text=True)

    assert "1/2" in working and 'hx-trigger="every 2s"' in part and "<html" not in part
    assert waiting.status_code == 303 and "重新提交" in broken


def test_a_job_that_fails_says_so_and_leaves_no_file(place, officer, monkeypatch):
    from volunteer_site.printouts import press  # noqa: PLC0415

    monkeypatch.setattr(press, "PATIENCE", 0.001)  # the press is given up at once

    ordered = officer.post("/print/jobs", data=ALL)

    assert "没有做成" in officer.get(ordered.location).get_data(as_text=True)
    with place.app.app_context():
        assert not [path for path in work.folder().iterdir() if path.name.startswith(".")]


def test_three_jobs_at_a_time_are_enough(place, officer):
    with place.app.app_context(), write_transaction():
        officer_id = _person_of(officer)
        for _number in range(3):
            what = ("all-rolls-a4", MONTH)
            jobs.order((officer_id, place.community.id), what, {}, 2, now=SOON)

    assert officer.post("/print/jobs", data=ALL).status_code == 409


def test_a_month_without_published_rolls_makes_no_bundle(place, officer):
    answer = officer.post("/print/jobs", data=ALL | {"subject": "2026-02"})

    assert answer.status_code == 404 and "还没有公布" in answer.get_data(as_text=True)


def test_the_work_goes_on_in_the_background(place, officer):
    """As on the running site, where the order is answered before the work is done."""
    import threading  # noqa: PLC0415

    with place.app.app_context(), write_transaction():
        what, whose = ("all-rolls-a4", MONTH), (_person_of(officer), _district_id())
        number = jobs.order(whose, what, {}, 2, now=SOON).id
    place.app.testing = False
    try:
        work.begin(place.app, number, "http://localhost/", "zh_CN")
        [thread] = [one for one in threading.enumerate() if one.name == f"print-{number}"]
        thread.join(30)
    finally:
        place.app.testing = True

    assert "已经做好" in officer.get(f"/print/jobs/{number}").get_data(as_text=True)


def _person_of(client):
    with client.session_transaction() as session:
        return int(session["_user_id"].split(".")[0])


def _district_id():
    from volunteer_site.organisations import queries as organisations  # noqa: PLC0415

    return organisations.by_slug("yingze").id


def test_the_friday_of_the_example_is_in_its_week():
    assert FRIDAY_18.isocalendar().week == 47


def test_the_nightly_command_removes_what_is_older_than_a_day(place, officer):
    officer.post("/print/jobs", data=ALL)
    run = place.app.test_cli_runner()

    with time_machine.travel(SOON + timedelta(hours=25), tick=False):
        first, second = (run.invoke(args=["papers", "forget"]).output for _twice in range(2))

    assert first.startswith("1 print jobs") and second.startswith("0 print jobs")
