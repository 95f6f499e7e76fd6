"""How long all rules of badges take for everybody in the district, and previews of single rules.

What is measured is what `flask badges settle` does in a night on which nothing is to be given.
"""

import time
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from bench import databases
from volunteer_site.core import clock
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours.models import HourEntry
from volunteer_site.people.models import Person
from volunteer_site.recognition.badges import queries, services
from volunteer_site.recognition.badges.preview import preview

AT_ONCE = 1000  # people, as the command looks at them
PREVIEWED = ("weeks-4", "streak-4", "care-5", "spring-cleaning", "early-5")


class Settled(NamedTuple):
    """What came of it; seconds are of a processor, so others' work does not count."""

    seconds: float
    rules: int
    people: int
    serving: int
    entries: int
    previews: dict[str, float]


def settled(path: Path) -> Settled:
    """Count all rules for everybody, then look at some by themselves."""
    with databases.site(path).app_context():
        with write_transaction():
            services.load_catalogue(clock.now())
        people = queries.with_hours()
        began = time.process_time()
        for start in range(0, len(people), AT_ONCE):
            services.unsettled(people[start : start + AT_ONCE])
        took = time.process_time() - began
        previews = {slug: _previewed(slug) for slug in PREVIEWED}
        counts = [_count(model) for model in (Person, HourEntry)]
        return Settled(took, len(queries.rules()), counts[0], len(people), counts[1], previews)


def _previewed(slug: str) -> float:
    began = time.process_time()
    preview(queries.by_slug(slug).rule)
    return time.process_time() - began


def _count(model: type[Person] | type[HourEntry]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0
