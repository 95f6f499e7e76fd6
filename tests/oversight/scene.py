"""A community whose volunteer has an hour that may be wrong."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries as ledger
from volunteer_site.hours import services as hours
from volunteer_site.oversight.objections import queries
from volunteer_site.recognition.badges import services as badges

MONDAY = CLOSED + timedelta(days=3)  # 23 November, 19:15 in Shanghai
LONG_AFTER = MONDAY + timedelta(days=30)


class Scene:
    """柳巷社区 in 迎泽区, its coordinators, a volunteer with an hour of Friday, an officer."""

    def __init__(self, app, make, client_for):
        self.app, self.make, self.client_for = app, make, client_for
        self.community = make.community(name="柳巷社区", slug="liuxiang")
        self.coordinator = make.coordinator(self.community, name="郑红")
        self.officer = make.officer(name="陈佩")
        self.mei = make.person(name="王小梅", community_id=self.community.id)
        with app.app_context(), write_transaction():
            badges.load_catalogue(CLOSED)
        self.activity = self.held("清理楼道")
        self.signup = make.signup(self.activity, self.mei)
        make.attendance(self.signup)
        self.entry = self.gave(self.mei, self.activity)

    def held(self, title, **given):
        """A closed activity of the community."""
        usual = {"closed_at": CLOSED, "organisation_id": self.community.id}
        return self.make.activity(title=title, **usual | given)

    def gave(self, person, activity, *, minutes=60, number=None):
        about = facts(activity.id, title=activity.title, starts_at=activity.starts_at,
                      ends_at=activity.ends_at)  # fmt: skip
        source = number or 100 * activity.id + person.id
        given = {"minutes": minutes, "started_at": activity.starts_at}
        one = credit(person, activity.organisation_id, source, **given)
        with self.app.app_context(), write_transaction():
            return hours.post(about, [one], now=CLOSED)[0]

    def client(self, person):
        return self.client_for(person)

    def object(self, *, entry=None, person=None, **form):
        """Object as somebody does on the page; return the answer."""
        form = {"wish": "minutes", "minutes": "40"} | form
        address = f"/me/hours/{entry or self.entry}/objection"
        return self.client(person or self.mei).post(address, data=form)

    def state(self, number=1, *, now=MONDAY):
        with self.app.app_context():
            return queries.state_of(queries.through(("/",), number).objection, now)

    def case(self, number=1):
        with self.app.app_context():
            return queries.through(("/",), number).objection

    def minutes(self, person=None):
        with self.app.app_context():
            return ledger.total_minutes((person or self.mei).id)

    def reasons(self):
        with self.app.app_context():
            table = db.metadata.tables["hour_entries"]
            asked = sa.select(table.c.reason).where(table.c.kind == "reversal")
            return list(db.session.scalars(asked))


def friday(weeks=0):
    return FRIDAY_18 + timedelta(weeks=weeks)
