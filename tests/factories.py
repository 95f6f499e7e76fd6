"""Plain, valid things to test with. Say only what the test is about.

`make.activity(places=1)` gives a published activity next Friday with one shift. Times are UTC;
`NOW` is Thursday noon in Taiyuan.
"""

import itertools
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Programme, Shift
from volunteer_site.attendance.models import Attendance
from volunteer_site.attendance.sheets.models import Sheet, SheetRow
from volunteer_site.core import versions
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation, Pairing
from volunteer_site.people.models import Consent, Person, Role
from volunteer_site.recognition.badges.models import Award, Badge
from volunteer_site.recognition.notices.models import NoticeObjection, PublicNotice
from volunteer_site.recognition.rolls.models import HonorRoll, HonorRollLine, RollKind
from volunteer_site.signups.absences.models import Appeal, NoShow
from volunteer_site.signups.models import Signup

NOW = datetime(2026, 11, 19, 4)  # Thursday 12:00 in Shanghai
FRIDAY_18 = datetime(2026, 11, 20, 10)  # Friday 18:00 in Shanghai
PASSWORD = "Lantern-2026"

WORDS = {
    "category": "clean-up",
    "place": "青年路12号院门口",
    "content": "清理楼道堆放的杂物和小广告，扫净院子。",
    "conditions": "身体健康，能弯腰干活",
    "how_to_sign_up": "在本站报名",
    "risks": "地面湿滑，注意脚下",
    "provided": "手套、垃圾袋、志愿服务保险",
}


class Factory:
    """Makes rows straight in the database, outside the rules that services keep."""

    def __init__(self, app):
        self._app = app
        self._count = itertools.count(1)

    def organisation(self, **given):
        number = next(self._count)
        kind = given.setdefault("kind", "community")
        if kind != "district" and "parent_id" not in given:
            given["parent_id"] = self._district().id
        usual = {"slug": f"{kind}-{number}", "name": f"青年路{number}社区", "created_at": NOW}
        return self._saved(self._placed(Organisation(**usual | given, path=f"new-{number}")))

    def community(self, **given):
        return self.organisation(**given)

    def unit(self, **given):
        return self.organisation(**{"kind": "unit", "name": "区水务局"} | given)

    def pairing(self, unit, community, **given):
        usual = {"starts_on": date(2026, 1, 1), "created_at": NOW}
        return self._saved(Pairing(unit_id=unit.id, community_id=community.id, **usual | given))

    def person(self, **given):
        number = next(self._count)
        usual = {"name": "王小梅", "number": f"V{number:08}", "created_at": NOW,
                 "birth_date": date(1985, 3, 8)}  # fmt: skip
        return self._saved(Person(**usual | given))

    def role(self, person, organisation, name):
        return self._saved(
            Role(person_id=person.id, organisation_id=organisation.id, name=name, granted_at=NOW)
        )

    def coordinator(self, community=None, **given):
        return self._staff("coordinator", community or self.community(), given)

    def liaison(self, unit=None, **given):
        return self._staff("liaison", unit or self.unit(), given)

    def officer(self, district=None, **given):
        return self._staff("officer", district or self._district(), given)

    def consent(self, person, kind="publish_name", **given):
        usual = {"version": "2026-11", "given_at": NOW}
        return self._saved(Consent(person_id=person.id, kind=kind, **usual | given))

    def programme(self, **given):
        if "organisation_id" not in given:
            given["organisation_id"] = self.community().id
        usual = {"title": "公益一小时", "weekday": 4, "starts_minute": 1080, "lasts_minutes": 60,
                 "places": 15, "created_at": NOW}  # fmt: skip
        return self._saved(Programme(**WORDS | usual | given))

    def activity(self, *, places=10, **given):
        """A published activity on Friday 18:00–19:00 with one shift of `places`."""
        if "organisation_id" not in given:
            given["organisation_id"] = self.community().id
        starts = given.setdefault("starts_at", FRIDAY_18)
        ends = given.setdefault("ends_at", starts + timedelta(hours=1))
        day = (starts + timedelta(hours=8)).date()
        year, week, _ = day.isocalendar()
        usual = {"title": "公益一小时", "service_date": day, "week": f"{year}-W{week:02}",
                 "signup_closes_at": starts, "created_at": NOW - timedelta(hours=2),
                 "published_at": NOW - timedelta(hours=1)}  # fmt: skip
        activity = self._saved(Activity(**WORDS | usual | given))
        self.shift(activity, places=places, starts_at=starts, ends_at=ends)
        return activity

    def shift(self, activity, **given):
        usual = {"places": 10, "starts_at": activity.starts_at, "ends_at": activity.ends_at}
        return self._saved(Shift(activity_id=activity.id, **usual | given))

    def shifts_of(self, activity):
        with self._app.app_context():
            found = sa.select(Shift).where(Shift.activity_id == activity.id).order_by(Shift.id)
            shifts = list(db.session.scalars(found))
            db.session.expunge_all()
        return shifts

    def signup(self, activity, person=None, **given):
        """A confirmed sign-up (or waitlisted: confirmed_at=None), the counters kept right."""
        shift = given.pop("shift", None) or self.shifts_of(activity)[0]
        given.setdefault("person_id", (person or self.person()).id)
        usual = {"signed_up_at": NOW, "confirmed_at": NOW, "starts_at": shift.starts_at,
                 "ends_at": shift.ends_at}  # fmt: skip
        made = self._saved(Signup(activity_id=activity.id, shift_id=shift.id, **usual | given))
        if made.withdrawn_at is None:
            counter = Shift.taken if made.confirmed_at else Shift.waiting
            with self._app.app_context():
                change = sa.update(Shift).where(Shift.id == shift.id)
                db.session.execute(change.values({counter: counter + 1}))
                db.session.commit()
        return made

    def attendance(self, signup, direction="in", **given):
        at = given.get("happened_at", signup.starts_at if direction == "in" else signup.ends_at)
        usual = {"method": "scan", "happened_at": at, "recorded_at": at}
        return self._saved(
            Attendance(activity_id=signup.activity_id, shift_id=signup.shift_id,
                       person_id=signup.person_id, direction=direction, **usual | given)
        )  # fmt: skip

    def sheet(self, activity, *people, **given):
        """A sign-in sheet with a row for each, and one that is empty."""
        shift = self.shifts_of(activity)[0]
        usual = {"printed_at": NOW, "printed_by_id": people[0].id, "name_order": "strokes"}
        sheet = self._saved(Sheet(activity_id=activity.id, **usual | given))
        for number, person in enumerate((*people, None), start=1):
            whose = {"person_id": person.id, "shift_id": shift.id} if person else {}
            self._saved(SheetRow(sheet_id=sheet.id, number=number, code=f"C{number:02}", **whose))
        return sheet

    def no_show(self, activity, person, **given):
        usual = {"service_date": activity.service_date, "noted_at": activity.ends_at}
        key = {"activity_id": activity.id, "person_id": person.id}
        return self._saved(NoShow(**key | usual | given))

    def appeal(self, no_show, **given):
        usual = {"stage": "coordinator", "words": "我到了，忘了扫码", "made_at": no_show.noted_at}
        key = {"no_show_id": no_show.id, "person_id": no_show.person_id}
        return self._saved(Appeal(**key | usual | given))

    def honor_roll(self, organisation, *people, published=True, **given):
        """A published roll of November with an hour each, or a draft."""
        usual = {"month": "2026-11", "cutoff_at": NOW, "minimum_minutes": 60,
                 "name_order": "surname", "people": len(people), "minutes": 60 * len(people),
                 "prepared_at": NOW}  # fmt: skip
        if published:
            usual |= {"number": f"202611-{organisation.id:05}", "published_at": NOW}
        roll = self._saved(HonorRoll(organisation_id=organisation.id, **usual | given))
        for position, person in enumerate(people, start=1):
            line = {"position": position, "rank": 1, "minutes": 60, "occasions": 1,
                    "person_id": person.id, "name": person.name, "name_shown": "full"}  # fmt: skip
            self._saved(HonorRollLine(roll_id=roll.id, **line))
        return roll

    def roll_kind(self, district_id, **given):
        """A kind of roll that honours newcomers, everywhere."""
        usual = {"slug": "newcomers", "title": "志愿新人榜", "whose": "people", "scope": "all",
                 "counts": "newcomers", "minimum": 60, "created_at": NOW}  # fmt: skip
        return self._saved(RollKind(organisation_id=district_id, **usual | given))

    def notice(self, organisation, *objections, **given):
        """A public notice that runs since yesterday, with objections nobody has answered."""
        usual = {"subject": "roll", "title": "柳巷社区光荣榜", "opened_at": NOW - timedelta(days=1),
                 "last_day": date(2026, 11, 25)}  # fmt: skip
        notice = self._saved(PublicNotice(organisation_id=organisation.id, **usual | given))
        for text in objections:
            self._saved(NoticeObjection(notice_id=notice.id, text=text, filed_at=NOW))
        return notice

    def badge(self, organisation=None, **given):
        """A special badge given by hand, of one organisation or of the whole site."""
        number = next(self._count)
        usual = {"slug": f"badge-{number}", "family": "special", "name_zh": f"热心邻居{number}",
                 "name_en": f"Good neighbour {number}", "sentence_zh": "有您真好。",
                 "sentence_en": "Good to have you.", "measure": "", "over_period": "ever",
                 "threshold": 1, "emblem": "heart", "shape": "circle", "tint": "red",
                 "position": 10_000 + number, "created_at": NOW}  # fmt: skip
        where = {"organisation_id": organisation.id if organisation else None}
        made = self._saved(Badge(**usual | where | given))
        with self._app.app_context():
            versions.bump("badges")
            db.session.commit()
        return made

    def award(self, badge, person, **given):
        usual = {"earned_on": NOW.date(), "awarded_at": NOW}
        return self._saved(Award(badge_id=badge.id, person_id=person.id, **usual | given))

    def _staff(self, name, organisation, given):
        person = self.person(**given)
        self.role(person, organisation, name)
        return person

    def _district(self):
        with self._app.app_context():
            found = db.session.scalar(
                sa.select(Organisation).where(Organisation.kind == "district").limit(1)
            )
            if found is not None:
                db.session.expunge(found)
                return found
        return self.organisation(kind="district", name="迎泽区", slug="yingze")

    def _placed(self, organisation):
        with self._app.app_context():
            parent = db.session.get(Organisation, organisation.parent_id or 0)
            db.session.add(organisation)
            db.session.flush()
            above = parent.path if parent is not None else "/"
            organisation.path = f"{above}{organisation.id}/"
            db.session.commit()
            db.session.refresh(organisation)
            db.session.expunge(organisation)
        return organisation

    def _saved(self, thing):
        with self._app.app_context():
            if not sa.inspect(thing).detached:
                db.session.add(thing)
                db.session.commit()
                db.session.refresh(thing)
                db.session.expunge(thing)
        return thing
