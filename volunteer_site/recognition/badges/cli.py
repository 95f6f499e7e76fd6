"""`flask badges`: put the catalogue in, and award what was reached before a badge was there."""

import click
from flask.cli import AppGroup

from volunteer_site.core import clock, jobs
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.jobs import N_
from volunteer_site.recognition.badges import queries, services

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
    """Award everybody what all rules give them today, every night. Safe to run twice."""
    people = queries.with_hours()
    groups = [people[start : start + LOOKED_AT] for start in range(0, len(people), LOOKED_AT)]
    with jobs.run("badges settle") as outcome:
        with click.progressbar(groups, label="Settling badges") as shown:
            changed = sum(_settled(group) for group in shown)
        said = N_("%(people)d people, %(changed)d of them with something to settle.")
        outcome.add(said, people=len(people), changed=changed)
    click.echo(outcome)


def _settled(people: list[int]) -> int:
    """Settle for those who need it, a few in one transaction; return how many there were."""
    waiting = services.unsettled(people)
    db.session.rollback()
    for start in range(0, len(waiting), AT_ONCE):
        with write_transaction():
            services.settle(waiting[start : start + AT_ONCE], clock.now())
    return len(waiting)
