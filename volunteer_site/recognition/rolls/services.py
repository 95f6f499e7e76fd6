"""Preparing, publishing and withdrawing a month's roll."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import for_everybody
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.notices.models import Subject
from volunteer_site.recognition.rolls import queries, rule, sources, words
from volunteer_site.recognition.rolls.models import HonorRoll, HonorRollLine, NameShown, Whose
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.rule import Candidate, Line, Terms


class AlreadyPublished(Refusal):
    """What is published is frozen; it can only be withdrawn."""


class NothingToPublish(Refusal):
    """There is no draft, or nobody on it."""


class AnotherDraft(Refusal):
    """Somebody prepared the roll again after this page was opened."""


class NotOnNotice(Refusal):
    """A roll is published only after its public notice (R42)."""


class NotPublished(Refusal):
    """Only what is published can be withdrawn."""


def prepare_roll(
    organisation: Organisation, month: str, terms: Terms, *, by_id: int | None, now: datetime
) -> HonorRoll:
    """Make the month's roll from the ledger as it stood at the cut-off (R39).

    The same cut-off gives the same roll; it replaces a draft and calls its public notice off.
    Raises AlreadyPublished.
    """
    edition = Edition(month, terms.what.slug)
    _wait_for(organisation.id, edition)
    _remove_draft(organisation.id, edition, by_id, now)
    made = lines(organisation, month, terms)
    roll = roll_of(organisation.id, month, terms, made)
    roll.prepared_at, roll.prepared_by_id = now, by_id
    db.session.add(roll)
    db.session.flush()
    units = sources.unit_names({line.unit_id for line in made if line.unit_id is not None})
    if made:
        db.session.execute(sa.insert(HonorRollLine), list(_rows(roll.id, made, units)))
    _record("roll.prepare", by_id, roll)
    return roll


def announce_roll(
    organisation: Organisation,
    edition: Edition,
    *,
    by_id: int | None,
    now: datetime,
    seen: datetime | None = None,
) -> HonorRoll:
    """Put the draft on public notice, where anybody may object; twice is once (R42).

    `seen` is when the draft was prepared that somebody looked at. Raises AnotherDraft or
    NothingToPublish, and calendar.UnknownYear (R9).
    """
    _wait_for(organisation.id, edition)
    roll = _with_people(organisation, edition)
    if roll.published_at is not None or roll.notice_id is not None:
        return roll
    if seen is not None and roll.prepared_at != seen:
        raise AnotherDraft(
            _("This roll was prepared again in the meantime. Look it over, then go on.")
        )
    with for_everybody():
        title = words.full_title(roll, organisation.name)
    notice = notices.open_notice(Subject.ROLL, organisation.id, title, now=now, by_id=by_id)
    roll.notice_id = notice.id
    db.session.flush()
    return roll


def publish_roll(
    organisation: Organisation, edition: Edition, *, by_id: int | None, now: datetime
) -> HonorRoll:
    """Freeze the roll after its public notice, give it its number and show it to everybody.

    A second time changes nothing. Raises NothingToPublish, NotOnNotice, and what `settle` of
    notices raises while the notice runs or an objection has no answer (R42).
    """
    _wait_for(organisation.id, edition)
    roll = _with_people(organisation, edition)
    if roll.published_at is not None:
        return roll
    if roll.notice_id is None:
        raise NotOnNotice(
            _("Put the roll on public notice first; it can be published when that is over.")
        )
    notices.settle(roll.notice_id, now)
    earlier = queries.numbered(organisation.id, edition)
    roll.number = rule.number_of(organisation.id, edition.month, earlier, edition.kind)
    roll.published_at, roll.published_by_id = now, by_id
    versions.bump("rolls")
    _record("roll.publish", by_id, roll)
    return roll


def withdraw_roll(
    organisation: Organisation, edition: Edition, reason: str, *, by_id: int | None, now: datetime
) -> None:
    """Take a published roll off the site, saying why; the month may then be prepared again.

    A second time changes nothing. Raises NotPublished.
    """
    _wait_for(organisation.id, edition)
    roll = queries.standing(organisation.id, *edition)
    if roll is None and queries.withdrawn(organisation.id, *edition) is not None:
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
    served = sources.served(organisation, month, terms)
    if terms.what.whose == Whose.PEOPLE:  # so that no more of them are asked about than needed
        counts, anybody = terms.what.counts, Candidate("")
        served = {
            one: its
            for one, its in served.items()
            if rule.worth(its, anybody, counts) >= terms.minimum
        }
    return rule.lines(month, terms, served, sources.known(served, terms.what.whose))


def _with_people(organisation: Organisation, edition: Edition) -> HonorRoll:
    roll = queries.standing(organisation.id, *edition)
    if roll is None or not roll.people:
        raise NothingToPublish(
            _("There is nobody on this roll. Prepare it first, or ask for fewer hours.")
        )
    return roll


def roll_of(organisation_id: int, month: str, terms: Terms, made: list[Line]) -> HonorRoll:
    """Return these lines as a roll, without keeping it."""
    what = terms.what
    return HonorRoll(
        organisation_id=organisation_id,
        month=month,
        kind=what.slug,
        title=what.title,
        title_en=what.title_en,
        whose=what.whose,
        counts=what.counts,
        minimum_weeks=what.minimum_weeks,
        most=what.most,
        edge=what.edge,
        cutoff_at=terms.cutoff_at,
        minimum_minutes=terms.minimum_minutes,
        name_order=terms.name_order,
        step_minutes=terms.unit,
        people=len(made),
        minutes=sum(line.minutes for line in made),
        on_site_minutes=sum(line.on_site for line in made),
    )


def _remove_draft(organisation_id: int, edition: Edition, by_id: int | None, now: datetime) -> None:
    there = queries.standing(organisation_id, *edition)
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
    if there.notice_id is not None:
        with for_everybody():
            reason = _("The roll was prepared again.")
        notices.call_off(there.notice_id, reason, by_id=by_id, now=now)
    db.session.execute(sa.delete(HonorRollLine).where(HonorRollLine.roll_id == there.id))
    db.session.delete(there)
    db.session.flush()


def _rows(roll_id: int, made: Iterable[Line], units: dict[int, str]) -> Iterable[dict[str, object]]:
    for line in made:
        row = line._asdict()
        unit = None if line.organisation_id else row["unit_id"]
        del row["unit_id"]
        del row["on_site"]
        yield row | {"roll_id": roll_id, "unit_name": units.get(unit or 0, "")}


def _wait_for(organisation_id: int, edition: Edition) -> None:
    turns.wait_for(f"roll {organisation_id} {edition.month} {edition.kind}")


def _record(kind: str, by_id: int | None, roll: HonorRoll, note: str = "") -> None:
    audit.record(kind, by_id, object_kind="roll", object_id=roll.id, note=note or roll.month)
