"""How gunicorn serves the site: one process a core, a few threads each.

`gunicorn -c deploy/gunicorn.conf.py wsgi:app`. The settings are environment variables: PORT,
BIND, WEB_CONCURRENCY, FORWARDED_ALLOW_IPS (all described in docs/settings.md).
"""

import gc
import os
from typing import Any


def cores() -> int:
    """Return how many processors this process may use (a container may have fewer)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or cores())
worker_class = "gthread"
threads = 3  # measured: as many answers as with 8 threads, and the slow ones far less slow
backlog = 2048

timeout = 30  # a worker that gives no sign of life for so long is replaced
graceful_timeout = 25  # time to finish answers after `systemctl restart`; systemd waits 30 s
keepalive = 5  # seconds; a proxy in front may hold its connections longer by its own setting

# A phone sends small requests; what is bigger is a mistake or an attack.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

# Whose word about the visitor's address and https is believed: only the proxy's on this machine.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1,::1"

# No restart after so many requests: memory stays level (`make bench` measures it), and a fresh
# worker starts with empty caches. deploy/volunteer-site.service has the limit for the worst case.
max_requests = 0

accesslog = None  # the site writes its own lines, with a request number and without personal data
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # nobody talks to it, so it need not exist
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112


def post_worker_init(_worker: Any) -> None:
    """Put what was loaded out of the garbage collector's sight: the slowest answers halve."""
    gc.collect()
    gc.freeze()
