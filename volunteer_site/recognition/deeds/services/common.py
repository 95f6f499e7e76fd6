"""What every change of a deed needs: the row by itself, who may not, a line in the audit log."""

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import Person
from volunteer_site.recognition.deeds import concerned, queries
from volunteer_site.recognition.deeds.models import GoodDeed


class NotNow(Refusal):
    """The deed is not so far, or farther; the message says how far it is."""


class Concerned(Refusal):
    """Nobody decides about a deed of their own."""


def locked(deed_id: int) -> GoodDeed:
    """Return the deed as it is now; nobody else changes it until the transaction ends."""
    asked = sa.select(GoodDeed).where(GoodDeed.id == deed_id).with_for_update()
    return db.session.scalars(asked.execution_options(populate_existing=True)).one()


def require(deed: GoodDeed, *states: str) -> None:
    """Raise NotNow unless the deed is in one of these states."""
    if queries.state_of(deed) not in states:
        raise NotNow(
            _("Somebody else went on with this good deed in the meantime. Look at it again."),
            link=(f"/desk/good-deeds/{deed.id}", _("To the good deed")),
        )


def refuse_own(deed: GoodDeed, person_id: int) -> None:
    """Raise Concerned for the nominee and their family; whoever told it may still handle it."""
    person = db.session.get(Person, person_id)
    if concerned.is_about(deed, person_id, person.name if person else ""):
        raise Concerned(
            _(
                "This good deed is about you or your family, so somebody else has to go on with "
                "it. Ask a colleague or the district office."
            ),
            link=("/desk/good-deeds", _("Good deeds")),
        )


def record(kind: str, by_id: int | None, deed_id: int, note: str = "") -> None:
    """Write the act down."""
    audit.record(kind, by_id, object_kind="deed", object_id=deed_id, note=note)
