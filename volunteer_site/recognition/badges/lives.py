"""What badges must know beside the ledger, looked up for many people at once.

Sign-ups made early or before all colleagues, absences with and without notice, people brought
along, and the weeks in which communities did something: one statement, asking only for what the
rules need.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import Entry
from volunteer_site.people.models import Person
from volunteer_site.recognition.badges.measures import PAUSE, Around, monday_of, week_of
from volunteer_site.recognition.badges.rules import Rulebook
from volunteer_site.signups.absences.models import Cleared, Excuse, NoShow
from volunteer_site.signups.models import Signup

Histories = Mapping[int, Sequence[Entry]]
Selected = sa.Select[*tuple[Any, ...]]
Told = tuple[int, int, str]  # two numbers and words, as each question means them

PEOPLE: Final[sa.BindParameter[Any]] = sa.bindparam("people", expanding=True)  # whom it is about
EVERYBODY: Final = 0  # or nobody in particular
GOOD_REASONS: Final = (Cleared.EXCUSE.value, Cleared.APPEAL.value)


def around(book: Rulebook, histories: Histories, today: date | None = None) -> dict[int, Around]:
    """Return what the rules must know about these people beside their entries.

    With `today` also whether a streak goes on until then; `Rulebook.values` asks for that.
    """
    found = _found(book, histories, today) if book.needs and any(histories.values()) else {}
    held = frozenset(_held_week(one) for one in found.get(("held", EVERYBODY), ()))
    return {
        person: Around(
            community_id=next((one[0] for one in found.get(("community_id", person), ())), None),
            early=frozenset(one[0] for one in found.get(("early", person), ())),
            missed=tuple(sorted(_day(one) for one in found.get(("missed", person), ()))),
            excused=frozenset(week_of(_day(one)) for one in found.get(("excused", person), ())),
            brought=_by_activity(found.get(("brought", person), ())),
            led=frozenset(one[0] for one in found.get(("led", person), ())),
            days_off=book.days_off,
            held=held,
        )
        for person in histories
    }


def _found(
    book: Rulebook, histories: Histories, today: date | None
) -> dict[tuple[str, int], list[Told]]:
    """Ask everything in one statement; return it by what it is and whom it is about."""
    dialect, people = db.session.get_bind().dialect.name, {PEOPLE.key: list(histories)}
    parts = [*_parts(frozenset(book.needs & _PARTS.keys()), dialect)]
    if "held" in book.needs:
        parts += _held(book, histories, today)
    found: dict[tuple[str, int], list[Told]] = defaultdict(list)
    rows: Iterable[Any] = db.session.execute(sa.union_all(*parts), people) if parts else ()
    for what, person, number, other, words in rows:
        found[what, person].append((number, other, words))
    return found


@lru_cache(maxsize=32)
def _parts(wanted: frozenset[str], _dialect: str) -> tuple[Selected, ...]:
    """Write the questions once: that takes ten times as long as to answer them for one person."""
    return tuple(part for name in sorted(wanted) for part in _PARTS[name]())


def _part(what: str, person: Any, number: Any = 0, other: Any = 0, words: Any = "") -> Selected:
    told = [
        sa.literal(one) if isinstance(one, int | str) else one for one in (number, other, words)
    ]
    return sa.select(sa.literal(what), person, *told)


def _homes() -> list[Selected]:
    asked = _part("community_id", Person.id, Person.community_id)
    return [asked.where(Person.id.in_(PEOPLE), Person.community_id.is_not(None))]


def _early() -> list[Selected]:
    asked = _part("early", Signup.person_id, Signup.activity_id).where(
        Signup.person_id.in_(PEOPLE),
        Signup.withdrawn_at.is_(None),
        Signup.confirmed_at.is_not(None),
        Signup.signed_up_at <= _a_day_before(Signup.starts_at),
    )
    return [asked]


def _missed() -> list[Selected]:
    asked = _part("missed", NoShow.person_id, words=sa.cast(NoShow.service_date, sa.Text))
    return [asked.where(NoShow.person_id.in_(PEOPLE), NoShow.cleared_at.is_(None))]


def _excused() -> list[Selected]:
    """Ask for absences people gave notice of, and for those that were forgiven afterwards."""
    told = _part("excused", Excuse.person_id, words=sa.cast(Activity.service_date, sa.Text))
    told = told.join_from(Excuse, Activity, Activity.id == Excuse.activity_id)
    forgiven = _part("excused", NoShow.person_id, words=sa.cast(NoShow.service_date, sa.Text))
    return [
        told.where(Excuse.person_id.in_(PEOPLE), Excuse.withdrawn_at.is_(None)),
        forgiven.where(NoShow.person_id.in_(PEOPLE), NoShow.cleared_because.in_(GOOD_REASONS)),
    ]


def _brought() -> list[Selected]:
    came = sa.exists().where(
        Attendance.activity_id == Signup.activity_id,
        Attendance.person_id == Signup.person_id,
        Attendance.direction == Direction.IN,
        Attendance.undone_at.is_(None),
    )
    asked = _part("brought", Signup.added_by_id, Signup.activity_id, Signup.person_id).where(
        Signup.added_by_id.in_(PEOPLE),
        Signup.added_by_id != Signup.person_id,
        Signup.source == "proxy",
        Signup.withdrawn_at.is_(None),
        came,
    )
    return [asked]


def _led() -> list[Selected]:
    """Ask for what they signed up for before everybody else of their unit who came.

    Whose unit it was that day, and who came, is what the ledger says.
    """
    mine, own = orm.aliased(HourEntry), orm.aliased(Signup)
    colleagues = sa.and_(
        HourEntry.service_id == mine.service_id,
        HourEntry.unit_id == mine.unit_id,
        HourEntry.person_id != mine.person_id,
    )
    asked = (
        _part("led", own.person_id, own.activity_id)
        .join_from(mine, ServiceRecord, ServiceRecord.id == mine.service_id)
        .join(own, _is_signup_of(own, mine.person_id))
        .join(HourEntry, colleagues)
        .join(Signup, _is_signup_of(Signup, HourEntry.person_id))
        .where(mine.person_id.in_(PEOPLE), own.source == "self")
        .where(hours.standing(), HourEntry.minutes > 0)
        .group_by(own.person_id, own.activity_id, own.signed_up_at)
        .having(sa.func.min(Signup.signed_up_at) > own.signed_up_at)
    )
    return [asked]


def _is_signup_of(signup: type[Signup], person_id: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        ServiceRecord.source == "activity",
        signup.activity_id == ServiceRecord.source_id,
        signup.person_id == person_id,
        signup.withdrawn_at.is_(None),
    )


def _held(book: Rulebook, histories: Histories, today: date | None) -> list[Selected]:
    """Ask in which weeks the communities of these people did something, if they left any out."""
    asked = _part("held", sa.literal(EVERYBODY), Activity.organisation_id, words=Activity.week)
    asked = asked.distinct().where(
        Activity.published_at.is_not(None), Activity.cancelled_at.is_(None)
    )
    if book.narrow:
        entries = [entry for history in histories.values() for entry in history]
        here = Activity.organisation_id.in_({entry.recorder_id for entry in entries})
        since = dates.week_of(min(entry.service_date for entry in entries))
        return [asked.where(here, Activity.week >= since)]
    weeks = _left_out(histories, today)
    return [asked.where(_is_one_of(weeks))] if weeks else []


def _is_one_of(weeks: list[tuple[int, str]]) -> sa.ColumnElement[bool]:
    """Compare with pairs of community and week, so that each is found by the index."""
    told = sa.literal(json.dumps(weeks), sa.Text)
    community: sa.ColumnElement[Any]
    week: sa.ColumnElement[Any]
    if db.session.get_bind().dialect.name == "postgresql":
        one = sa.func.json_array_elements(sa.cast(told, sa.JSON)).table_valued("value").c.value
        community, week = sa.cast(one.op("->>")(0), sa.Integer), one.op("->>")(1)
    else:
        one = sa.func.json_each(told).table_valued("value").c.value
        community, week = sa.func.json_extract(one, "$[0]"), sa.func.json_extract(one, "$[1]")
    return sa.and_(Activity.organisation_id == community, Activity.week == week)


def _left_out(histories: Histories, today: date | None) -> list[tuple[int, str]]:
    """Return the weeks between services that a streak may pass over, and where they matter."""
    found: set[tuple[int, int]] = set()
    for history in histories.values():
        entries = sorted(
            (one for one in history if one.minutes), key=attrgetter("started_at", "id")
        )
        ends = [one.service_date for one in entries[1:]] + ([today] if today else [])
        for entry, end in zip(entries, ends, strict=False):
            gap = range(week_of(entry.service_date) + 1, week_of(end))
            if len(gap) <= PAUSE:
                found |= {(entry.recorder_id, week) for week in gap}
    return [(recorder, dates.week_of(monday_of(week))) for recorder, week in sorted(found)]


_PARTS: Final[dict[str, Callable[[], list[Selected]]]] = {
    "community_id": _homes,
    "early": _early,
    "missed": _missed,
    "excused": _excused,
    "brought": _brought,
    "led": _led,
}


def _a_day_before(moment: Any) -> sa.ColumnElement[Any]:
    if db.session.get_bind().dialect.name == "postgresql":
        return moment - sa.text("interval '1 day'")  # type: ignore[no-any-return]
    return sa.func.strftime("%Y-%m-%d %H:%M:%f000", moment, "-1 day", type_=sa.DateTime())


def _day(told: Told) -> date:
    return date.fromisoformat(told[2])


def _held_week(told: Told) -> tuple[int, int]:
    return told[0], _number_of(told[2])


@lru_cache(maxsize=1024)
def _number_of(week: str) -> int:
    return week_of(dates.week_days(week)[0])


def _by_activity(brought: Iterable[Told]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for activity, person, _words in brought:
        found[activity].add(person)
    return {activity: frozenset(people) for activity, people in found.items()}
