"""What happened between one person and one activity, told line by line (W33, W41).

Every mark made and taken back, excuses, absences and appeals, and what the book of hours says;
nothing is left out, for nothing of it is ever deleted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.attendance import states
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.attendance.sheets.models import SheetMark, SheetRow
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.people.models import Person
from volunteer_site.signups.absences import cases
from volunteer_site.signups.absences import queries as absences
from volunteer_site.signups.absences.cases import Case
from volunteer_site.signups.absences.models import Cleared, Stage
from volunteer_site.signups.models import Signup


@dataclass(frozen=True)
class Event:
    """One line of the story."""

    at: datetime
    words: str


def of(activity_id: int, person_id: int) -> list[Event]:
    """Return the story of a person and an activity, the first thing first."""
    case = cases.of_activity(activity_id, person_id)
    events = [
        *_signups(activity_id, person_id),
        *_marks(activity_id, person_id),
        *_excuses(activity_id, person_id),
        *(_absence(case) if case else ()),
        *_book(activity_id, person_id),
    ]
    return sorted(events, key=lambda event: event.at)


def _signups(activity_id: int, person_id: int) -> Iterator[Event]:
    by = orm.aliased(Person)
    asked = (
        sa.select(Signup, by.name)
        .outerjoin(by, by.id == Signup.added_by_id)
        .where(Signup.activity_id == activity_id, Signup.person_id == person_id)
    )
    for signup, name in db.session.execute(asked.order_by(Signup.id)):
        yield Event(signup.signed_up_at, _signed_up(signup, name))
        if signup.confirmed_at and signup.confirmed_at > signup.signed_up_at:
            yield Event(signup.confirmed_at, _("Got a place from the waiting list"))
        if signup.withdrawn_at:
            said = _("Withdrew")
            yield Event(signup.withdrawn_at, _because(said, signup.withdrawal_reason))


def _signed_up(signup: Signup, by: str | None) -> str:
    if signup.source == "walk_in":
        return _("Put on the list at the door by %(by)s", by=by or "")
    if signup.source == "proxy" and by:
        return _("Signed up by %(by)s", by=by)
    return _("Signed up") if signup.confirmed_at == signup.signed_up_at else _("Joined the line")


def _marks(activity_id: int, person_id: int) -> Iterator[Event]:
    by, undoer = orm.aliased(Person), orm.aliased(Person)
    asked = (
        sa.select(Attendance, by.name, undoer.name, SheetRow.number)
        .outerjoin(by, by.id == Attendance.recorded_by_id)
        .outerjoin(undoer, undoer.id == Attendance.undone_by_id)
        .outerjoin(SheetMark, SheetMark.attendance_id == Attendance.id)
        .outerjoin(SheetRow, SheetRow.id == SheetMark.row_id)
        .where(Attendance.activity_id == activity_id, Attendance.person_id == person_id)
    )
    for mark, name, undone_by, row in db.session.execute(asked.order_by(Attendance.id)):
        time, going = dates.show_time(mark.happened_at), mark.direction == Direction.OUT
        how = states.how(mark.method, name)
        if row is not None:
            how = _("from row %(row)d of the sign-in sheet, entered by %(by)s", row=row, by=name)
        passed = _("Checked in for %(time)s", time=time)
        if going:
            passed = _("Checked out for %(time)s", time=time)
        yield Event(mark.recorded_at, f"{passed} · {how}")
        if mark.undone_at:
            yield Event(mark.undone_at, _undone(going=going, time=time, by=undone_by))


def _undone(*, going: bool, time: str, by: str | None) -> str:
    if going:
        return _("%(by)s took back the check-out for %(time)s", by=by or "", time=time)
    return _("%(by)s took back the check-in for %(time)s", by=by or "", time=time)


def _excuses(activity_id: int, person_id: int) -> Iterator[Event]:
    for excuse, giver, taker in absences.excuses(activity_id, person_id):
        yield Event(excuse.given_at, _because(_("Excused by %(by)s", by=giver), excuse.reason))
        if excuse.withdrawn_at:
            words = _("%(by)s took the excuse back", by=taker or "")
            yield Event(excuse.withdrawn_at, words)


def _absence(case: Case) -> Iterator[Event]:
    one = case.absence
    yield Event(one.noted_at, _("The activity was closed; noted as absent"))
    for plea in case.pleas:
        yield Event(plea.made_at, _("They object: %(words)s", words=plea.words))
        if plea.answered_at:
            office = plea.stage == Stage.OFFICE
            by = _("the office") if office else (plea.by or "")
            said = _("Answer of %(by)s: it does not count", by=by)
            words = said if plea.upheld else _("Answer of %(by)s: it stays", by=by)
            yield Event(plea.answered_at, _because(words, plea.answer))
    if one.cleared_at and one.cleared_because == Cleared.CAME:
        yield Event(one.cleared_at, _("They were there after all; the absence does not count"))


def _book(activity_id: int, person_id: int) -> Iterator[Event]:
    by = orm.aliased(Person)
    asked = (
        sa.select(HourEntry, by.name)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .outerjoin(by, by.id == HourEntry.recorded_by_id)
        .where(
            ServiceRecord.source == "activity",
            ServiceRecord.source_id == activity_id,
            HourEntry.person_id == person_id,
        )
        .order_by(HourEntry.id)
    )
    lines = [(row[0], row[1]) for row in db.session.execute(asked)]
    minutes = {entry.id: entry.minutes for entry, _name in lines}
    replaced = {entry.reverses_id for entry, _name in lines if entry.kind == EntryKind.CORRECTION}
    for entry, name in lines:
        if entry.kind != EntryKind.REVERSAL or entry.reverses_id not in replaced:
            yield Event(entry.recorded_at, _entry(entry, minutes, name or ""))


def _entry(entry: HourEntry, minutes: dict[int, int], by: str) -> str:
    if entry.kind == EntryKind.CREDIT:
        return _("%(minutes)d minutes entered into the book", minutes=entry.minutes)
    before = minutes.get(entry.reverses_id or 0, -entry.minutes)
    after = entry.minutes if entry.kind == EntryKind.CORRECTION else 0
    words = _(
        "%(by)s put the hours right: it was %(before)d minutes, now it is %(after)d",
        by=by,
        before=before,
        after=after,
    )
    return _because(words, entry.reason)


def _because(words: str, reason: str) -> str:
    return _("%(words)s; reason: %(reason)s", words=words, reason=reason) if reason else words
