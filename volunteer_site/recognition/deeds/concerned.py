"""Who is too near to a deed to weigh or to decide it."""

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.people.models import Person
from volunteer_site.recognition.deeds import queries
from volunteer_site.recognition.deeds.models import Answer, GoodDeed
from volunteer_site.recognition.deeds.queries import Member, Said


def near(deed: GoodDeed) -> set[int]:
    """Return the nominee and the family that shares their phone, and who told the deed."""
    return _family(deed) | ({deed.nominator_id} if deed.nominator_id is not None else set())


def is_near(deed: GoodDeed, person_id: int, name: str) -> bool:
    """Tell whether somebody is near; without an account the nominee is known by name only."""
    return person_id == deed.nominator_id or is_about(deed, person_id, name)


def is_about(deed: GoodDeed, person_id: int, name: str) -> bool:
    """Tell whether a deed is somebody's own or their family's, also if they told it themselves."""
    return person_id in _family(deed) or _same_name(deed, name)


def entitled(deed: GoodDeed) -> list[Member]:
    """Return who of the panel may weigh this deed: nobody near, nobody who said they are."""
    return among(deed, queries.panel(deed.organisation_id), queries.votes(deed), near(deed))


def among(deed: GoodDeed, panel: list[Member], said: list[Said], close: set[int]) -> list[Member]:
    """Return who of these members may weigh the deed, from what has been read already."""
    left_out = {one.vote.person_id for one in said if one.vote.answer == Answer.CONCERNED}
    return [
        one
        for one in panel
        if one.person.id not in close | left_out and not _same_name(deed, one.person.name)
    ]


def _family(deed: GoodDeed) -> set[int]:
    if deed.nominee_id is None:
        return set()
    phone = sa.select(Person.phone).where(Person.id == deed.nominee_id).scalar_subquery()
    family = sa.select(Person.id).where(Person.phone == phone, Person.erased_at.is_(None))
    return {deed.nominee_id, *db.session.scalars(family)}


def _same_name(deed: GoodDeed, name: str) -> bool:
    return deed.nominee_id is None and name == deed.nominee_name
