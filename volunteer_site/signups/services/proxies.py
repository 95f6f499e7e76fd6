"""Signing up and withdrawing for somebody else (R24). Call inside a `write_transaction`.

The rules of age, time and places are those of the person who comes; the record says who acted.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.signups import queries
from volunteer_site.signups.absences.rule import Behind
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import Offer
from volunteer_site.signups.services import places


@dataclass(frozen=True)
class Acting:
    """Somebody acts for another."""

    by_id: int
    person_id: int

    def noted(self, what: str) -> None:
        """Write down in the audit who acted for whom."""
        audit.record(
            "signup.act", self.by_id, object_kind="person", object_id=self.person_id, note=what
        )


def sign_up(
    offer: Offer, activity_id: int, acting: Acting, *, now: datetime, behind: Behind | None = None
) -> None:
    """Give somebody a place, or one in the line if there is none; the sign-up says who asked.

    Twice is once, and what the person did themselves stays theirs. Raises TimesClash.
    """
    before = queries.standing_id(acting.person_id, activity_id)
    whom = acting.person_id
    made = places.join_waitlist(offer, whom, activity_id, now=now, behind=behind)
    if made == before:
        return
    ours = sa.update(Signup).where(Signup.id == made, Signup.signed_up_at == now)
    db.session.execute(ours.values(source="proxy", added_by_id=acting.by_id))
    acting.noted("signup")
