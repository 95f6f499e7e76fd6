"""Stickers to cut out, large emblems, and designed badges as PNG."""

import subprocess
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from tests.factories import Factory
from tests.recognition.badges import load
from tests.recognition.test_designs import approve, picture, proposed, told
from volunteer_site.core.db import db
from volunteer_site.printouts import stickers
from volunteer_site.recognition.badges.models import Badge

pytestmark = pytest.mark.one_database
SLUGS = ("weeks-1", "weeks-4")


@pytest.fixture
def lane(make):
    return make.community(name="柳巷社区")


@pytest.fixture
def ann(make, lane):
    return make.coordinator(lane, name="安主任")


def stocked(app):
    """Put two badges into the catalogue."""
    with app.app_context():
        load(*SLUGS)


def pages(pdf, tmp_path):
    """Return the text of each page of a PDF."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return said.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("size", stickers.SIZES)
def test_every_place_of_the_sheet_has_a_sticker(app, client_for, ann, tmp_path, size):
    stocked(app)
    address = f"/print/stickers.pdf?badge=weeks-1&badge=weeks-4&size={size}&pages=2"

    answer = client_for(ann).get(address)

    found = pages(answer.data, tmp_path)
    assert answer.mimetype == "application/pdf" and len(found) == 2
    whole = "".join("".join(found).split())
    each = stickers.SIZES[size].places
    assert whole.count("第一次") == each + 2 and whole.count("满月") == each + 2  # and two notes


@pytest.mark.parametrize("size", stickers.SIZES.values(), ids=stickers.SIZES)
def test_the_grid_and_its_marks_fit_on_a4(size):
    assert size.across * size.wide <= 210 - 2 * 9
    assert size.down * size.high <= 297 - 2 * 9
    assert size.pin + 0.353 * size.type < size.high


def test_a_large_emblem_has_a_page_of_its_own(app, client_for, ann, tmp_path):
    stocked(app)

    answer = client_for(ann).get("/print/emblems.pdf?badge=weeks-1&badge=weeks-4")

    first, second = pages(answer.data, tmp_path)
    assert "第一次" in first and "满月" in second and "满月" not in first


@pytest.mark.parametrize("asked", ["", "?badge=nothing", "?badge=weeks-1&size=huge&pages=-7"])
def test_nonsense_is_answered_with_the_next_step_or_the_usual(app, client_for, ann, asked):
    stocked(app)

    answer = client_for(ann).get(f"/print/stickers.pdf{asked}")

    assert answer.status_code == (200 if "weeks-1" in asked else 422)


def test_the_sheet_is_looked_at_before_it_is_printed(app, client_for, ann):
    stocked(app)
    client = client_for(ann)

    page = client.get("/print/stickers?badge=weeks-4&size=large").text
    seen = client.get("/print/stickers.png?badge=weeks-4&size=large")

    assert "/print/stickers.png?badge=weeks-4&amp;size=large" in page
    drawn = Image.open(BytesIO(seen.data))
    assert drawn.height / drawn.width == pytest.approx(297 / 210, rel=0.01)
    assert "/print/stickers" in client.get("/print").text


def test_too_many_badges_are_said_instead_of_a_picture_that_breaks(app, client_for, ann):
    with app.app_context():
        load()
        slugs = db.session.scalars(sa.select(Badge.slug)).all()[: stickers.MOST_BADGES + 1]

    page = client_for(ann).get("/print/stickers?badge=" + "&badge=".join(slugs)).text

    assert "请选1到24枚徽章来打印" in page and "stickers.png" not in page


def test_volunteers_do_not_print_stickers(make, client_for):
    lan = client_for(make.person())

    for address in ("/print/stickers", "/print/stickers.pdf", "/print/emblems.pdf"):
        assert lan.get(address).status_code == 403


def test_a_designed_badge_is_printed_with_its_words_and_its_designer(
    app, client_for, lane, ann, tmp_path
):
    lan = Factory(app).person(name="孙小兰", community_id=lane.id)
    wish = {"credit": "line", "designed_by": "三年级二班", "text": "扫雪先锋"}
    number = proposed(client_for(lan), lane, **wish)
    approve(client_for(ann), app, number)

    answer = client_for(ann).get(f"/print/emblems.pdf?badge=design-{number}")

    [page] = pages(answer.data, tmp_path)
    assert "设计：三年级二班" in page


def test_a_design_is_a_see_through_picture_for_those_who_may_see_it(
    app, make, client_for, visitor_client, lane
):
    lan = make.person(name="孙小兰", community_id=lane.id)
    data = told(lane, emblem="own") | {"file": (picture(colour="blue"), "画.png")}
    made = client_for(lan).post("/me/designs", data=data).location.rsplit("/", 1)[1]

    stranger = visitor_client.get(f"/designs/{made}.png")
    own = client_for(lan).get(f"/designs/{made}.png")

    drawn = Image.open(BytesIO(own.data))
    assert stranger.status_code == 404
    assert (drawn.width, drawn.mode) == (1080, "RGBA")
    assert drawn.getpixel((2, 2))[3] == 0
    red, _green, blue, _seen = drawn.getpixel((drawn.width // 2, drawn.height // 2))
    assert blue > 200 and red < 60
    assert "private" in own.headers["Cache-Control"]
