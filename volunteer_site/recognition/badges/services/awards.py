"""Giving badges when hours are posted, and taking them back when hours turn out wrong (R30)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import EntryKind, HourEntry
from volunteer_site.hours.queries import Entry
from volunteer_site.hours.services import take_turns
from volunteer_site.recognition.badges import lives, queries
from volunteer_site.recognition.badges.models import Award, AwardEntry
from volunteer_site.recognition.badges.rules import Earned, Rulebook

AT_ONCE: Final = 200  # people, so that no statement grows too long

Key = tuple[int, int, str]  # person, badge, period
Histories = Mapping[int, list[Entry]]


class Holding(NamedTuple):
    """A standing award; `shaken` says why, if something it rests on was taken back."""

    id: int
    shaken: str


def award_after(person_ids: Collection[int], now: datetime) -> None:
    """Bring the badges of these people in line with hours posted at `now`; again changes nothing.

    Only rules are counted that what was posted can touch, and those of awards that rest on what
    was taken back. What is reached is awarded. An award stays as it was given while all it rests
    on stands; when something of it was taken back, it rests on other entries if the badge is
    reached all the same, and is withdrawn with the reason if not (R30).
    """
    _in_groups(person_ids, now, since=now)


def settle(person_ids: Collection[int], now: datetime) -> None:
    """Do the same by all rules, whenever the hours were posted.

    For rules that are new, and what has changed beside the ledger: holidays, absences, homes.
    """
    _in_groups(person_ids, now, since=None)


def unsettled(person_ids: Collection[int]) -> list[int]:
    """Return for whom of these `settle` would change something; changes nothing, locks nothing."""
    book = queries.rulebook()
    held, open_ = _held(person_ids), _open(book)
    due = _due(_histories(person_ids), book, held)
    changed = {key[0] for key in due.keys() - held.keys() if key[1] in open_}
    return sorted(changed | {key[0] for key, one in held.items() if one.shaken})


def _in_groups(person_ids: Collection[int], now: datetime, since: datetime | None) -> None:
    book = queries.rulebook()
    if not book.rules:
        return
    people = sorted(person_ids)
    for start in range(0, len(people), AT_ONCE):
        _settle(people[start : start + AT_ONCE], book, now, since)


def _settle(people: list[int], book: Rulebook, now: datetime, since: datetime | None) -> None:
    take_turns(people)
    histories, held = _histories(people), _held(people)
    shaken = {key: one for key, one in held.items() if one.shaken}
    if since is not None:
        fresh = [one for lines in histories.values() for one in lines if one.recorded_at >= since]
        book = book.touched_by(fresh, {badge for _person, badge, _period in shaken})
    due, open_ = _due(histories, book, held), _open(book)
    _give([got for key, got in due.items() if key not in held and got.badge_id in open_], now)
    _rest_elsewhere({one.id: due[key] for key, one in shaken.items() if key in due})
    _withdraw({one.id: one.shaken for key, one in shaken.items() if key not in due}, now)


def _histories(people: Collection[int]) -> Histories:
    histories: dict[int, list[Entry]] = defaultdict(list)
    for entry in hours.standing_entries(people):
        histories[entry.person_id].append(entry)
    return histories


def _due(histories: Histories, book: Rulebook, held: Mapping[Key, Holding]) -> dict[Key, Earned]:
    """Return what these people have reached, without what they hold and rightly so."""
    if not book.rules:
        return {}
    firm: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for (person, badge, period), one in held.items():
        if not one.shaken:
            firm[person].add((badge, period))
    around = lives.around(book, histories)
    return {
        (got.person_id, got.badge_id, got.period): got
        for person, history in histories.items()
        for got in book.earned(history, around[person], firm[person])
    }


def _open(book: Rulebook) -> set[int]:
    return {rule.badge_id for rule in book.rules if rule.open}


def _held(people: Collection[int]) -> dict[Key, Holding]:
    """Return the standing awards of these people, and why some do not rest on what stands."""
    gone = (
        sa.select(AwardEntry.award_id, HourEntry.id, HourEntry.reason)
        .join(HourEntry, HourEntry.reverses_id == AwardEntry.entry_id)
        .where(HourEntry.person_id.in_(people), HourEntry.kind == EntryKind.REVERSAL)
        .subquery()
    )
    asked = (
        sa.select(Award.person_id, Award.badge_id, Award.period, Award.id, gone.c.reason)
        .outerjoin(gone, gone.c.award_id == Award.id)
        .where(Award.person_id.in_(people), Award.withdrawn_at.is_(None))
        .order_by(gone.c.id)
    )
    numbers: dict[Key, int] = {}
    told: dict[Key, list[str]] = defaultdict(list)
    for person, badge, period, number, reason in db.session.execute(asked):
        numbers[person, badge, period] = number
        if reason is not None:
            told[person, badge, period].append(reason)
    return {
        key: Holding(number, "; ".join(dict.fromkeys(told.get(key, ()))))
        for key, number in numbers.items()
    }


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
            "citation": "",
        }
        for got in fresh
    ]
    columns = (Award.person_id, Award.badge_id, Award.period, Award.id)
    given: Iterable[Any] = db.session.execute(sa.insert(Award).returning(*columns), rows)
    numbers: dict[Key, int] = {(row[0], row[1], row[2]): row[3] for row in given}
    _rest({numbers[got.person_id, got.badge_id, got.period]: got.entries for got in fresh})


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
