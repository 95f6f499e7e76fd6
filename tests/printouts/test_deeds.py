"""The board of good deeds on paper says what the page says, and hides what the page hides."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from pypdf import PdfReader
from werkzeug.datastructures import FileStorage

from tests.factories import NOW
from tests.recognition import deeds
from volunteer_site.core import uploads
from volunteer_site.core.db import write_transaction
from volunteer_site.recognition.deeds import services

LATER = NOW + timedelta(days=20)
BOARD = "/print/papers/good-deeds-a4/liuxiang/2026-12"

pytestmark = pytest.mark.time_machine(LATER, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def coordinator(make, community):
    return make.coordinator(community, name="郑红")


@pytest.fixture
def put(app, make, community, coordinator):
    """Put a deed on the board; return its id."""
    with app.app_context():
        members = deeds.panel(make, community)

    def one(**given):
        with app.app_context():
            return deeds.published(community, members, coordinator, **given)[0]

    return one


@pytest.fixture
def photo(app):
    with app.test_request_context():
        return uploads.take(FileStorage(deeds.jpeg(), "photo.jpg"))


@pytest.fixture
def desk(client_for, coordinator):
    return client_for(coordinator)


def read(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return PdfReader(io.BytesIO(answer.data))


def text_of(pdf):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))


def test_the_paper_says_what_is_on_the_board(put, desk):
    put(nominee_name="孙小兰")
    put(nominee_name="李大海", kind="courage", words="跳进河里救起一个孩子。")

    pdf = read(desk.get(f"{BOARD}.pdf"))

    said = text_of(pdf)
    for words in (
        "善行义举榜",
        "柳巷社区",
        "2026年12月",
        "孙*兰",
        "见义勇为",
        "跳进河里救起一个孩子。",
    ):
        assert words in said
    assert "2026-00001" in said and "2026-00002" in said
    assert "表彰" not in said
    assert "孙小兰" not in said
    assert len(pdf.pages) == 1


def test_the_same_board_has_the_same_bytes(put, desk):
    put()

    assert desk.get(f"{BOARD}.pdf").data == desk.get(f"{BOARD}.pdf").data


def test_name_and_photo_are_on_it_by_consent_only(app, put, desk, coordinator, photo):
    deed = put(photo=photo)
    assert not images(desk)
    with app.app_context():
        deeds.agree(deed, "name", coordinator)
        deeds.agree(deed, "photo", coordinator)
    assert "孙小兰" in text_of(read(desk.get(f"{BOARD}.pdf")))
    assert images(desk)

    for consent in (1, 2):
        with app.app_context(), write_transaction():
            services.withdraw_consent(deed, consent, by_id=coordinator.id, now=LATER)

    assert "孙小兰" not in text_of(read(desk.get(f"{BOARD}.pdf")))
    assert not images(desk)


def images(desk):
    """Return the photos on the paper; codes are drawn, not photos."""
    pages = read(desk.get(f"{BOARD}.pdf")).pages
    return [one for page in pages for one in page.images if max(one.image.size) > 300]


def test_many_long_deeds_go_on_over_several_pages(put, desk):
    for number in range(9):
        put(nominee_name="阿不都热依木·买买提", words=f"{number}" + "好" * 199)

    pdf = read(desk.get(f"{BOARD}.pdf"))

    assert len(pdf.pages) > 1
    said = text_of(pdf)
    assert [n for n in range(9) if f"{n}好好" in said] == list(range(9))
    assert "第2页" in said


def test_a_deed_of_a_hundred_lines_takes_no_more_room_than_its_words(put, desk):
    put(words="\n".join("好" * 100))

    pdf = read(desk.get(f"{BOARD}.pdf"))

    assert len(pdf.pages) == 1 and text_of(pdf).count("好") == 100


def test_a3_is_twice_a4(put, desk):
    put()
    small, large = (
        read(desk.get(f"{BOARD.replace('a4', size)}.pdf")).pages[0].mediabox
        for size in ("a4", "a3")
    )

    assert float(large.width) / float(small.width) == pytest.approx(2**0.5, abs=0.01)


def test_it_can_be_looked_at_before_printing(put, desk):
    put()

    assert "善行义举榜" in desk.get(BOARD).get_data(as_text=True)
    assert Image.open(io.BytesIO(desk.get(f"{BOARD}.png").data)).width > 300
    assert "good-deeds-a4" in desk.get("/print?month=2026-12").get_data(as_text=True)


def test_all_that_stand_are_on_one_paper_whatever_the_month(put, desk):
    put(nominee_name="李大海")
    put(nominee_name="孙小兰", now=NOW + timedelta(days=31))

    shop = desk.get("/print?month=2026-12").get_data(as_text=True)
    said = text_of(read(desk.get(f"{BOARD.replace('2026-12', 'all')}.pdf")))

    assert "good-deeds-a4/liuxiang/2026-12" in shop and "good-deeds-a4/liuxiang/all" in shop
    assert "李*海" in said and "孙*兰" in said and "2026年12月–2027年1月" in said
    assert "/print?month=2027-01" in desk.get("/good-deeds").get_data(as_text=True)


def test_an_empty_month_and_another_community_have_none(make, put, desk, client_for):
    put()
    other = client_for(make.coordinator(make.community(name="桃园社区", slug="taoyuan")))

    assert desk.get(f"{BOARD.replace('2026-12', '2026-10')}.pdf").status_code == 404
    assert desk.get(f"{BOARD.replace('2026-12', '2026-13')}.pdf").status_code == 404
    assert other.get(f"{BOARD}.pdf").status_code == 404
