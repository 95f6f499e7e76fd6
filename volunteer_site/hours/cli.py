"""Commands of the ledger: `flask ledger seal`, `seals`, `verify`, `rebuild-totals`."""

import click
from flask.cli import AppGroup

from volunteer_site.core import clock, jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.core.jobs import N_
from volunteer_site.hours import published, services
from volunteer_site.hours.checks import Report, verify
from volunteer_site.hours.queries import sealed_days

SHOWN = 20  # faults

ledger = AppGroup("ledger", help="The ledger of hours: seal it, verify it.")


@ledger.command()
def seal() -> None:
    """Seal the days that are over, so that a later change is noticed. Safe to run twice."""
    now = clock.now()
    with jobs.run("ledger seal") as outcome:
        with click.progressbar(length=len(services.days_due(now)), label="Sealing") as bar:
            sealed = services.seal(now, bar.update)
        outcome.add(N_("%(count)d days sealed."), count=sealed)
    click.echo(outcome)


@ledger.command()
def seals() -> None:
    """Write down every seal, one a line: keep it outside the site, for `verify --against`."""
    for line in published.everything():
        click.echo(line)


def _seals(_context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """Refuse what is not a seal, before anything is computed."""
    lines = list(given) if option.name == "known" else [line for one in given for line in _of(one)]
    try:
        published.read(lines)
    except published.Unreadable as error:
        raise click.BadParameter(str(error)) from None
    return lines


def _of(name: str) -> list[str]:
    with click.open_file(name, encoding="utf-8-sig") as file:
        return file.readlines()


@ledger.command(name="verify")
@click.option(
    "--known",
    multiple=True,
    callback=_seals,
    metavar="'DAY DIGEST'",
    help="A seal as shown before, such as '2026-11-20 5e88 48ab 91c2 77f0'; may be given again.",
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    callback=_seals,
    help="A file with seals that were saved from /seals.txt or typed from a sheet; - is typed now.",
)
def verify_all(known: list[str], against: list[str]) -> None:
    """Compute every seal and total again; say which entry, seal, book or total does not fit."""
    with click.progressbar(length=len(sealed_days()), label="Verifying") as bar:
        report = verify([*known, *against], bar.update)
    for fault in report.faults[:SHOWN]:
        click.echo(fault, err=True)
    if not report.sound:
        raise click.ClickException(_fault_words(report))
    for words in _sound_words(report):
        click.echo(words)


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


def _sound_words(report: Report) -> list[str]:
    counted = f"{report.entries} entries, {report.minutes} minutes in {report.days} sealed days"
    words = [f"Sound: {counted}, {report.books} sealed books."]
    if report.compared:
        words.append(f"Compared with {report.compared} seals from outside: all are as they were.")
    if report.last:
        words.append(f"Last seal, worth writing down elsewhere: {report.last}")
    words += report.notes
    if report.notes:
        words.append("A refused posting may leave such a gap; a removed entry does too.")
    return words
