"""`flask badges`: put the catalogue in, and award what was reached before a badge was there."""

import click
from flask.cli import AppGroup

from volunteer_site.core import clock
from volunteer_site.core.db import write_transaction
from volunteer_site.recognition import queries, services

AT_ONCE = 200  # people in one transaction, so that others need not wait long

badges = AppGroup("badges", help="What there is to earn, and who has earned it.")


@badges.command()
def load() -> None:
    """Put the badges of the catalogue into the database. Safe to run twice."""
    with write_transaction():
        added = services.load_catalogue(clock.now())
    click.echo(f"{added} badges added.")


@badges.command()
def award() -> None:
    """Award everybody what their hours have reached, as after new badges. Safe to run twice."""
    people = queries.with_hours()
    groups = [people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE)]
    with click.progressbar(groups, label="Awarding") as shown:
        for group in shown:
            with write_transaction():
                services.award_after(group, clock.now())
