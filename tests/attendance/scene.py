"""A community on Friday at six: its activity, its coordinator, somebody with a place."""

from datetime import timedelta
from functools import cached_property

import sqlalchemy as sa

from tests.factories import FRIDAY_18, PASSWORD
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.attendance.models import Attendance
from volunteer_site.core.db import db
from volunteer_site.people import passwords

MINUTE = timedelta(minutes=1)
ENDS = FRIDAY_18 + 60 * MINUTE


class Scene:
    """A community's activity that begins now, its coordinator, and a volunteer with a place."""

    def __init__(self, app, make, client_for):
        self.app, self.make, self.client_for = app, make, client_for
        self.community = make.community(name="柳巷社区")
        self.activity = make.activity(organisation_id=self.community.id)
        self.ann = make.coordinator(self.community, name="王红")

    @cached_property
    def person(self):
        with self.app.app_context():
            kept = passwords.hashed(PASSWORD)
        person = self.make.person(name="孙小兰", phone="13800138000", password_hash=kept)
        self.make.signup(self.activity, person)
        return person

    def code(self, activity, direction="in", now=FRIDAY_18):
        codes = Codes(self.app.config["SECRET_KEY"], self.app.config["DOOR_STEP_SECONDS"])
        return codes.shown(Door(activity.id, direction), now).code

    def rows(self, model=Attendance):
        with self.app.app_context():
            found = list(db.session.scalars(sa.select(model).order_by(model.id)))
            db.session.expunge_all()
        return found


def desk(activity, rest=""):
    return f"/desk/activities/{activity.id}{rest}"
