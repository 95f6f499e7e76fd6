"""`flask people add`: the first officer of a district, or anybody else, from the command line."""

import sys
from typing import Any

import click
from flask.cli import AppGroup

from volunteer_site.core import clock, text
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.people import passwords, queries, services
from volunteer_site.people.models import Person, RoleName

people = AppGroup("people", help="People and their roles.")
ROLES = ("volunteer", *(name.value for name in RoleName))


@people.command()
@click.option("--phone", required=True, help="A mobile number of the mainland.")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--at", "slug", help="Address of the organisation; needed for every role.")
@click.option("--must-change", is_flag=True, help="Ask for another password at the next log-in.")
def add(phone: str, name: str, role: str, slug: str | None, must_change: bool) -> None:
    """Add a person who can log in; the password is read from standard input. Safe to run twice."""
    password = _password()
    if role in set(RoleName) and slug is None:
        raise click.UsageError(f"A {role} needs --at <slug>.")
    try:
        with write_transaction():
            place = organisations.by_slug(slug) if slug else None
            person = _person(_phone(phone), _name(name), password, place)
            if must_change:
                services.set_password(person.id, password, now=clock.now(), must_change=True)
            if role in set(RoleName) and place is not None:
                services.grant_role(person.id, place, role, now=clock.now(), by_id=None)
            click.echo(f"{person.number} {person.name}: {role} {slug or ''}".rstrip())
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True))
    return sys.stdin.readline().rstrip("\r\n")


def _phone(typed: str) -> str:
    try:
        return text.normalise_phone(typed)
    except ValueError:
        raise click.BadParameter(f"{typed!r} is not a mobile number.") from None


def _name(typed: str) -> str:
    try:
        return text.normalise_name(typed)
    except ValueError:
        raise click.BadParameter("A name has 1 to 50 characters.") from None


def _person(phone: str, name: str, password: str, place: Organisation | None) -> Person:
    """Return the person with this name and phone, added or with the password as given now."""
    known = [one for one in queries.by_phone(phone) if one.name == name]
    if not known:
        kept = services.prepared(password, name=name, phone=phone)
        newcomer = services.Newcomer(name, phone, None, kept, **_belongs(place))
        return services.add_person(newcomer, now=clock.now())
    if not passwords.fits(known[0].password_hash, password):
        services.set_password(known[0].id, password, now=clock.now())
    return known[0]


def _belongs(place: Organisation | None) -> dict[str, Any]:
    """Return where somebody lives or works, going by where they are added."""
    columns = {Kind.COMMUNITY.value: "community_id", Kind.UNIT.value: "unit_id"}
    if place is None or place.kind not in columns:
        return {}
    return {columns[place.kind]: place.id}
