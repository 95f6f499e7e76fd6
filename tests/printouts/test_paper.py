import io
import re
from dataclasses import replace
from functools import cache

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tests.printouts import samples
from volunteer_site.core.glyphs import missing_glyphs
from volunteer_site.printouts.fonts import font_folders
from volunteer_site.printouts.paper import RollPaper, roll_pdf
from volunteer_site.printouts.rows import RollLine, pack, size_for

PAPER = replace(
    samples.PAPER,
    organisation="南巷社区",
    number="南巷榜2026-11",
    rule="本月志愿服务满1小时者入榜。",
    ordering="按姓氏笔画排序。",
    proof="",
    issuer="南巷社区居民委员会",
    ranked=False,
)
LONGEST = samples.LONGEST
SOME_NAMES = ("于洋", "王小二", "欧阳少东", "李一鸣", "古丽努尔·买买提", "方正", LONGEST, "田富")
A4 = (595.276, 841.89)


@cache
def a_roll(people: int) -> RollPaper:
    names = [SOME_NAMES[place % len(SOME_NAMES)] for place in range(people)]
    lines = [RollLine(place + 1, name, f"{place % 9 + 1}.5") for place, name in enumerate(names)]
    return replace(PAPER, lines=tuple(lines))


def roll_of(*names: str) -> RollPaper:
    return replace(PAPER, lines=tuple(RollLine(1, name, "2") for name in names))


def pages_of(paper: RollPaper) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(roll_pdf(paper))).pages]


def text_of(paper: RollPaper) -> str:
    """Return what a reader copies; a gap between two signs may come out as a plain blank."""
    return re.sub(r"\s", "", "".join(pages_of(paper)))


@pytest.mark.parametrize("people", [1, 3, 12, 40, 400])
@pytest.mark.parametrize("ranked", [False, True])
def test_the_paper_names_everybody_with_their_hours_in_their_order(people, ranked):
    paper = replace(a_roll(people), ranked=ranked)

    text = text_of(paper)

    place = 0
    for line in paper.lines:
        printed = f"{line.rank if ranked else ''}{line.name}{line.hours}"
        place = text.index(printed, place) + len(printed)


@pytest.mark.parametrize(("people", "pages"), [(1, 1), (3, 1), (12, 1), (40, 1), (400, 4)])
def test_a_roll_takes_as_few_sheets_of_a4_as_it_needs(people, pages):
    sheets = PdfReader(io.BytesIO(roll_pdf(a_roll(people)))).pages

    assert len(sheets) == pages
    for sheet in sheets:
        assert (sheet.mediabox.width, sheet.mediabox.height) == pytest.approx(A4, abs=0.5)


@pytest.mark.parametrize("people", [27, 48, 80])
def test_short_names_fill_one_sheet_to_the_step_where_the_type_shrinks(people):
    paper = roll_of(*["王小二"] * people)

    assert len(pages_of(paper)) == 1
    assert size_for(paper.lines) != size_for((*paper.lines, RollLine(1, "王小二", "2")))


def test_each_sheet_says_which_it_is_and_repeats_the_head():
    first, *rest = pages_of(a_roll(400))

    assert "第 1 页，共 4 页" in first
    for place, page in enumerate(rest, start=2):
        assert f"第 {place} 页，共 4 页" in page
        assert "南巷社区" in page and "2026年11月（续）" in page
    assert "共 1 页" not in "".join(pages_of(a_roll(3)))


@pytest.mark.parametrize("people", [45, 71, 73, 160])
def test_issuer_date_and_seal_stand_with_the_last_names(people):
    last = pages_of(a_roll(people))[-1]

    assert "南巷社区居民委员会" in last and "2026年12月3日" in last and "（盖章处）" in last
    assert a_roll(people).lines[-1].name in re.sub(r"\s", "", last)


def test_the_paper_says_period_cutoff_rule_order_and_number():
    text = text_of(a_roll(40))

    for said in (*a_roll(40).facts, PAPER.number, PAPER.totals, PAPER.month, PAPER.title):
        assert said in text


def test_the_same_roll_gives_the_same_bytes_and_another_roll_gives_others():
    assert roll_pdf(a_roll(40)) == roll_pdf(a_roll(40))
    assert roll_pdf(a_roll(40)) != roll_pdf(a_roll(41))


def test_every_letter_is_embedded_and_no_padding_is_copied():
    reader = PdfReader(io.BytesIO(roll_pdf(a_roll(40))))

    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    assert "\u3000" not in reader.pages[0].extract_text()


def test_the_file_is_an_archivable_tagged_document_with_a_title():
    reader = PdfReader(io.BytesIO(roll_pdf(a_roll(3))))

    assert reader.metadata.title == "南巷社区2026年11月光荣榜"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    archive = reader.trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaid" in archive and b"pdfuaid" in archive


def test_the_list_of_drawn_signs_is_what_noto_draws():
    drawn = set()
    for path in font_folders()[0].glob("*.otf"):
        with TTFont(path, lazy=True) as font:
            drawn |= set(font.getBestCmap())

    missing = set(map(ord, missing_glyphs("".join(map(chr, range(0x32400))))))

    assert missing == set(range(0x32400)) - drawn


def test_rare_signs_are_drawn():
    rare = ("䶮华", "𬱖龙", "㛃怡", "龚𠅤", "李𪟝")

    text = text_of(roll_of(*rare))

    assert missing_glyphs("".join(rare)) == ""
    for name in rare:
        assert name in text


def test_signs_that_no_font_draws_are_reported_and_printed_as_blank_type():
    paper = roll_of("王\U00031350", "李🙂🙂")

    text = text_of(paper)

    assert missing_glyphs("王\U00031350李🙂🙂") == "\U00031350🙂"
    assert "王〓" in text and "李〓〓" in text


def test_a_name_that_looks_like_markup_is_printed_as_it_is():
    strange = '#panic("x")*_$\\<b>'

    assert strange in text_of(roll_of(strange, "王五"))


def test_a_roll_can_have_notes_no_address_and_nobody():
    noted = replace(a_roll(3), lines=(RollLine(1, "王五", "2", "服务4次"),), address="")

    assert "服务4次" in text_of(noted) and "扫码查验" not in text_of(noted)
    assert "光荣榜" in text_of(PAPER)


def test_a_very_long_name_and_a_very_long_community_stay_on_the_sheet():
    paper = replace(roll_of("买" * 60, *["王五"] * 200), organisation="很长的社区名称" * 12)

    assert "买" * 60 in text_of(paper)
    assert len(pages_of(paper)) == len(pages_of(roll_of(*["王五"] * 210)))


def test_rows_keep_the_order_and_long_names_take_the_cells_they_need():
    lines = a_roll(40).lines
    size = size_for(lines)

    rows = pack(lines, size)

    assert [line for row in rows for line, _ in row] == list(lines)
    assert all(sum(cells for _, cells in row) <= size.columns for row in rows)
    assert {cells for row in rows for line, cells in row if line.name == LONGEST} == {3}
