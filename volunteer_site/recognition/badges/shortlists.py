"""Who has enough entries for a rule, counted by the database in one statement.

For most measures that is already the answer; for the others it leaves few people to look at.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.recognition.badges.measures import MEASURES, MINUTES
from volunteer_site.recognition.badges.rules import Rule, Rulebook

DISTINCT: Final[dict[str, Any]] = {
    "entries": HourEntry.id,
    "days": HourEntry.service_date,
    "months": HourEntry.month,
    "categories": ServiceRecord.category,
    "recorders": HourEntry.recorder_id,
}


def is_exact(rule: Rule) -> bool:
    """Tell whether everybody on the shortlist has what the rule asks for."""
    counted = rule.measure in {*DISTINCT, *MINUTES, "weeks", "first_of_year"}
    return counted and rule.over_period in {"ever", "dates"}


def shortlist(rule: Rule, book: Rulebook, paths: Collection[str]) -> Sequence[int]:
    """Return who may have the badge and served at or below `paths`: who served last comes first."""
    asked = (
        sa.select(HourEntry.person_id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(
            hours.standing(), HourEntry.minutes > 0, *_served_below(paths), *_narrowed(rule, book)
        )
        .group_by(HourEntry.person_id)
        .having(_counted(rule.measure) >= (1 if _unbounded(rule) else rule.threshold))
        .order_by(sa.func.max(HourEntry.service_date).desc(), HourEntry.person_id.desc())
    )
    return db.session.scalars(asked).all()


def _counted(measure: str) -> sa.ColumnElement[Any]:
    if measure in MINUTES:
        return sa.func.sum(HourEntry.minutes)
    if measure in {"weeks", "streak"}:
        return sa.func.count(sa.distinct(_week()))
    return sa.func.count(sa.distinct(DISTINCT.get(measure, HourEntry.id)))


def _unbounded(rule: Rule) -> bool:
    """Tell whether one entry may be enough for any number."""
    return not MEASURES[rule.measure].single and rule.measure not in MINUTES


def _months(rule: Rule) -> list[str]:
    first, last = (int(day[:2]) for day in (rule.first_day, rule.last_day))
    several = range(first, last + 1 if first <= last else last + 13)
    return [f"{(month - 1) % 12 + 1:02}" for month in several]


def _week() -> sa.ColumnElement[Any]:
    """Return the number of the week of a service, Monday to Sunday."""
    if db.session.get_bind().dialect.name == "postgresql":
        return sa.func.date_trunc("week", HourEntry.service_date)
    days = sa.cast(sa.func.julianday(HourEntry.service_date) + 0.5, sa.Integer)  # 0 is a Monday
    return days // 7


def _served_below(paths: Collection[str]) -> Iterator[sa.ColumnElement[bool]]:
    if tuple(paths) != ("/",):
        ours = sa.select(Organisation.id).where(at_or_below(paths))
        served = sa.select(MonthlyTotal.person_id).where(MonthlyTotal.recorder_id.in_(ours))
        yield HourEntry.person_id.in_(served)


def _narrowed(rule: Rule, book: Rulebook) -> Iterator[sa.ColumnElement[bool]]:
    if rule.organisation_id is not None:
        recorders, units = book.places.at(rule.organisation_id)
        yield sa.or_(HourEntry.recorder_id.in_(recorders), HourEntry.unit_id.in_(units))
    if rule.category:
        yield ServiceRecord.category == rule.category
    if rule.programme:
        yield ServiceRecord.title.contains(rule.programme, autoescape=True)
    if rule.over_period == "season":
        yield sa.func.substr(HourEntry.month, 6).in_(_months(rule))
    if rule.over_period == "dates":
        first, last = (date.fromisoformat(day) for day in (rule.first_day, rule.last_day))
        yield HourEntry.service_date.between(first, last)
