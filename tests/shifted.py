"""The site with its clock set: `SITE_BEGINS_AT` is the moment of its start, then time goes on."""

import os
from datetime import UTC, datetime

import time_machine

time_machine.travel(
    datetime.fromisoformat(os.environ["SITE_BEGINS_AT"]).replace(tzinfo=UTC)
).start()

from wsgi import app  # noqa: E402, F401 -- the clock comes first
