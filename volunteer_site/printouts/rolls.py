"""A month's honor roll as paper: what is kept becomes the words on the sheet."""

from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.printouts import periods
from volunteer_site.printouts.orders import Order, Paper, Setting
from volunteer_site.printouts.paper import RollPaper, RollWords, roll_content, roll_words
from volunteer_site.printouts.rows import A3, A4, LEAFLET, Form, RollLine
from volunteer_site.recognition.rolls import queries, rule, words
from volunteer_site.recognition.rolls.models import MONTHLY, Counts, HonorRoll
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
        title=words.title(roll),
        organisation=organisation.name,
        month=dates.show_month(roll.month),
        number=_number(roll),
        lines=tuple(
            RollLine(line.rank, line.name, _figure(roll, line), _note(line, noted=noted))
            for line in lines
        ),
        totals=words.totals(roll),
        period=words.days(roll),
        cutoff=words.cutoff(roll),
        rule=words.joined(words.minimum(roll), words.names(roll, lines)),
        ordering=words.ordering(roll),
        proof=words.proof(roll),
        issuer=organisation.name,
        date=words.full_date(dates.local_date(roll.published_at or roll.cutoff_at)),
        address=address if roll.published_at else "",
        words=_fixed_words(roll),
        ranked=True,
    )


def _number(roll: HonorRoll) -> str:
    if roll.number is None:
        return _("Draft, not published")
    return _("No. %(number)s", number=roll.number)


def _figure(roll: HonorRoll, line: Named) -> str:
    """Return what stands after the name: hours, weeks, or minutes a head, without its unit."""
    if roll.counts in rule.IN_WEEKS or roll.counts == Counts.PER_HEAD:
        return str(line.value)
    return words.hours_of(roll, line.value)


def _fixed_words(roll: HonorRoll) -> RollWords:
    fixed = roll_words()
    if roll.counts in rule.IN_WEEKS:
        legend = _("The number after a name is the weeks with service.")
        return replace(fixed, unit=_("weeks"), legend=legend)
    if roll.counts == Counts.PER_HEAD:
        legend = _("The number after a name is the minutes for each of the staff.")
        return replace(fixed, unit=_("min a head"), legend=legend)
    return fixed


def _note(line: Named, *, noted: bool) -> str:
    return line.unit_name if noted else ""


def of_month(order: Order, form: Form) -> Setting:
    """Return the month's roll of the order's organisation on this paper; a draft as a proof."""
    (month, kind), place = periods.edition(order.subject), order.organisation
    roll = queries.standing(place.id, month, kind)
    if roll is None:
        address = f"/desk/honor-rolls/{month}/{place.slug}"
        raise NotFound(_("This month has no roll yet."), link=(address, _("Prepare the roll")))
    where = f"{order.host}{address_of(roll, place)}"
    paper = replace(paper_of(roll, place, queries.named(roll.id), address=where), form=form)
    content = roll_content(paper)
    return Setting(form.template, content, f"{place.name}{paper.month}{paper.title}")


def address_of(roll: HonorRoll, place: Organisation) -> str:
    """Return where everybody sees the roll, below the site's own address."""
    kind = "" if roll.kind == MONTHLY else f"/{roll.kind}"
    return f"honor-rolls/{roll.month}/{place.slug}{kind}"


def subject_of(roll: HonorRoll) -> str:
    """Return what the roll is called in the addresses of its papers: its month, and its kind."""
    return roll.month if roll.kind == MONTHLY else f"{roll.month}-{roll.kind}"


def of_place(place: Organisation, month: str) -> list[HonorRoll]:
    """Return every roll of a place and month that stands, drafts too, the monthly one first."""
    asked = sa.select(HonorRoll).where(
        HonorRoll.organisation_id == place.id,
        HonorRoll.month == month,
        HonorRoll.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(asked.order_by(HonorRoll.kind != MONTHLY, HonorRoll.kind)))


def published_below(order: Order) -> list[Organisation]:
    """Return the places at or below the order's that have published such a roll for the month."""
    month, kind = periods.edition(order.subject)
    asked = (
        sa.select(Organisation)
        .join(HonorRoll, HonorRoll.organisation_id == Organisation.id)
        .where(_stands_below(order.organisation, month), HonorRoll.kind == kind)
        .order_by(Organisation.pinyin, Organisation.name)
    )
    return list(db.session.scalars(asked))


def kinds_below(place: Organisation, month: str) -> list[HonorRoll]:
    """Return one roll of each kind that several places at or below have published."""
    several = (
        sa.select(sa.func.min(HonorRoll.id))
        .join(Organisation, Organisation.id == HonorRoll.organisation_id)
        .where(_stands_below(place, month))
        .group_by(HonorRoll.kind)
        .having(sa.func.count() > 1)
    )
    asked = sa.select(HonorRoll).where(HonorRoll.id.in_(several))
    return list(db.session.scalars(asked.order_by(HonorRoll.kind != MONTHLY, HonorRoll.kind)))


def _stands_below(place: Organisation, month: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        Organisation.path.startswith(place.path),
        HonorRoll.month == month,
        HonorRoll.published_at.is_not(None),
        HonorRoll.withdrawn_at.is_(None),
    )


PAPERS: Final = (
    Paper("roll-a4", _l("Honor roll"), _l("A4"), lambda order: of_month(order, A4)),
    Paper(
        "roll-a3",
        _l("Honor roll"),
        _l("A3, for the notice board"),
        lambda order: of_month(order, A3),
    ),
    Paper(
        "roll-leaflet",
        _l("Honor roll"),
        _l("A4, folded"),
        lambda order: of_month(order, LEAFLET),
        hint=_l("Print it on both sides, flipped on the short edge, and fold it at the marks."),
    ),
)
