"""What people of the demo find wrong: objections and complaints, each in another state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import staff
from volunteer_site.hours.models import HourEntry
from volunteer_site.hours.queries import standing
from volunteer_site.oversight.complaints import codes, subjects
from volunteer_site.oversight.complaints import queries as cases
from volunteer_site.oversight.complaints import services as complaints
from volunteer_site.oversight.complaints.models import Outcome
from volunteer_site.oversight.evidence import service
from volunteer_site.oversight.objections import answers, services
from volunteer_site.oversight.objections.answers import Hand
from volunteer_site.oversight.objections.services import Said
from volunteer_site.people.models import Person, Role, RoleName

DAY = timedelta(days=1)
ADDRESS = "192.0.2.1"  # of nobody


@dataclass(frozen=True)
class Tale:
    """One objection: said so long ago, and what came of it."""

    days: int
    said: Said
    agreed: str = ""
    refused: str = ""
    further: str = ""  # said to the office


TALES = (
    Tale(2, Said("minutes", 40, "家里有事，我待了四十分钟就先走了，请按实际时间改。")),
    Tale(1, Said("absent", None, "那天我在外地出差，可能是同名的人签到了。")),
    Tale(24, Said("other", None, "我从头干到尾，可签退时间不对，请核对。")),
    Tale(6, Said("other", None, "地点写的是3号楼，其实是5号楼。"), agreed="已核对，时长无误。"),
    Tale(
        5, Said("minutes", 90, "多留了半小时收拾工具。"), refused="活动时间为一小时，超出部分不计。"
    ),
    Tale(
        4,
        Said("minutes", 30, "我迟到了半小时，不想多记。"),
        refused="签到码显示准时到场，维持原记录。",
        further="签到是请邻居代扫的，我自己迟到了，请按实际更正。",
    ),
)
OPEN = "这场活动，院子里只来了三四个人，公布的人数对不上。"
CLOSED = "光看照片，感觉人没有这么多。"
ANSWER = "已核对签到记录和现场照片，人数与记录一致，未发现不实。感谢监督。"


def tell(now: datetime) -> None:
    """Let some people of one community object, and two strangers complain; once only.

    By the services that people use, each in its transaction; no hours are changed.
    """
    coordinator, officer = staff.first(RoleName.COORDINATOR), staff.first(RoleName.OFFICER)
    entries = _entries(coordinator.organisation_id, now)
    if len(entries) < len(TALES):
        return
    for tale, entry in zip(TALES, entries, strict=True):
        _object(tale, entry, coordinator.person_id, now)
    _complain(entries[2], CLOSED, officer.person_id, now - 9 * DAY)
    _complain(entries[0], OPEN, officer.person_id, now - 2 * DAY)


def _entries(community_id: int, now: datetime) -> list[int]:
    """Return an entry for each tale, recorded before it: of a person each, without a role."""
    found: dict[int, int] = {}
    for tale in TALES:
        asked = (
            sa.select(HourEntry.person_id, HourEntry.id)
            .join(Person, Person.id == HourEntry.person_id)
            .where(
                HourEntry.recorder_id == community_id,
                HourEntry.recorded_at < now - tale.days * DAY,
                HourEntry.minutes > 0,
                standing(),
                Person.erased_at.is_(None),
                Person.id.not_in([*found]),
                Person.id.not_in(sa.select(Role.person_id)),
            )
            .order_by(HourEntry.id.desc())
        )
        found.update((row[0], row[1]) for row in db.session.execute(asked.limit(1)))
    return list(found.values())


def _object(tale: Tale, entry: int, coordinator: int, now: datetime) -> None:
    about, days = service(entry), current_app.config["OBJECTION_DAYS"]
    if about is None:
        return
    at, answered = now - tale.days * DAY, now - DAY
    with write_transaction():
        made = services.object_to(entry, about.person_id, tale.said, days=days, now=at)
        number = made.id
        if tale.agreed:
            answers.agree(number, None, tale.agreed, Hand(coordinator, answered))
        if tale.refused:
            answers.refuse(number, tale.refused, Hand(coordinator, answered), days=days)
        if tale.further:
            services.escalate(number, tale.further, by_id=about.person_id, now=now - DAY / 2)


def _complain(entry: int, words: str, officer: int, at: datetime) -> None:
    about, days = service(entry), current_app.config["QUESTION_DAYS"]
    subject = subjects.named(f"activity:{about.activity_id}") if about else None
    if subject is None:
        return
    keys = codes.Codes(str(current_app.secret_key))
    with write_transaction():
        told = complaints.Told(subject, words, "", 0)
        code = complaints.complain(told, ADDRESS, keys, per_hour=9, now=at)
        case = cases.by_code(keys.of(code))
        if words == OPEN:
            complaints.ask(case, "", by_id=officer, days=days, now=at + DAY)
        else:
            ended = at + 4 * DAY
            complaints.close(case.id, Outcome.UNFOUNDED, ANSWER, by_id=officer, now=ended)
