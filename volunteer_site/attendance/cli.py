"""`flask week close`: what has ended and is not closed."""

from datetime import date, datetime

import click
from flask.cli import with_appcontext

from volunteer_site.activities import occurrences, weeks
from volunteer_site.activities.weeks import Line
from volunteer_site.core import calendar, clock, dates, jobs
from volunteer_site.core.jobs import N_

EVERYWHERE = ("/",)


@click.command("close")
@with_appcontext
def close() -> None:
    """List what has ended and is not closed, the oldest first, with the day it is due (R8).

    Closes nothing: who was there is for the coordinator to say. Safe to run at any time.
    """
    now = clock.now()
    with jobs.run("week close") as outcome:
        lines = [(line, _due_on(line)) for line in weeks.unclosed(EVERYWHERE, now)]
        today = dates.today(now)
        late = sum(due is not None and today > due for _line, due in lines)
        said = N_("%(count)d not closed, %(late)d of them overdue.")
        outcome.add(said, count=len(lines), late=late)
    for line, due in lines:
        click.echo(f"{_state(due, now)}\t{line.id}\t{line.organisation}\t{line.title}")
    click.echo(outcome)


def _due_on(line: Line) -> date | None:
    """Return the last day to record it; None in a year whose holidays nobody knows (R9)."""
    ended_on = dates.local_date(line.ends_at)
    try:
        return calendar.working_day_after(ended_on, occurrences.WORKING_DAYS_TO_RECORD)
    except calendar.UnknownYear:
        return None


def _state(due: date | None, now: datetime) -> str:
    if due is None:
        return "due: unknown"
    return f"{'overdue' if dates.today(now) > due else 'due'}: {due}"
