"""`flask organisations add`: the first district of an empty site, or anything below it."""

import click
from flask.cli import AppGroup

from volunteer_site.core import clock, text
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.organisations import queries, services
from volunteer_site.organisations.models import NAME_LENGTH, Kind

organisations = AppGroup("organisations", help="The tree of organisations.")


@organisations.command()
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in Kind]))
@click.option("--name", required=True)
@click.option("--under", help="Address of the organisation above; a district needs none.")
def add(kind: str, name: str, under: str | None) -> None:
    """Add an organisation and print its address (slug). Safe to run twice."""
    name = text.tidy(name)
    if not 0 < len(name) <= NAME_LENGTH:
        raise click.BadParameter(f"A name has 1 to {NAME_LENGTH} characters.")
    try:
        with write_transaction():
            parent = queries.by_slug(under) if under else None
            found = queries.named(kind, name, parent)
            if found is None:
                wording = services.Wording(name)
                found = services.create(kind, parent, wording, now=clock.now(), by_id=None)
            click.echo(found.slug)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
