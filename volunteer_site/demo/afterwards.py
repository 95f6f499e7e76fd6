"""What a second person decides, or has yet to decide: late entries, and a day beyond the limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries as door
from volunteer_site.attendance import settings
from volunteer_site.attendance.late import deadlines, queries, services
from volunteer_site.attendance.late.models import Decision
from volunteer_site.attendance.late.rules import Wish
from volunteer_site.core import uploads
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import long_days, staff
from volunteer_site.hours.held.rules import Answer
from volunteer_site.organisations import queries as organisations
from volunteer_site.people import queries as people
from volunteer_site.people import services as roles
from volunteer_site.people import session
from volunteer_site.people.models import Person, Role, RoleName

LATEST = 40  # activities looked at, to find people whom nobody ticked
MINUTE = timedelta(minutes=1)
A_SHEET = (900, 640)  # pixels of the photo


@dataclass(frozen=True)
class Tale:
    """One late entry: asked for by the first or the second coordinator, and what came of it."""

    reason: str
    by_second: bool
    decision: Decision | None = None
    answer: str = ""


TALES = (
    Tale("手机没电，到场后帮忙分发工具，忘了点名，合影里有她", True),
    Tale("签到时系统打不开，先干活了，纸质签到表上有签名", False),
    Tale("当天代班点名，漏点了这一组，组长可以作证", False, Decision.GRANTED),
    Tale("本人说到过现场，照片里看不清", False, Decision.REFUSED, "照片和签到表上都没有此人"),
)


def tell(now: datetime) -> None:
    """Enter a few people late at the first community that forgot some, and hold a long day there.

    By the services that people use, each in its transaction; once only.
    """
    forgotten = _forgotten(now)
    if len(forgotten) < len(TALES):
        return
    activity = forgotten[0][0]
    first = staff.first(RoleName.COORDINATOR, activity.organisation_id).person_id
    officer = staff.first(RoleName.OFFICER).person_id
    second = _second(activity, {person for _, person in forgotten}, officer, now)
    for number, (tale, (where, person)) in enumerate(zip(TALES, forgotten, strict=False)):
        asker = second if tale.by_second else first
        late = _ask(where, person, asker, tale.reason, number, now)
        if tale.decision:
            answer = Answer(tale.decision, tale.answer)
            line = queries.through(["/"], late)
            with write_transaction():
                services.decide(line, answer, session.known(officer), now=now)
    with write_transaction():
        long_days.hold(activity.organisation_id, second, now)


def _forgotten(now: datetime) -> list[tuple[Activity, int]]:
    """Return people who had a place and were not ticked, all at one community, in time still."""
    asked = sa.select(Activity).where(Activity.closed_at.is_not(None), Activity.ends_at <= now)
    found: dict[int, list[tuple[Activity, int]]] = {}
    for activity in db.session.scalars(asked.order_by(Activity.ends_at.desc()).limit(LATEST)):
        if deadlines.in_time(activity.ends_at, now):
            here = found.setdefault(activity.organisation_id, [])
            here += [(activity, person) for person in _not_ticked(activity)]
    enough = [number for number, here in found.items() if len(here) >= len(TALES)]
    return found[min(enough)] if enough else []


def _not_ticked(activity: Activity) -> Iterator[int]:
    """Yield who stayed away and is grown up, as long as there are places for them."""
    heads = queries.heads(activity.id)
    lines = [line for line in door.roster(activity.id).lines if line.came is None]
    for line in lines[: heads.places - heads.came]:
        born = people.get(line.coming.person_id).birth_date
        if not people.is_minor(born, activity.service_date):
            yield line.coming.person_id


def _ask(  # noqa: PLR0913, PLR0917 -- a tale has so many parts
    activity: Activity, person: int, by: int, reason: str, number: int, now: datetime
) -> int:
    shift = activities.shifts(activity.id)[0]
    came, evidence = shift.starts_at + 5 * number * MINUTE, _photo(number)
    wish = Wish(person, shift, came, shift.ends_at, reason, evidence)
    hours, asker = settings.hours(), session.known(by)
    with write_transaction():
        return services.ask(activity.id, wish, asker, hours=hours, now=now)


def _second(activity: Activity, but: set[int], officer: int, now: datetime) -> int:
    """Make a grown-up resident of the community its second coordinator."""
    asked = sa.select(Person.id).where(
        Person.community_id == activity.organisation_id,
        staff.grown_up(now),
        Person.id.not_in(sa.select(Role.person_id)),
        Person.id.not_in(but),
    )
    person = int(db.session.scalars(asked.order_by(Person.id)).first() or 0)
    place = organisations.get(activity.organisation_id)
    with write_transaction():
        roles.grant_role(person, place, RoleName.COORDINATOR, now=now, by_id=officer)
    return person


def _photo(number: int) -> str:
    """Draw a paper sheet with signatures, as somebody would photograph it, and keep it."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- the demo only

    chance, (width, height) = Random(number), A_SHEET  # noqa: S311 -- nothing secret
    sheet = Image.new("RGB", A_SHEET, (244, 240, 230))
    pen = ImageDraw.Draw(sheet)
    for row in range(60, height, 58):
        pen.line([(40, row), (width - 40, row)], fill=(120, 120, 120), width=2)
        dots = [(90 + 14 * n, row + 30 + chance.randint(-14, 14)) for n in range(14)]
        pen.line(dots, fill=(30, 40, 120), width=4)
        pen.line([(x + 420, y) for x, y in dots], fill=(30, 40, 120), width=4)
    written = BytesIO()
    sheet.rotate(chance.uniform(-3, 3), fillcolor=(90, 80, 70)).save(written, "JPEG")
    written.seek(0)
    return uploads.take(FileStorage(written, "sheet.jpg"))
