"""The door in a courtyard without network, in real browsers: nothing is lost, nothing is double."""

import json
import os
import signal
import subprocess
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests import database
from tests.browser.test_axe import problems_of
from tests.journeys.test_door import Friday, row
from tests.live import SECRET, LiveServer
from volunteer_site.attendance import card_pictures
from volunteer_site.attendance.cards import Cards
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import clock
from volunteer_site.core.db import db

STEP = 30
expect.set_options(timeout=20_000)  # a phone may try again only after some seconds
KEPT = """async () => {
  const all = window.door.vault ? await window.door.vault.all("kept") : [];
  return Boolean(navigator.serviceWorker.controller) && all.length > 0 &&
    Boolean(await caches.match("/desk/door"));
}"""
EXCUSED = """async () => {
  const [mine] = await window.door.keptHere();
  return mine.people.filter((person) => person.excused).map((person) => person.id);
}"""
LEFT = """async () => ({
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookie: document.cookie,
})"""


class Mortal(LiveServer):
    """A site that may be killed, and comes back."""

    def kill(self):
        self._process.send_signal(signal.SIGSTOP)  # so that it starts no other worker
        workers = subprocess.run(
            ["pgrep", "-P", str(self._process.pid)], capture_output=True, check=False
        )
        for number in (*map(int, workers.stdout.split()), self._process.pid):
            os.kill(number, signal.SIGKILL)
        self._process.wait()

    def rise(self):
        self._start(None)


class OfflineFriday(Friday):
    """An activity at a community with two coordinators."""

    def __init__(self, server):
        super().__init__(server)
        self.ben = server.make.person(name="李强")
        community = SimpleNamespace(id=self.activity.organisation_id)
        server.make.role(self.ben, community, "coordinator")
        self.everybody = sorted(one.id for one in (self.lei, self.lan, self.yang))


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    server = Mortal(database.sqlite_copy(folder / "site.sqlite"), FLASK_DOOR_STEP_SECONDS=str(STEP))
    yield server
    server.stop()


@pytest.fixture
def friday(live_server):
    return OfflineFriday(live_server)


@pytest.fixture
def at_the_door(open_page, friday):
    """Open the door on a phone that then keeps it: `at_the_door(coordinator)`."""

    def open_one(person=None, screen="phone"):
        page = open_page(screen, person=person or friday.ann)
        page.goto(f"{friday.desk}/door")
        expect(page.get_by_text("没有网络也能签到")).to_be_visible()
        wait_until(page, lambda: page.evaluate(KEPT))
        return page

    return open_one


def cut(page):
    page.context.set_offline(True)


def tick(page, person, words="签到"):
    row(page, person).get_by_role("button", name=words).click()


def marks(server, friday):
    with server.app.app_context():
        asked = sa.select(Attendance).where(Attendance.activity_id == friday.activity.id)
        rows = list(db.session.scalars(asked.order_by(Attendance.id)))
        db.session.remove()
    return rows


def standing(server, friday):
    return [mark for mark in marks(server, friday) if mark.undone_at is None]


def people_in(server, friday):
    return sorted(one.person_id for one in standing(server, friday) if one.direction == "in")


def kept_lines(page):
    return page.locator("#kept li")


def test_ticks_without_network_are_kept_and_reach_the_roster_once(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)

    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条保存在这部手机里，还没有送到")
    tick(phone, friday.lan)
    expect(phone.locator("#kept")).to_contain_text("2 条保存在这部手机里，还没有送到")
    expect(row(phone, friday.lan)).to_contain_text("在手机里")
    assert people_in(live_server, friday) == []
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()  # the live page again
    expect(row(phone, friday.lan)).to_contain_text("已签到")
    expect(phone.locator("#kept")).to_be_hidden()
    assert people_in(live_server, friday) == [friday.lan.id, friday.lei.id]


def test_closing_and_reopening_the_page_without_network_keeps_everything(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    phone.reload()
    expect(phone.locator("#kept")).to_contain_text("1 条")
    context = phone.context
    phone.close()

    again = context.new_page()
    again.goto(f"{friday.desk}/door")
    expect(again.locator("#kept")).to_contain_text("1 条保存在这部手机里，还没有送到")
    expect(row(again, friday.lei)).to_contain_text("已签到")
    again.get_by_placeholder("找姓名").fill("yy")
    expect(row(again, friday.lan)).to_be_hidden()
    tick(again, friday.yang)
    again.get_by_placeholder("找姓名").fill("")
    context.set_offline(False)

    expect(again.locator("#code svg")).to_be_visible()
    assert people_in(live_server, friday) == sorted([friday.lei.id, friday.yang.id])


def test_what_is_only_on_the_phone_is_taken_back_there(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")

    row(phone, friday.lei).get_by_role("button", name="撤销").click()

    expect(row(phone, friday.lei).get_by_role("button", name="签到")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator("#code svg")).to_be_visible()
    assert standing(live_server, friday) == []


def test_coming_and_going_without_network_count_both(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    phone.get_by_role("button", name="签退", exact=True).click()
    expect(row(phone, friday.lan)).to_contain_text("未到")
    tick(phone, friday.lei, "签退")
    expect(phone.locator("#kept")).to_contain_text("2 条")
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()
    assert [one.direction for one in standing(live_server, friday)] == ["in", "out"]


def test_a_server_killed_in_the_middle_of_sending_has_everything_once_in_the_end(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    cut(phone)
    for person in (friday.lei, friday.lan, friday.yang):
        tick(phone, person)
    expect(phone.locator("#kept")).to_contain_text("3 条")
    deaths = []
    phone.context.route("**/door/events", lambda route: die_after(route, live_server, deaths))
    phone.context.set_offline(False)
    wait_until(phone, lambda: "gone" in deaths)
    assert people_in(live_server, friday) == friday.everybody
    expect(phone.locator("#kept")).to_contain_text("3 条保存在这部手机里，还没有送到")
    live_server.rise()

    expect(phone.locator("#code svg")).to_be_visible(timeout=60_000)
    assert people_in(live_server, friday) == friday.everybody
    assert [one.undone_at for one in marks(live_server, friday)] == [None] * 3


def test_a_server_killed_before_it_has_written_anything_gets_everything_when_it_is_back(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    live_server.kill()
    for person in (friday.lei, friday.lan, friday.yang):
        tick(phone, person)
    expect(phone.locator("#kept")).to_contain_text("3 条保存在这部手机里，还没有送到")
    live_server.rise()

    expect(phone.locator("#code svg")).to_be_visible(timeout=60_000)
    assert people_in(live_server, friday) == friday.everybody


def die_after(route, server, deaths):
    """Let the site take the events, and die before the phone hears of it; only once."""
    if deaths:
        route.continue_()
        return
    deaths.append("going")
    route.fetch()
    server.kill()
    route.abort()
    deaths.append("gone")


def wait_until(page, holds):
    for _try in range(200):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never happened")


def test_a_phone_whose_clock_is_off_by_ten_minutes_tells_the_right_times(
    live_server, friday, open_page
):
    phone = open_page("phone", person=friday.ann)
    phone.add_init_script(
        "const real = Date.now; Date.now = () => real() - 600000;"
        "window.Date = class extends Date { constructor(...all)"
        "{ all.length ? super(...all) : super(Date.now()); } };"
    )
    phone.goto(f"{friday.desk}/door")
    wait_until(phone, lambda: phone.evaluate(KEPT))
    cut(phone)
    before = clock.now()
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    after = clock.now()
    phone.get_by_role("button", name="二维码").click()
    expect(phone.locator("#drawing svg")).to_be_visible()
    address = phone.locator("#drawing").get_attribute("data-address")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="名单").click()

    expect(phone.locator("#code svg")).to_be_visible()
    [mark] = standing(live_server, friday)
    late = timedelta(seconds=3)
    assert before - late <= mark.happened_at <= after + late
    code = parse_qs(urlsplit(address).query)["code"][0]
    assert Codes(SECRET, STEP).fit(code, Door(friday.activity.id, "in"), clock.now())


def test_two_phones_with_one_person_make_one_check_in_that_names_the_first(
    live_server, friday, at_the_door
):
    first, second = at_the_door(), at_the_door(friday.ben, "desktop")
    cut(first)
    cut(second)
    tick(first, friday.yang)
    expect(first.locator("#kept")).to_contain_text("1 条")
    tick(second, friday.yang)
    expect(second.locator("#kept")).to_contain_text("1 条")

    second.context.set_offline(False)
    expect(second.locator("#code svg")).to_be_visible()
    first.context.set_offline(False)
    expect(first.locator("#code svg")).to_be_visible()

    [mark] = standing(live_server, friday)
    assert mark.recorded_by_id == friday.ann.id


def test_a_refused_event_is_shown_until_it_is_dismissed(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    with live_server.app.app_context():
        signups = db.metadata.tables["signups"]
        gone = sa.update(signups).where(signups.c.person_id == friday.lei.id)
        db.session.execute(gone.values(withdrawn_at=clock.now()))
        db.session.commit()
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()
    expect(kept_lines(phone)).to_contain_text("不在名单上")
    phone.reload()
    expect(kept_lines(phone)).to_contain_text("没有收下")
    phone.get_by_role("button", name="知道了").click()

    expect(phone.locator("#kept")).to_be_hidden()
    assert standing(live_server, friday) == []


def test_a_lapsed_log_in_keeps_the_queue_and_says_so(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    phone.context.clear_cookies(name="session")
    phone.context.set_offline(False)

    expect(phone.locator("#kept")).to_contain_text("重新登录")
    assert "next=" in phone.get_by_role("link", name="重新登录").get_attribute("href")
    live_server.log_in(phone, friday.ann)
    phone.goto(f"{friday.desk}/door")

    expect(row(phone, friday.lei)).to_contain_text("已签到")
    assert people_in(live_server, friday) == [friday.lei.id]


def test_what_one_coordinator_kept_is_not_sent_by_another(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    phone.context.clear_cookies(name="session")
    live_server.log_in(phone, friday.ben)
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()  # the page has come back by itself
    expect(phone.locator("#kept")).to_contain_text("王红 在这部手机上登录后")
    assert standing(live_server, friday) == []
    live_server.log_in(phone, friday.ann)
    phone.reload()

    expect(row(phone, friday.lei)).to_contain_text("已签到")
    [mark] = standing(live_server, friday)
    assert mark.recorded_by_id == friday.ann.id


def test_logging_out_asks_while_something_is_unsent_and_then_destroys_the_key(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    phone.context.route("**/door/events", lambda route: route.abort())
    phone.context.set_offline(False)
    phone.goto("/me")

    phone.get_by_role("button", name="退出登录").click()
    expect(phone.locator("main")).to_contain_text("1 条签到记录只在这部手机里")
    phone.get_by_role("button", name="退出登录，放弃这些记录").click()

    expect(phone.locator("main")).to_contain_text("已销毁")
    phone.wait_for_timeout(300)
    left = phone.evaluate(LEFT)
    assert left == {"databases": [], "caches": [], "workers": 0, "cookie": ""}, left


@pytest.mark.parametrize("by", ["the header", "the script"])
def test_either_the_header_or_the_script_alone_destroys_it(friday, at_the_door, by):
    phone = at_the_door()
    if by == "the header":
        phone.context.route("**/door-forget*.js", lambda route: route.abort())
    else:
        phone.context.route("**/logout", _without_header)
    phone.goto("/me")

    phone.get_by_role("button", name="退出登录").click()
    expect(phone.locator("main")).to_contain_text("已销毁")
    phone.wait_for_timeout(500)

    left = phone.evaluate(LEFT)
    assert (left["databases"], left["caches"], left["workers"]) == ([], [], 0)


def _without_header(route):
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if "clear-site" not in name}
    route.fulfill(response=answer, headers=headers)


def test_nobody_can_read_what_is_kept_nor_take_the_key_along(friday, at_the_door):
    phone = at_the_door()

    raw = phone.evaluate(
        """async () => {
          const open = indexedDB.open("door");
          await new Promise((on) => (open.onsuccess = on));
          const read = (name) => new Promise((on) => {
            const asked = open.result.transaction(name).objectStore(name).getAll();
            asked.onsuccess = () => on(asked.result);
          });
          const [key] = await read("keys");
          const [one] = await read("kept");
          const text = new TextDecoder("latin1").decode(one.sealed);
          const taken = await crypto.subtle.exportKey("raw", key).catch((error) => error.name);
          return { extractable: key.extractable, taken, plain: text.includes("activity") };
        }"""
    )

    assert raw == {"extractable": False, "taken": "InvalidAccessError", "plain": False}


def test_after_the_activity_is_closed_nothing_of_it_is_on_the_phone(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    with live_server.app.app_context():
        activities = db.metadata.tables["activities"]
        over = sa.update(activities).where(activities.c.id == friday.activity.id)
        db.session.execute(over.values(closed_at=clock.now()))
        db.session.commit()

    phone.reload()

    number = "async () => (await window.door.vault.all('kept')).length"
    wait_until(phone, lambda: phone.evaluate(number) == 0)


def test_a_personal_code_is_read_without_network(live_server, friday, at_the_door):
    phone = at_the_door()
    code = Cards(SECRET).code(friday.lan.number)
    cut(phone)
    phone.goto(f"{friday.desk}/door")
    phone.get_by_role("button", name="扫个人码").click()
    phone.locator("#card").fill(code.lower())
    phone.locator("#card").press("Enter")
    expect(phone.locator("#read")).to_contain_text("孙小兰")
    expect(phone.locator("#read")).to_contain_text("已存在手机里")
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible(timeout=20_000)
    [mark] = standing(live_server, friday)
    assert (mark.person_id, mark.method) == (friday.lan.id, "card")


def test_a_hanging_network_does_not_keep_people_waiting(friday, at_the_door):
    phone = at_the_door()
    phone.context.route("**/door", lambda _route: None)  # never answers

    phone.goto(f"{friday.desk}/door", timeout=9000)

    expect(row(phone, friday.lei).get_by_role("button", name="签到")).to_be_visible()


def test_only_the_doors_page_is_kept(friday, at_the_door):
    phone = at_the_door()

    kept = phone.evaluate(
        """async () => {
          const all = await (await caches.open("door")).keys();
          return all.map((one) => new URL(one.url).pathname);
        }"""
    )

    assert "/desk/door" in kept
    assert all(path == "/desk/door" or path.startswith("/static/") for path in kept)
    assert "孙小兰" not in json.dumps(kept)


def test_everything_to_tap_is_big_and_in_the_lower_half(friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    phone.goto(f"{friday.desk}/door")

    expect(phone.locator("#dock")).to_be_visible()
    for button in phone.locator("#dock button").all():
        box = button.bounding_box()
        assert box["height"] >= 62 and box["y"] >= 320
    for button in phone.locator("#roster button.tick:visible").all():
        assert button.bounding_box()["height"] >= 62


def test_everybody_can_use_the_kept_page(friday, at_the_door):
    phone = at_the_door()
    phone.emulate_media(color_scheme="light", reduced_motion="reduce")
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    phone.locator("#kept summary").click()

    found = []
    for view in ("名单", "二维码", "个人码"):
        phone.get_by_role("button", name=view).click()
        found += [f"{view}: {problem}" for problem in problems_of(phone)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_of_the_kept_page_can_be_read_in_the_sun(friday, at_the_door, scheme):
    phone = at_the_door()
    phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    cut(phone)
    tick(phone, friday.lei)
    expect(phone.locator("#kept")).to_contain_text("1 条")
    phone.locator("#kept summary").click()
    phone.evaluate(AXE_SCRIPT)

    weak = phone.evaluate(
        """async () => {
          const rule = "color-contrast-enhanced"; // 7:1
          const only = { runOnly: { type: "rule", values: [rule] } };
          const on = { rules: { [rule]: { enabled: true } } };
          const { violations, passes } = await axe.run({ ...only, ...on });
          if (!passes.length) return ["nothing was looked at"];
          return violations.flatMap((one) => one.nodes.map((node) => node.html));
        }"""
    )

    assert not weak, "\n".join(weak)


def test_a_code_read_while_the_network_fails_is_not_lost(live_server, friday, at_the_door):
    phone = at_the_door()
    phone.goto(f"{friday.desk}/cards")
    expect(phone.get_by_text("没有网络也能签到")).to_be_visible()
    cut(phone)
    field = phone.locator("#code-typed")
    field.evaluate(
        "(field, code) => { field.value = code; }", Cards(SECRET).code(friday.lan.number)
    )
    field.press("Enter")

    expect(phone.locator("#kept")).to_contain_text("1 条保存在这部手机里，还没有送到")
    expect(phone.locator("#card")).to_be_visible()
    phone.context.set_offline(False)

    expect(phone.locator("#code-typed")).to_be_visible()
    [mark] = standing(live_server, friday)
    assert (mark.person_id, mark.method) == (friday.lan.id, "card")


def test_codes_that_wait_are_all_kept_and_a_stranger_waits_for_the_network(
    live_server, friday, at_the_door
):
    phone, stranger = at_the_door(), live_server.make.person(name="周新")
    phone.goto(f"{friday.desk}/cards")
    expect(phone.get_by_text("没有网络也能签到")).to_be_visible()
    cut(phone)
    phone.evaluate(
        "(all) => all.forEach((detail) => document.dispatchEvent("
        "new CustomEvent('code-read', { detail })))",
        [Cards(SECRET).code(one.number) for one in (friday.lan, stranger, friday.lei)],
    )

    expect(phone.locator("#kept")).to_contain_text("2 条保存在这部手机里，还没有送到")
    expect(phone.locator("#cards-waiting")).to_contain_text("还有 1 个码没有送出")
    phone.context.set_offline(False)

    expect(phone.locator("#reading h2")).to_have_text("周新")
    expect(phone.locator("#cards-waiting")).to_be_hidden()
    wait_until(phone, lambda: people_in(live_server, friday) == [friday.lan.id, friday.lei.id])


def test_all_present_takes_two_taps_without_network(live_server, friday, at_the_door):
    phone = at_the_door()
    cut(phone)
    phone.goto(f"{friday.desk}/door")

    phone.get_by_role("button", name="全部到场").click()
    assert kept_lines(phone).count() == 0
    phone.get_by_role("button", name="3 人全部签到").click()
    expect(phone.locator("#kept")).to_contain_text("3 条")
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()
    assert people_in(live_server, friday) == friday.everybody


def test_names_are_found_without_network_while_a_chinese_keyboard_still_spells_them(
    friday, at_the_door
):
    phone = at_the_door()
    cut(phone)
    phone.goto(f"{friday.desk}/door")

    phone.get_by_placeholder("找姓名").fill("s'x'l")

    expect(row(phone, friday.lan)).to_be_visible()
    expect(row(phone, friday.lei)).to_be_hidden()


def test_who_is_excused_is_said_without_network_and_is_ticked_if_they_come_after_all(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    row(phone, friday.lei).get_by_role("button", name="请假").click()
    expect(row(phone, friday.lei)).to_contain_text("请假 · 王红")
    phone.reload()
    wait_until(phone, lambda: phone.evaluate(EXCUSED) == [friday.lei.id])
    cut(phone)
    phone.goto(f"{friday.desk}/door")

    expect(row(phone, friday.lei)).to_contain_text("请假")
    expect(row(phone, friday.lan)).not_to_contain_text("请假")
    expect(phone.get_by_role("button", name="全部到场（还有 2 人）")).to_be_visible()
    tick(phone, friday.lei)
    expect(row(phone, friday.lei)).to_contain_text("已签到")
    expect(row(phone, friday.lei)).not_to_contain_text("请假")
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()
    assert people_in(live_server, friday) == [friday.lei.id]


def test_a_photo_of_a_code_is_read_without_network_where_the_camera_is_not_allowed(
    live_server, friday, at_the_door
):
    phone = at_the_door()
    cut(phone)
    phone.goto(f"{friday.desk}/door")
    phone.get_by_role("button", name="扫个人码").click()
    phone.get_by_role("button", name="打开相机").click()
    expect(phone.locator("#camera")).to_contain_text("没有相机权限")
    code = Cards(SECRET).code(friday.lan.number)
    picture = card_pictures.picture(code, friday.lan.name, (friday.lan.number,))

    photo = phone.locator("#camera input[type=file]")
    photo.set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture})
    expect(phone.locator("#read")).to_contain_text("已存在手机里")
    photo.set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture})
    expect(phone.locator("#read p")).to_have_text("已签到")  # a second photo counts at once
    phone.context.set_offline(False)

    expect(phone.locator("#code svg")).to_be_visible()
    [mark] = standing(live_server, friday)
    assert (mark.person_id, mark.method) == (friday.lan.id, "card")


def test_a_newer_version_of_the_page_replaces_the_older_one(friday, at_the_door):
    phone = at_the_door()
    phone.evaluate(
        """async () => {
          const cache = await caches.open("door");
          await cache.put("/static/js/door-shell.old.js", new Response("old"));
          await cache.put("/desk/door", new Response("old"));
        }"""
    )

    phone.reload()
    number = "async () => (await (await caches.match('/desk/door')).text()).length"
    wait_until(phone, lambda: phone.evaluate(number) > 1000)
    old = "async () => Boolean(await caches.match('/static/js/door-shell.old.js'))"
    wait_until(phone, lambda: not phone.evaluate(old))
