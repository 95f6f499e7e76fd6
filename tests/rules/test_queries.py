"""No page asks the database more often because there is more to show.

Every page is read in a small community and in one with three times as much of everything. What is
counted is the page's first reading, with nothing kept from an earlier answer.
"""

from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from tests import database
from tests.attendance.late import held_hours, late_entry
from tests.client import logged_in
from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from tests.oversight import examples as odd
from tests.recognition import deeds
from tests.rules.test_access import OWN, World
from volunteer_site.core import audit
from volunteer_site.core.access import access_of
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies.models import Anomaly
from volunteer_site.people import queries as people_queries
from volunteer_site.people import services as people
from volunteer_site.recognition.badges import services as badges
from volunteer_site.recognition.deeds import queries as deed_queries
from volunteer_site.recognition.rolls import services as rolls
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.rule import Terms

USUAL = 9  # statements, with that for the visitor
MORE = {  # pages that put several things together
    "/": 12,
    "/communities/<string:slug>": 11,
    "/desk": 10,
    "/desk/books/<month:month>/<string:slug>": 12,
    "/desk/certificates/requests/<int:request_id>": 10,
    "/desk/monday": 19,  # one or two for each corner of the site
    "/desk/honor-rolls/<month:month>/<string:slug>": 15,
    "/desk/honor-rolls/<month:month>/<string:slug>/kinds/<string:roll_kind>": 14,
    "/me/honor-rolls/<month:month>/<string:slug>": 10,
    "/me/honor-rolls/<month:month>/<string:slug>/<string:roll_kind>": 10,
    "/desk/activities/<int:activity_id>/closing": 14,
    "/desk/activities/<int:activity_id>/people/<int:person_id>": 13,
    "/me": 14,
    "/me/activities/<int:activity_id>": 13,
    "/office/anomalies/<int:anomaly_id>/reversal": 14,  # all that rests on the hours
    "/office/monday": 29,
    "/print": 15,  # one or two for each shelf
    "/me/badges": 12,
    "/me/data.json": 34,  # one a table with something about the person
}
LATER = NOW + timedelta(hours=1)


def test_every_page_asks_a_bounded_number_of_times_however_much_there_is(tmp_path):
    with time_machine.travel(LATER, tick=False):
        few = statements_of_pages(database.sqlite_copy(tmp_path / "few.sqlite"), 3)
        many = statements_of_pages(database.sqlite_copy(tmp_path / "many.sqlite"), 9)

    grown = {page: (len(few[page]), len(sent)) for page, sent in many.items()}
    assert not {page: n for page, n in grown.items() if n[1] > n[0]}
    assert not {page: n for page, (_few, n) in grown.items() if n > MORE.get(page, USUAL)}


def statements_of_pages(uri, much):
    """Return what each page sends to the database, read by somebody who may."""
    app = database.app_with(uri)
    app.test_client_class = FlaskClient
    world = World(app)
    with app.app_context():
        fill(world, much)
        engine = db.engine
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            found[rule.rule] = statements_of(engine, world, rule)
    engine.dispose()
    return found


def statements_of(engine, world, rule):
    """Read one page; return the statements it sent. Whoever reads must find something there."""
    client = logged_in(world.app, reader(world, rule))
    world.app.extensions.pop("kept", None)
    sent = []

    def keep(_connection, _cursor, statement, *_more):
        if statement.split(None, 1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", keep)
    answer = client.get(address(world, rule))
    sa.event.remove(engine, "before_cursor_execute", keep)
    assert answer.status_code in {200, 303}, f"{rule.rule}: {answer.status_code}"
    return sent


def reader(world, rule):
    access = set(access_of(world.app.view_functions[rule.endpoint]))
    own = [who for who, held in OWN.items() if held & access]
    return world.people[own[0]] if own else world.person


def address(world, rule):
    of_badge = {"slug": "weeks-1"} if rule.endpoint.startswith(("badges.", "emblems.")) else {}
    values = {name: (world.examples | of_badge)[name] for name in rule.arguments}
    return rule.build(values | world.questions.get(rule.endpoint, {}))[1]


def fill(world, much):
    """Make so many of everything that hangs on the community, its unit and its volunteer."""
    with write_transaction():
        badges.load_catalogue(NOW)
        people.calendar_token(world.person.id)
    token = people_queries.get(world.person.id).calendar_token
    world.questions = {
        "anomaly_rule.edit": {"kind": "burst"},
        "calendar_feeds.show": {"token": token},
        "emblem_prints.show": {"badge": "weeks-1"},
        "sticker_prints.show": {"badge": "weeks-1"},
        "sticker_previews.show": {"badge": "weeks-1"},
        "certificate_people.index": {"q": world.person.name},
        "findings.new": {"activity": world.examples["activity_id"]},
        "roles.new": {"person": world.person.id, "q": world.person.name},
    }
    for number in range(1, much + 1):
        fill_in_people(world, number)
        fill_in_activities(world, number)
        fill_in_findings(world, number)
        fill_in_deeds(world, number)
    publish_rolls(world)


def fill_in_people(world, number):
    make, here = world.make, {"community_id": world.community.id, "unit_id": world.unit.id}
    colleague = make.coordinator(world.community, name=f"王小{number}", **here)
    make.consent(colleague)
    make.pairing(make.unit(name=f"区税务局{number}"), world.community)
    make.pairing(world.unit, make.community(name=f"桃园{number}社区"))
    with write_transaction():
        audit.record("role.grant", colleague.id, object_kind="person", object_id=colleague.id)
        started = FRIDAY_18 - timedelta(days=number)
        for person in (world.person, colleague):
            given = {"unit_id": world.unit.id, "started_at": started}
            source = 1000 * number + person.id
            served = facts(source, starts_at=started, ends_at=started + timedelta(hours=1))
            hours.post(served, [credit(person, world.community, source, **given)], now=LATER)


def fill_in_activities(world, number):
    make, at = world.make, {"organisation_id": world.community.id}
    begins = FRIDAY_18 + timedelta(days=number - 1, minutes=number)
    make.programme(title=f"门前清扫{number}", weekday=number % 7, **at)
    coming = make.activity(title=f"清扫{number}", starts_at=begins, **at)
    make.signup(coming, world.person)
    make.appeal(make.no_show(coming, world.person))
    make.activity(title=f"未关闭{number}", starts_at=NOW - timedelta(days=number), **at)
    make.activity(title=f"草稿{number}", starts_at=begins, published_at=None, **at)
    shift = make.shift(coming, name=f"组{number}")
    make.signup(coming, shift=shift)
    example = make.signup(activity(world), make.person(unit_id=world.unit.id))
    make.attendance(example)
    make.signup(activity(world), confirmed_at=None)
    forgotten = make.person(name=f"周小{number}")
    late_entry(world.app, activity(world), forgotten, world.colleague)
    held_hours(world.app, forgotten, world.community, 1000 * number, world.colleague)


def fill_in_findings(world, number):
    """Find something odd, ask about it, draw entries; the page of a finding has as many marks."""
    make, officer = world.make, world.people["own officer"]
    odd.anomaly(make, world.community, [number], about_id=world.person.id)
    question = odd.asked(make, world.community, officer, activity_id=world.examples["activity_id"])
    odd.anomaly(make, world.community, [number, 1], **question)
    month = f"2026-{number:02}"
    odd.spot_check(make, world.community.parent_id, officer, [1], published=True, month=month)
    marks = {"marks": list(range(1, number + 1)), "numbers": {"scans": 6, "milliseconds": 400}}
    with write_transaction():
        db.session.execute(
            sa.update(Anomaly)
            .where(Anomaly.id == world.examples["anomaly_id"])
            .values(evidence=marks)
        )


def fill_in_deeds(world, number):
    """Tell a good deed, put another on the board, and seat one more on the panel."""
    deeds.tell(world.community, nominee_name=f"田桂{number}", nominator_id=world.person.id)
    members = [one.person for one in deed_queries.panel(world.community.id)]
    deeds.published(world.community, members, world.colleague, nominee_name=f"段玉{number}")
    deeds.sit(world.community, world.make.person(name=f"任海{number}"))


def activity(world):
    """Return the activity that the addresses name."""
    asked = db.metadata.tables["activities"]
    return db.session.execute(
        sa.select(asked).where(asked.c.id == world.examples["activity_id"])
    ).one()


def publish_rolls(world):
    """Publish the month's rolls with everybody on them; the community's was shorter before."""
    done = {"by_id": None, "now": LATER}
    for slug in (world.community.slug, world.unit.slug):
        place = db.session.scalar(sa.select(Organisation).where(Organisation.slug == slug))
        edition = Edition("2026-11")
        with write_transaction():
            if slug == world.community.slug:
                rolls.withdraw_roll(place, edition, "还缺人", **done)
            rolls.prepare_roll(place, "2026-11", Terms(LATER), **done)
            before = {"by_id": None, "now": LATER - timedelta(days=10)}
            rolls.announce_roll(place, edition, **before)
            rolls.publish_roll(place, edition, **done)
