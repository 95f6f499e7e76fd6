import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import jinja2
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from tests.printouts.test_paper import A4, LONGEST, PAPER, a_roll, roll_of

ROOT = Path(__file__).parents[2]
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
)


def sheet_of(paper):
    return TEMPLATES.get_template("printouts/_roll_sheet.html").render(paper=paper)


def test_the_sheet_names_everybody_in_the_same_order_as_the_paper():
    paper = replace(a_roll(40), ranked=True)

    words = re.sub(r"<[^>]*>|\s", "", sheet_of(paper))

    place = 0
    for line in paper.lines:
        printed = f"{line.rank}{line.name}{line.hours}"
        place = words.index(printed, place) + len(printed)
    for said in (*paper.facts, paper.issuer, paper.date, paper.number):
        assert said in words


def test_a_name_that_looks_like_markup_is_shown_as_it_is():
    assert "&lt;script&gt;" in sheet_of(roll_of("<script>"))


def test_the_sheet_has_one_root_and_no_style_of_its_own():
    sheet = re.sub(r"<svg.*?</svg>", "", sheet_of(a_roll(12)), flags=re.DOTALL)

    assert sheet.strip().startswith('<article id="roll-sheet"')
    assert sheet.strip().endswith("</article>") and sheet.count("<article") == 1
    assert "style=" not in sheet and "<script" not in sheet


def test_the_browser_prints_it_on_a4_with_the_seal_beside_the_last_names(chromium, tmp_path):
    page = chromium.new_page()

    printed = {people: _printed(page, people, tmp_path) for people in (3, 40, 400)}

    page.close()

    assert {people: len(sheets) for people, sheets in printed.items()} == {3: 1, 40: 1, 400: 5}
    last = _words(printed[400][-1])
    assert PAPER.issuer in last and PAPER.date in last and a_roll(400).lines[-1].name in last
    for sheet in printed[400]:
        assert abs(sheet.mediabox.width - A4[0]) < 1 and abs(sheet.mediabox.height - A4[1]) < 1
        assert "光荣榜" in _words(sheet)
    names = "".join(map(_words, printed[400]))
    assert names.count(LONGEST) == 50


def _printed(page: Page, people: int, folder: Path):
    sheets = ("base", "layout", "components", "print")
    css = "".join((ROOT / f"static/css/{name}.css").read_text("utf-8") for name in sheets)
    page.set_content(
        f'<!doctype html><html lang="zh-CN"><style>{css}</style>'
        f'<body><main id="main">{sheet_of(a_roll(people))}</main></body></html>'
    )
    page.pdf(path=folder / f"{people}.pdf", prefer_css_page_size=True)
    return PdfReader(folder / f"{people}.pdf").pages


def _words(sheet: PageObject) -> str:
    """Return the page's words; Chromium writes some signs as their look-alike radicals."""
    words = unicodedata.normalize("NFKC", sheet.extract_text()).replace("⺠", "民")
    return re.sub(r"\s", "", words)
