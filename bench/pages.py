"""How many pages a second, against a bare Flask route on the same server, turn and turn about."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from bench import app as measured
from bench import load, visitors
from bench.databases import site
from bench.load import Outcome, Wish
from bench.server import Server

SECONDS = 1.0
PEOPLE = 20


@dataclass
class Rates:
    """The answers of all rounds, by page."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))

    def a_second(self, name: str) -> float:
        """Return the usual answers a second."""
        return median(outcome.rate for outcome in self.outcomes[name])

    def ratio(self, name: str) -> float:
        """Return the share of the constant route's answers, formed round by round."""
        pairs = zip(self.outcomes[name], self.outcomes["constant"], strict=True)
        return median(page.rate / constant.rate for page, constant in pairs)

    def slowness(self, name: str) -> float:
        """Return how many times the usual time the slow answers take (p99/p50)."""
        return median(each.percentile(0.99) / each.percentile(0.5) for each in self.outcomes[name])


def requests(server: Server) -> dict[str, list[str]]:
    """Return what is asked for, by the name of the figure."""
    looked_up = site(server.database)
    people = visitors.regulars(looked_up, PEOPLE)
    activities = [f"/activities/{each}" for each in visitors.open_activities(looked_up, 10)]
    return {
        "constant": [visitors.get(measured.CONSTANT)],
        "board_warm": visitors.addresses(["/"], people),
        "board_cold": visitors.addresses([measured.COLD], people),
        "activity": visitors.addresses(activities, people),
        "me": visitors.addresses(["/me"], people),
        "roll": visitors.addresses([visitors.a_roll(looked_up)], people),
    }


def rounds(servers: dict[str, Server], number: int) -> dict[str, Rates]:
    """Measure every page on every server once a round."""
    asked = {name: _there(server, requests(server)) for name, server in servers.items()}
    rates = {name: Rates() for name in servers}
    for turn in range(number + 1):
        for name, server in servers.items():
            for page, wanted in asked[name].items():
                seconds = SECONDS if turn else SECONDS / 2
                outcome = load.send(Wish(server.port, wanted, seconds=seconds)).expect(200)
                if turn:  # the first one warms up
                    rates[name].outcomes[page].append(outcome)
        print(".", end="" if turn < number else "\n", flush=True)
    return rates


def _there(server: Server, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out pages that the site does not have."""
    return {
        name: asked
        for name, asked in wanted.items()
        if set(load.send(Wish(server.port, asked[:1])).statuses) == {"200"}
    }
