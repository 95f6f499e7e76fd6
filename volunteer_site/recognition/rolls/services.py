"""Preparing, publishing and withdrawing a month's roll."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.models import HonorRoll, HonorRollLine, NameShown
from volunteer_site.recognition.rolls import queries, rule, sources
from volunteer_site.recognition.rolls.rule import Line, Terms


class AlreadyPublished(Refusal):
    """What is published is frozen; it can only be withdrawn."""


class NothingToPublish(Refusal):
    """There is no draft, or nobody on it."""


class AnotherDraft(Refusal):
    """Somebody prepared the roll again after this page was opened."""


class NotPublished(Refusal):
    """Only what is published can be withdrawn."""


def prepare_roll(
    organisation: Organisation, month: str, terms: Terms, *, by_id: int | None, now: datetime
) -> HonorRoll:
    """Make the month's roll from the ledger as it stood at the cut-off (R39).

    The same cut-off gives the same roll; it replaces a draft. Raises AlreadyPublished.
    """
    _wait_for(organisation.id, month)
    _remove_draft(organisation.id, month)
    made = lines(organisation, month, terms)
    roll = HonorRoll(
        organisation_id=organisation.id,
        month=month,
        cutoff_at=terms.cutoff_at,
        minimum_minutes=terms.minimum_minutes,
        name_order=terms.name_order,
        step_minutes=terms.unit,
        people=len(made),
        minutes=sum(line.minutes for line in made),
        on_site_minutes=sum(line.on_site for line in made),
        prepared_at=now,
        prepared_by_id=by_id,
    )
    db.session.add(roll)
    db.session.flush()
    units = sources.unit_names({line.unit_id for line in made if line.unit_id is not None})
    if made:
        db.session.execute(sa.insert(HonorRollLine), list(_rows(roll.id, made, units)))
    _record("roll.prepare", by_id, roll)
    return roll


def publish_roll(
    organisation: Organisation,
    month: str,
    *,
    by_id: int | None,
    now: datetime,
    seen: datetime | None = None,
) -> HonorRoll:
    """Freeze the roll, give it its number and show it to everybody; a second time changes nothing.

    `seen` is when the draft was prepared that somebody looked at. Raises AnotherDraft or
    NothingToPublish.
    """
    _wait_for(organisation.id, month)
    roll = queries.standing(organisation.id, month)
    if roll is None or not roll.people:
        raise NothingToPublish(
            _("There is nobody on this roll. Prepare it first, or ask for fewer hours.")
        )
    if roll.published_at is not None:
        return roll
    if seen is not None and roll.prepared_at != seen:
        raise AnotherDraft(
            _("This roll was prepared again in the meantime. Look it over, then publish it.")
        )
    earlier = queries.numbered(organisation.id, month)
    roll.number = rule.number_of(organisation.id, month, earlier)
    roll.published_at, roll.published_by_id = now, by_id
    versions.bump("rolls")
    _record("roll.publish", by_id, roll)
    return roll


def withdraw_roll(
    organisation: Organisation, month: str, reason: str, *, by_id: int | None, now: datetime
) -> None:
    """Take a published roll off the site, saying why; the month may then be prepared again.

    A second time changes nothing. Raises NotPublished.
    """
    _wait_for(organisation.id, month)
    roll = queries.standing(organisation.id, month)
    if roll is None and queries.withdrawn(organisation.id, month) is not None:
        return
    if roll is None or roll.published_at is None:
        raise NotPublished(_("This roll is not published yet; simply prepare it again."))
    roll.withdrawn_at, roll.withdrawal_reason = now, reason
    versions.bump("rolls")
    _record("roll.withdraw", by_id, roll, note=reason)


def forget_person(person_id: int) -> None:
    """Take the name of somebody who deletes their data off every roll; numbers stay (R45)."""
    theirs = sa.update(HonorRollLine).where(HonorRollLine.person_id == person_id)
    hidden = db.session.execute(theirs.values(name=queries.ERASED, name_shown=NameShown.MASKED))
    if hidden.rowcount:  # type: ignore[attr-defined]
        versions.bump("rolls")


def lines(organisation: Organisation, month: str, terms: Terms) -> list[Line]:
    """Return what the roll would be by these terms, without keeping it."""
    served = rule.standings(sources.standing_entries(organisation, month, terms.cutoff_at))
    enough = {person: one for person, one in served.items() if one.minutes >= terms.minimum_minutes}
    return rule.lines(month, terms, enough, sources.candidates(enough))


def _remove_draft(organisation_id: int, month: str) -> None:
    there = queries.standing(organisation_id, month)
    if there is None:
        return
    if there.published_at is not None:
        raise AlreadyPublished(
            _(
                "This roll is published as no. %(number)s and does not change any more. "
                "Withdraw it first, with a reason.",
                number=there.number,
            )
        )
    db.session.execute(sa.delete(HonorRollLine).where(HonorRollLine.roll_id == there.id))
    db.session.delete(there)
    db.session.flush()


def _rows(roll_id: int, made: Iterable[Line], units: dict[int, str]) -> Iterable[dict[str, object]]:
    for line in made:
        row = line._asdict()
        unit = row.pop("unit_id")
        del row["on_site"]
        yield row | {"roll_id": roll_id, "unit_name": units.get(unit or 0, "")}


def _wait_for(organisation_id: int, month: str) -> None:
    turns.wait_for(f"roll {organisation_id} {month}")


def _record(kind: str, by_id: int | None, roll: HonorRoll, note: str = "") -> None:
    audit.record(kind, by_id, object_kind="roll", object_id=roll.id, note=note or roll.month)
