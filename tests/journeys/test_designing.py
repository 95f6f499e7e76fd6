"""Designing a badge on a phone, with a thumb: what one taps is seen at once, without a new page."""

import pytest
from PIL import Image
from playwright.sync_api import expect


class Lane:
    """A community with a volunteer who draws and a coordinator who decides."""

    def __init__(self, make):
        self.place = make.community(name="柳巷社区")
        self.lan = make.person(name="孙小兰", community_id=self.place.id)
        self.ann = make.coordinator(self.place, name="安主任")


@pytest.fixture
def lane(live_server):
    return Lane(live_server.make)


@pytest.fixture
def sun(tmp_path):
    """A picture of one colour, as a file on the phone."""
    file = tmp_path / "太阳.png"
    Image.new("RGB", (900, 700), "#ffd23f").save(file)
    return file


def choose(page, name, value):
    page.locator(f"label:has(input[name={name}][value='{value}'])").tap()


def write(page):
    page.get_by_label("徽章名称").fill("扫雪先锋")
    page.get_by_label("一句寄语").fill("雪停了，路通了。")
    page.get_by_label("送给谁，为了什么？").fill("给冬天扫雪的邻居")


def outline(page):
    return page.locator("#stage svg > path").first.get_attribute("d")


def test_every_tap_is_seen_at_once_and_the_picture_stays_in_sight(open_page, lane):
    phone = open_page("phone", person=lane.lan)
    phone.goto("/me/designs/new")
    round_one = outline(phone)

    choose(phone, "shape", "petal")
    expect(phone.locator("#stage svg > path").first).not_to_have_attribute("d", round_one)
    phone.get_by_text("动物", exact=False).tap()
    choose(phone, "emblem", "panda")
    phone.get_by_label("环绕文字").fill("三年级二班")
    expect(phone.locator("#stage text")).to_have_text(list("三年级二班"))

    stage, screen = phone.locator("#stage").bounding_box(), phone.viewport_size
    assert phone.url.endswith("/me/designs/new")
    assert phone.evaluate("scrollY") > 300
    assert stage["y"] >= 0 and stage["y"] + stage["height"] < screen["height"] / 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def draw_own(phone, sun):
    """Choose a picture, cut it to a shield, look nearer, write around it, and propose it."""
    phone.goto("/me/designs/new")
    phone.locator("summary", has_text="我自己画的").tap()
    phone.locator("#file").set_input_files(sun)
    expect(phone.locator("#stage image")).to_have_count(1)
    choose(phone, "shape", "shield")
    choose(phone, "zoom", "180")
    phone.get_by_label("环绕文字").fill("小太阳")
    expect(phone.locator("#stage text")).to_have_count(3)
    expect(phone.locator("#stage image")).to_have_count(1)
    write(phone)
    phone.get_by_role("button", name="提交设计").tap()


def test_a_drawing_of_ones_own_is_cut_into_the_badge_and_becomes_one(open_page, lane, sun):
    phone, desk = open_page("phone", person=lane.lan), open_page("phone", person=lane.ann)
    draw_own(phone, sun)
    expect(phone.get_by_role("heading", level=1)).to_have_text("扫雪先锋")

    desk.goto("/desk/designs")
    desk.get_by_role("link", name="扫雪先锋").tap()
    desk.get_by_role("button", name="通过", exact=True).tap()

    expect(desk.locator("#notice")).to_contain_text("已通过")
    expect(desk.get_by_role("heading", level=1)).to_have_text("扫雪先锋")
    picture = desk.locator("header img").first
    expect(picture).to_be_visible()
    expect(picture).not_to_have_js_property("naturalWidth", 0)  # it has arrived and is drawn


def test_what_is_not_a_picture_is_said_beside_the_field(open_page, lane, tmp_path):
    file = tmp_path / "画.svg"
    file.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    phone = open_page("phone", person=lane.lan)
    phone.goto("/me/designs/new")
    phone.locator("summary", has_text="我自己画的").tap()

    phone.locator("#file").set_input_files(file)

    expect(phone.locator("#file-error")).to_contain_text("这不是图片")
    expect(phone.locator("#stage svg")).to_be_visible()


def test_a_photo_that_is_too_large_is_not_even_sent(open_page, lane, sun, tmp_path):
    file, sent = tmp_path / "large.jpg", []
    file.write_bytes(bytes(13 * 1024 * 1024))
    phone = open_page("phone", person=lane.lan)
    phone.goto("/me/designs/new")
    phone.locator("summary", has_text="我自己画的").tap()
    phone.on("request", lambda request: sent.append(request.url))

    phone.locator("#file").set_input_files(file)

    expect(phone.locator("#file-error")).to_contain_text("上限为 12 MB")
    assert phone.locator("#file").input_value() == "" and not sent
    phone.locator("#file").set_input_files(sun)
    expect(phone.locator("#stage image")).to_have_count(1)
    expect(phone.locator("#file-error")).to_have_count(0)
    expect(phone.get_by_label("换一张图")).to_have_count(1)


def test_without_script_a_button_shows_the_picture_and_nothing_is_lost(open_page, lane, sun):
    phone = open_page("phone", script=False, person=lane.lan)
    phone.goto("/me/designs/new")
    phone.locator("summary", has_text="我自己画的").tap()
    phone.locator("#file").set_input_files(sun)
    write(phone)
    phone.get_by_label("环绕文字").fill("小太阳")
    phone.get_by_role("button", name="看看效果").tap()
    expect(phone.locator("#stage image")).to_have_count(1)
    expect(phone.locator("#stage text")).to_have_count(3)

    phone.get_by_role("button", name="提交设计").tap()

    expect(phone.get_by_role("heading", level=1)).to_have_text("扫雪先锋")
