"""`flask badges`: put the catalogue in, and award what was reached before a badge was there."""

import click
from flask.cli import AppGroup

from volunteer_site.core import clock
from volunteer_site.core.db import write_transaction
from volunteer_site.recognition import queries, services

AT_ONCE = 200  # people in one transaction, so that others need not wait long
LOOKED_AT = 1000  # people looked at together, without holding anybody up

badges = AppGroup("badges", help="What there is to earn, and who has earned it.")


@badges.command()
def load() -> None:
    """Put the badges of the catalogue into the database. Safe to run twice."""
    with write_transaction():
        added = services.load_catalogue(clock.now())
    click.echo(f"{added} badges added.")


@badges.command()
def settle() -> None:
    """Award everybody what all rules give them today, for every night. Safe to run twice."""
    people = queries.with_hours()
    groups = [people[start : start + LOOKED_AT] for start in range(0, len(people), LOOKED_AT)]
    changed = 0
    with click.progressbar(groups, label="Settling badges") as shown:
        for group in shown:
            waiting = services.unsettled(group)
            changed += len(waiting)
            for start in range(0, len(waiting), AT_ONCE):
                with write_transaction():
                    services.settle(waiting[start : start + AT_ONCE], clock.now())
    click.echo(f"{len(people)} people looked at, {changed} of them had something to settle.")


@badges.command()
@click.pass_context
def award(context: click.Context) -> None:
    """Do what `settle` does; for the time after new badges. Safe to run twice."""
    context.invoke(settle)
