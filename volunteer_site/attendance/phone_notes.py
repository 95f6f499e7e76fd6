"""What the coordinator is quietly told about phones, beside a name: to look at, not to punish."""

from volunteer_site.activities.models import Activity
from volunteer_site.attendance import devices, nearness
from volunteer_site.attendance.devices import Shared
from volunteer_site.core.words import gettext as _


def of(activity: Activity) -> dict[int, list[str]]:
    """Return by person's id what is noted of phones: shared (R20), or not at the place (R19)."""
    shared = devices.shared(activity).items()
    notes = {person_id: [_same(other) for other in found] for person_id, found in shared}
    for person_id, metres in nearness.outside(activity.id).items():
        away = _("phone about %(metres)d m from the place", metres=metres)
        notes.setdefault(person_id, []).append(away)
    return notes


def _same(found: Shared) -> str:
    if found.family:
        return _("same phone as %(name)s (family)", name=found.other)
    return _("same phone as %(name)s", name=found.other)
