"""Giving badges when hours are posted, and taking them back when hours turn out wrong (R30)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import EntryKind, HourEntry
from volunteer_site.hours.queries import Entry
from volunteer_site.hours.services import take_turns
from volunteer_site.recognition import queries
from volunteer_site.recognition.models import Award, AwardEntry
from volunteer_site.recognition.rules import Earned, Rulebook

AT_ONCE: Final = 200  # people, so that no statement grows too long

Key = tuple[int, int, str]  # person, badge, period


class _Held(NamedTuple):
    """A standing award with the entries it rests on; none if it was given by hand."""

    id: int
    entries: frozenset[int]


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
    entries, held = hours.standing_entries(people), _held(people)
    due = {_key(got): got for got in _earned(entries, book)}
    counting = {entry.id for entry in entries if entry.minutes > 0}
    fallen = {key: award for key, award in held.items() if not award.entries <= counting}
    _give([got for key, got in due.items() if key not in held and got.badge_id in open_], now)
    _rest_elsewhere({award.id: due[key] for key, award in fallen.items() if key in due})
    _withdraw({a.id: a.entries - counting for key, a in fallen.items() if key not in due}, now)


def _earned(entries: Iterable[Entry], book: Rulebook) -> Iterator[Earned]:
    histories: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        histories[entry.person_id].append(entry)
    for history in histories.values():
        yield from book.earned(history)


def _key(got: Earned) -> Key:
    return got.person_id, got.badge_id, got.period


def _held(people: list[int]) -> dict[Key, _Held]:
    asked = (
        sa.select(Award.id, Award.person_id, Award.badge_id, Award.period, AwardEntry.entry_id)
        .outerjoin(AwardEntry, AwardEntry.award_id == Award.id)
        .where(Award.person_id.in_(people), Award.withdrawn_at.is_(None))
    )
    found: dict[tuple[int, Key], set[int]] = defaultdict(set)
    for award, person, badge, period, entry in db.session.execute(asked):
        found[award, (person, badge, period)].update({entry} - {None})
    return {key: _Held(award, frozenset(entries)) for (award, key), entries in found.items()}


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
    numbers = {key: award.id for key, award in _held([got.person_id for got in fresh]).items()}
    _rest({numbers[_key(got)]: got.entries for got in fresh})


def _rest_elsewhere(moved: dict[int, Earned]) -> None:
    """Let awards rest on the entries that stand; they were given on the day they were given."""
    if not moved:
        return
    db.session.execute(sa.delete(AwardEntry).where(AwardEntry.award_id.in_(moved)))
    _rest({number: got.entries for number, got in moved.items()})
    _change([{"id": id_, "earned_on": got.entry.service_date} for id_, got in moved.items()])


def _withdraw(lost: dict[int, frozenset[int]], now: datetime) -> None:
    """Withdraw awards; `lost` says which of the entries each rested on do not count any more."""
    if not lost:
        return
    said = _reasons(frozenset().union(*lost.values()))
    _change(
        [
            {
                "id": award,
                "withdrawn_at": now,
                "withdrawal_reason": "; ".join(dict.fromkeys(said[one] for one in sorted(gone))),
            }
            for award, gone in lost.items()
        ]
    )


def _reasons(entries: Collection[int]) -> dict[int, str]:
    """Return why each of these entries was taken back, in the words of who did it."""
    asked = sa.select(HourEntry.reverses_id, HourEntry.reason)
    asked = asked.where(HourEntry.reverses_id.in_(entries), HourEntry.kind == EntryKind.REVERSAL)
    told = {number: reason for number, reason in db.session.execute(asked) if reason}
    return {number: told.get(number, _("The hours were taken back.")) for number in entries}


def _rest(entries: dict[int, tuple[int, ...]]) -> None:
    rows = [{"award_id": award, "entry_id": entry} for award, on in entries.items() for entry in on]
    db.session.execute(sa.insert(AwardEntry), rows)


def _change(rows: list[dict[str, Any]]) -> None:
    """Change many awards by their numbers in one statement."""
    db.session.execute(sa.update(Award), rows)
