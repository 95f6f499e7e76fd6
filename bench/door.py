"""At the door: how many scans a second, and five phones that tick 300 people."""

from dataclasses import dataclass
from datetime import timedelta

from bench import app as measured
from bench import load, visitors
from bench.databases import SECRET, changing
from bench.load import Outcome, Wish
from bench.signing_up import EACH_ROUND, Crowd
from bench.visitors import MANY, Visitor
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.core import clock
from volunteer_site.core.settings import DEFAULTS

TICKS = 300
PHONES = 5
LOOKS_EVERY = 4  # after so many ticks a phone has asked once for the code and the roster
MINUTE = 60  # seconds


@dataclass(frozen=True)
class Ticking:
    """What came of 300 ticks from five phones."""

    minutes: float  # that it took
    lost: int  # ticked, and not in
    errors: int


def rates(crowd: Crowd, rounds: int) -> dict[str, list[Outcome]]:
    """Return constant pages, empty forms and check-ins by scan, turn and turn about."""
    found: dict[str, list[Outcome]] = {"constant": [], "noop": [], "checkin": []}
    for turn in range(rounds + 1):
        people = crowd.people(EACH_ROUND)
        activity = _on_now(crowd, people)
        code = _code(activity)
        address = f"/activities/{activity}/check-in"
        wanted = {
            "constant": [visitors.get(measured.CONSTANT)] * EACH_ROUND,
            "noop": [visitors.post(measured.NOOP, person) for person in people],
            "checkin": [visitors.post(address, person, code=code) for person in people],
        }
        for name, requests in wanted.items():
            outcome = load.send(Wish(crowd.server.port, requests)).expect(200)
            if turn:
                found[name].append(outcome)
        if _in(crowd, activity) != EACH_ROUND:
            raise RuntimeError("somebody was told to be in and is not")
        _forget(crowd, activity)
    return found


def ticking(crowd: Crowd) -> Ticking:
    """Tick 300 people from five phones that also ask for the code, each as fast as it can."""
    people = crowd.people(TICKS)
    activity = _on_now(crowd, people)
    ann = visitors.coordinator_of(crowd.site, activity)
    desk = f"/desk/activities/{activity}"
    requests = []
    for number, person in enumerate(people):
        requests.append(visitors.post(f"{desk}/check-ins", ann, person_id=person.id))
        if number % LOOKS_EVERY == 0:
            requests.append(visitors.get(f"{desk}/door/code", ann))
    outcome = load.send(Wish(crowd.server.port, requests, connections=PHONES))
    lost = TICKS - _in(crowd, activity)
    _forget(crowd, activity)
    return Ticking(outcome.wall / MINUTE, lost, outcome.errors)


def _on_now(crowd: Crowd, people: list[Visitor]) -> int:
    """Return an activity that began just now, with a place for each of these people."""
    activity, now = crowd.activity(MANY), clock.now()
    begins, ends = (f"{at:%Y-%m-%d %H:%M:%S.%f}" for at in (now, now + timedelta(hours=1)))
    with changing(crowd.server.database) as connection:
        connection.execute(
            "UPDATE activities SET starts_at = ?1, signup_closes_at = ?1, ends_at = ?2"
            " WHERE id = ?3",
            [begins, ends, activity],
        )
        connection.execute(
            "UPDATE shifts SET starts_at = ?, ends_at = ? WHERE activity_id = ?",
            [begins, ends, activity],
        )
        connection.executemany(
            "INSERT INTO signups (activity_id, shift_id, person_id, starts_at, ends_at, source,"
            " signed_up_at, confirmed_at, withdrawal_reason) SELECT activity_id, id, ?, starts_at,"
            " ends_at, 'self', starts_at, starts_at, '' FROM shifts WHERE activity_id = ?",
            [[person.id, activity] for person in people],
        )
        connection.execute(
            "UPDATE shifts SET taken = ? WHERE activity_id = ?", [len(people), activity]
        )
    return activity


def _code(activity: int) -> str:
    codes = Codes(SECRET, DEFAULTS["DOOR_STEP_SECONDS"])
    return codes.shown(Door(activity, "in"), clock.now()).code


def _in(crowd: Crowd, activity: int) -> int:
    with changing(crowd.server.database) as connection:
        return int(
            connection.execute(
                "SELECT count(DISTINCT person_id) FROM attendance WHERE activity_id = ?"
                " AND direction = 'in' AND undone_at IS NULL",
                [activity],
            ).fetchone()[0]
        )


def _forget(crowd: Crowd, activity: int) -> None:
    """Let the same people be free for the next round."""
    with changing(crowd.server.database) as connection:
        for table in ("attendance", "signups"):
            connection.execute(f"DELETE FROM {table} WHERE activity_id = ?", [activity])
