"""A festival from morning to evening: more hours than a day gives by itself (R7)."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from volunteer_site.activities.models import Shift
from volunteer_site.activities.plans import Plan, ShiftPlan
from volunteer_site.activities.services import activities
from volunteer_site.attendance import services as door
from volunteer_site.attendance.services import Seen
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.demo import staff
from volunteer_site.people.models import Person, Role

TITLE = "社区邻里节全天服务"
DAYS_AGO = timedelta(days=2)
BEGINS, ENDS = time(8), time(18, 30)
HELPERS = 3
WORDS = {
    "title": TITLE,
    "category": "events",
    "place": "社区广场",
    "content": "布置场地、引导居民、维持秩序，活动结束后清理广场。",
    "conditions": "身体健康，能全天在场",
    "how_to_sign_up": "在本站报名",
    "risks": "人多，注意走散；注意防晒",
    "provided": "午餐、饮水、志愿服务保险",
    "contact": "社区服务站",
    "minimum_age": 18,
    "break_minutes": 60,
}


def hold(place: int, closer: int, now: datetime) -> None:
    """Hold a festival at a community and let `closer` close it; what is beyond the limit waits.

    Call it inside a `write_transaction`.
    """
    day = dates.local_date(now - DAYS_AGO)
    begins, ends = (dates.utc(datetime.combine(day, at)) for at in (BEGINS, ENDS))
    before = begins - timedelta(days=5)
    plan = Plan(WORDS, (ShiftPlan(begins, ends, HELPERS + 2),), leader_id=closer)
    activity = activities.create(activities.Origin(place), plan, by_id=closer, now=before)
    activities.publish(activity, by_id=closer, now=before)
    shift = db.session.scalars(sa.select(Shift).where(Shift.activity_id == activity.id)).one()
    for person in _helpers(place, now):
        seen = Seen("tick", begins, closer)
        door.walk_in(activity, shift, person, seen, now=begins)
    door.close(activity.id, by_id=closer, now=ends + timedelta(minutes=20))


def _helpers(place: int, now: datetime) -> list[int]:
    asked = sa.select(Person.id).where(
        Person.community_id == place,
        staff.grown_up(now),
        Person.id.not_in(sa.select(Role.person_id)),
    )
    return list(db.session.scalars(asked.order_by(Person.id.desc()).limit(HELPERS)))
