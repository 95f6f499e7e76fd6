"""Publishing a draft."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries, services
from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint(
    "publications", __name__, url_prefix="/desk/activities/<int:activity_id>/publication"
)


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Let everybody see the activity and sign up."""
    person = current_person()
    activity = queries.theirs(person, activity_id, RoleName.COORDINATOR)
    with write_transaction():
        services.publish(activity, by_id=person.id, now=clock.now())
    day = dates.show_day(activity.service_date)
    return htmx.done("/desk", _("Published: %(title)s, %(day)s.", title=activity.title, day=day))
