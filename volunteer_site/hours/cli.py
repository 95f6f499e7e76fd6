"""Commands of the ledger: `flask ledger seal`, `verify`, `rebuild-totals`."""

import re
from datetime import date

import click
from flask.cli import AppGroup

from volunteer_site.core import clock, jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services
from volunteer_site.hours.checks import Report, verify
from volunteer_site.hours.queries import sealed_days

SHOWN = 20  # faults
SEAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9a-f]{64}")

ledger = AppGroup("ledger", help="The ledger of hours: seal it, verify it.")


@ledger.command()
def seal() -> None:
    """Seal the days that are over, so that a later change is noticed. Safe to run twice."""
    now = clock.now()
    with jobs.run("ledger seal") as outcome:
        with click.progressbar(length=len(services.days_due(now)), label="Sealing") as bar:
            sealed = services.seal(now, bar.update)
        outcome.append(f"{sealed} days sealed.")
    click.echo(outcome[0])


def _known(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """Refuse what is not a seal, before anything is computed."""
    for note in given:
        if not SEAL.fullmatch(note) or not _is_day(note[:10]):
            raise click.BadParameter(f"{note!r} is not a day and 64 digits, as verify shows them.")
    return list(given)


@ledger.command(name="verify")
@click.option(
    "--known",
    multiple=True,
    callback=_known,
    metavar="'DAY DIGEST'",
    help="A seal as shown before, such as '2026-11-20 5e88…'; may be given again.",
)
def verify_all(known: list[str]) -> None:
    """Compute every seal and total again; say which entry, seal or total does not fit."""
    with click.progressbar(length=len(sealed_days()), label="Verifying") as bar:
        report = verify(known, bar.update)
    for fault in report.faults[:SHOWN]:
        click.echo(fault, err=True)
    if not report.sound:
        raise click.ClickException(_fault_words(report))
    click.echo(
        f"Sound: {report.entries} entries, {report.minutes} minutes in {report.days} sealed days."
    )
    if report.last:
        click.echo(f"Last seal, worth writing down elsewhere: {report.last}")


@ledger.command(name="rebuild-totals")
def rebuild() -> None:
    """Count the monthly totals anew from the entries. Safe to run twice."""
    with write_transaction():
        count = services.rebuild_totals()
    click.echo(f"{count} monthly totals counted.")


def _fault_words(report: Report) -> str:
    more = len(report.faults) - SHOWN
    rest = f" {more} more are not shown." if more > 0 else ""
    return f"The ledger is not what it was.{rest} Compare with a backup before changing anything."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
