"""Badges that people of the demo made themselves, and whom they gave them to, with what words."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import accounts, staff
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import RoleName
from volunteer_site.recognition.badges import candidates
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.badges.services import composing, giving

BY_HAND: Final[dict[str, Any]] = {"measure": "", "over_period": "ever", "threshold": 1}
SNOW: Final[dict[str, Any]] = {
    "name_zh": "踏雪先锋", "name_en": "First in the snow", "emblem": "snowflake",
    "shape": "hexagon", "tint": "sky", "sentence_zh": "天还没亮，您已经为大家扫出一条路。",
    "sentence_en": "Before it was light you had swept a path for everybody.",
}  # fmt: skip
IDEA: Final = "bright-idea"  # of the catalogue, given by hand
LANES: Final[dict[str, Any]] = {
    "name_zh": "清巷能手", "name_en": "Clear lanes", "emblem": "broom", "shape": "shield",
    "tint": "green", "sentence_zh": "巷子里的每一块砖都认得您。",
    "sentence_en": "Every stone of the lane knows you.",
    "measure": "entries", "category": "clean-up", "over_period": "year", "threshold": 12,
}  # fmt: skip
SWEPT: Final = "大雪那天清晨五点半到社区，带着邻居扫出三条路，让孩子们平安上学。"
IDEAS: Final = (
    "提出把便民工具箱放到每个院门口，谁用谁取，用完归还，如今十二个院子都有了。",
    "给独居老人家门口挂上“平安牌”，早上翻面报平安，邻居一眼就能看见。",
    "画出了第一张社区楼道杂物地图，哪里清、谁来清，一目了然。",
)


def tell(now: datetime) -> None:
    """Let a community and the district make badges and give some by hand; once only."""
    coordinator, officer = staff.first(RoleName.COORDINATOR), staff.first(RoleName.OFFICER)
    place = organisations.get(coordinator.organisation_id)
    here = {"organisation_id": place.id, "family": "special"}
    with write_transaction():
        made = composing.compose(SNOW | BY_HAND | here, by_id=coordinator.person_id, now=now)
        busy = [one.id for one in candidates.busy_lately([place.path], dates.today(now))]
        _give(made, busy[:3], SWEPT, coordinator.person_id, now)
        composing.compose(LANES | here, by_id=coordinator.person_id, now=now)
    with write_transaction():
        made = db.session.scalars(sa.select(Badge).where(Badge.slug == IDEA)).one()
        for (_role, person, _slug), words in zip(accounts.volunteers(now), IDEAS, strict=False):
            _give(made, [person.id], words, officer.person_id, now)


def _give(badge: Badge, people: Collection[int], words: str, by_id: int, now: datetime) -> None:
    if chosen := [one for one in people if one != by_id]:
        giving.give(badge, chosen, words, by_id=by_id, now=now)
