"""Rules about the ledger: much entered late, days just under the cap, hours of nobody."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours.models import EntryKind, HourEntry, Proof, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies.findings import (
    DAY,
    Finding,
    Window,
    grouped,
    recorded,
    seconds,
)
from volunteer_site.oversight.anomalies.rules import Numbers
from volunteer_site.people.models import Person

MONTHS_BEFORE = 6


def late_share(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find communities of whose month so much was entered later: against their past and the others.

    At least so many entries and so many in a hundred, and so many times the share of their own
    half year before and of the rest of the district in that month (R21).
    """
    shares, months = _shares(window)
    for month in months:
        for recorder, (late, all_of_them) in shares[month].items():
            others = _total(shares[month], recorder)
            before = _past(shares, recorder, month)
            share = late * 100 // all_of_them
            if (
                late >= numbers["entries"]
                and share >= numbers["percent"]
                and share >= numbers["times"] * max(others, before)
            ):
                yield Finding(
                    key=f"organisation {recorder} month {month}",
                    organisation_id=recorder,
                    marks=tuple(_late_marks(recorder, month)),
                    numbers={"month": month, "late": late, "entries": all_of_them,
                             "percent": share, "before": before, "others": others},
                )  # fmt: skip


def under_cap(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find people with so many days of a week within so many minutes of what needs an approval.

    The cap is the setting DAY_AUTO_MINUTES (R7); a day that reaches it is cut there and not meant.
    """
    span = _days(window)
    if span is None:
        return
    total = sa.func.sum(HourEntry.minutes)
    near = (
        sa.select(HourEntry.person_id, HourEntry.service_date, total.label("minutes"))
        .where(HourEntry.service_date.between(*span))
        .group_by(HourEntry.person_id, HourEntry.service_date)
        .having(total.between(window.cap - numbers["minutes"], window.cap - 1))
    )
    weeks: dict[tuple[int, str], list[date]] = {}
    for person, day, _minutes in db.session.execute(near):
        weeks.setdefault((person, dates.week_of(day)), []).append(day)
    full = {key: days for key, days in weeks.items() if len(days) >= numbers["days"]}
    entries = _entries_of({person for person, _week in full}, span)
    for (person, week), days in full.items():
        theirs = [row for row in entries.get(person, []) if row.service_date in days]
        ours = [row for row in theirs if row.path.startswith(window.path)]
        if ours:
            yield Finding(
                key=f"person {person} week {week}",
                organisation_id=ours[0].recorder_id,
                person_id=person,
                marks=tuple(row.source_id for row in theirs),
                numbers={"week": week, "days": len(days), "cap": window.cap,
                         "minutes": sum(row.minutes for row in theirs)},
            )  # fmt: skip


def not_there(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find hours of people who had left before, or who registered only so many days later.

    Somebody from a paper sheet is written down some days after they came; that is no finding.
    """
    after = seconds(HourEntry.started_at) - seconds(Person.erased_at)
    before = seconds(Person.created_at) - seconds(HourEntry.ended_at)
    asked = (
        sa.select(
            HourEntry.id, HourEntry.source_id, HourEntry.person_id, HourEntry.recorder_id,
            HourEntry.minutes, HourEntry.service_id, ServiceRecord.source_id.label("activity_id"),
            Person.erased_at.is_not(None).label("erased"),
        )
        .join(Person, Person.id == HourEntry.person_id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(
            recorded(window),
            Organisation.path.startswith(window.path),
            _from_the_door(),
            sa.or_(
                sa.and_(HourEntry.started_at > Person.erased_at, after > 0),
                sa.and_(
                    HourEntry.ended_at < Person.created_at, before > numbers["days"] * DAY
                ),
            ),
        )
        .order_by(HourEntry.id)
    )  # fmt: skip
    for row in db.session.execute(asked):
        yield Finding(
            key=f"entry {row.id}",
            organisation_id=row.recorder_id,
            activity_id=row.activity_id,
            person_id=row.person_id,
            marks=(row.source_id,),
            numbers={"minutes": row.minutes, "erased": int(row.erased)},
        )


Shares = dict[str, dict[int, tuple[int, int]]]


def _shares(window: Window) -> tuple[Shares, list[str]]:
    """Return late entries and all entries by month and recorder, and the window's months."""
    here = Organisation.path.startswith(window.path)
    asked = sa.select(HourEntry.month).join(Organisation, Organisation.id == HourEntry.recorder_id)
    months = sorted(db.session.scalars(asked.where(here, recorded(window)).distinct()))
    if not months:
        return {}, []
    late = sa.func.count().filter(HourEntry.proof == Proof.LATE)
    counted = (
        sa.select(HourEntry.month, HourEntry.recorder_id, late, sa.func.count())
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(
            here,
            HourEntry.kind == EntryKind.CREDIT,
            HourEntry.month.between(dates.add_months(months[0], -MONTHS_BEFORE), months[-1]),
        )
        .group_by(HourEntry.month, HourEntry.recorder_id)
    )
    shares: Shares = {month: {} for month in months}
    for month, recorder, of_them_late, all_of_them in db.session.execute(counted):
        shares.setdefault(month, {})[recorder] = (of_them_late, all_of_them)
    return shares, months


def _total(month: dict[int, tuple[int, int]], but: int) -> int:
    """Return the late entries of everybody else, of a hundred."""
    rest = [pair for recorder, pair in month.items() if recorder != but]
    return _percent(rest)


def _past(shares: Shares, recorder: int, month: str) -> int:
    """Return a community's late entries of a hundred in the half year before."""
    earlier = (dates.add_months(month, -number) for number in range(1, MONTHS_BEFORE + 1))
    return _percent([shares.get(one, {}).get(recorder, (0, 0)) for one in earlier])


def _percent(pairs: list[tuple[int, int]]) -> int:
    return sum(late for late, _all in pairs) * 100 // max(1, sum(one for _late, one in pairs))


def _late_marks(recorder: int, month: str) -> list[int]:
    asked = sa.select(HourEntry.source_id).where(
        HourEntry.recorder_id == recorder,
        HourEntry.month == month,
        HourEntry.proof == Proof.LATE,
        _from_the_door(),
    )
    return list(db.session.scalars(asked.order_by(HourEntry.id)))


def _days(window: Window) -> tuple[date, date] | None:
    """Return the whole weeks in which the window's hours were given."""
    asked = sa.select(sa.func.min(HourEntry.service_date), sa.func.max(HourEntry.service_date))
    first, last = db.session.execute(asked.where(recorded(window))).one()
    if first is None:
        return None
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _entries_of(people: set[int], span: tuple[date, date]) -> dict[Any, list[Any]]:
    asked = (
        sa.select(
            HourEntry.person_id, HourEntry.service_date, HourEntry.minutes, HourEntry.source_id,
            HourEntry.recorder_id, Organisation.path,
        )
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(
            HourEntry.person_id.in_(people),
            HourEntry.service_date.between(*span),
            _from_the_door(),
        )
        .order_by(HourEntry.started_at)
    )  # fmt: skip
    return grouped(db.session.execute(asked), "person_id") if people else {}


def _from_the_door() -> sa.ColumnElement[bool]:
    """Return the condition that an entry rests on a mark, whose number is its source."""
    return sa.and_(HourEntry.source == "attendance", HourEntry.kind == EntryKind.CREDIT)
