"""`flask anomalies find`: look through what was recorded since the last time."""

from collections import Counter
from datetime import datetime

import click
from flask.cli import AppGroup

from volunteer_site.core import clock, dates, jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.core.jobs import N_
from volunteer_site.hours import settings
from volunteer_site.oversight.anomalies import search

anomalies = AppGroup("anomalies", help="What looks odd in the record of hours.")


@anomalies.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Look through what was recorded from this day on; else since the last run.",
)
def find(since: datetime | None) -> None:
    """Put what looks odd on the office's desk. Nothing is punished or changed by it.

    Safe to run twice: the same thing is found once, and what was called fine is not found again.
    """
    now = clock.now()
    begin = dates.day_bounds(since.date())[0] if since else search.since_last(now)
    cap, new = settings.caps().automatic, Counter[str]()
    with jobs.run(search.JOB) as outcome:
        with click.progressbar(search.districts(), label="Looking") as shown:
            for district in shown:
                where = search.window(district.path, begin, now, cap)
                found = search.find(district, where)
                with write_transaction():
                    new += Counter(search.keep(found, where.path, now))
        outcome.add(N_("%(count)d found."), count=new.total())
    click.echo(_words(new))


def _words(found: Counter[str]) -> str:
    told = ", ".join(f"{kind} {count}" for kind, count in found.items())
    return f"{found.total()} found{f': {told}' if told else ''}."
