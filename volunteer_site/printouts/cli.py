"""`flask papers`: what was printed in the background."""

import click
from flask.cli import AppGroup

from volunteer_site.printouts.jobs import work

papers = AppGroup("papers", help="What was printed in the background.")


@papers.command()
def forget() -> None:
    """Remove print jobs older than a day, with their files. Safe to run twice."""
    click.echo(f"{work.remove_old()} print jobs removed.")
