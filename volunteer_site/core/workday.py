"""The hours at which a community's own staff are paid for being there (R11)."""

import re
from datetime import time
from functools import lru_cache
from itertools import pairwise

Paid = tuple[tuple[time, time], ...]
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")


@lru_cache(maxsize=8)
def read(text: str) -> Paid:
    """Read hours like "08:00-12:00,14:00-18:00", local time, earliest first; blank is none.

    Raises ValueError for anything else.
    """
    spans = tuple(_span(part.strip()) for part in text.split(",") if part.strip())
    moments = [moment for span in spans for moment in span]
    if any(later < earlier for earlier, later in pairwise(moments)):
        raise ValueError(text)
    return spans


def written(paid: Paid) -> str:
    """Write the hours as `read` reads them."""
    return ",".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in paid)


def _span(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(text)
    hour, minute, until_hour, until_minute = map(int, found.groups())
    begins, ends = time(hour, minute), time(until_hour, until_minute)
    if begins >= ends:
        raise ValueError(text)
    return begins, ends
