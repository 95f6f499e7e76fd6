"""The web side of the door: one file a resource."""

from volunteer_site.attendance.views import (
    arrivals,
    closings,
    doors,
    sheets,
    ticks,
    walk_ins,
)

blueprints = (
    arrivals.check_ins,
    arrivals.check_outs,
    doors.bp,
    doors.codes,
    ticks.check_ins,
    ticks.check_outs,
    ticks.undoings,
    ticks.outs_undoings,
    walk_ins.bp,
    closings.bp,
    sheets.bp,
)
