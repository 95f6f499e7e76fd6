"""Commands of the week: `flask week post`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from volunteer_site.activities import services
from volunteer_site.core import clock, dates, jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.core.jobs import N_

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
        outcome.add(
            N_(
                "%(posted)d posted, %(there)d there already, %(skipped)d skipped, "
                "%(left)d left to a person."
            ),
            posted=len(done.posted),
            there=done.there,
            skipped=len(done.skipped),
            left=len(done.left),
        )
    for name, lines in vars(done).items():
        if isinstance(lines, list):
            for line in lines:
                click.echo(f"{name}: {line}")
    click.echo(outcome)
