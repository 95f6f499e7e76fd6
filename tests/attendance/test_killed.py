"""The server is killed while 500 people check in: what it said is true, and nobody is in twice."""

import http.client
import threading
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from tests.client import logged_in
from tests.live import SECRET, LiveServer
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import clock
from volunteer_site.core.db import db
from volunteer_site.people.models import Person
from volunteer_site.signups.models import Signup

PEOPLE, PHONES, ENOUGH = 500, 5, 150  # the kill comes once so many have been told "welcome"
STEP = 30


class Courtyard:
    """An activity that is on now, 500 people with a place, and the phones they scan with."""

    def __init__(self, server):
        self.server, make = server, server.make
        now = clock.now().replace(microsecond=0)
        self.activity = make.activity(
            places=PEOPLE, starts_at=now, ends_at=now + timedelta(hours=1)
        )
        (self.shift,) = make.shifts_of(self.activity)
        with server.app.app_context():
            self.people = self._people(now)
        self.told = set()  # who was told that they are in

    def _people(self, now):
        numbers = range(1, PEOPLE + 1)
        named = [{"name": "王小梅", "number": f"V{n:08}", "created_at": now} for n in numbers]
        people = db.session.scalars(sa.insert(Person).returning(Person), named).all()
        same = {"activity_id": self.activity.id, "shift_id": self.shift.id, "confirmed_at": now,
                "signed_up_at": now, "starts_at": now, "ends_at": now}  # fmt: skip
        db.session.execute(sa.insert(Signup), [same | {"person_id": one.id} for one in people])
        db.session.commit()
        cookies = {one.id: logged_in(self.server.app, one) for one in people}
        return {number: one.get_cookie("session").value for number, one in cookies.items()}

    def all_scan(self, *, kill_after=None):
        """Everybody scans, from several phones at once; perhaps the server dies meanwhile."""
        self.waiting, self.kill_after, self.wrong = list(self.people.items()), kill_after, []
        phones = [threading.Thread(target=self._scan) for _ in range(PHONES)]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join(120)

    def _scan(self):
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        with closing(link), suppress(OSError, http.client.HTTPException):
            while self.waiting:  # until the server is gone: then nobody is told anything
                self._check_in(link, *self.waiting.pop())

    def _check_in(self, link, person, cookie):
        door = Door(self.activity.id, "in")
        code = Codes(SECRET, STEP).shown(door, clock.now()).code
        head = {"Cookie": f"session={cookie}", "HX-Request": "true",
                "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        address = f"/activities/{self.activity.id}/check-in"
        link.request("POST", address, urlencode({"code": code}), head)
        answer = link.getresponse()
        words = answer.read().decode()
        if answer.status not in {200, 303}:
            self.wrong.append((answer.status, words))
            return
        self.told.add(person)
        if self.kill_after and len(self.told) >= self.kill_after:
            self.server.kill()

    def checked_in(self):
        """How often each person is in, by the database."""
        with self.server.app.app_context():
            asked = sa.select(Attendance.person_id).where(
                Attendance.activity_id == self.activity.id, Attendance.undone_at.is_(None)
            )
            return Counter(db.session.scalars(asked))


@pytest.fixture
def courtyard(database_uri):
    settings = {
        "FLASK_WTF_CSRF_ENABLED": "false",
        "FLASK_DOOR_STEP_SECONDS": str(STEP),
        "FLASK_SQLITE_SYNCHRONOUS": "FULL",
    }
    server = LiveServer(database_uri, **settings)
    yield Courtyard(server)
    server.stop()


def test_who_was_told_to_be_in_is_in_and_nobody_is_in_twice(courtyard):
    courtyard.all_scan(kill_after=ENOUGH)
    assert ENOUGH <= len(courtyard.told) < PEOPLE
    assert not courtyard.wrong

    courtyard.server.restart()
    kept = courtyard.checked_in()
    assert courtyard.told <= set(kept)
    assert set(kept.values()) == {1}

    courtyard.all_scan()  # everybody again, also those who are in
    assert not courtyard.wrong
    assert courtyard.told == set(courtyard.people)
    assert courtyard.checked_in() == Counter(list(courtyard.people))
