"""Which roll an address means, and where it is made."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app

from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import kinds, queries, rule
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll, RollKind
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.rule import Terms

ADDRESS = "/desk/honor-rolls"
ROLL = f"{ADDRESS}/<month:month>/<string:slug>"
KIND = "/kinds/<string:roll_kind>"
MAKERS = (RoleName.COORDINATOR, RoleName.LIAISON, RoleName.OFFICER)


@dataclass(frozen=True)
class Place:
    """A roll on the desk: whose, of which month and kind, whether it is there or not."""

    organisation: Organisation
    edition: Edition
    kind: RollKind | None  # none: the monthly one, or a kind the office has taken out
    roll: HonorRoll | None

    @property
    def here(self) -> str:
        """Return its address on the desk."""
        return address(self.organisation.slug, self.edition)

    @property
    def next_one(self) -> str:
        """Return where another is made once this one is withdrawn: of a kind taken out, none is."""
        again = self.kind is not None or self.edition.kind == MONTHLY
        return self.here if again else address(self.organisation.slug, Edition(self.edition.month))

    @property
    def page(self) -> str:
        """Return its public address."""
        return page(self.organisation.slug, self.edition)

    def terms(self, cutoff_at: datetime) -> Terms:
        """Return the terms of its kind; of the monthly roll the draft's, or else the usual.

        A draft of a kind that was taken out keeps its own.
        """
        config = current_app.config
        if self.kind is not None:
            return kinds.terms(self.kind, cutoff_at, config["ROUNDING_MINUTES"])
        if self.roll is not None and self.edition.kind != MONTHLY:
            return replace(queries.terms_of(self.roll), cutoff_at=cutoff_at)
        least = rule.usual_minimum(self.organisation.kind, config["ROLL_MINIMUM_MINUTES"])
        order = config["ROLL_ORDER"]
        if self.roll is not None:
            least, order = self.roll.minimum_minutes, self.roll.name_order
        return Terms(cutoff_at, least, order, config["ROUNDING_MINUTES"])


def through(month: str, slug: str, roll_kind: str) -> Place:
    """Return the roll the visitor makes at this address; raises NotFound (R56)."""
    organisation = queries.through(current_person(), slug)
    roll = queries.standing(organisation.id, month, roll_kind)
    kind = kinds.find(organisation, roll_kind)
    if roll is None and kind is None and roll_kind != MONTHLY:
        raise NotFound(
            _("There is no such roll here. The district office says which ones there are.")
        )
    return Place(organisation, Edition(month, roll_kind), kind, roll)


def address(slug: str, edition: Edition) -> str:
    """Return where a roll is made."""
    tail = "" if edition.kind == MONTHLY else f"/kinds/{edition.kind}"
    return f"{ADDRESS}/{edition.month}/{slug}{tail}"


def page(slug: str, edition: Edition) -> str:
    """Return where a published roll is."""
    tail = "" if edition.kind == MONTHLY else f"/{edition.kind}"
    return f"/honor-rolls/{edition.month}/{slug}{tail}"
