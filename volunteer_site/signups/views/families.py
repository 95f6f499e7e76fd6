"""Signing up and withdrawing for one's family, from the activity's page (R24)."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people import families
from volunteer_site.people.families import Relative
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries, services, settings
from volunteer_site.signups.models import REASON_LENGTH
from volunteer_site.signups.queries import State
from volunteer_site.signups.services import proxies
from volunteer_site.signups.services.proxies import Acting

bp = Blueprint(
    "family_signups", __name__, url_prefix="/activities/<int:activity_id>/family-signups"
)


@bp.post("")
@members_only
def create(activity_id: int) -> ResponseReturnValue:
    """Give one of the family a place, or one in the line."""
    whom, now = _whom(), clock.now()
    found = queries.offers(activity_id, whom.id)
    if found is None or found.state is State.NONE:
        offer = services.allow(found, request.form.get("shift_id", type=number), now)
        behind = services.priority(offer, whom.id, now, settings.terms())
        acting = Acting(current_person().id, whom.id)
        with write_transaction():
            proxies.sign_up(offer, activity_id, acting, now=now, behind=behind)
    return htmx.done(f"/activities/{activity_id}#family", _said(activity_id, whom))


@bp.post("/withdrawal")
@members_only
def destroy(activity_id: int) -> ResponseReturnValue:
    """Give the place of one of the family back; after the free time only with a reason (R16)."""
    whom, reason = _whom(), request.form.get("reason", "").strip()[:REASON_LENGTH]
    acting = Acting(current_person().id, whom.id)
    with write_transaction():
        signup = queries.standing(whom.id, activity_id)
        if signup is not None:
            until, terms = signup.starts_at - settings.free_time(), settings.terms()
            services.withdraw(
                signup, reason or None, free_until=until, now=clock.now(), terms=terms
            )
            acting.noted("withdrawal")
    return htmx.done(f"/activities/{activity_id}#family", _said(activity_id, whom))


def _whom() -> Relative:
    asked = request.form.get("person_id", 0, type=number)
    return families.relative(current_person().id, asked, dates.today(clock.now()))


def _said(activity_id: int, whom: Relative) -> str:
    found = queries.offers(activity_id, whom.id)
    if found is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    if found.state is State.CONFIRMED:
        return _("%(name)s is signed up.", name=whom.name)
    if found.state is State.WAITLISTED:
        return _(
            "%(name)s is number %(position)d on the waiting list.",
            name=whom.name,
            position=found.position,
        )
    return _("%(name)s is not signed up.", name=whom.name)
