"""Every address with every role: who may come in, and that nobody finds what is not theirs (R56).

The addresses come from the site itself. A new one is tried at once: it has to turn away whoever
lacks the role it declares, and whoever has that role elsewhere must not find this district's ids
nor read its names. A parameter of a new kind needs an example in `World.examples`.
"""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from tests.attendance.late import held_hours, late_entry
from tests.client import logged_in
from tests.factories import NOW, Factory
from tests.hours.ledger import CLOSED, credit, facts
from tests.oversight import cases
from tests.oversight import examples as odd
from tests.printouts import examples as print_shop
from tests.recognition import certificate_examples as certificates
from tests.recognition import deeds, stars
from tests.recognition import design_examples as designs
from volunteer_site.core.access import access_of
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours

pytestmark = pytest.mark.one_database  # who may is decided before the database is asked
ROLES = {"coordinator", "liaison", "officer"}
OURS = ("柳巷社区", "区水务局", "孙小兰", "迎泽区", "门前五包")  # what strangers may not read
MAY_CHANGE = {"audit_events", "certificate_tries", "login_attempts"}  # by being turned away
STRANGERS = {
    "visitor": set(),
    "volunteer": set(),
    "neighbour": {"coordinator"},
    "other liaison": {"liaison"},
    "other officer": {"officer"},
}
OWN = {"own coordinator": {"coordinator"}, "own liaison": {"liaison"}, "own officer": {"officer"}}


class World:
    """Two districts; everything that an address may name is in the first one."""

    def __init__(self, app):
        self.app, self.make = app, Factory(app)
        self._people(self.make, self._places(self.make))
        self.examples = self._examples(self.make)

    def _places(self, make):
        district = make.organisation(kind="district", name="迎泽区", slug="yingze")
        other = make.organisation(kind="district", name="晋源区", slug="jinyuan")
        self.community = make.community(name="柳巷社区", slug="liuxiang", parent_id=district.id)
        self.unit = make.unit(name="区水务局", slug="shuiwuju", parent_id=district.id)
        return SimpleNamespace(
            district=district,
            other=other,
            community=make.community(name="晋祠社区", parent_id=other.id),
            unit=make.unit(name="区残联", parent_id=other.id),
        )

    def _people(self, make, there):
        here = {"community_id": self.community.id, "unit_id": self.unit.id}
        self.person = make.person(name="孙小兰", phone="13800138000", **here)
        self.colleague = make.coordinator(self.community, name="孙小兰", **here)
        self.people = {
            "visitor": None,
            "volunteer": make.person(name="李雷"),
            "neighbour": make.coordinator(there.community, name="韩梅梅"),
            "other liaison": make.liaison(there.unit, name="周文"),
            "other officer": make.officer(there.other, name="吴起"),
            "own coordinator": make.coordinator(self.community, name="郑红"),
            "own liaison": make.liaison(self.unit, name="冯巩"),
            "own officer": make.officer(there.district, name="陈佩"),
        }

    def _examples(self, make):
        activity = make.activity(title="门前五包", organisation_id=self.community.id)
        signup = make.signup(activity, self.person)
        programme = make.programme(title="门前五包", organisation_id=self.community.id)
        pairing = make.pairing(self.unit, self.community, starts_on=date(2026, 1, 1))
        make.honor_roll(self.community, self.person)
        entry = self._entry_of(activity)
        return {
            "activity_id": activity.id,
            "programme_id": programme.id,
            "signup_id": signup.id,
            "attendance_id": make.attendance(signup).id,
            "badge_id": (badge := make.badge(self.community, **self._made())).id,
            "award_id": make.award(badge, self.person, **self._given()).id,
            "person_id": self.person.id,
            "organisation_id": self.community.id,
            "pairing_id": pairing.id,
            "role_id": self._role_of(self.colleague),
            "entry_id": entry,
            **cases.of(self.app, activity, self.person, self.people["own officer"], entry),
            **certificates.of(self.app, self.person, self.community, self.people["own officer"]),
            **designs.of(self.app, self.person, self.community),
            **deeds.examples(self.app, make, self.community, self.person),
            **print_shop.of(self.app, self.people["own coordinator"], self.community),
            "anomaly_id": self._anomaly(activity).id,
            "check_id": self._spot_check(activity).id,
            "late_id": late_entry(self.app, activity, self.person, self.colleague),
            "held_id": held_hours(self.app, self.person, self.community, 400, self.colleague),
            "no_show_id": (no_show := make.no_show(activity, self.person)).id,
            "appeal_id": make.appeal(no_show).id,
            "kind": "publish_name",
            "notice_id": make.notice(self.community, "王某并不在现场").id,
            "notice_objection_id": 1,
            "roll_kind": (roll_kind := self._roll_of_newcomers(make)).slug,
            "kind_id": roll_kind.id,
            **stars.examples(make, self.person, self.community),
            "month": "2026-11",
            "slug": self.community.slug,
            "sheet_number": make.sheet(activity, self.person).number,
            "row_number": 1,
        }

    def _made(self):
        """Return who composed a badge of ours."""
        return {"created_by_id": self.colleague.id}

    def _given(self):
        """Return who has given a badge of ours by hand, and with what words."""
        return {"given_by_id": self.colleague.id, "citation": "孙小兰扫了一冬的雪"}

    def _roll_of_newcomers(self, make):
        """Publish a roll of another kind; return the kind."""
        kind = make.roll_kind(self.community.parent_id)
        given = {"kind": kind.slug, "title": kind.title, "counts": kind.counts, "number": "X-1"}
        make.honor_roll(self.community, self.person, **given)
        return kind

    def _entry_of(self, activity):
        """Post an hour of ours; return the number of the entry."""
        with self.app.app_context(), write_transaction():
            one = credit(self.person, activity.organisation_id)
            return hours.post(facts(activity.id, title="门前五包"), [one], now=CLOSED)[0]

    def _anomaly(self, activity):
        """Find something odd at ours, and ask about it."""
        asked = odd.asked(self.make, self.community, self.people["own officer"])
        return odd.anomaly(self.make, self.community, [1], activity_id=activity.id, **asked)

    def _spot_check(self, activity):
        """Draw an entry of ours."""
        officer = self.people["own officer"]
        return odd.spot_check(self.make, self.community.parent_id, officer, [1], published=True)

    def _role_of(self, person):
        with self.app.app_context():
            roles = db.metadata.tables["roles"].c
            return db.session.scalar(sa.select(roles.id).where(roles.person_id == person.id))

    def client(self, who):
        person = self.people[who]
        return self.app.test_client() if person is None else logged_in(self.app, person)

    def routes(self):
        """Return (method, address, who may, whether it names something) of every route."""
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint == "static":
                continue
            missing = rule.arguments - self.examples.keys()
            assert not missing, f"{rule.rule}: give World.examples an example of {missing}"
            values = {name: self.examples[name] for name in rule.arguments}
            _host, address = rule.build(values, append_unknown=False)
            access = set(access_of(self.app.view_functions[rule.endpoint]))
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield method, address, access, bool(rule.arguments - {"month"})

    def rows(self):
        """Return how many rows each table has, and the sum of what they say."""
        with self.app.app_context():
            return {
                table.name: sorted(map(repr, db.session.execute(sa.select(table))))
                for table in db.metadata.sorted_tables
                if table.name not in MAY_CHANGE
            }


@pytest.fixture
def world(app):
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield World(app)


@pytest.mark.parametrize("who", [*STRANGERS, *OWN])
def test_only_the_declared_roles_come_in(world, who):
    held, wrong = (STRANGERS | OWN)[who], []
    for method, address, access, _named in world.routes():
        answer = world.client(who).open(address, method=method)
        if not _is_right(answer, access, held, anonymous=who == "visitor"):
            wrong.append(f"{method} {address}: {answer.status_code}")

    assert not wrong


@pytest.mark.parametrize("who", [who for who, held in STRANGERS.items() if held])
def test_who_has_the_role_elsewhere_finds_and_changes_nothing_here(world, who):
    before, wrong = world.rows(), []
    for method, address, access, named in world.routes():
        if STRANGERS[who] & access:
            answer = world.client(who).open(address, method=method)
            if (named and answer.status_code != 404) or _names_of_ours(answer):
                wrong.append(f"{method} {address}: {answer.status_code} {_names_of_ours(answer)}")

    assert not wrong
    assert world.rows() == before


def test_who_has_the_role_here_finds_what_the_addresses_name(world):
    wrong = []
    for method, address, access, named in world.routes():
        if named and access & ROLES and method == "GET":
            own = [who for who, held in OWN.items() if held & access]
            codes = {world.client(who).get(address).status_code for who in own}
            if not codes & {200, 303}:
                wrong.append(f"{address}: {codes}")

    assert not wrong


@pytest.mark.parametrize("who", ["visitor", "volunteer"])
def test_whoever_has_no_role_changes_nothing_on_desk_and_office(world, who):
    before = world.rows()
    for method, address, access, _named in world.routes():
        if method == "POST" and access <= ROLES:
            world.client(who).post(address)

    assert world.rows() == before


def _is_right(answer, access, held, *, anonymous):
    """Tell whether somebody who holds these roles was let in or turned away as declared."""
    code = answer.status_code
    if "public" in access:
        return code < 500 and code not in {401, 403}
    if anonymous:
        return code == 303 and answer.location.startswith("/login?next=")
    if "members" in access or held & access:
        return code < 500 and code not in {401, 403}
    return code == 403


def _names_of_ours(answer):
    pictures = ("application/pdf", "image/png", "image/jpeg")
    words = "" if answer.mimetype in pictures else answer.get_data(as_text=True)
    return [name for name in OURS if name in words]
