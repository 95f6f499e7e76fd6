"""How each community issues certificates, and who answers for them."""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.certificates.models import CertificateTerms
from volunteer_site.recognition.certificates.wording import Issuer


class Place(NamedTuple):
    """A community with its terms, if it has ever said any."""

    organisation: Organisation
    terms: CertificateTerms | None

    @property
    def at_once(self) -> bool:
        """Tell whether certificates are issued without a coordinator looking at each."""
        return self.terms is None or self.terms.approval_since is None


def issuer(place: Place, handler: str) -> Issuer:
    """Return who answers for a community's certificates: as it says, or its first coordinator."""
    terms, phone = place.terms, place.organisation.phone
    responsible = terms.responsible if terms else ""
    contact = (terms.contact if terms else "") or phone
    return Issuer(responsible or _first_coordinator(place.organisation.id), handler, contact)


def of(recorder_id: int) -> Place:
    """Return a recorder with its terms."""
    recorder = db.session.get_one(Organisation, recorder_id)
    return Place(recorder, db.session.get(CertificateTerms, recorder_id))


def at(paths: Iterable[str]) -> list[Place]:
    """Return the open communities at or below these paths with their terms, by name."""
    asked = (
        sa.select(Organisation, CertificateTerms)
        .outerjoin(CertificateTerms, CertificateTerms.organisation_id == Organisation.id)
        .where(
            at_or_below(paths),
            Organisation.kind == Kind.COMMUNITY,
            Organisation.closed_at.is_(None),
        )
        .order_by(Organisation.pinyin, Organisation.id)
    )
    return [Place(*row) for row in db.session.execute(asked)]


def through(paths: Iterable[str], slug: str) -> Place:
    """Return the community with this address if it is at or below these paths, or NotFound."""
    for one in at(paths):
        if one.organisation.slug == slug:
            return one
    raise NotFound(_("There is no such community, or it is not one of yours."))


def _first_coordinator(organisation_id: int) -> str:
    asked = (
        sa.select(Person.name)
        .join(Role, Role.person_id == Person.id)
        .where(
            Role.organisation_id == organisation_id,
            Role.name == RoleName.COORDINATOR,
            Role.ended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Role.id)
    )
    return db.session.scalar(asked.limit(1)) or ""
