"""A published roll, for everybody."""

from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.core import dates, versions
from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.people import kept_pages
from volunteer_site.recognition.models import HonorRoll
from volunteer_site.recognition.rolls import queries, words
from volunteer_site.recognition.rolls.queries import Named

bp = Blueprint("rolls", __name__, url_prefix="/honor-rolls/<month:month>/<string:slug>")


class Rank(NamedTuple):
    """Those who share a rank."""

    rank: int
    hours: str
    people: list[Named]


class NotPublished(Exception):
    """There is no published roll at this address."""


@bp.get("")
@public
def show(month: str, slug: str) -> ResponseReturnValue:
    """Show the roll; one that is not there says why."""
    version = versions.all_now()
    key = (month, slug, version["rolls"], version["names"], version["organisations"])
    try:
        return kept_pages.answer("recognition/rolls/show.html", key, lambda: _context(month, slug))
    except NotPublished:
        return _missing(month, organisations.by_slug(slug, *queries.KINDS))


def _context(month: str, slug: str) -> dict[str, Any]:
    organisation = organisations.by_slug(slug, *queries.KINDS)
    roll = queries.standing(organisation.id, month)
    if roll is None or roll.published_at is None:
        raise NotPublished
    lines = queries.named(roll.id)
    months = list(queries.published_months(organisation.id))
    return {
        "roll": roll,
        "organisation": organisation,
        "ranks": _ranks(roll, lines),
        "units": organisation.kind != Kind.UNIT,
        "facts": facts(roll, lines),
        "totals": words.totals(roll),
        "published_on": words.full_date(dates.local_date(roll.published_at)),
        "before": _neighbour(months, month, 1),
        "after": _neighbour(months, month, -1),
    }


def facts(roll: HonorRoll, lines: list[Named]) -> list[str]:
    """Return the sentences that a roll has to say about itself (R39)."""
    said = (
        words.period(roll.month),
        words.cutoff(roll),
        words.minimum(roll),
        words.ordering(roll),
        words.stars(lines),
        words.proof(roll),
    )
    return [sentence for sentence in said if sentence]


def _ranks(roll: HonorRoll, lines: list[Named]) -> list[Rank]:
    ranks = []
    for rank, group in groupby(lines, key=lambda line: line.rank):
        people = list(group)
        ranks.append(Rank(rank, words.hours_of(roll, people[0].minutes), people))
    return ranks


def _neighbour(months: list[str], month: str, step: int) -> str | None:
    place = months.index(month) + step
    return months[place] if 0 <= place < len(months) else None


def _missing(month: str, organisation: Organisation) -> ResponseReturnValue:
    """Say that a roll was withdrawn, since when and why, or that it is not published yet."""
    roll = queries.withdrawn(organisation.id, month)
    if roll is None or roll.withdrawn_at is None:
        raise NotFound(
            _(
                "The honor roll of %(name)s for %(month)s is not published. It usually comes in "
                "the first days after the month.",
                name=organisation.name,
                month=dates.show_month(month),
            ),
            link=_community(organisation),
        )
    page = render_template(
        "recognition/rolls/withdrawn.html",
        roll=roll,
        organisation=organisation,
        since=words.full_date(dates.local_date(roll.withdrawn_at)),
    )
    return make_response(page, 410)


def _community(organisation: Organisation) -> tuple[str, str] | None:
    """Return where to go instead: the page of the community, which units do not have."""
    if organisation.kind != Kind.COMMUNITY:
        return None
    return f"/communities/{organisation.slug}", organisation.name
