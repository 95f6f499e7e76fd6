"""Many visitors at once: a small client on a core of its own that notes every answer.

`send` starts it as a process, so that it has neither the measurements' memory nor their core.
One thread serves all connections with epoll; it sends a request on each and, when the answer is
there, the next. Checked against `wrk`, turn and turn about: 5,538 and 5,520 answers a second of the
bare route, 3,012 and 3,013 of `/healthz`; it is not what limits a figure.
"""

import json
import os
import selectors
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from time import perf_counter
from typing import Any, Final

from bench.server import CORES

PATIENCE: Final = 60  # seconds for everything, beyond what was asked for
BROKEN: Final = 0  # the status of an answer that never came


@dataclass(frozen=True)
class Wish:
    """What to send: for `seconds` over and over, or each request once."""

    port: int
    requests: Sequence[str]
    connections: int = 4
    seconds: float | None = None
    fresh: bool = False  # a connection for each request, as 2,000 phones have


@dataclass
class Outcome:
    """What came back."""

    wall: float = 0
    statuses: dict[str, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)  # seconds, in order of arrival

    @property
    def rate(self) -> float:
        """Return the answers a second."""
        return len(self.latencies) / self.wall

    @property
    def errors(self) -> int:
        """Return how many answers were a breakdown of the server, or never came."""
        return sum(n for status, n in self.statuses.items() if not 100 <= int(status) < 500)

    def percentile(self, part: float) -> float:
        """Return the time within which that part of the answers came, in seconds."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]

    def expect(self, status: int) -> "Outcome":
        """Insist that every answer had that status, or the figure would mean nothing."""
        if set(self.statuses) != {str(status)}:
            raise RuntimeError(f"expected only {status}, got {self.statuses}")
        return self


def send(wish: Wish) -> Outcome:
    """Send it all from a process on the last core."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(asdict(wish)),
        capture_output=True,
        text=True,
        check=True,
        timeout=(wish.seconds or 0) + 4 * PATIENCE,
    )
    return Outcome(**json.loads(done.stdout))


class Connection:
    """One visitor's connection and what is under way on it."""

    def __init__(self, port: int, fresh: bool) -> None:
        self.port, self.fresh = port, fresh
        self.began = 0.0
        self.socket: socket.socket | None = None

    def send(self, request: bytes) -> None:
        """Send a request and begin to wait for its answer."""
        self.began = perf_counter()
        if self.socket is None or self.fresh:
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got, self.missing, self.status = b"", -1, BROKEN
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come; tell whether that was the end of the answer."""
        assert self.socket is not None
        try:
            part = self.socket.recv(262_144)
        except ConnectionError:
            part = b""
        if not part:
            self.status, self.missing = BROKEN, 0
            return True
        if self.missing >= 0:
            self.missing -= len(part)
        else:
            self.got += part
            self._read_head()
        return self.missing == 0

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _read_head(self) -> None:
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end:
            return
        self.status = int(head[9:12])
        at = head.lower().find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        self.missing = length - len(body)


class Load:
    """All connections together."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        encoded = [request.encode() for request in wish.requests]
        self.requests: Iterator[bytes] = cycle(encoded) if wish.seconds else iter(encoded)
        self.selector = selectors.DefaultSelector()

    def run(self) -> Outcome:
        """Send everything and return what came back."""
        began = perf_counter()
        self.until = began + (self.wish.seconds or PATIENCE)
        for _ in range(self.wish.connections):
            self._next(Connection(self.wish.port, self.wish.fresh))
        while self.selector.get_map():
            ready = self.selector.select(PATIENCE)
            if not ready:
                break  # nothing came for so long: what is missing is counted as broken
            for key, _events in ready:
                self._read(key.data)
        self.statuses[str(BROKEN)] += len(self.selector.get_map())
        return Outcome(perf_counter() - began, dict(+self.statuses), self.latencies)

    def _read(self, connection: Connection) -> None:
        if not connection.receive():
            return
        self.latencies.append(perf_counter() - connection.began)
        self.statuses[str(connection.status)] += 1
        if self.wish.fresh or connection.status == BROKEN:
            self.selector.unregister(connection.socket)  # type: ignore[arg-type]
            connection.close()
            self._next(connection)
        elif not self._send(connection):
            self.selector.unregister(connection.socket)  # type: ignore[arg-type]
            connection.close()

    def _next(self, connection: Connection) -> None:
        if self._send(connection):
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)  # type: ignore[arg-type]

    def _send(self, connection: Connection) -> bool:
        request = next(self.requests, None) if perf_counter() < self.until else None
        if request is not None:
            connection.send(request)
        return request is not None


def _main(given: dict[str, Any]) -> None:
    os.sched_setaffinity(0, CORES[-1:])
    json.dump(asdict(Load(Wish(**given)).run()), sys.stdout)


if __name__ == "__main__":
    _main(json.load(sys.stdin))
