"""Stars of the demo: two awarded, one on public notice, one just applied for, one refused.

By the official scale: those who apply have come for years (see `old_hands`); others of them have
hours enough as well and may apply.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.calendar import UnknownYear
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import staff
from volunteer_site.hours.models import MonthlyTotal
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.stars import scale, services

DAY, HALF_PAST_NINE = timedelta(days=1), timedelta(hours=9, minutes=30)


@dataclass(frozen=True)
class Tale:
    """How many days ago somebody applied, and what was done how many days ago."""

    applied: int
    noticed: int | None = None
    awarded: int | None = None
    refused: str = ""


TALES = (
    Tale(48, noticed=46, awarded=30),
    Tale(4, noticed=2),
    Tale(1),
    Tale(12, refused="有两场活动的签到还在核实，核实后欢迎再次申请。"),
    Tale(34, noticed=32, awarded=18),
)


def tell(now: datetime) -> None:
    """Let the busiest people of one community apply; by the services that people use, once only."""
    coordinator, officer = staff.first(RoleName.COORDINATOR), staff.first(RoleName.OFFICER)
    applicants = with_hours(coordinator.organisation_id)[: len(TALES)]
    if len(applicants) < len(TALES):
        return
    two = coordinator.person_id, officer.person_id
    morning = dates.day_bounds(dates.today(now))[0] + HALF_PAST_NINE
    for tale, person_id in zip(TALES, applicants, strict=True):
        try:
            _tell(tale, person_id, two, morning)
        except UnknownYear:  # nobody has said yet which days are holidays (R9)
            continue


def _tell(tale: Tale, person_id: int, two: tuple[int, int], today: datetime) -> None:
    first, second = two
    with write_transaction():
        number = services.apply(person_id, 1, today - tale.applied * DAY).id
        if tale.noticed is not None:
            services.put_on_notice(number, by_id=first, now=today - tale.noticed * DAY)
        if tale.awarded is not None:
            services.award(number, by_id=second, now=today - tale.awarded * DAY)
        if tale.refused:
            at = today - (tale.applied - 1) * DAY
            services.refuse(number, tale.refused, by_id=first, now=at)


def with_hours(community_id: int) -> list[int]:
    """Return who of a community has hours enough for the first star, the most hours first."""
    total = sa.func.sum(MonthlyTotal.minutes)
    asked = (
        sa.select(Person.id)
        .join(MonthlyTotal, MonthlyTotal.person_id == Person.id)
        .where(
            Person.community_id == community_id,
            Person.erased_at.is_(None),
            Person.id.not_in(sa.select(Role.person_id)),
        )
        .group_by(Person.id)
        .having(total >= scale.OFFICIAL[0].minutes)
        .order_by(total.desc(), Person.id)
    )
    return list(db.session.scalars(asked))
