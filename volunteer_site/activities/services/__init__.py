"""Changing programmes and activities. Call inside a `write_transaction`."""

from volunteer_site.activities.services.activities import (
    Origin,
    cancel,
    create,
    from_programme,
    publish,
)
from volunteer_site.activities.services.edits import AsksFirst, Consequences, edit
from volunteer_site.activities.services.programmes import (
    Rhythm,
    create_programme,
    end_programme,
    update_programme,
)
from volunteer_site.activities.services.signals import (
    cancelling,
    enlarged,
    names_asked,
    rescheduled,
)
from volunteer_site.activities.services.week import Round, post_week

__all__ = [
    "AsksFirst",
    "Consequences",
    "Origin",
    "Rhythm",
    "Round",
    "cancel",
    "cancelling",
    "create",
    "create_programme",
    "edit",
    "end_programme",
    "enlarged",
    "from_programme",
    "names_asked",
    "post_week",
    "publish",
    "rescheduled",
    "update_programme",
]
