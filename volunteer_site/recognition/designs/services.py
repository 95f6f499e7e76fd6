"""A design's life: proposed, changed, withdrawn; approved by somebody else, or refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from volunteer_site.core import audit, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.designs import queries
from volunteer_site.recognition.designs.models import Design, DesignPicture

MOST_OPEN: Final = 5  # designs of one person that wait
MOST_PICTURES: Final = 20  # of one person in a day
A_DAY: Final = timedelta(days=1)
IN_ITS_PLACE: Final = "star"  # drawn where somebody's own picture was


class NotOpen(Refusal):
    """The design was decided or withdrawn meanwhile."""


class NotOnesOwn(Refusal):
    """Nobody approves or refuses their own design."""

    status = 422


class TooManyWaiting(Refusal):
    """So many designs of one person wait that the community should look at them first."""


class TooManyPictures(Refusal):
    """Enough pictures for one day."""


@dataclass(frozen=True)
class Wish:
    """What somebody has drawn and written."""

    organisation_id: int
    name: str
    sentence: str
    why: str
    shape: str
    tint: str
    metal: str
    emblem: str
    picture_id: int | None
    zoom: int
    text: str
    credit: str
    designed_by: str


def keep_picture(person_id: int, file: str, now: datetime) -> DesignPicture:
    """Write down that somebody handed this picture in; the same one again is the same.

    Raises TooManyPictures after 20 in a day.
    """
    turns.wait_for(f"design pictures of {person_id}")
    asked = sa.select(DesignPicture).where(
        DesignPicture.person_id == person_id, DesignPicture.file == file
    )
    found = db.session.scalar(asked)
    if found is not None:
        return found
    refuse_more_pictures(person_id, now)
    made = DesignPicture(person_id=person_id, file=file, taken_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def refuse_more_pictures(person_id: int, now: datetime) -> None:
    """Raise TooManyPictures from 20 in a day on; asked before a picture costs any work."""
    if queries.pictures_since(person_id, now - A_DAY) >= MOST_PICTURES:
        raise TooManyPictures(
            _(
                "%(most)d pictures in one day are enough. Choose an emblem, or come back tomorrow.",
                most=MOST_PICTURES,
            )
        )


def propose(person_id: int, wish: Wish, now: datetime) -> Design:
    """Propose a badge to a community or the district; sent twice, it is proposed once.

    Raises TooManyWaiting from five on.
    """
    turns.wait_for(f"designs of {person_id}")
    if (same := queries.same_open_one(person_id, vars(wish))) is not None:
        return same
    if queries.open_ones(person_id) >= MOST_OPEN:
        raise TooManyWaiting(
            _(
                "%(most)d of your designs wait for an answer already. Withdraw one, or wait.",
                most=MOST_OPEN,
            ),
            link=("/me/designs", _("My designs")),
        )
    design = Design(person_id=person_id, proposed_at=now, **vars(wish))
    db.session.add(design)
    db.session.flush()
    _note("propose", design, person_id)
    return design


def change(design_id: int, wish: Wish, now: datetime) -> None:
    """Change a design of one's own while it waits. Raises NotOpen."""
    design = _locked(design_id)
    refuse_over(design)
    for name, value in vars(wish).items():
        setattr(design, name, value)
    design.changed_at = now
    _note("change", design, design.person_id)


def withdraw(design_id: int, now: datetime) -> None:
    """Take one's own design back; a second time changes nothing. Raises NotOpen."""
    design = _locked(design_id)
    if design.withdrawn_at is not None:
        return
    refuse_over(design)
    design.withdrawn_at = now
    _note("withdraw", design, design.person_id)


def approve(design_id: int, *, seen: datetime | None, by_id: int, now: datetime) -> Badge:
    """Make the design a special badge given by hand; `seen` is when what was looked at was made.

    Raises NotOpen, also when it was changed since it was looked at, and NotOnesOwn.
    """
    design = _to_decide(design_id, by_id)
    if seen != (design.changed_at or design.proposed_at):
        raise NotOpen(_("The design was changed while you looked at it. Look at it again."))
    design.approved_at, design.approved_by_id = now, by_id
    badge = _badge(design, by_id, now)
    db.session.add(badge)
    db.session.flush()
    versions.bump("badges")
    _note("approve", design, by_id)
    return badge


def refuse(design_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Refuse the design, saying why. Raises NotOpen and NotOnesOwn."""
    design = _to_decide(design_id, by_id)
    design.refused_at, design.refused_by_id = now, by_id
    design.refusal_reason = reason
    _note("refuse", design, by_id)


def forget_person(person_id: int, now: datetime) -> None:
    """Withdraw what somebody who deletes their data has open, and forget words and pictures (R45).

    An approved badge stays, and names nobody any more but a class or team that was written down.
    """
    for design in db.session.scalars(sa.select(Design).where(Design.person_id == person_id)).all():
        design.why = ""
        if design.approved_at is not None:
            continue
        if design.picture_id is not None:
            design.picture_id, design.emblem = None, IN_ITS_PLACE
        if design.state == "proposed":
            design.withdrawn_at = now


def forget_pictures(before: datetime, now: datetime) -> None:
    """Forget the pictures of designs refused or withdrawn before this moment.

    With them go those that were handed in more than a day ago and stand in no design.
    """
    over = sa.or_(Design.refused_at < before, Design.withdrawn_at < before)
    forgotten = sa.update(Design).where(over, Design.picture_id.is_not(None))
    db.session.execute(forgotten.values(picture_id=None, emblem=IN_ITS_PLACE))
    unused = ~sa.exists().where(Design.picture_id == DesignPicture.id)
    db.session.execute(sa.delete(DesignPicture).where(DesignPicture.taken_at < now - A_DAY, unused))


def _to_decide(design_id: int, by_id: int) -> Design:
    design = _locked(design_id)
    if by_id == design.person_id:
        raise NotOnesOwn(
            _("Nobody decides about their own design. Another coordinator or the office does.")
        )
    refuse_over(design)
    return design


def refuse_over(design: Design) -> None:
    """Raise NotOpen if the design was decided or withdrawn."""
    if design.state != "proposed":
        raise NotOpen(_("This design was decided or withdrawn meanwhile. Look at it again."))


def _badge(design: Design, by_id: int, now: datetime) -> Badge:
    place = db.session.get_one(Organisation, design.organisation_id)
    last = db.session.scalar(sa.select(sa.func.max(Badge.position))) or 0
    return Badge(
        slug=f"design-{design.id}",
        family="special",
        name_zh=design.name,
        name_en=design.name,
        sentence_zh=design.sentence,
        sentence_en=design.sentence,
        measure="",
        over_period="ever",
        threshold=1,
        emblem=design.emblem or IN_ITS_PLACE,
        shape=design.shape,
        tint=design.tint,
        position=last + 10,
        created_at=now,
        organisation_id=None if place.kind == Kind.DISTRICT else place.id,
        design_id=design.id,
        designer=design.designed_by,
        proposed_at=design.proposed_at,
        proposed_by_id=design.person_id,
        approved_at=now,
        approved_by_id=by_id,
    )


def _locked(design_id: int) -> Design:
    """Return the design as it stands, nobody else changing it until the transaction ends."""
    asked = sa.select(Design).where(Design.id == design_id).with_for_update()
    return db.session.scalars(asked.execution_options(populate_existing=True)).one()


def _note(step: str, design: Design, by_id: int) -> None:
    audit.record(f"design.{step}", by_id, object_kind="design", object_id=design.id)
