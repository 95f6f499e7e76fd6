"""Badges that people of the demo have designed: one a badge by now, two that wait, one refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final

from werkzeug.datastructures import FileStorage

from volunteer_site.core import uploads
from volunteer_site.core.db import write_transaction
from volunteer_site.demo import accounts, staff
from volunteer_site.people.models import Person, RoleName
from volunteer_site.recognition.badges.services import giving
from volunteer_site.recognition.designs import services
from volunteer_site.recognition.designs.models import Credit

DAY: Final = timedelta(days=1)
CLASS: Final = "青年路小学三年级二班"
SIDE: Final = 512


@dataclass(frozen=True)
class Tale:
    """What somebody designed, how many days ago, and what became of it."""

    ago: int
    look: dict[str, Any]
    said: dict[str, str]
    credit: str = Credit.MASKED
    refused: str = ""
    approved: bool = False


TALES: Final = (
    Tale(
        20,
        {"shape": "petal", "tint": "teal", "metal": "gold", "emblem": "panda"},
        {"text": CLASS, "name": "小熊猫在行动", "sentence": "小手拉大手，巷子里多了一群小主人。",
         "why": "送给带着孩子们捡烟头的叔叔阿姨。", "designed_by": CLASS},
        Credit.LINE,
        approved=True,
    ),
    Tale(
        3,
        {"shape": "circle", "tint": "sky", "metal": "silver", "emblem": ""},
        {"text": "我画的太阳", "name": "路口小太阳", "sentence": "下雨天，您就是路口的太阳。",
         "why": "女儿画的，送给每天在路口护学的志愿者。"},
    ),
    Tale(
        1,
        {"shape": "shield", "tint": "red", "metal": "copper", "emblem": "dumpling"},
        {"text": "冬至饺子宴", "name": "饺子师傅", "sentence": "一屉饺子，暖了整栋楼。",
         "why": "冬至那天给独居老人包饺子的人。"},
        Credit.NAME,
    ),
    Tale(
        9,
        {"shape": "hexagon", "tint": "amber", "metal": "ink", "emblem": "cup"},
        {"text": "天下第一", "name": "天下第一", "sentence": "谁也比不上您。", "why": "送给大家"},
        Credit.NOBODY,
        refused="邻里之间不比第一。换一句说说他做了什么，好吗？",
    ),
)  # fmt: skip


def tell(now: datetime) -> None:
    """Let volunteers design badges and their coordinator answer; once only."""
    coordinator = staff.first(RoleName.COORDINATOR)
    people = [person for _role, person, _slug in accounts.volunteers(now)]
    picture = uploads.take_square(FileStorage(_sun(), "sun.png"), SIDE)
    for tale, person in zip(TALES, people * len(TALES), strict=False):
        if person.id != coordinator.person_id:
            with write_transaction():
                _tell(tale, person, picture, coordinator, now)


def _tell(tale: Tale, person: Person, picture: str, by: Any, now: datetime) -> None:
    then, number = now - tale.ago * DAY, None
    if not tale.look["emblem"]:
        number = services.keep_picture(person.id, picture, then).id
    said = {"designed_by": ""} | tale.said
    wish = services.Wish(
        organisation_id=by.organisation_id, picture_id=number, zoom=100, credit=tale.credit,
        **tale.look, **said,
    )  # fmt: skip
    design = services.propose(person.id, wish, then)
    if tale.refused:
        services.refuse(design.id, tale.refused, by_id=by.person_id, now=then + DAY)
    if tale.approved:
        after = {"by_id": by.person_id, "now": then + DAY}
        badge = services.approve(design.id, seen=design.proposed_at, **after)
        giving.give(badge, [person.id], "带着孩子们清理了三条小巷的烟头。", **after)


def _sun() -> BytesIO:
    """Draw a sun as a child does."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- the demo only

    sheet = Image.new("RGB", (800, 800), "#bfe3ff")
    pen = ImageDraw.Draw(sheet)
    for turn in range(0, 360, 30):
        pen.pieslice((110, 110, 690, 690), turn - 6, turn + 6, fill="#ff9f1c")
    pen.ellipse((210, 210, 590, 590), fill="#ffd23f", outline="#e07a00", width=8)
    pen.ellipse((315, 330, 355, 385), fill="#5a3606")
    pen.ellipse((445, 330, 485, 385), fill="#5a3606")
    pen.arc((310, 350, 490, 500), 20, 160, fill="#b92b2b", width=14)
    written = BytesIO()
    sheet.save(written, "PNG")
    written.seek(0)
    return written
