"""The picture of a good deed says what its page says, and hides what the page hides."""

import struct
from datetime import timedelta

import pytest
from werkzeug.datastructures import FileStorage

from tests.factories import NOW
from tests.recognition import deeds
from volunteer_site.core import dates, uploads
from volunteer_site.core.db import write_transaction
from volunteer_site.printouts import press
from volunteer_site.printouts.deed_pictures import picture
from volunteer_site.recognition.deeds import board, services

LATER = NOW + timedelta(days=20)

pytestmark = [pytest.mark.one_database, pytest.mark.time_machine(LATER, tick=False)]


class Told:
    """A deed of 孙小兰 on the board, with a photo that nobody has agreed to yet."""

    def __init__(self, app, make):
        community = make.community(name="柳巷社区", slug="liuxiang")
        self.app, self.coordinator = app, make.coordinator(community, name="郑红")
        with app.test_request_context():
            photo = uploads.take(FileStorage(deeds.jpeg((900, 1600)), "photo.jpg"))
            members = deeds.panel(make, community)
            told = {"photo": photo, "words": f"孙小兰{deeds.WORDS}"}
            self.id, self.number = deeds.published(community, members, self.coordinator, **told)

    @property
    def address(self):
        return f"/good-deeds/{self.number}.png"

    def agree(self):
        with self.app.app_context():
            deeds.agree(self.id, "name", self.coordinator)
            deeds.agree(self.id, "photo", self.coordinator)

    def lead(self, step, *given, **more):
        with self.app.app_context(), write_transaction():
            step(self.id, *given, by_id=self.coordinator.id, now=LATER, **more)

    def shown(self):
        with self.app.test_request_context():
            deed = board.numbered(self.number, dates.today(LATER))
            return picture(deed, address=f"https://example.org/good-deeds/{self.number}")


@pytest.fixture
def told(app, make):
    return Told(app, make)


def size(png):
    return struct.unpack(">II", png[16:24])


def test_it_says_what_the_page_says(told, visitor_client):
    shown = told.shown()

    page = visitor_client.get(f"/good-deeds/{told.number}").text
    assert f'src="{told.address}"' in page
    assert (shown["name"], shown["sign"], shown["kind"]) == ("孙*兰", "助", "助人为乐")
    assert shown["words"] == f"孙*兰{deeds.WORDS}" in page
    assert shown["facts"][0].endswith(told.number)
    assert "*" in shown["facts"][-1]


def test_name_and_photo_are_on_it_as_long_as_they_may_be_seen(told, visitor_client):
    without = visitor_client.get(told.address)
    told.agree()
    agreed, shown = visitor_client.get(told.address), told.shown()
    for consent in (1, 2):
        told.lead(services.withdraw_consent, consent)

    assert shown["name"] == "孙小兰" and shown["photo"].startswith("<svg")
    assert (told.shown()["name"], told.shown()["photo"]) == ("孙*兰", "")
    assert [size(one.data)[0] for one in (without, agreed)] == [1080, 1080]
    assert size(agreed.data)[1] > size(without.data)[1] + 900
    assert visitor_client.get(told.address).data == without.data


def test_what_was_taken_down_has_no_picture(told, visitor_client):
    told.lead(services.take_down, "查实不符")

    answer = visitor_client.get(told.address)
    assert answer.status_code == 404
    assert f'href="/good-deeds/{told.number}"' in answer.text
    assert visitor_client.get("/good-deeds/2026-99999.png").status_code == 404


def test_a_browser_that_has_it_asks_again_and_is_told_so(told, visitor_client):
    first = visitor_client.get(told.address)

    assert "no-cache" in first.headers["Cache-Control"]
    again = visitor_client.get(told.address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_words_are_never_markup_and_long_ones_break(told):
    short, long = (
        told.shown() | {"words": words} for words in ("#panic() $x$ *王* `a`", "W" * 200)
    )

    low, high = (size(press.picture("deed_picture.typ", one)) for one in (short, long))

    assert high[1] > low[1] + 300
