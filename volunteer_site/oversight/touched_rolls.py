"""Which honor rolls counted entries of the ledger, of whatever kind they are (R30, R39)."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.oversight.changes import Line, Touched
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.models import HonorRoll, HonorRollLine, Whose


def of(lines: Collection[Line]) -> list[Touched]:
    """Return the rolls, published or in draft, that counted any of these entries (R39)."""
    found: dict[int, tuple[HonorRoll, Organisation]] = {}
    people: dict[int, set[int]] = defaultdict(set)
    for roll, person, body, place in db.session.execute(_asked(lines)):
        if any(
            _is_of(roll, person or body or 0, line) and _counts(roll, place, line) for line in lines
        ):
            found[roll.id] = roll, place
            people[roll.id].add(person or body or 0)
    return [
        Touched(number, its.name, its.slug, roll.month, roll.number, len(people[number]),
                roll.kind, roll.title)
        for number, (roll, its) in found.items()
    ]  # fmt: skip


def _asked(lines: Collection[Line]) -> sa.Select[HonorRoll, int | None, int | None, Organisation]:
    asked = sa.select(
        HonorRoll, HonorRollLine.person_id, HonorRollLine.organisation_id, Organisation
    )
    asked = asked.join(HonorRollLine, HonorRollLine.roll_id == HonorRoll.id)
    bodies = {line.unit_id for line in lines} | {_recorder(line) for line in lines}
    return (
        asked.join(Organisation, Organisation.id == HonorRoll.organisation_id)
        .where(
            sa.or_(
                HonorRollLine.person_id.in_({line.person_id for line in lines}),
                HonorRollLine.organisation_id.in_(bodies - {None}),
            ),
            HonorRoll.month >= min((line.month for line in lines), default=""),
            HonorRoll.withdrawn_at.is_(None),
        )
        .order_by(HonorRoll.month, HonorRoll.id)
    )


def _is_of(roll: HonorRoll, who: int, line: Line) -> bool:
    """Tell whether the entry belongs to the person, unit or team of a line of the roll."""
    if roll.whose == Whose.PEOPLE:
        return line.person_id == who
    return (line.unit_id if roll.whose == Whose.UNITS else _recorder(line)) == who


def _counts(roll: HonorRoll, place: Organisation, line: Line) -> bool:
    """Tell whether the roll counted the entry when it was made."""
    until = line.taken_back_at
    there = line.recorded_at <= roll.cutoff_at and (until is None or until > roll.cutoff_at)
    first, last = rule.span(roll.month, roll.counts)
    within = first <= line.service_date <= last and line.minutes > 0
    return there and within and _at(roll, place, line)


def _at(roll: HonorRoll, place: Organisation, line: Line) -> bool:
    if place.kind == Kind.UNIT:
        return line.unit_id == place.id
    if place.kind == Kind.COMMUNITY and roll.whose != Whose.TEAMS:
        return line.recorder_path == place.path
    return line.recorder_path.startswith(place.path)


def _recorder(line: Line) -> int:
    return int(line.recorder_path.rstrip("/").rpartition("/")[2])
