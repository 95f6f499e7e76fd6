"""A good deed as it may be shown at this moment: name and photo by consent only (R40, R41)."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.text import mask_name
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Consent, ConsentKind, Person
from volunteer_site.people.queries import is_minor
from volunteer_site.recognition.deeds.models import DeedConsent, GivenBy, GoodDeed, ShowKind
from volunteer_site.recognition.notices.models import PublicNotice

HIDDEN = "*"


class Deed(NamedTuple):
    """What everybody may read of a deed now."""

    id: int
    number: str | None
    kind: str
    proposer: str
    name: str
    whole: bool  # whether that is the whole name
    words: str
    photo: str  # the name core.uploads keeps it by; empty if nobody may see one
    place: str
    slug: str
    published_at: datetime | None
    taken_down_at: datetime | None
    reason: str  # why it was taken down

    @property
    def month(self) -> str:
        """Return the month in which it came to the board; empty before."""
        return dates.month_of(dates.local_date(self.published_at)) if self.published_at else ""


def deeds(today: date, *which: Any) -> list[Deed]:
    """Return the deeds that fit, the latest published first, as everybody may see them today."""
    asked = (
        sa.select(
            GoodDeed, Organisation.name, Organisation.slug, Person.birth_date, Person.erased_at,
            _given_by(ShowKind.NAME, ConsentKind.PUBLISH_NAME),
            photo_agreed_by(),
        )
        .join(Organisation, Organisation.id == GoodDeed.organisation_id)
        .outerjoin(Person, Person.id == GoodDeed.nominee_id)
        .where(*which)
        .order_by(GoodDeed.published_at.desc(), GoodDeed.id.desc())
    )  # fmt: skip
    return [_as_seen(today, *row) for row in db.session.execute(asked)]


def one(deed_id: int, today: date) -> Deed | None:
    """Return one deed as everybody may see it today, whatever its state."""
    return next(iter(deeds(today, GoodDeed.id == deed_id)), None)


def public_photo(deed_id: int, today: date) -> str:
    """Return the photo that everybody may see at this moment; empty if there is none.

    Only of a deed on the board, or on a public notice that runs.
    """
    on_notice = sa.exists().where(
        PublicNotice.id == GoodDeed.notice_id, PublicNotice.closed_at.is_(None)
    )
    open_to_all = sa.and_(
        GoodDeed.taken_down_at.is_(None), sa.or_(GoodDeed.published_at.is_not(None), on_notice)
    )
    found = deeds(today, GoodDeed.id == deed_id, open_to_all, GoodDeed.refused_at.is_(None))
    return found[0].photo if found else ""


def photo_agreed_by() -> Any:
    """Select who agreed that the photo is shown; nothing where nobody agrees at this moment."""
    return _given_by(ShowKind.PHOTO, ConsentKind.PUBLISH_PHOTO)


def _given_by(kind: str, of_account: str) -> Any:
    """Select who agreed to be shown so: on the account if there is one, else on paper.

    Who has an account decides there alone, so that taking it back clears every deed at once.
    """
    on_paper = sa.select(sa.func.max(DeedConsent.given_by)).where(
        DeedConsent.deed_id == GoodDeed.id,
        DeedConsent.kind == kind,
        DeedConsent.withdrawn_at.is_(None),
    )
    on_account = sa.select(sa.func.max(Consent.given_by)).where(
        Consent.person_id == GoodDeed.nominee_id,
        Consent.kind == of_account,
        Consent.withdrawn_at.is_(None),
    )
    return sa.case(
        (GoodDeed.nominee_id.is_(None), on_paper.scalar_subquery()),
        else_=on_account.scalar_subquery(),
    )


def _as_seen(today: date, deed: GoodDeed, place: str, slug: str, *known: Any) -> Deed:
    born, erased_at, name_by, photo_by = known
    minor = deed.minor or is_minor(born, today)
    whole = bool(name_by) and not minor and erased_at is None
    name = HIDDEN if erased_at else deed.nominee_name
    shown = name if whole else mask_name(name)
    agreed = photo_by == GivenBy.GUARDIAN if minor else bool(photo_by)
    gone = deed.taken_down_at is not None or erased_at is not None
    return Deed(
        deed.id,
        deed.number,
        deed.kind,
        deed.proposer,
        HIDDEN if gone else shown,
        whole and not gone,
        "" if deed.taken_down_at else deed.words.replace(deed.nominee_name, shown),
        deed.photo if agreed and not gone else "",
        place,
        slug,
        deed.published_at,
        deed.taken_down_at,
        deed.takedown_reason,
    )
