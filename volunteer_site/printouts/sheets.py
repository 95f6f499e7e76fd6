"""The sign-in sheet as a file: what a coordinator pins to a clipboard."""

from dataclasses import asdict, dataclass

from volunteer_site.core.words import gettext as _
from volunteer_site.printouts.press import set_in_type


@dataclass(frozen=True)
class SheetWords:
    """The fixed words on a sign-in sheet, in the language it is printed in."""

    number: str
    row: str
    code: str
    name: str
    phone: str
    signature: str
    came: str
    left: str
    page: str
    legend: str


def sheet_words(order: str) -> SheetWords:
    """Return the sheet's fixed words in the reader's language; `order` is strokes or pinyin."""
    legend = _(
        "Empty rows are for people who did not sign up. Who signs there has been told what the "
        "privacy notice of this site says, and agrees that name, phone and hours are kept for "
        "this service."
    )
    ordered = _("Names by pinyin") if order == "pinyin" else _("Names by surname strokes")
    return SheetWords(
        number=_("Sheet number"),
        row=_("No."),
        code=_("Code"),
        name=_("Full name"),
        phone=_("Phone"),
        signature=_("Signature"),
        came=_("Came"),
        left=_("Left"),
        page=_("Page {page} of {pages}"),
        legend=f"{ordered}\n{legend}",
    )


@dataclass(frozen=True)
class SheetLine:
    """One row, ready to be read; without a name it is for somebody who comes unannounced."""

    number: int
    code: str
    name: str = ""
    note: str = ""  # unit, shift and masked phone


@dataclass(frozen=True)
class SheetPaper:
    """A sign-in sheet as it is printed; every word is ready to be read."""

    title: str
    number: str
    activity: str
    time: str
    place: str
    qr: str  # an SVG drawing
    address: str
    pages: tuple[tuple[SheetLine, ...], ...]
    words: SheetWords


def sheet_pdf(paper: SheetPaper) -> bytes:
    """Return the sheet as PDF/A on A4; the same sheet always gives the same bytes.

    Takes about half a second. Raises CalledProcessError if the sheet cannot be set.
    """
    return set_in_type("sheet.typ", asdict(paper))
