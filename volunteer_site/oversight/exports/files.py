"""Rows as a file that a spreadsheet reads: CSV with a mark for Chinese, or XLSX (W54).

A cell that begins like a formula is made plain text, so that nothing that people typed runs when
somebody opens the file.
"""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", *"\uff1d\uff0b\uff0d\uff20")  # wide ones too
BOM: Final = "\ufeff"
MOST_ROWS: Final = 1_000_000  # a sheet of XLSX holds 1,048,576


class Sheet(NamedTuple):
    """A table of a file: its name, its heads, its rows of text."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]
    numbers: Collection[str] = ()  # heads of the columns that can be added up


class TooLong(Refusal):
    """More rows than a sheet of XLSX can hold."""


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULAS) else cell


def as_csv(sheet: Sheet) -> IO[bytes]:
    """Return the table as CSV in UTF-8, begun with the mark by which spreadsheets know that."""
    file = TemporaryFile()  # noqa: SIM115 -- the answer closes it
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(sheet.heads)
    for row in sheet.rows:
        writer.writerow([plain(cell) for cell in row])
    text.detach()
    file.seek(0)
    return file


def as_xlsx(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Return tables as one XLSX, cells plain text or numbers, row by row through a file on disk.

    Raises TooLong.
    """
    import xlsxwriter  # noqa: PLC0415 -- the office only

    file = TemporaryFile()  # noqa: SIM115 -- the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(file, options) as book:
            bold = book.add_format({"bold": True})
            for sheet in sheets:
                _fill(book.add_worksheet(sheet.name), sheet, bold)
    except TooLong:
        file.close()
        raise
    file.seek(0)
    return file


def _fill(page: Any, sheet: Sheet, bold: Any) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, len(sheet.heads) - 1, 16)
    numbers = {column for column, words in enumerate(sheet.heads) if words in sheet.numbers}
    for column, words in enumerate(sheet.heads):
        page.write_string(0, column, words, bold)
    for line, row in enumerate(sheet.rows, start=1):
        if line > MOST_ROWS:
            raise _too_long()
        for column, cell in enumerate(row):
            if column in numbers:
                page.write_number(line, column, float(cell))
            else:
                page.write_string(line, column, plain(cell))


def _too_long() -> TooLong:
    return TooLong(
        _(
            "A sheet holds at most %(most)d rows, and these days have more. Fetch the CSV files, "
            "or ask for fewer days at a time.",
            most=MOST_ROWS,
        ),
        link=("/office/exports", _("To the exports")),
    )
