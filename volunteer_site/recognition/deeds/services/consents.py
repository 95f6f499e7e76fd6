"""That a nominee agrees to be shown, on paper; and forgetting who deletes their data (R40, R45)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.deeds import shown
from volunteer_site.recognition.deeds.models import (
    DeedConsent,
    GivenBy,
    GoodDeed,
    ShowKind,
)
from volunteer_site.recognition.deeds.services.common import locked, record

GONE = "*"


class AgreesElsewhere(Refusal):
    """Who has an account agrees there, and nobody for them."""


class GuardianNeeded(Refusal):
    """Only a guardian lets a photo of a minor be shown; the name is never whole (R41)."""


@dataclass(frozen=True)
class Agreed:
    """What is agreed to, by whom, and how the community knows."""

    kind: str
    given_by: str
    how: str


def record_consent(deed_id: int, agreed: Agreed, *, by_id: int, now: datetime) -> None:
    """Write down that the nominee agrees to be shown; the same again changes nothing.

    Raises AgreesElsewhere and GuardianNeeded.
    """
    deed = locked(deed_id)
    _refuse_unfit(deed, agreed)
    open_one = sa.select(DeedConsent.id).where(
        DeedConsent.deed_id == deed_id,
        DeedConsent.kind == agreed.kind,
        DeedConsent.withdrawn_at.is_(None),
    )
    if db.session.scalar(open_one) is None:
        db.session.add(
            DeedConsent(deed_id=deed_id, **vars(agreed), given_at=now, recorded_by_id=by_id)
        )
        versions.bump("deeds")
        record("deed.consent", by_id, deed_id, agreed.kind)


def withdraw_consent(deed_id: int, consent_id: int, *, by_id: int, now: datetime) -> None:
    """Write down that it was taken back: name or photo are gone from the site at once.

    Twice changes nothing. Raises NotFound.
    """
    asked = sa.select(DeedConsent).where(
        DeedConsent.id == consent_id, DeedConsent.deed_id == deed_id
    )
    consent = db.session.scalar(asked)
    if consent is None:
        raise NotFound(_("There is no such consent."))
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        versions.bump("deeds")
        record("deed.unconsent", by_id, deed_id, consent.kind)


def forget_person(person_id: int) -> None:
    """Take name and photo of somebody who deletes their data off every deed (R45)."""
    theirs = sa.select(GoodDeed).where(GoodDeed.nominee_id == person_id)
    for deed in db.session.scalars(theirs).all():
        deed.words = deed.words.replace(deed.nominee_name, GONE)
        deed.nominee_name, deed.photo = GONE, ""
        versions.bump("deeds")
    told = sa.update(GoodDeed).where(GoodDeed.nominator_id == person_id)
    db.session.execute(told.values(contact=""))


def forget_photos(before: datetime) -> None:
    """Forget the photos of deeds refused or taken down before this moment.

    So are those of deeds published before, where nobody agrees, or agrees any more, that the photo
    is shown.
    """
    unwanted = sa.and_(GoodDeed.published_at < before, shown.photo_agreed_by().is_(None))
    over = sa.or_(GoodDeed.refused_at < before, GoodDeed.taken_down_at < before, unwanted)
    db.session.execute(sa.update(GoodDeed).where(over, GoodDeed.photo != "").values(photo=""))


def _refuse_unfit(deed: GoodDeed, agreed: Agreed) -> None:
    if deed.nominee_id is not None and deed.minor:
        raise AgreesElsewhere(
            _(
                "They are under 18 and have an account: their guardian agrees to the photo on "
                "the guardian's own account, under “My data”."
            )
        )
    if deed.nominee_id is not None:
        raise AgreesElsewhere(
            _(
                "This person has an account and agrees there, under “My data”. Ask them to look "
                "in, or help them at the service window."
            )
        )
    if not deed.minor:
        return
    if agreed.kind == ShowKind.NAME:
        raise GuardianNeeded(
            _("The name of somebody under 18 is never shown in full, whoever agrees.")
        )
    if agreed.given_by != GivenBy.GUARDIAN:
        raise GuardianNeeded(
            _("They are under 18: a photo is shown only if their guardian agrees.")
        )
