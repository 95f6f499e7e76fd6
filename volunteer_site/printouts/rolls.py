"""A month's honor roll as paper: what is kept becomes the words on the sheet."""

from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.printouts.paper import RollPaper, roll_words
from volunteer_site.printouts.rows import RollLine
from volunteer_site.recognition.models import HonorRoll
from volunteer_site.recognition.rolls import words
from volunteer_site.recognition.rolls.queries import Named

FEW = 10  # with so many people there is room for each one's unit


def paper_of(
    roll: HonorRoll, organisation: Organisation, lines: list[Named], *, address: str
) -> RollPaper:
    """Return the sheet; the same roll and the same names give the same sheet (R39).

    `address` is where it can be checked. A draft carries no number and the date of its cut-off.
    """
    noted = organisation.kind != Kind.UNIT and len(lines) <= FEW
    return RollPaper(
        title=_("Honor roll"),
        organisation=organisation.name,
        month=dates.show_month(roll.month),
        number=_number(roll),
        lines=tuple(
            RollLine(
                line.rank, line.name, words.hours_of(roll, line.minutes), _note(line, noted=noted)
            )
            for line in lines
        ),
        totals=words.totals(roll),
        period=words.period(roll.month),
        cutoff=words.cutoff(roll),
        rule=words.minimum(roll) + words.stars(lines),
        ordering=words.ordering(roll),
        proof=words.proof(roll),
        issuer=organisation.name,
        date=words.full_date(dates.local_date(roll.published_at or roll.cutoff_at)),
        address=address if roll.published_at else "",
        words=roll_words(),
        ranked=True,
    )


def _number(roll: HonorRoll) -> str:
    if roll.number is None:
        return _("Draft, not published")
    return _("No. %(number)s", number=roll.number)


def _note(line: Named, *, noted: bool) -> str:
    return line.unit_name if noted else ""
