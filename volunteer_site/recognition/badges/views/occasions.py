"""Which badges an activity has brought: something to tell when it is closed."""

from flask import Blueprint, render_template

from volunteer_site.activities import queries as activities
from volunteer_site.core.access import role
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.badges import holders

bp = Blueprint("activity_badges", __name__, url_prefix="/desk/activities/<int:activity_id>/badges")


@bp.get("")
@role(RoleName.COORDINATOR)
def index(activity_id: int) -> str:
    """List who earned which badge with the hours of an activity of one's own community (R56)."""
    activity = activities.theirs(current_person(), activity_id, RoleName.COORDINATOR)
    return render_template(
        "recognition/badges/activity.html",
        activity=activity,
        earned=holders.earned_at(activity.id),
    )
