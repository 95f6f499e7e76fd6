"""Which rolls of which months hang for everybody to read."""

from collections.abc import Sequence

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll
from volunteer_site.recognition.rolls.queries import KINDS, published


def months() -> Sequence[str]:
    """Return the months of which any roll is published, the latest first."""
    asked = sa.select(HonorRoll.month).where(published()).distinct()
    return db.session.scalars(asked.order_by(HonorRoll.month.desc())).all()


def of_month(month: str) -> list[tuple[HonorRoll, Organisation]]:
    """Return the published rolls of a month, the district's first, with whose they are."""
    asked = sa.select(HonorRoll, Organisation).where(HonorRoll.month == month, published())
    asked = asked.join(Organisation, Organisation.id == HonorRoll.organisation_id)
    order = (Organisation.pinyin, Organisation.name, HonorRoll.kind != MONTHLY, HonorRoll.id)
    rows = [(roll, place) for roll, place in db.session.execute(asked.order_by(*order))]
    return sorted(rows, key=lambda row: KINDS.index(Kind(row[1].kind)))
