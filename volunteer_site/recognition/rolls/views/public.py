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
from volunteer_site.recognition.rolls import queries, words
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll
from volunteer_site.recognition.rolls.queries import Edition, Named
from volunteer_site.recognition.rolls.views.places import page

bp = Blueprint("rolls", __name__, url_prefix="/honor-rolls/<month:month>/<string:slug>")


class Rank(NamedTuple):
    """Those who share a rank."""

    rank: int
    value: str
    many: str  # how many they are, if they are several
    people: list[Named]


class NotPublished(Exception):
    """There is no published roll at this address."""


@bp.get("")
@bp.get("/<string:roll_kind>")
@public
def show(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Show the roll; one that is not there says why."""
    version = versions.all_now()
    edition = Edition(month, roll_kind)
    key = (edition, slug, version["rolls"], version["names"], version["organisations"])
    try:
        return kept_pages.answer(
            "recognition/rolls/show.html", key, lambda: _context(edition, slug)
        )
    except NotPublished:
        return _missing(edition, organisations.by_slug(slug, *queries.KINDS))


def _context(edition: Edition, slug: str) -> dict[str, Any]:
    organisation = organisations.by_slug(slug, *queries.KINDS)
    roll = queries.standing(organisation.id, *edition)
    if roll is None or roll.published_at is None:
        raise NotPublished
    lines = queries.named(roll.id)
    months = list(queries.published_months(organisation.id, edition.kind))
    return {
        "roll": roll,
        "here": page(slug, edition),
        "title": words.title(roll),
        "organisation": organisation,
        "ranks": ranks(roll, lines),
        "units": organisation.kind != Kind.UNIT,
        "facts": facts(roll, lines),
        "totals": words.totals(roll),
        "published_on": words.full_date(dates.local_date(roll.published_at)),
        "beside": [
            (page(slug, Edition(one.month, one.kind)), words.title(one))
            for one in queries.published_beside(roll)
        ],
        "before": _neighbour(months, edition, slug, 1),
        "after": _neighbour(months, edition, slug, -1),
    }


def facts(roll: HonorRoll, lines: list[Named]) -> list[str]:
    """Return the sentences that a roll has to say about itself (R39)."""
    said = (
        words.days(roll),
        words.cutoff(roll),
        words.minimum(roll),
        words.ordering(roll),
        words.names(roll, lines),
        words.proof(roll),
    )
    return [sentence for sentence in said if sentence]


def ranks(roll: HonorRoll, lines: list[Named]) -> list[Rank]:
    """Return the lines of a roll by rank, with what each rank stands for."""
    found = []
    for rank, group in groupby(lines, key=lambda line: line.rank):
        people = list(group)
        many = words.how_many(roll, len(people)) if len(people) > 1 else ""
        found.append(Rank(rank, words.value(roll, people[0]), many, people))
    return found


def _neighbour(months: list[str], edition: Edition, slug: str, step: int) -> tuple[str, str] | None:
    """Return the address and the month of the roll before or after, if there is one."""
    place = months.index(edition.month) + step
    if not 0 <= place < len(months):
        return None
    return page(slug, Edition(months[place], edition.kind)), months[place]


def _missing(edition: Edition, organisation: Organisation) -> ResponseReturnValue:
    """Say that a roll was withdrawn, since when and why, or that it is not published yet."""
    roll = queries.withdrawn(organisation.id, *edition)
    if roll is None or roll.withdrawn_at is None:
        raise _not_yet(edition, organisation)
    since = words.full_date(dates.local_date(roll.withdrawn_at))
    said = render_template(
        "recognition/rolls/withdrawn.html",
        roll=roll,
        title=words.full_title(roll, organisation.name),
        organisation=organisation,
        since=since,
    )
    return make_response(said, 410)


def _not_yet(edition: Edition, organisation: Organisation) -> NotFound:
    draft = queries.standing(organisation.id, *edition)
    if draft is not None and draft.notice_id is not None:
        return NotFound(
            _(
                "The honor roll of %(name)s for %(month)s is on public notice and not final yet.",
                name=organisation.name,
                month=dates.show_month(edition.month),
            ),
            link=(f"/notices/{draft.notice_id}", _("See the public notice")),
        )
    return NotFound(
        _(
            "The honor roll of %(name)s for %(month)s is not published. It usually comes about "
            "two weeks after the month, when its public notice is over.",
            name=organisation.name,
            month=dates.show_month(edition.month),
        ),
        link=_community(organisation),
    )


def _community(organisation: Organisation) -> tuple[str, str] | None:
    """Return where to go instead: the page of the community, which units do not have."""
    if organisation.kind != Kind.COMMUNITY:
        return None
    return f"/communities/{organisation.slug}", organisation.name
