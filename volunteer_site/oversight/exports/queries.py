"""Which exports there are, and the rows that go into one: Articles 5 and 7 (standards 1.2)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.oversight.exports.models import ExportCode, NationalExport
from volunteer_site.people.models import Person
from volunteer_site.recognition.certificates.wording import PROOFS

FETCHED_FOR: Final = timedelta(days=7)  # after the approval
AT_A_TIME: Final = 2000  # rows read
NOT_KNOWN: Final = ""  # this site does not ask for it
PEOPLE: Final = (
    "志愿者编号", "姓名", "性别", "出生日期", "身份证件号码", "居住区域", "联系方式", "专业技能",
    "服务类别",
)  # fmt: skip
SERVICES: Final = (
    "志愿者编号", "姓名", "活动名称", "日期", "地点", "服务内容", "服务类别", "服务时间（小时）",
    "服务时间（分钟）", "活动组织单位", "活动负责人", "记录单位", "记录方式",
)  # fmt: skip
NUMBERS: Final = SERVICES[7:9]
NAMES: Final = {"xlsx": "志愿服务记录", "people": "志愿者基本信息", "services": "志愿服务情况"}


class Listed(NamedTuple):
    """An export with who asked and who approved."""

    export: NationalExport
    asked_by: str
    approved_by: str | None

    def fetchable(self, now: datetime) -> bool:
        """Tell whether its files may be fetched now."""
        at = self.export.approved_at
        return at is not None and now < at + FETCHED_FOR

    @property
    def until(self) -> datetime | None:
        """Return until when its files may be fetched."""
        at = self.export.approved_at
        return at + FETCHED_FOR if at else None


def listed(paths: Iterable[str]) -> list[Listed]:
    """Return the exports of these districts, the latest first."""
    return _listed(at_or_below(paths))


def through(paths: Iterable[str], export_id: int) -> Listed:
    """Return an export of these districts; NotFound otherwise (R56)."""
    found = _listed(at_or_below(paths), NationalExport.id == export_id)
    if not found:
        raise NotFound(_("There is no such export, or it is not one of your district's."))
    return found[0]


def codes() -> dict[str, str]:
    """Return the national code of each kind of work that has one."""
    asked = sa.select(ExportCode.category, ExportCode.code)
    return {category: code for category, code in db.session.execute(asked)}  # noqa: C416 -- typed


def people(export: NationalExport) -> Iterator[tuple[str, ...]]:
    """Yield who served in these days: one row each, as Article 5 lists it.

    Who has left the site is not in it. What this site does not ask for stays empty.
    """
    known = codes()
    done: dict[int, set[str]] = {}
    entries = _entries(export, HourEntry.person_id, ServiceRecord.category).distinct()
    for person, category in db.session.execute(entries):
        done.setdefault(person, set()).add(category)
    for row in _homes(export):
        person, number, name, born, phone, home = row
        work = "；".join(_code(known, one) for one in CATEGORIES if one in done[person])
        birth = born.isoformat() if born else NOT_KNOWN
        yield (number, name, "0", birth, NOT_KNOWN, home or "", phone or "", NOT_KNOWN, work)


def services(export: NationalExport) -> Iterator[tuple[str, ...]]:
    """Yield what was done in these days: a row for each person and service, as in Article 7."""
    known, recorder = codes(), orm.aliased(Organisation)
    columns = (
        Person.number, Person.name, ServiceRecord.title, HourEntry.service_date,
        ServiceRecord.place, ServiceRecord.content, ServiceRecord.category, HourEntry.minutes,
        ServiceRecord.organiser, ServiceRecord.leader, recorder.name, HourEntry.proof,
    )  # fmt: skip
    asked = _entries(export, *columns).join(recorder, recorder.id == HourEntry.recorder_id)
    rows = db.session.execute(asked.order_by(HourEntry.id).execution_options(yield_per=AT_A_TIME))
    for number, name, title, day, place, content, category, minutes, *whose, proof in rows:
        hours = dates.hours(minutes)
        done = (number, name, title, day.isoformat(), place, content, _code(known, category))
        yield (*done, hours, str(minutes), *whose, PROOFS[proof])


def _homes(export: NationalExport) -> Iterable[Any]:
    """Return who served, with where they live: community and the street above it."""
    home, street = orm.aliased(Organisation), orm.aliased(Organisation)
    lives = sa.func.coalesce(street.name, "").concat(sa.func.coalesce(home.name, ""))
    served = _entries(export, HourEntry.person_id)
    asked = (
        sa.select(Person.id, Person.number, Person.name, Person.birth_date, Person.phone, lives)
        .outerjoin(home, home.id == Person.community_id)
        .outerjoin(street, street.id == home.parent_id)
        .where(Person.id.in_(served))
        .order_by(Person.id)
    )
    return db.session.execute(asked.execution_options(yield_per=AT_A_TIME))


def _entries(export: NationalExport, *columns: Any) -> sa.Select[Any]:
    """Select from the entries that stand, of these days and this district, of people still here."""
    place, top = orm.aliased(Organisation), orm.aliased(Organisation)
    below = sa.select(place.id).join(top, place.path.startswith(top.path))
    return (
        sa.select(*columns)
        .select_from(HourEntry)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Person, Person.id == HourEntry.person_id)
        .where(
            HourEntry.service_date.between(export.first_day, export.last_day),
            HourEntry.recorder_id.in_(below.where(top.id == export.district_id)),
            HourEntry.minutes > 0,
            Person.erased_at.is_(None),
            standing(),
        )
    )


def _code(known: dict[str, str], category: str) -> str:
    if category in known:
        return known[category]
    return CATEGORIES[category].name_zh if category in CATEGORIES else category


def _listed(*conditions: sa.ColumnElement[bool]) -> list[Listed]:
    asker, approver = orm.aliased(Person), orm.aliased(Person)
    asked = (
        sa.select(NationalExport, asker.name, approver.name)
        .join(Organisation, Organisation.id == NationalExport.district_id)
        .join(asker, asker.id == NationalExport.asked_by_id)
        .outerjoin(approver, approver.id == NationalExport.approved_by_id)
        .where(*conditions)
        .order_by(NationalExport.id.desc())
        .limit(100)
    )
    return [Listed(*row) for row in db.session.execute(asked)]
