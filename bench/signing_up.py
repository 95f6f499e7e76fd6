"""Signing up: how many a second, and what happens when 2,000 people want 50 places."""

from dataclasses import dataclass, field
from statistics import median

from bench import app as measured
from bench import load, visitors
from bench.databases import changing, site
from bench.load import Outcome, Wish
from bench.server import Server
from bench.visitors import MANY, Visitor

PLACES = 50
RUNNERS = 2_000
EACH_ROUND = 500


@dataclass
class Races:
    """What came of all races."""

    walls: list[float] = field(default_factory=list)  # to the same number of empty forms
    waiting_walls: list[float] = field(default_factory=list)  # with everybody on the waiting list
    slowest: list[float] = field(default_factory=list)
    miscounted: int = 0
    errors: int = 0


class Crowd:
    """People and activities of the demo that no figure has used yet."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.site = site(server.database)
        self.activities = iter(visitors.open_activities(self.site, 40))

    def people(self, number: int = RUNNERS) -> list[Visitor]:
        """Return people who have not signed up for anything to come."""
        return visitors.people(self.site, number)

    def activity(self, places: int) -> int:
        """Return an activity that nobody has signed up for, with so many places."""
        activity = next(self.activities)
        with changing(self.server.database) as connection:
            connection.execute("DELETE FROM signups WHERE activity_id = ?", [activity])
            connection.execute(
                "UPDATE shifts SET places = ?, taken = 0, waiting = 0 WHERE activity_id = ?",
                [places, activity],
            )
        return activity

    def counted(self, activity: int) -> tuple[int, int]:
        """Return how many have a place, and how many the shift says."""
        with changing(self.server.database) as connection:
            rows = connection.execute(
                "SELECT count(*) FROM signups WHERE activity_id = ? AND withdrawn_at IS NULL"
                " AND confirmed_at IS NOT NULL",
                [activity],
            ).fetchone()[0]
            told = connection.execute(
                "SELECT taken FROM shifts WHERE activity_id = ?", [activity]
            ).fetchone()[0]
        return rows, told


def rates(crowd: Crowd, rounds: int) -> dict[str, list[Outcome]]:
    """Return constant pages, empty forms and sign-ups, turn and turn about."""
    found: dict[str, list[Outcome]] = {"constant": [], "noop": [], "signup": []}
    for turn in range(rounds + 1):
        people, activity = crowd.people(EACH_ROUND), crowd.activity(MANY)
        wanted = {
            "constant": [visitors.get(measured.CONSTANT)] * EACH_ROUND,
            "noop": [visitors.post(measured.NOOP, person) for person in people],
            "signup": [visitors.post(f"/activities/{activity}/signup", each) for each in people],
        }
        for name, requests in wanted.items():
            outcome = load.send(Wish(crowd.server.port, requests)).expect(200)
            if turn:  # the first one warms up, and makes the write-ahead log grow to its size
                found[name].append(outcome)
        _withdraw(crowd, activity)
    return found


def share(outcomes: dict[str, list[Outcome]], name: str, of: str) -> float:
    """Return how many of one there were for each of another, formed round by round."""
    pairs = zip(outcomes[name], outcomes[of], strict=True)
    return median(one.rate / other.rate for one, other in pairs)


def races(crowd: Crowd, rounds: int) -> Races:
    """Let 2,000 people run for 50 places, and 2,000 send an empty form, turn and turn about."""
    result = Races()
    for _ in range(rounds):
        people = crowd.people()
        empty = _all_at_once(crowd, people, measured.NOOP)
        activity = crowd.activity(PLACES)
        race = _all_at_once(crowd, people, f"/activities/{activity}/signup")
        rows, told = crowd.counted(activity)
        result.miscounted = max(result.miscounted, abs(rows - PLACES), abs(told - PLACES))
        waiting = _all_at_once(crowd, people, f"/activities/{activity}/signup/waitlist")
        result.errors += race.errors + waiting.errors
        result.walls.append(race.wall / empty.wall)
        result.waiting_walls.append(waiting.wall / empty.wall)
        result.slowest.append(max(race.latencies) / max(empty.latencies))
        _withdraw(crowd, activity)
    return result


def _all_at_once(crowd: Crowd, people: list[Visitor], address: str) -> Outcome:
    requests = [visitors.post(address, person) for person in people]
    return load.send(Wish(crowd.server.port, requests, connections=len(requests), fresh=True))


def _withdraw(crowd: Crowd, activity: int) -> None:
    """Let the same people be free for the next round."""
    with changing(crowd.server.database) as connection:
        connection.execute("DELETE FROM signups WHERE activity_id = ?", [activity])
        connection.execute(
            "UPDATE shifts SET taken = 0, waiting = 0 WHERE activity_id = ?", [activity]
        )
