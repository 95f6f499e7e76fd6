"""Stars of the demo: one awarded, one on public notice, one just applied for, one refused.

Half a year of the demo is not enough for the official hundred hours, so its office tries a lower
scale, as it may.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core.calendar import UnknownYear
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import staff
from volunteer_site.hours.models import MonthlyTotal
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.stars import services
from volunteer_site.recognition.stars.scale import Level

DAY = timedelta(days=1)
SCALE = (
    Level(1, 30),
    Level(2, 100, 180),
    Level(3, 200, 180),
    Level(4, 400, 365),
    Level(5, 600, 365),
)


@dataclass(frozen=True)
class Tale:
    """How many days ago somebody applied, and what was done how many days ago."""

    applied: int
    noticed: int | None = None
    awarded: int | None = None
    refused: str = ""


TALES = (
    Tale(34, noticed=32, awarded=18),
    Tale(4, noticed=2),
    Tale(1),
    Tale(12, refused="有两场活动的签到还在核实，核实后欢迎再次申请。"),
)


def tell(now: datetime) -> None:
    """Let the busiest people of one community apply; by the services that people use, once only."""
    coordinator, officer = staff.first(RoleName.COORDINATOR), staff.first(RoleName.OFFICER)
    applicants = _busiest(coordinator.organisation_id)
    if len(applicants) < len(TALES):
        return
    with write_transaction():
        services.set_scale(SCALE, by_id=officer.person_id, now=now - 90 * DAY)
    for tale, person_id in zip(TALES, applicants, strict=True):
        try:
            _tell(tale, person_id, (coordinator.person_id, officer.person_id), now)
        except UnknownYear:  # nobody has said yet which days are holidays (R9)
            continue


def _tell(tale: Tale, person_id: int, two: tuple[int, int], now: datetime) -> None:
    first, second = two
    with write_transaction():
        number = services.apply(person_id, 1, now - tale.applied * DAY).id
        if tale.noticed is not None:
            services.put_on_notice(number, by_id=first, now=now - tale.noticed * DAY)
        if tale.awarded is not None:
            services.award(number, by_id=second, now=now - tale.awarded * DAY)
        if tale.refused:
            at = now - (tale.applied - 1) * DAY
            services.refuse(number, tale.refused, by_id=first, now=at)


def _busiest(community_id: int) -> list[int]:
    """Return those of a community with hours enough for the first star, the most hours first."""
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
        .having(total >= SCALE[0].minutes)
        .order_by(total.desc(), Person.id)
        .limit(len(TALES))
    )
    return list(db.session.scalars(asked))
