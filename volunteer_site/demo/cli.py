"""`flask demo`: load the demo district, show who can log in."""

from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import AppGroup

from volunteer_site.core import clock
from volunteer_site.core.db import write_transaction
from volunteer_site.demo import (
    accounts,
    afterwards,
    certificates,
    designs,
    disputes,
    given_badges,
    good_deeds,
    odd_days,
    paper,
    services,
    stars,
)
from volunteer_site.demo.accounts import Account
from volunteer_site.demo.places import SCALES
from volunteer_site.hours import cli as ledger
from volunteer_site.hours import queries

TALES = (afterwards, paper, disputes, good_deeds, given_badges, designs, stars, certificates)

demo = AppGroup("demo", help="A district to try the site with; everybody in it is invented.")


@demo.command()
@click.option("--scale", type=click.Choice(tuple(SCALES)), default="small", show_default=True)
@click.option("--seed", default=services.SEED, show_default=True, help="Another invents others.")
def load(scale: str, seed: int) -> None:
    """Fill the database with a district, its people and their history. Safe to run twice."""
    wish = services.Wish(SCALES[scale], clock.now(), current_app.config["CONSENT_VERSION"], seed)
    loaded = 0
    with write_transaction():
        services.enter_holidays(wish)
    for district in services.districts(wish):
        if services.is_there(district):
            click.echo(f"{district.top.name}: already there, nothing changed.")
            continue
        _refuse_sealed(district.top.name)
        bar = click.progressbar(length=wish.steps, label=district.top.name)
        with bar, write_transaction():
            services.load_district(district, wish, bar.update)
        loaded += 1
    if loaded:
        for tale in TALES:
            tale.tell(wish.now)
        if scale == "small":  # a district is for measuring what honest entries give
            odd_days.tell(wish.now)
        click.get_current_context().invoke(ledger.seal)
    kept = [] if loaded else accounts.kept(current_app.instance_path)
    _show(kept or _opened())


@demo.command(name="accounts")
def show_accounts() -> None:
    """Show who can log in to the demo, and with which password."""
    _show(accounts.kept(current_app.instance_path) or _opened())


def _refuse_sealed(name: str) -> None:
    """Keep a past out of a ledger whose past is sealed; verifying it would fail for ever."""
    last = queries.last_seal()
    if last is not None:
        raise click.ClickException(
            f"The ledger of this site is sealed until {last.day}, and {name} has a past before "
            "that. Load it into an empty database."
        )


def _opened() -> list[Account]:
    with write_transaction():
        opened = accounts.open_accounts(clock.now())
    accounts.keep(opened, current_app.instance_path)
    return opened


def _show(opened: Sequence[Account]) -> None:
    for account in opened:
        click.echo(account.line())
    click.echo(f"Kept in {current_app.instance_path}/{accounts.FILE}")
