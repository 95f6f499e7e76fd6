"""Good deeds of the demo, one in each state and several on the board; everybody is invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from volunteer_site.core import uploads
from volunteer_site.core.calendar import UnknownYear
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import accounts, staff
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.deeds import services
from volunteer_site.recognition.deeds.services import Told
from volunteer_site.recognition.deeds.services.consents import Agreed
from volunteer_site.recognition.deeds.services.weighing import Voice
from volunteer_site.recognition.notices.services import Sender

DAY = timedelta(days=1)
NOBODY = Sender("192.0.2.8", "the network of the demo's tellers", per_hour=50)
CAPACITIES = ("老党员", "党员代表", "居民代表", "老教师", "退休干部")
SIZE = (960, 630)


@dataclass(frozen=True)
class Tale:
    """A deed, how many days ago it was told, and how far it has come."""

    days: int
    kind: str
    name: str
    words: str
    end: str  # told, weighing, agreed, noticed, published, refused, taken_down
    proposer: str = "neighbour"
    agrees: tuple[str, ...] = ()
    minor: bool = False
    photo: bool = False


TALES = (
    Tale(
        60,
        "family",
        "孙秀珍",
        "婆婆瘫痪在床九年，她每天翻身、擦洗、喂饭，从没让老人生过褥疮。邻居问她累不累，她说：谁都有老的时候。",
        "published",
        agrees=("name", "photo"),
        photo=True,
    ),
    Tale(
        41,
        "courage",
        "郭建军",
        "九月的一个傍晚，他听见河边有孩子呼救，鞋也没脱就跳下去，把落水的男孩托上岸，等救护车来了才悄悄离开。",
        "published",
        agrees=("name",),
    ),
    Tale(
        36,
        "honesty",
        "赵雨桐",
        "放学路上捡到装有八千元的布包，在原地等了一个多小时，和妈妈一起交到社区，失主是来看病的老人。",
        "published",
        proposer="family",
        minor=True,
    ),
    Tale(
        33,
        "help",
        "王福生",
        "修了一辈子自行车，退休后在院门口摆了工具箱，三年里给街坊免费修车、配钥匙六百多次，零件只收成本价。",
        "published",
        agrees=("name", "photo"),
        photo=True,
    ),
    Tale(
        30,
        "devotion",
        "刘彩霞",
        "保洁员，每天四点半出门，把三个小区的楼道扫得干干净净。去年冬天连下三场雪，她带着徒弟先把坡道的冰铲完才吃早饭。",
        "published",
        proposer="organisation",
        agrees=("name",),
    ),
    Tale(
        28,
        "family",
        "田桂香",
        "邻居双双住院，她把两个孩子接到家里，管吃管住管作业整一个月，自己的生日也是和孩子们一起过的。",
        "published",
        agrees=("name", "photo"),
        photo=True,
    ),
    Tale(58, "help", "马志强", "自称每周给独居老人送菜，坚持两年。", "taken_down", "family"),
    Tale(
        12,
        "family",
        "段玉梅",
        "父亲患病后忘了回家的路，她辞了外地的工作回来陪伴，每天傍晚挽着老人在院子里走十圈，给他讲从前的事。",
        "noticed",
        agrees=("name",),
    ),
    Tale(
        9,
        "help",
        "任海波",
        "出租车司机，每年高考免费接送考生，今年还帮忘带准考证的孩子闯过晚高峰赶回家取，一分钱没收。",
        "agreed",
    ),
    Tale(
        6,
        "honesty",
        "白丽",
        "小卖部老板，发现供货商多送了二十箱奶，当天打电话请人拉回去。街坊说，在她那里买东西放心。",
        "weighing",
    ),
    Tale(20, "devotion", "贺明", "工作很认真。", "refused"),
    Tale(
        1,
        "courage",
        "石磊",
        "昨天早市上抓住偷老人钱包的小偷，手被划破了也没松手，把钱包还给老人就去上班了。",
        "told",
        photo=True,
    ),
)


def tell(now: datetime) -> None:
    """Tell them at the first coordinator's community, by the services that people use.

    Not of a namesake of those who decide: without an account the two could be the same.
    """
    role = staff.first(RoleName.COORDINATOR)
    panel = _panel(role.organisation_id, now)
    deciding = sa.select(Person.name).where(Person.id.in_([role.person_id, *panel]))
    names = set(db.session.scalars(deciding))
    for number, tale in enumerate(TALES):
        if tale.name not in names:
            _lead(tale, number, role, panel, now)


def _panel(community_id: int, now: datetime) -> list[int]:
    """Name five grown-up residents, the first of them somebody who can log in."""
    first = [person.id for _role, person, _slug in accounts.volunteers(now)][:1]
    asked = sa.select(Person.id).where(
        Person.community_id == community_id,
        staff.grown_up(now),
        Person.id.not_in(sa.select(Role.person_id)),
        Person.id.not_in(first),
    )
    others = db.session.scalars(asked.order_by(Person.id).limit(len(CAPACITIES) - 1))
    members = [*first, *others]
    with write_transaction():
        for person, capacity in zip(members, CAPACITIES, strict=False):
            services.name(community_id, person, capacity, by_id=None, now=now - 90 * DAY)
    return members


def _lead(tale: Tale, number: int, role: Role, panel: list[int], now: datetime) -> None:
    by_id, told_at = role.person_id, now - tale.days * DAY
    told = Told(
        role.organisation_id,
        tale.kind,
        tale.proposer,
        tale.name,
        tale.words,
        minor=tale.minor,
        photo=_photo(number) if tale.photo else "",
    )
    with write_transaction():
        deed = services.nominate(told, NOBODY, now=told_at)
        for kind in tale.agrees:
            agreed = Agreed(kind, "self", "本人当面签字同意，存社区档案")
            services.record_consent(deed, agreed, by_id=by_id, now=told_at + DAY)
        _weigh(deed, tale, panel, by_id, told_at + 2 * DAY)
    try:
        _finish(deed, tale, by_id, told_at + 4 * DAY)
    except UnknownYear:  # the holidays of next year are not out yet: it waits for its notice
        return


def _weigh(deed: int, tale: Tale, panel: list[int], by_id: int, at: datetime) -> None:
    if tale.end == "refused":
        reason = "没有说明具体做了什么，欢迎补充后重新推荐。"
        services.refuse(deed, reason, by_id=by_id, now=at)
    elif tale.end != "told":
        services.begin(deed, by_id=by_id, now=at)
        for voter, words in _voices(tale, panel):
            services.vote(deed, voter, Voice("yes", words), now=at + DAY)


def _voices(tale: Tale, panel: list[int]) -> Iterable[tuple[int, str]]:
    """Return who says yes: enough of the five, but not the first where it is still weighed."""
    said = ("街坊都知道，情况属实。", "我上门了解过，确有其事。", "同意，值得大家学习。")
    return zip(panel[1:3] if tale.end == "weighing" else panel[:3], said, strict=False)


def _finish(deed: int, tale: Tale, by_id: int, at: datetime) -> None:
    if tale.end not in {"noticed", "published", "taken_down"}:
        return
    with write_transaction():
        services.put_on_notice(deed, by_id=by_id, now=at + 5 * DAY if tale.end == "noticed" else at)
    if tale.end == "noticed":
        return
    with write_transaction():
        services.publish(deed, by_id=by_id, now=at + 22 * DAY)
    if tale.end == "taken_down":
        with write_transaction():
            services.take_down(deed, "经走访核实，与事实不符。", by_id=by_id, now=at + 25 * DAY)


def _photo(number: int) -> str:
    """Draw a courtyard in evening light with somebody in it, as nobody real may be shown."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415 -- the demo only

    chance, (width, height) = Random(number), SIZE  # noqa: S311 -- nothing secret
    picture = Image.new("RGB", SIZE, (250, 221, 178))
    pen = ImageDraw.Draw(picture)
    for row in range(height):
        pen.line([(0, row), (width, row)], fill=(250 - row // 14, 222 - row // 6, 180 - row // 5))
    for block in range(6):
        left, top = block * 170 - 30, 120 + chance.randint(0, 120)
        pen.rectangle([left, top, left + 150, height], fill=(176 - block * 9, 122, 96))
        for x in range(left + 22, left + 130, 40):
            for y in range(top + 26, height - 190, 56):
                pen.rectangle([x, y, x + 20, y + 28], fill=(255, 226, 150))
    pen.rectangle([0, height - 150, width, height], fill=(122, 92, 78))
    _person(pen, 380 + chance.randint(-60, 60), height - 60, (164, 40, 32))
    _person(pen, 560 + chance.randint(-40, 40), height - 52, (70, 88, 110))
    written = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1.1)).save(written, "JPEG", quality=86)
    written.seek(0)
    return uploads.take(FileStorage(written, "courtyard.jpg"))


def _person(pen: Any, x: int, foot: int, coat: tuple[int, int, int]) -> None:
    pen.rounded_rectangle([x - 52, foot - 210, x + 52, foot - 70], 40, fill=coat)
    pen.rectangle([x - 34, foot - 90, x - 6, foot], fill=(52, 44, 46))
    pen.rectangle([x + 6, foot - 90, x + 34, foot], fill=(52, 44, 46))
    pen.ellipse([x - 34, foot - 282, x + 34, foot - 206], fill=(240, 200, 170))
    pen.pieslice([x - 36, foot - 288, x + 36, foot - 214], 180, 360, fill=(60, 48, 44))
