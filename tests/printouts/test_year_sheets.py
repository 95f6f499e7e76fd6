"""A person's year as a picture and as a page: what the ledger says, on one page, for them alone."""

import io
import re
from datetime import date, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.factories import NOW
from tests.pages.test_year import ann, community, gave  # noqa: F401 -- fixtures
from tests.recognition import design_examples
from tests.recognition.badges import load
from volunteer_site.hours.years import Part, Year
from volunteer_site.printouts import year as sheets
from volunteer_site.recognition.badges.pins import catalogue
from volunteer_site.recognition.badges.queries import Held

A5 = (419.5, 595.3)  # points
LONG = "新建南路第一社区新时代文明实践站"
pytestmark = pytest.mark.time_machine(NOW, tick=False)


def full_year():
    mondays = [date(2025, 1, 6) + timedelta(weeks=number) for number in range(51)]
    weeks = {day: 30 + 40 * (number % 7) for number, day in enumerate(mondays)}
    kinds = tuple(Part(kind, minutes, 9) for kind, minutes in (("clean-up", 900), ("care", 60)))
    places = tuple(Part(name, minutes, 9) for name, minutes in ((LONG, 900), ("乙社区", 60)))
    return Year(2025, weeks, kinds, places, 51, mondays[0], mondays[-1])


def sheet(form, person):
    now = sheets.Moment("公益一小时", date(2026, 11, 19))
    return sheets.sheet_of(form, person, full_year(), [], now)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("person", ["王梅", "阿不都热依木·买买提", "䶮华", "#set text(red)"])
def test_the_page_is_one_a5_and_says_name_hours_and_places(person):
    pages = PdfReader(io.BytesIO(sheets.made(sheet("paper", person)))).pages

    text = re.sub(r"\s", "", pages[0].extract_text())
    assert len(pages) == 1
    assert [round(float(side), 1) for side in pages[0].mediabox[2:]] == list(A5)
    hours = f"{full_year().minutes // 30 / 2:g}"
    for words in (re.sub(r"\s", "", person), hours, LONG, "环境清洁15小时", "截至2025年12月31日"):
        assert words in text


@pytest.mark.usefixtures("in_app")
def test_the_picture_is_as_wide_as_a_phone_shows_it():
    made = sheets.made(sheet("picture", "王梅"))

    assert Image.open(io.BytesIO(made)).size == (1080, 1532)


def test_a_badge_that_somebody_designed_is_drawn_with_the_others(app, make):
    design = design_examples.of(app, make.person(), make.community())["design_id"]
    with app.app_context():
        load()
        pin = next(iter(catalogue().values()))._replace(design_id=design)
        held = Held(1, pin, "", date(2025, 3, 1), NOW, None, "")
        now = sheets.Moment("公益一小时", date(2026, 11, 19))
        made = sheets.made(sheets.sheet_of("picture", "王梅", full_year(), [held], now))

    assert Image.open(io.BytesIO(made)).size == (1080, 1532)


@pytest.mark.usefixtures("in_app")
def test_the_same_year_gives_the_same_bytes():
    assert sheets.made(sheet("paper", "王梅")) == sheets.made(sheet("paper", "王梅"))


def test_a_person_gets_their_own_year(ann, client_for, gave):  # noqa: F811
    gave(ann, 90)

    answer = client_for(ann).get("/me/year/2026.pdf")

    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert answer.mimetype == "application/pdf" and "private" in answer.headers["Cache-Control"]
    assert "王小梅" in text and "1.5" in text


def test_nobody_sees_it_without_logging_in(visitor_client):
    assert visitor_client.get("/me/year/2026.png").status_code == 303
