"""Badges given by hand: with a citation, to one or many, and taken back with a reason."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from volunteer_site.core import audit, dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.services import take_turns
from volunteer_site.recognition.badges.models import Award, Badge
from volunteer_site.recognition.badges.pins import Pin, catalogue

CITATION_LENGTH: Final = 120
REASON_LENGTH: Final = 200


class NotByHand(Refusal):
    """A badge with a rule is given by the site itself, and a retired one to nobody."""


class NotToOneself(Refusal):
    """Nobody honours themselves (R22)."""


class HaveIt(Refusal):
    """Everybody who was chosen has the badge already."""


def give(
    badge: Badge, person_ids: Collection[int], citation: str, *, by_id: int, now: datetime
) -> int:
    """Award a badge by hand, to all of these who do not have it; return to how many.

    Each sees the citation on their wall. Raises NotByHand, NotToOneself (R22) or HaveIt.
    """
    pin = catalogue()[badge.id]
    _check(pin, person_ids, by_id)
    take_turns(person_ids)
    period = pin.rule.scope.period(dates.today(now)) or ""
    fresh = sorted(set(person_ids) - _holding(badge.id, period, person_ids))
    if not fresh:
        raise HaveIt(
            _("Everybody you chose has this badge already. Choose somebody else, or another badge.")
        )
    for person_id in fresh:
        award = Award(
            badge_id=badge.id,
            person_id=person_id,
            period=period,
            earned_on=dates.today(now),
            awarded_at=now,
            citation=citation,
            given_by_id=by_id,
        )
        db.session.add(award)
        db.session.flush()
        audit.record("award.give", by_id, object_kind="award", object_id=award.id, note=badge.slug)
    return len(fresh)


def take_back(award: Award, reason: str, *, by_id: int, now: datetime) -> None:
    """Withdraw an award given by hand, saying why; a second time changes nothing."""
    if award.given_by_id is None:
        raise NotByHand(
            _("This badge was earned by hours. It goes by itself when these are corrected.")
        )
    if award.withdrawn_at is not None:
        return
    award.withdrawn_at, award.withdrawal_reason = now, reason
    audit.record("award.withdraw", by_id, object_kind="award", object_id=award.id, note=reason)


def forget_person(person_id: int) -> None:
    """Delete what was said about somebody who deletes their data; numbers stay (R45)."""
    theirs = sa.update(Award).where(Award.person_id == person_id, Award.citation != "")
    db.session.execute(theirs.values(citation=""))


def _check(pin: Pin, person_ids: Collection[int], by_id: int) -> None:
    if not pin.given_by_hand:
        raise NotByHand(_("This badge has a rule: the site gives it to everybody who reaches it."))
    if pin.retired_at is not None:
        raise NotByHand(_("This badge is retired. Bring it back first, then give it."))
    if by_id in person_ids:
        raise NotToOneself(
            _("Nobody gives a badge to themselves. Ask a colleague or the office to give it.")
        )


def _holding(badge_id: int, period: str, person_ids: Collection[int]) -> set[int]:
    asked = sa.select(Award.person_id).where(
        Award.badge_id == badge_id,
        Award.period == period,
        Award.person_id.in_(person_ids),
        Award.withdrawn_at.is_(None),
    )
    return set(db.session.scalars(asked))
