"""How quickly 'full' is said while somebody else holds the database's write lock."""

import fcntl
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from bench import load, visitors
from bench.load import Outcome, Wish
from bench.server import Server
from bench.signing_up import PLACES, Crowd

HELD = 1.5  # seconds
ASKING = 40


def p99(crowd: Crowd, rounds: int) -> float:
    """Return how many times the usual time the slow answers take while the lock is held."""
    activity = _full_activity(crowd)
    requests = [
        visitors.post(f"/activities/{activity}/signup", person)
        for person in crowd.people(PLACES + ASKING)[PLACES:]
    ]
    ratios = []
    for _ in range(rounds):
        idle = _ask(crowd.server, requests)
        with _lock(crowd.server.database):
            locked = _ask(crowd.server, requests)
        ratios.append(locked.percentile(0.99) / idle.percentile(0.99))
    return median(ratios)


def _full_activity(crowd: Crowd) -> int:
    activity = crowd.activity(PLACES)
    address = f"/activities/{activity}/signup"
    first = [visitors.post(address, person) for person in crowd.people(PLACES)]
    load.send(Wish(crowd.server.port, first)).expect(200)
    return activity


def _ask(server: Server, requests: list[str]) -> Outcome:
    return load.send(Wish(server.port, requests, seconds=HELD - 0.5)).expect(409)


class _lock:  # noqa: N801 -- reads as `with _lock(database)`
    """Somebody who writes for 1.5 s, such as an import: first in the queue, then in SQLite."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.held = threading.Event()
        self.thread = threading.Thread(target=self._hold)

    def __enter__(self) -> None:
        self.thread.start()
        self.held.wait()

    def __exit__(self, *_error: object) -> None:
        self.thread.join()

    def _hold(self) -> None:
        with (
            Path(f"{self.database}-queue").open("w") as queue,
            closing(sqlite3.connect(self.database, timeout=30)) as connection,
        ):
            fcntl.flock(queue, fcntl.LOCK_EX)
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            self.held.set()
            time.sleep(HELD)
            connection.execute("ROLLBACK")
