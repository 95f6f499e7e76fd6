"""The real server on a core of its own: gunicorn with the settings of deploy/gunicorn.conf.py."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.databases import ROOT, SECRET

CORES: Final = sorted(os.sched_getaffinity(0))  # the server has the first, the load the last
PATIENCE: Final = 60  # seconds


@dataclass(frozen=True)
class Server:
    """A running server with one worker."""

    process: subprocess.Popen[bytes]
    port: int
    database: Path

    @property
    def worker(self) -> int:
        """Return the process that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(children.read_text().split()[0])

    def memory(self, kind: str = "Rss") -> float:
        """Return the worker's memory in MiB: Rss is all, Pss counts what is shared in parts."""
        for line in Path(f"/proc/{self.worker}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"the system does not say {kind}")


@contextmanager
def running(database: Path, **settings: str) -> Iterator[Server]:
    """Start the server on that database, pinned to the first core; stop it at the end."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": SECRET,
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "FLASK_SESSION_COOKIE_SECURE": "false",
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "deploy/gunicorn.conf.py",
        "bench.app:measured()",
    ]
    with (database.parent / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment | settings, stderr=log)
        os.sched_setaffinity(process.pid, CORES[:1])  # its worker inherits it
        try:
            _wait(process, port)
            yield Server(process, port, database)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _free_port() -> int:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start; its words are in the .log beside the database")
