"""`flask backup`: a copy of everything that is kept, and the way back; what goes at night."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from volunteer_site.core import backups, clock, jobs, tries, upload_sweep
from volunteer_site.core.jobs import N_

backup = AppGroup("backup", help="Copies of the whole database.")
uploads = AppGroup("uploads", help="Photos and papers that were handed in.")
attempts = AppGroup("tries", help="What is kept for a day to stop who guesses.")
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@backup.command()
@FILE
def create(file: Path) -> None:
    """Copy the whole database to FILE while the site runs. Safe to run twice."""
    with _answering("Copying") as progress, jobs.run("backup create") as outcome:
        backups.create(file, progress)
        size = file.stat().st_size // 1024
        outcome.add(N_("%(file)s, %(size)d kB."), file=file.name, size=size)
    click.echo(outcome)


@backup.command()
@FILE
def restore(file: Path) -> None:
    """Put the database back to what FILE holds; stop the site before. Safe to run twice."""
    with _answering("Restoring") as progress:
        kept = backups.restore(file, progress)
    click.echo(f"The database is what {file.name} holds.")
    if kept:
        click.echo(f"What was there before is kept as {kept.name}; remove it when all is well.")
    click.echo("Run `flask db upgrade` and `flask ledger verify`, then start the site.")


@uploads.command()
def forget() -> None:
    """Remove photos and papers that there is no reason to keep any more. Safe to run twice."""
    with jobs.run("uploads forget") as outcome:
        outcome.add(N_("%(count)d files removed."), count=upload_sweep.forget(clock.now()))
    click.echo(outcome)


@attempts.command(name="forget")
def forget_tries() -> None:
    """Forget who tried to log in or to check a paper more than a day ago. Safe to run twice."""
    with jobs.run("tries forget") as outcome:
        outcome.add(N_("%(count)d tries forgotten."), count=tries.forget(clock.now()))
    click.echo(outcome)


@contextmanager
def _answering(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far the copy is; say in one sentence why it cannot be made."""
    bar = click.progressbar(length=1, label=label)

    def show(left: int, pages: int) -> None:
        bar.length = pages
        bar.update(pages - left - bar.pos)

    try:
        with bar:
            yield show
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from None
