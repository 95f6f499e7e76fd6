"""What a volunteer's own page shows: what comes next, the hours, the badges.

Every query reads columns, and all that a page shows is one tuple, so that the page is rendered
once for what it shows.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates
from volunteer_site.core.cache import kept
from volunteer_site.core.look import Look
from volunteer_site.core.versions import DataVersion
from volunteer_site.hours import proofs, wording, years
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import queries as people
from volunteer_site.people.models import Guardian, Person
from volunteer_site.recognition.badges import queries as recognition
from volunteer_site.recognition.badges.models import Award
from volunteer_site.recognition.badges.queries import Ahead as Nearest
from volunteer_site.recognition.badges.queries import Held
from volunteer_site.signups.absences import queries as signups
from volunteer_site.signups.absences import rule
from volunteer_site.signups.absences.models import NoShow
from volunteer_site.signups.absences.rule import Terms

LATEST = 3  # badges


class Hours(NamedTuple):
    """What the person has given, in minutes."""

    total: int
    year: int
    month: int
    on_site: str  # which share of all was scanned or ticked at the door; "" of nothing


class Badges(NamedTuple):
    """What the person was given last, and what is nearest."""

    latest: tuple[Held, ...]
    next: Nearest | None


class Absences(NamedTuple):
    """How often the person stayed away of late, and until when others come first because of it."""

    counted: int
    limit: int
    until: date | None


class Facts(NamedTuple):
    """Who the page is about."""

    community: str | None
    community_slug: str | None
    unit: str | None
    minor: bool
    guardian: str | None
    newest: tuple[int, int, int, int]  # entry, award, withdrawn, names: says what is new
    missed: str  # the numbers of no-shows that may still have an effect


def facts(person_id: int, today: date, terms: Terms) -> tuple[Facts, Hours]:
    """Return who the person is and what they gave, in one reading; the ledger's own sums (W36)."""
    month = dates.month_of(today)
    first, last = f"{month[:4]}-01", f"{month[:4]}-12"
    since = signups.since(today, terms)
    [row] = _facts(person_id=person_id, month=month, first=first, last=last, since=since)
    community, slug, unit, born, guardian, *newest, missed, total, year, this_month = row
    minor = people.is_minor(born, today)
    entry, award, withdrawn, names = (int(mark or 0) for mark in newest)
    marks = (entry, award, withdrawn, names)
    shown = guardian if minor else None
    about = Facts(community, slug, unit, minor, shown, marks, (missed or "") if terms.on else "")
    on_site = _on_site(person_id, entry, int(total))
    return about, Hours(int(total), int(year), int(this_month), on_site)


def badges(person_id: int, newest: tuple[int, ...], now: datetime) -> Badges:
    """Return the latest badges and the way to the next, kept until the person's rows change."""
    key = (person_id, newest, dates.week_of(dates.today(now)))
    return kept("my badges", 2048).get(  # type: ignore[no-any-return]
        key,
        lambda: Badges(
            tuple(recognition.latest_awards(person_id, LATEST)),
            recognition.next_badge(person_id, now),
        ),
    )


def absences(person_id: int, facts: Facts, now: datetime, terms: Terms) -> Absences | None:
    """Return what to say about no-shows; None to most people, for there is nothing to say.

    Kept while the no-shows and the newest entry are the same: having come since ends it.
    """
    if not facts.missed:
        return None
    key = (person_id, facts.missed, facts.newest[0], terms, dates.today(now))
    return kept("my absences", 1024).get(key, lambda: _absences(person_id, now, terms))  # type: ignore[no-any-return]


def _absences(person_id: int, now: datetime, terms: Terms) -> Absences | None:
    today = dates.today(now)
    counted = rule.counted(signups.missed(person_id, today, terms), today, terms)
    if not counted:
        return None
    behind = signups.behind(person_id, now, terms)
    if counted >= terms.limit and not behind:
        return None  # it is over
    return Absences(counted, terms.limit, behind.until if behind else None)


def _on_site(person_id: int, newest: int | None, total: int) -> str:
    """Return the share that was seen at the door, added up again when an entry is new."""
    seen = kept("my proofs", 2048).get(
        (person_id, newest), lambda: proofs.of_person(person_id).on_site
    )
    return wording.share(seen, total) if total else ""


def _named() -> sa.ScalarSelect[int]:
    """Return a number that goes up whenever a badge or a community is changed."""
    changing = sa.or_(DataVersion.name == "badges", DataVersion.name == "organisations")
    return sa.select(sa.func.sum(DataVersion.version)).where(changing).scalar_subquery()


def _missed(dialect: str) -> sa.ScalarSelect[str]:
    """Return the numbers of recent no-shows as one text, which each database joins its own way."""
    number = sa.cast(NoShow.id, sa.Text)
    with_commas: Any = sa.func.string_agg(number, sa.literal_column("','"))
    joined = sa.func.group_concat(number) if dialect == "sqlite" else with_commas
    recent = NoShow.service_date >= sa.bindparam("since", type_=sa.Date)
    asked = sa.select(joined).where(NoShow.person_id == Person.id, recent)
    return asked.where(NoShow.cleared_at.is_(None)).scalar_subquery()


def _of_person(what: sa.ColumnElement[int], whose: Any) -> sa.ScalarSelect[int]:
    return sa.select(what).where(whose == Person.id).scalar_subquery()


_so_far = years.so_far(
    MonthlyTotal.month.between(sa.bindparam("first"), sa.bindparam("last")),
    MonthlyTotal.month == sa.bindparam("month"),
)
_community, _unit = orm.aliased(Organisation), orm.aliased(Organisation)


def _about(dialect: str) -> sa.Select[*tuple[Any, ...]]:
    known: tuple[Any, ...] = (
        _community.name,
        _community.slug,
        _unit.name,
        Person.birth_date,
        Guardian.name,
        _of_person(sa.func.max(HourEntry.id), HourEntry.person_id),
        _of_person(sa.func.max(Award.id), Award.person_id),
        _of_person(sa.func.count(Award.withdrawn_at), Award.person_id),
        _named(),
        _missed(dialect),
        *_so_far.c,
    )
    return (
        sa.select(*known)
        .select_from(Person)
        .outerjoin(_community, _community.id == Person.community_id)
        .outerjoin(_unit, _unit.id == Person.unit_id)
        .outerjoin(Guardian, Guardian.person_id == Person.id)
        .join(_so_far, sa.true())
        .where(Person.id == sa.bindparam("person_id"))
    )


_facts = Look(_about)
