"""Giving badges when hours are posted, and taking them back when hours turn out wrong (R30)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import EntryKind, HourEntry
from volunteer_site.hours.queries import Entry
from volunteer_site.hours.services import take_turns
from volunteer_site.recognition import queries
from volunteer_site.recognition.models import Award, AwardEntry
from volunteer_site.recognition.rules import Earned, Rulebook

AT_ONCE: Final = 200  # people, so that no statement grows too long

Key = tuple[int, int, str]  # person, badge, period


def award_after(person_ids: Collection[int], now: datetime) -> None:
    """Bring the badges of these people in line with their hours; again changes nothing.

    What is reached is awarded. An award stays as it was given while all it rests on stands; when
    something of it was taken back, it rests on other entries if the badge is reached all the
    same, and is withdrawn with the reason if not (R30).
    """
    rules = queries.rules()
    if not rules:
        return
    book, open_ = Rulebook(rules), {rule.badge_id for rule in rules if rule.open}
    people = sorted(person_ids)
    for start in range(0, len(people), AT_ONCE):
        _settle(people[start : start + AT_ONCE], book, open_, now)


def _settle(people: list[int], book: Rulebook, open_: set[int], now: datetime) -> None:
    take_turns(people)
    due = {_key(got): got for got in _earned(hours.standing_entries(people), book)}
    held, shaken = _held(people), _shaken(people)
    _give([got for key, got in due.items() if key not in held and got.badge_id in open_], now)
    lost = {award: key for key, award in held.items() if award in shaken}
    _rest_elsewhere({award: due[key] for award, key in lost.items() if key in due})
    _withdraw({award: shaken[award] for award, key in lost.items() if key not in due}, now)


def _earned(entries: Iterable[Entry], book: Rulebook) -> Iterator[Earned]:
    histories: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        histories[entry.person_id].append(entry)
    for history in histories.values():
        yield from book.earned(history)


def _key(got: Earned) -> Key:
    return got.person_id, got.badge_id, got.period


def _held(people: Collection[int]) -> dict[Key, int]:
    """Return the standing awards of these people."""
    asked = sa.select(Award.person_id, Award.badge_id, Award.period, Award.id)
    asked = asked.where(Award.person_id.in_(people), Award.withdrawn_at.is_(None))
    return {(row[0], row[1], row[2]): row[3] for row in db.session.execute(asked)}


def _shaken(people: Collection[int]) -> dict[int, str]:
    """Return the standing awards that rest on an entry taken back, each with the reasons told."""
    asked = (
        sa.select(AwardEntry.award_id, HourEntry.reason)
        .join(HourEntry, HourEntry.reverses_id == AwardEntry.entry_id)
        .join(Award, Award.id == AwardEntry.award_id)
        .where(
            HourEntry.person_id.in_(people),
            HourEntry.kind == EntryKind.REVERSAL,
            Award.withdrawn_at.is_(None),
        )
        .order_by(HourEntry.id)
    )
    told: dict[int, list[str]] = defaultdict(list)
    for award, reason in db.session.execute(asked):
        told[award].append(reason)
    return {award: "; ".join(dict.fromkeys(reasons)) for award, reasons in told.items()}


def _give(fresh: list[Earned], now: datetime) -> None:
    if not fresh:
        return
    rows = [
        {
            "badge_id": got.badge_id,
            "person_id": got.person_id,
            "period": got.period,
            "earned_on": got.entry.service_date,
            "awarded_at": now,
            "withdrawal_reason": "",
        }
        for got in fresh
    ]
    db.session.execute(sa.insert(Award), rows)
    numbers = _held({got.person_id for got in fresh})
    _rest({numbers[_key(got)]: got.entries for got in fresh})


def _rest_elsewhere(moved: dict[int, Earned]) -> None:
    """Let awards rest on the entries that stand; they were given on the day they were given."""
    if not moved:
        return
    db.session.execute(sa.delete(AwardEntry).where(AwardEntry.award_id.in_(moved)))
    _rest({number: got.entries for number, got in moved.items()})
    _change([{"id": id_, "earned_on": got.entry.service_date} for id_, got in moved.items()])


def _withdraw(lost: dict[int, str], now: datetime) -> None:
    if not lost:
        return
    _change(
        [
            {"id": award, "withdrawn_at": now, "withdrawal_reason": reason}
            for award, reason in lost.items()
        ]
    )


def _rest(entries: dict[int, tuple[int, ...]]) -> None:
    rows = [{"award_id": award, "entry_id": entry} for award, on in entries.items() for entry in on]
    db.session.execute(sa.insert(AwardEntry), rows)


def _change(rows: list[dict[str, Any]]) -> None:
    """Change many awards by their numbers in one statement."""
    db.session.execute(sa.update(Award), rows)
