"""What can be done with organisations and pairings."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

import sqlalchemy as sa

from volunteer_site.core import audit, pinyin, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries
from volunteer_site.organisations.models import SLUG_LENGTH, Kind, Organisation, Pairing

PARENTS = {
    Kind.SUBDISTRICT: (Kind.DISTRICT,),
    Kind.COMMUNITY: (Kind.SUBDISTRICT, Kind.DISTRICT),
    Kind.UNIT: (Kind.DISTRICT, Kind.SUBDISTRICT),
    Kind.POINT: (Kind.COMMUNITY, Kind.SUBDISTRICT, Kind.DISTRICT),
    Kind.TEAM: (Kind.COMMUNITY, Kind.SUBDISTRICT, Kind.UNIT, Kind.DISTRICT),
}
LONG_SLUG = 20


class WrongPlace(Refusal):
    """An organisation of this kind cannot stand there."""

    status = 422


class NameTaken(Refusal):
    """Two organisations of a kind at one place need different names."""


class StillInUse(Refusal):
    """Something open hangs on what somebody wants to close."""


class PairedAlready(Refusal):
    """The unit helps the community on some of these days already."""


class WrongDates(Refusal):
    """The end comes before the beginning."""

    status = 422


@dataclass(frozen=True)
class Wording:
    """What is told about an organisation and may change."""

    name: str
    address: str = ""
    phone: str = ""
    staff_count: int | None = None


def create(
    kind: str, parent: Organisation | None, said: Wording, *, now: datetime, by_id: int | None
) -> Organisation:
    """Add an organisation below another; its address comes from the pinyin of its name.

    Raises WrongPlace or NameTaken. Only a district stands on top.
    """
    _check_place(kind, parent)
    turns.wait_for("organisations")
    _check_name(kind, parent, said.name)
    letters, initials = pinyin.search_keys(said.name)
    made = Organisation(kind=kind, parent_id=parent.id if parent else None, created_at=now)
    made.slug, made.path = _free_slug(kind, said.name), f"new-{token_hex(8)}"
    made.pinyin, made.initials = letters, initials
    _say(made, said)
    db.session.add(made)
    db.session.flush()
    made.path = f"{parent.path if parent else '/'}{made.id}/"
    versions.bump("organisations")
    _record("organisation.create", by_id, made)
    return made


def update(organisation: Organisation, said: Wording, *, by_id: int) -> None:
    """Change name and details; its address stays, because it is on posters. Raises NameTaken."""
    parent = queries.get(organisation.parent_id) if organisation.parent_id else None
    if said.name != organisation.name:
        turns.wait_for("organisations")
        _check_name(organisation.kind, parent, said.name)
    organisation.pinyin, organisation.initials = pinyin.search_keys(said.name)
    _say(organisation, said)
    versions.bump("board")
    versions.bump("organisations")
    _record("organisation.update", by_id, organisation)


def close(organisation: Organisation, *, now: datetime, by_id: int, today: date) -> None:
    """Close an organisation: it keeps its history and takes nothing new. Twice changes nothing.

    Raises StillInUse while something below it or a pairing is open.
    """
    if organisation.closed_at is not None:
        return
    rest = [one for one in queries.below(organisation.path) if one.id != organisation.id]
    if rest:
        raise StillInUse(
            _("“%(name)s” is still open below it. Close that first.", name=rest[0].name)
        )
    if queries.runs(organisation.id, today):
        raise StillInUse(
            _("“%(name)s” has a pairing. End it first, then close.", name=organisation.name),
            link=("/office/pairings", _("To the pairings")),
        )
    organisation.closed_at = now
    versions.bump("board")
    versions.bump("organisations")
    _record("organisation.close", by_id, organisation)


def pair(
    unit: Organisation,
    community: Organisation,
    days: tuple[date, date | None],
    *,
    now: datetime,
    by_id: int,
) -> Pairing:
    """Let a unit help a community from a day until a day, or without an end.

    Raises WrongDates or PairedAlready.
    """
    starts_on, ends_on = days
    if ends_on is not None and ends_on < starts_on:
        raise WrongDates(_("The pairing ends on %(day)s, before it begins.", day=ends_on))
    turns.wait_for("pairings")
    _check_days(unit, community, starts_on, ends_on)
    pairing = Pairing(unit_id=unit.id, community_id=community.id, starts_on=starts_on)
    pairing.ends_on, pairing.created_at = ends_on, now
    db.session.add(pairing)
    db.session.flush()
    versions.bump("board")  # which shows what is near
    audit.record("pairing.create", by_id, object_kind="pairing", object_id=pairing.id)
    return pairing


def end_pairing(pairing: Pairing, ends_on: date, *, by_id: int) -> None:
    """Let a pairing end on a day, the last on which it counts. Raises WrongDates."""
    if ends_on < pairing.starts_on:
        raise WrongDates(
            _(
                "The pairing began on %(day)s and cannot end before that day.",
                day=pairing.starts_on,
            )
        )
    pairing.ends_on = ends_on
    versions.bump("board")  # which shows what is near
    audit.record("pairing.end", by_id, object_kind="pairing", object_id=pairing.id)


def _check_days(
    unit: Organisation, community: Organisation, starts_on: date, ends_on: date | None
) -> None:
    clash = queries.overlapping(unit.id, community.id, starts_on, ends_on)
    if clash is not None:
        raise PairedAlready(
            _(
                "“%(unit)s” helps “%(community)s” from %(day)s on already. Choose later days, "
                "or end that pairing first.",
                unit=unit.name,
                community=community.name,
                day=clash.starts_on,
            )
        )


def _check_place(kind: str, parent: Organisation | None) -> None:
    fits = kind == Kind.DISTRICT if parent is None else parent.kind in PARENTS.get(Kind(kind), ())
    if not fits:
        raise WrongPlace(
            _("It cannot stand below “%(name)s”; choose another place.", name=parent.name)
            if parent
            else _("Only a district stands by itself; choose where this one belongs.")
        )
    if parent is not None and parent.closed_at is not None:
        raise WrongPlace(_("“%(name)s” is closed; choose another place.", name=parent.name))


def _check_name(kind: str, parent: Organisation | None, name: str) -> None:
    if queries.named(kind, name, parent) is not None:
        raise NameTaken(_("There is a “%(name)s” here already. Choose another name.", name=name))


def _free_slug(kind: str, name: str) -> str:
    """Return an address in plain letters that nobody has: qingniansanshequ, then …-2."""
    letters, initials = pinyin.search_keys(name)
    wish = letters if len(letters) <= LONG_SLUG else initials
    wish = re.sub(r"[^a-z0-9]", "", wish)[: SLUG_LENGTH - 4] or kind
    like = Organisation.slug.startswith(wish)
    taken = set(db.session.scalars(sa.select(Organisation.slug).where(like)))
    numbered = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wish, *numbered) if slug not in taken)


def _say(organisation: Organisation, said: Wording) -> None:
    organisation.name, organisation.address = said.name, said.address
    organisation.phone, organisation.staff_count = said.phone, said.staff_count


def _record(kind: str, by_id: int | None, organisation: Organisation) -> None:
    audit.record(kind, by_id, object_kind="organisation", object_id=organisation.id)
