"""Drawing entries, writing down what was found, publishing the shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies import findings, search
from volunteer_site.oversight.anomalies.entries import its_mark
from volunteer_site.oversight.anomalies.models import Kind
from volunteer_site.oversight.spot_checks import draw
from volunteer_site.oversight.spot_checks.models import Result, SpotCheck, SpotCheckLine

GRAVITY = 3  # as much as the gravest rules


class NotSealed(Refusal):
    """The month is not sealed to its end, so its entries may still grow."""


class NothingToDraw(Refusal):
    """Nothing was recorded in that month."""


class AlreadyPublished(Refusal):
    """What is published does not change any more."""


class NotFinished(Refusal):
    """Some entries have not been looked at."""


class OwnEntry(Refusal):
    """Nobody checks their own hours (R22)."""

    status = 422


class Finding(NamedTuple):
    """What looking at one entry gave."""

    result: str
    words: str


@dataclass(frozen=True)
class Officer:
    """Who draws and checks; `number` is their own number as a volunteer."""

    id: int
    number: str


def draw_check(
    district: Organisation, month: str, percent: int, officer: Officer, *, now: datetime
) -> SpotCheck:
    """Draw so many of a hundred of a month's entries; the same officer draws a month once.

    A second time gives the draw that is there. Raises NotSealed and NothingToDraw.
    """
    turns.wait_for(f"spot check {district.id} {month}")
    there = _drawn_before(district.id, month, officer.id)
    if there is not None:
        return there
    seal = draw.last_seal_of(month)
    if seal is None:
        raise NotSealed(
            _(
                "%(month)s is not sealed to its end yet. Draw once the month is over and sealed; "
                "then nobody can add to it.",
                month=dates.show_month(month),
            )
        )
    strata = draw.strata(district.path, month)
    begin = draw.seed(seal.digest, month, district.slug, officer.number)
    chosen = draw.drawn(begin, strata, percent)
    if not chosen:
        raise NothingToDraw(
            _("Nothing was recorded in %(month)s. Choose another month.",
              month=dates.show_month(month))
        )  # fmt: skip
    check = SpotCheck(
        organisation_id=district.id,
        month=month,
        percent=percent,
        population=sum(map(len, strata.values())),
        seal_day=seal.day,
        seal_digest=seal.digest,
        seed=begin,
        drawn_at=now,
        drawn_by_id=officer.id,
    )
    _keep(check, chosen)
    return check


def note(check_id: int, found: Mapping[int, Finding], *, by_id: int, now: datetime) -> int:
    """Write down what was found, by line; return how many lines changed.

    Raises AlreadyPublished, and OwnEntry for one's own hours.
    """
    check, changed = _open(check_id), 0
    asked = sa.select(SpotCheckLine, HourEntry.person_id).join(
        HourEntry, HourEntry.id == SpotCheckLine.entry_id
    )
    asked = asked.where(SpotCheckLine.check_id == check_id, SpotCheckLine.id.in_(found))
    for line, person_id in db.session.execute(asked):
        finding = found[line.id]
        if (line.result, line.words) == finding:
            continue
        if person_id == by_id:
            raise OwnEntry(
                _(
                    "Row %(row)s is your own entry. Nobody checks their own hours; another "
                    "officer has to.",
                    row=line.position,
                )
            )
        line.result, line.words = finding
        line.checked_at, line.checked_by_id = now, by_id
        changed += 1
    if changed:
        _record("spot_check.note", by_id, check, f"{changed}")
    return changed


def publish(check_id: int, remark: str, *, by_id: int, now: datetime) -> SpotCheck:
    """Show the shares to everybody of the district; what was found wrong goes to the desk.

    Twice is once. Raises NotFinished.
    """
    check = _locked(check_id)
    if check.published_at is not None:
        return check
    lines = list(
        db.session.scalars(sa.select(SpotCheckLine).where(SpotCheckLine.check_id == check_id))
    )
    left = sum(line.result is None for line in lines)
    if left:
        raise NotFinished(
            _(
                "%(count)s entries have not been looked at. Choose right, wrong or cannot say for "
                "each, then publish.",
                count=left,
            )
        )
    check.published_at, check.published_by_id, check.remark = now, by_id, remark
    search.put_on_the_desk(Kind.SPOT_CHECK, GRAVITY, _wrong(check), now)
    _record("spot_check.publish", by_id, check, check.month)
    return check


def _keep(check: SpotCheck, chosen: list[int]) -> None:
    db.session.add(check)
    db.session.flush()
    rows = [
        {"check_id": check.id, "position": position, "entry_id": entry, "words": ""}
        for position, entry in enumerate(chosen, start=1)
    ]
    db.session.execute(sa.insert(SpotCheckLine), rows)
    _record("spot_check.draw", check.drawn_by_id, check, f"{check.month} {check.percent} %")


def _drawn_before(district_id: int, month: str, officer_id: int) -> SpotCheck | None:
    asked = sa.select(SpotCheck).where(
        SpotCheck.organisation_id == district_id,
        SpotCheck.month == month,
        SpotCheck.drawn_by_id == officer_id,
    )
    found: SpotCheck | None = db.session.scalar(asked)
    return found


def _locked(check_id: int) -> SpotCheck:
    check = db.session.get(SpotCheck, check_id, with_for_update=True, populate_existing=True)
    if check is None:
        raise NotFound(_("There is no such spot check."))
    return check


def _open(check_id: int) -> SpotCheck:
    check = _locked(check_id)
    if check.published_at is not None:
        raise AlreadyPublished(_("This spot check is published and does not change any more."))
    return check


def _wrong(check: SpotCheck) -> list[findings.Finding]:
    """Return the entries that were found wrong, to be decided about like any finding."""
    asked = (
        sa.select(
            SpotCheckLine.id, SpotCheckLine.words, HourEntry.person_id, HourEntry.recorder_id,
            ServiceRecord.source_id, Attendance.id,
        )
        .join(HourEntry, HourEntry.id == SpotCheckLine.entry_id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Attendance, its_mark())
        .where(
            SpotCheckLine.check_id == check.id,
            SpotCheckLine.result == Result.WRONG,
            ServiceRecord.source == "activity",
            Attendance.direction == Direction.IN,
        )
        .order_by(SpotCheckLine.id, Attendance.undone_at.is_(None), Attendance.id)
    )  # fmt: skip
    latest = {row[0]: row for row in db.session.execute(asked)}  # of marks that stand, if any do
    return [
        findings.Finding(
            key=f"line {line}",
            organisation_id=recorder,
            marks=(mark,),
            numbers={"month": check.month, "words": words},
            activity_id=activity,
            person_id=person,
        )
        for line, words, person, recorder, activity, mark in latest.values()
    ]


def _record(kind: str, by_id: int, check: SpotCheck, note: str) -> None:
    audit.record(kind, by_id, object_kind="spot_check", object_id=check.id, note=note)
