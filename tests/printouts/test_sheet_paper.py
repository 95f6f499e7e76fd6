"""The sign-in sheet as a file: a number on each page, nobody left out, no row split."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.printouts.test_paper import A4, LONGEST, SOME_NAMES
from volunteer_site.attendance.sheets import layout, numbers
from volunteer_site.printouts.paper import qr_svg
from volunteer_site.printouts.sheets import SheetLine, SheetPaper, SheetWords, sheet_pdf

WORDS = SheetWords("表号", "序号", "代码", "姓名", "手机号", "签名", "到达", "离开",
                   "第 {page} 页，共 {pages} 页", "空行供未报名的人。" * 9)  # fmt: skip
NUMBER = "100 0179"
ADDRESS = "https://volunteer.example.org/desk/sheets/1000179"


def pages_with(people, title="公益一小时"):
    count = layout.rows_for(people)
    codes = numbers.row_codes(count)
    names = [SOME_NAMES[place % len(SOME_NAMES)] for place in range(people)]
    rows = [SheetLine(place, code) for place, code in enumerate(codes, start=1)]
    for place, name in enumerate(names):
        rows[place] = replace(rows[place], name=name, note="区水务局  138****8000")
    pages = tuple(map(tuple, layout.paged(rows)))
    paper = SheetPaper("签到表", NUMBER, title, "11月20日 周五 18:00–19:00", "柳巷社区 · 东门",
                       qr_svg(ADDRESS), ADDRESS, pages, WORDS)  # fmt: skip
    return pages, PdfReader(io.BytesIO(sheet_pdf(paper))).pages


def words_of(page):
    return re.sub(r"\s", "", page.extract_text())


@pytest.mark.parametrize(("people", "pages"), [(3, 1), (13, 1), (14, 2), (40, 3), (120, 7)])
def test_each_row_stands_on_its_page_with_its_code_and_the_sheets_number(people, pages):
    meant, sheets = pages_with(people, title="青年路一社区“门前五包”文明劝导暨公益一小时" * 2)

    assert len(sheets) == len(meant) == pages
    for number, (rows, sheet) in enumerate(zip(meant, sheets, strict=True), start=1):
        words = words_of(sheet)
        assert NUMBER.replace(" ", "") in words and f"第{number}页，共{pages}页" in words
        assert "签名" in words and "代码" in words
        assert all(row.code in words and row.name in words for row in rows)
        box = sheet.mediabox
        assert abs(box.width - A4[0]) < 1 and abs(box.height - A4[1]) < 1


def test_the_longest_names_are_whole_and_phones_are_masked():
    _meant, sheets = pages_with(40)

    words = "".join(map(words_of, sheets))

    assert words.count(LONGEST) == 5
    assert "138****8000" in words
