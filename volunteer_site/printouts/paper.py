"""Paper as a pure function: what a sheet says goes in, the bytes of a PDF come out."""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from volunteer_site.core.words import gettext as _
from volunteer_site.printouts.fonts import in_kai
from volunteer_site.printouts.press import set_in_type
from volunteer_site.printouts.rows import A4, Form, RollLine, Size, pack, row_of, size_for

UNIT_BESIDE_COLUMNS = 3  # with more columns the unit is said once, below the names


@dataclass(frozen=True)
class RollWords:
    """The fixed words on a roll, in the language it is printed in."""

    page: str
    continued: str
    seal: str
    unit: str
    legend: str
    verify: str
    fold: str = ""


def roll_words() -> RollWords:
    """Return the roll's fixed words in the reader's language."""
    return RollWords(
        page=_("Page {page} of {pages}"),
        continued=_("(continued)"),
        seal=_("(seal here)"),
        unit=_("h"),
        legend=_("The number after a name is the hours served."),
        verify=_("Scan to check this roll"),
        fold=_("Fold here"),
    )


@dataclass(frozen=True)
class RollPaper:
    """A month's honor roll as it hangs on the board; every word is ready to be read.

    `lines` keep their order. With `ranked` each name carries its rank (R69). `period`, `cutoff`,
    `rule`, `ordering` and `proof` are whole sentences (R39); `date` is written 2026年12月3日 (R64).
    """

    title: str
    organisation: str
    month: str
    number: str
    lines: tuple[RollLine, ...]
    totals: str
    period: str
    cutoff: str
    rule: str
    ordering: str
    issuer: str
    date: str
    address: str
    words: RollWords
    ranked: bool = False
    proof: str = ""
    form: Form = A4

    @cached_property
    def size(self) -> Size:
        """Return how large the names stand and in how many columns."""
        return size_for(self.lines, self.form)

    @cached_property
    def rows(self) -> list[list[tuple[RollLine, int]]]:
        """Return the people row by row, each with the number of cells the name takes."""
        return pack(self.lines, self.size)

    @property
    def unit(self) -> str:
        """Return what stands after each number of hours; nothing where room is short."""
        return f" {self.words.unit}" if self.size.columns <= UNIT_BESIDE_COLUMNS else ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the sentences below the names: period, cut-off, rule, order, proof, legend."""
        legend = "" if self.unit else self.words.legend
        said = (self.period, self.cutoff, self.rule, self.ordering, self.proof, legend)
        return tuple(sentence for sentence in said if sentence)

    @property
    def qr(self) -> str:
        """Return the address as a QR code, an SVG drawing; nothing without an address."""
        return qr_svg(self.address) if self.address else ""


def roll_pdf(paper: RollPaper) -> bytes:
    """Return the roll as PDF/A on its paper; the same roll always gives the same bytes (R39).

    Takes about half a second. Raises CalledProcessError if the sheet cannot be set.
    """
    return set_in_type(paper.form.template, roll_content(paper))


def qr_svg(address: str) -> str:
    """Return a QR code of the address as an SVG drawing of dark ink on nothing."""
    import segno  # noqa: PLC0415

    return segno.make(address, error="m", micro=False).svg_inline(
        border=0, dark="#2a1f1a", omitsize=True
    )


def roll_content(paper: RollPaper) -> dict[str, Any]:
    """Return what the roll's template is filled with."""
    size, form = paper.size, paper.form
    short = [line.ems for line in paper.lines if line.ems <= size.room]
    named = ("title", "organisation", "month", "number", "totals", "issuer", "date", "address")
    return {field: getattr(paper, field) for field in (*named, "ranked", "unit", "facts", "qr")} | {
        "words": asdict(paper.words),
        "form": {
            name: getattr(form, name) for name in ("page", "margin", "frame", "wide", "scale")
        },
        "columns": size.columns,
        "size": size.points,
        "row": row_of(paper.lines, size),
        "slot": max([3.0, *short]),
        "rows": [[_cell(line, cells) for line, cells in row] for row in paper.rows],
    }


def _cell(line: RollLine, cells: int) -> dict[str, Any]:
    return asdict(line) | {"span": cells, "spread": line.spread, "brush": in_kai(line.name)}
