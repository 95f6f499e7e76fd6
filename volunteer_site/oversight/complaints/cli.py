"""`flask complaints`: what time does to complaints."""

import click
from flask import current_app
from flask.cli import AppGroup

from volunteer_site.core import clock, jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.core.jobs import N_
from volunteer_site.oversight.complaints import queries, services

complaints = AppGroup("complaints", help="Complaints about records.")


@complaints.command()
def forget() -> None:
    """Erase the contacts of cases that were closed long ago. Safe to run twice."""
    days, now = current_app.config["COMPLAINT_CONTACT_DAYS"], clock.now()
    with jobs.run("complaints forget") as outcome:
        with write_transaction():
            count = services.forget(days, now)
        outcome.add(N_("%(count)d contacts erased."), count=count)
        if unseen := queries.unseen():
            outcome.add(
                N_(
                    "%(count)d open complaints concern every officer of their district: "
                    "let somebody of the city look into them."
                ),
                count=unseen,
            )
    click.echo(outcome)
