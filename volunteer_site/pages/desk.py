"""What the desk shows: what to publish, what is on, what is not closed, and the jobs behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from volunteer_site.activities import occurrences, queries, weeks
from volunteer_site.activities.models import Programme
from volunteer_site.activities.occurrences import Occurrence
from volunteer_site.activities.plans import Plan
from volunteer_site.activities.weeks import Line
from volunteer_site.core import calendar, dates, jobs
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation, Pairing
from volunteer_site.organisations.queries import at_or_below

SOON = timedelta(days=7)
EXPECTED: Final = {  # how old the last run of each job may be
    "week post": timedelta(days=8),
    "week close": timedelta(hours=26),
    "ledger seal": timedelta(hours=26),
    "anomalies find": timedelta(hours=26),
    "badges settle": timedelta(hours=26),
    "rolls prepare": timedelta(days=32),
    "complaints forget": timedelta(days=8),
    "backup create": timedelta(hours=26),
    "uploads forget": timedelta(hours=26),
    "tries forget": timedelta(hours=26),
}


@dataclass(frozen=True)
class NextUp:
    """A programme's next activity, filled in and not published yet."""

    programme: Programme
    community: str
    found: Occurrence
    plan: Plan
    odd: list[str]  # what somebody should look at before publishing
    soon: bool

    @property
    def automatic(self) -> bool:
        """Tell whether it is published without anybody."""
        return self.programme.automatic_since is not None and not self.found.unknown


@dataclass(frozen=True)
class Open:
    """An activity that has ended and is not closed, with the day by which it should be (R8)."""

    line: Line
    due_on: date | None  # None: a year nobody knows yet (R9)
    late: bool


@dataclass(frozen=True)
class Job:
    """When a job last ran, and whether somebody should look after it (W53)."""

    name: str
    at: datetime | None
    state: str  # fine, running, failed, old, never
    outcome: str = ""


@dataclass(frozen=True)
class Duties:
    """A coordinator's week, the most urgent first."""

    cards: list[NextUp]
    unclosed: list[Open]
    lines: list[Line]
    posting_day: date
    thursday: date


@dataclass(frozen=True)
class Partners:
    """A liaison's week: the communities paired with the unit, and what they have posted."""

    pairs: dict[int, tuple[str, list[str]]]
    lines: list[Line]


def duties(paths: Sequence[str], now: datetime) -> Duties:
    """Return what a coordinator of these places has to do this week and the next."""
    both = these_weeks(now)
    days, week = occurrences.days_from(dates.today(now)), dates.week_days(both[0])
    return Duties(
        next_up(paths, now, days),
        unclosed(paths, now),
        weeks.of_weeks(paths, both),
        occurrences.posting_day(week, days),
        week[occurrences.THURSDAY],
    )


def partners(paths: Sequence[str], now: datetime) -> Partners:
    """Return what the communities paired with these units have posted."""
    pairs = paired(paths, dates.today(now))
    return Partners(pairs, weeks.at(pairs, these_weeks(now)) if pairs else [])


def next_up(paths: Sequence[str], now: datetime, days: calendar.WorkCalendar) -> list[NextUp]:
    """Return the next activity of every programme, soonest first."""
    today = dates.today(now)
    programmes = queries.programmes(paths)
    ids = [programme.id for programme, _name in programmes]
    made, last = queries.made(ids, today), queries.last_times(ids)
    cards = []
    for programme, name in programmes:
        found = occurrences.next_occurrence(programme, now, days, made.get(programme.id, {}))
        plan = occurrences.prefilled(programme, found)
        odd = [found.why] if found.day is None else []
        odd = odd or occurrences.oddities(plan, last.get(programme.id), days)
        soon = found.due_on - today < SOON
        cards.append(NextUp(programme, name, found, plan, odd, soon))
    return sorted(cards, key=lambda card: card.found.due_on)


def unclosed(paths: Sequence[str], now: datetime) -> list[Open]:
    """Return what has ended and is not closed, oldest first, with its deadline."""
    lines = weeks.unclosed(paths, now)
    if not lines:
        return []
    first = dates.local_date(lines[0].ends_at)
    days = calendar.load(first, dates.local_date(lines[-1].ends_at) + calendar.REACH)
    today = dates.today(now)
    return [_open(line, days, today) for line in lines]


def paired(paths: Sequence[str], on: date) -> dict[int, tuple[str, list[str]]]:
    """Return the communities that units below these paths help: id, name, names of the units."""
    unit = sa.orm.aliased(Organisation)
    asked = (
        sa.select(Organisation.id, Organisation.name, unit.name)
        .join(Pairing, Pairing.community_id == Organisation.id)
        .join(unit, unit.id == Pairing.unit_id)
        .where(
            sa.or_(sa.false(), *(unit.path.startswith(path) for path in paths)),
            Pairing.starts_on <= on,
            sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= on),
        )
        .order_by(Organisation.name, unit.name)
    )
    found: dict[int, tuple[str, list[str]]] = {}
    for number, community, name in db.session.execute(asked):
        found.setdefault(number, (community, []))[1].append(name)
    return found


def job_states(now: datetime) -> list[Job]:
    """Return every job that should run, with its last run; what never ran is there too."""
    runs = {run.job: run for run in jobs.last_runs()}
    return [_job(name, runs.get(name), now) for name in {**EXPECTED, **runs}]


def places_of(paths: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return the organisations at or below these paths: id, name, slug."""
    asked = (
        sa.select(Organisation.id, Organisation.name, Organisation.slug)
        .where(at_or_below(paths), Organisation.kind.in_(kinds), Organisation.closed_at.is_(None))
        .order_by(Organisation.path)
    )
    return [(number, name, slug) for number, name, slug in db.session.execute(asked)]


def these_weeks(now: datetime) -> list[str]:
    """Return this week and the next."""
    week = dates.week_of(dates.today(now))
    return [week, dates.add_weeks(week, 1)]


def _open(line: Line, days: calendar.WorkCalendar, today: date) -> Open:
    try:
        due_on = days.after(dates.local_date(line.ends_at), occurrences.WORKING_DAYS_TO_RECORD)
    except calendar.UnknownYear:
        return Open(line, None, late=False)
    return Open(line, due_on, late=today > due_on)


def _job(name: str, run: jobs.JobRun | None, now: datetime) -> Job:
    if run is None:
        return Job(name, None, "never")
    at = run.finished_at or run.failed_at or run.started_at
    return Job(name, at, next(_job_states(run, name, now)), jobs.said(run.outcome))


def _job_states(run: jobs.JobRun, name: str, now: datetime) -> Iterator[str]:
    if run.failed_at:
        yield "failed"
    if now - run.started_at > EXPECTED.get(name, timedelta.max):
        yield "old"
    yield "fine" if run.finished_at else "running"
