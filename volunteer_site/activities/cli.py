"""Commands of the week: `flask week post`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from volunteer_site.activities import services
from volunteer_site.core import clock, dates, jobs
from volunteer_site.core.db import write_transaction

week = AppGroup("week", help="The week's round: posting and closing.")


@week.command()
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Post as if on this day, like 2026-11-19; today by default.",
)
def post(day: datetime | None) -> None:
    """Publish the coming week's activities of the programmes that post themselves.

    Safe to run twice: what is there, also if moved, edited or cancelled, is not made again.
    """
    now = clock.now()
    with jobs.run("week post") as outcome:
        with write_transaction():
            done = services.post_week(day.date() if day else dates.today(now), now)
        outcome.append(
            f"{len(done.posted)} posted, {done.there} there already, "
            f"{len(done.skipped)} skipped, {len(done.left)} left to a person."
        )
    for name, lines in vars(done).items():
        if isinstance(lines, list):
            for line in lines:
                click.echo(f"{name}: {line}")
    click.echo(outcome[0])
