"""The desk's and the office's side of activities: one file a resource."""

from volunteer_site.activities.views import (
    activities,
    calendar,
    cancellations,
    programmes,
    publications,
)

blueprints = (
    activities.bp,
    publications.bp,
    cancellations.bp,
    programmes.bp,
    programmes.endings,
    programmes.occurrences_bp,
    calendar.bp,
    calendar.days,
    calendar.years,
)
