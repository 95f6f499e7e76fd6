"""Every paper of the shop: whole names, embedded type, tags, page numbers, heads, no row split."""

import io
import re

import pytest
from PIL import Image, ImageOps
from pypdf import PdfReader

from tests.printouts import samples
from tests.printouts.test_paper import A4
from volunteer_site.printouts import rows
from volunteer_site.printouts.fonts import font_folders, in_kai
from volunteer_site.printouts.letters import listed
from volunteer_site.printouts.orders import Setting
from volunteer_site.printouts.tags import ON_A_SHEET, filled
from volunteer_site.recognition.rolls.queries import Named

A3 = (841.89, 1190.55)
ROLLS = {"roll-a4": rows.A4, "roll-a3": rows.A3, "roll-leaflet": rows.LEAFLET}
FROM_TWO_METRES = 15  # points: 5.3 mm, nine minutes of arc
PREVIEW = 54  # pixels an inch
EVERY_ONE = dict(samples.every_one())


def reader_of(setting):
    return PdfReader(io.BytesIO(setting.pdf()))


def words_of(page):
    return re.sub(r"\s", "", page.extract_text())


@pytest.mark.parametrize("name", EVERY_ONE)
def test_every_paper_can_be_archived_and_read_aloud_and_brings_its_own_type(name):
    reader = reader_of(EVERY_ONE[name])

    archive = reader.trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaid" in archive and b"pdfuaid" in archive
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.metadata.title
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descriptor = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        assert "\u3000" not in page.extract_text()


@pytest.mark.parametrize("paper", ROLLS)
@pytest.mark.parametrize(("count", "long"), [(3, False), (40, False), (400, False), (400, True)])
def test_a_roll_has_everybody_once_on_every_kind_of_paper(paper, count, long):
    roll = samples.roll(count, ROLLS[paper], long=long)
    reader = reader_of(dict(samples.rolls(count, long=long))[paper])

    text = "".join(words_of(page) for page in reader.pages)

    wanted = [f"{line.rank}{line.name}{line.hours}".replace(" ", "") for line in roll.lines]
    assert all(text.count(line) >= wanted.count(line) for line in set(wanted))
    assert samples.PAPER.totals not in text and f"共{count}人" in text
    for said in (*roll.facts, roll.issuer, roll.date, "（盖章处）"):
        assert re.sub(r"\s", "", said) in text


@pytest.mark.parametrize(("people", "sheets"), [(40, 1), (132, 1), (133, 2), (400, 2)])
def test_the_notice_board_takes_as_few_sheets_of_a3_as_it_needs(people, sheets):
    pages = reader_of(dict(samples.rolls(people))["roll-a3"]).pages

    assert len(pages) == sheets
    for number, page in enumerate(pages, start=1):
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx(A3, abs=0.5)
        assert sheets == 1 or f"第{number}页，共{sheets}页" in words_of(page)
        assert number == 1 or "2026年11月（续）" in words_of(page)


@pytest.mark.parametrize(("paper", "sheets"), [("roll-a4", 2), ("roll-a3", 1)])
def test_forty_units_stand_on_one_sheet_or_on_two_of_the_same_length(paper, sheets):
    named = dict(samples.rolls(40, named=samples.units(40)))[paper]

    pages = [words_of(page) for page in reader_of(named).pages]

    assert [len(re.findall(r"\d+区水务局", page)) for page in pages] == [4 // sheets] * sheets


@pytest.mark.parametrize("people", [1, 12, 40, 133, 400, 1000])
def test_names_on_the_notice_board_are_read_from_two_metres(people):
    assert rows.size_for(samples.roll(people).lines, rows.A3).points >= FROM_TWO_METRES


@pytest.mark.parametrize(
    "name",
    ["roll-a3-400", "roll-leaflet-400", "poster-a4", "week-poster-7", "tags-3", "week-summary-4"],
)
def test_nothing_stands_where_printers_do_not_print(name):
    with Image.open(io.BytesIO(EVERY_ONE[name].picture())) as picture:
        inked = ImageOps.invert(picture.convert("L"))
    edge = int(5 / 25.4 * PREVIEW)

    left, above, right, below = inked.getbbox()

    assert min(left, above, inked.width - right, inked.height - below) >= edge


def test_four_hundred_names_are_one_folded_sheet_with_the_cover_outside():
    outside, inside = reader_of(dict(samples.rolls(400))["roll-leaflet"]).pages

    assert (outside.mediabox.width, outside.mediabox.height) == pytest.approx(A4[::-1], abs=0.5)
    assert "沿此线对折" in words_of(outside) and "共400人" in words_of(outside)
    assert "第4页，共4页" in words_of(outside) and "（盖章处）" in words_of(outside)
    assert "第2页，共4页" in words_of(inside) and "第3页，共4页" in words_of(inside)


def test_a_longer_list_takes_more_folded_sheets_and_its_pages_are_in_order_when_folded():
    pages = [words_of(page) for page in reader_of(dict(samples.rolls(900))["roll-leaflet"]).pages]

    numbers = [[int(one) for one in re.findall(r"第(\d)页", page)] for page in pages]
    assert numbers == [[8], [2, 7], [6, 3], [4, 5]]


def test_everybody_has_a_tag_and_the_last_sheet_is_filled_with_blank_ones():
    people = samples.names(13, long=True)

    pages = reader_of(samples.name_tags(13, long=True)).pages

    text = "".join(words_of(page) for page in pages)
    assert len(pages) == 2 and text.count("志愿者") == 2 * ON_A_SHEET
    assert all(name.replace(" ", "") in text for name in people)
    assert [len(filled([{}] * count)) for count in (0, 8, 9, 10)] == [10, 10, 20, 20]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (4, 1), (40, 3)])
def test_the_weeks_summary_repeats_the_head_of_its_table(count, pages):
    sheets = reader_of(samples.summary(count)).pages

    assert len(sheets) == pages
    for number, sheet in enumerate(sheets, start=1):
        text = words_of(sheet)
        assert f"第{number}页，共{pages}页" in text and "时间活动报名到场小时" in text
        assert text.count("公益一小时：清理楼道") == text.count("青年路12号院东门")  # no row split
    assert sum(words_of(sheet).count("清理楼道") for sheet in sheets) == count


@pytest.mark.parametrize("count", [1, 3, 7, 16])
def test_the_weeks_poster_has_every_activity_and_the_code_once(count):
    pages = reader_of(samples.week_poster(count)).pages

    text = "".join(words_of(page) for page in pages)
    assert text.count("18:00–19:00") == count and text.count("扫码报名") == 1
    assert "扫码报名" in words_of(pages[0]) and all("18:00" in words_of(page) for page in pages)
    assert len(pages) == (1 if count < 10 else 2)


def test_a_letter_stands_on_the_grid_of_official_letters():
    line = "一" * 28
    setting = samples.praise(body=[line * 30])

    pages = reader_of(setting).pages

    lines = [one for one in pages[0].extract_text().splitlines() if set(one) == {"一"}]
    assert len(lines) > 10 and {len(one) for one in lines[1:]} == {28}
    assert "（盖章处）" in words_of(pages[-1]) and "2026年12月3日" in words_of(pages[-1])


@pytest.mark.usefixtures("in_app")
def test_a_letter_that_names_ten_of_eleven_says_that_there_is_one_more():
    people = [Named(1, "于洋", True, 60, 1, "", place, 60) for place in range(11)]

    assert listed(people[:10]) == "、".join(["于洋"] * 10)
    assert listed(people) == "、".join(["于洋"] * 10) + "和其他1名志愿者"


def test_a_letter_of_the_usual_length_is_one_page():
    assert len(reader_of(samples.praise()).pages) == 1


def test_whatever_is_too_long_still_ends_on_one_poster():
    assert len(reader_of(EVERY_ONE["poster-a4-longest"]).pages) == 1


def test_the_list_of_what_kai_draws_is_what_it_draws():
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(font_folders()[1] / "FandolKai-Regular.otf", lazy=True) as font:
        drawn = set(font.getBestCmap())

    assert {sign for sign in range(0x32400) if in_kai(chr(sign))} == drawn
    assert in_kai("欧阳少东·买") and not in_kai("𬱖龙")


def test_what_no_type_draws_is_reported_with_the_name_it_stands_in():
    content = {"rows": [[{"name": "王\U00031350"}], [{"name": "李四"}]], "title": "榜"}

    assert Setting("roll.typ", content, "x").missing == ["王\U00031350"]
    assert Setting("roll.typ", {"rows": ["李四"]}, "x").missing == []


def test_another_paper_has_another_mark_and_the_same_paper_the_same():
    one, other = samples.praise(), samples.praise(date="2026年12月4日")

    assert one.digest == samples.praise().digest != other.digest
    assert one.pdf() == samples.praise().pdf()


def test_a_picture_of_every_first_page_is_a_small_png():
    picture = samples.summary(40).picture()

    assert picture.startswith(b"\x89PNG") and len(picture) < 150_000
