"""The web side of the door: one file a resource."""

from volunteer_site.attendance.views import (
    arrivals,
    card_readings,
    cards,
    closings,
    doors,
    excuses,
    people,
    places,
    roll_calls,
    ticks,
    walk_ins,
)

blueprints = (
    arrivals.check_ins,
    arrivals.check_outs,
    cards.bp,
    cards.pictures,
    card_readings.bp,
    doors.bp,
    places.bp,
    doors.codes,
    ticks.check_ins,
    ticks.check_outs,
    ticks.undoings,
    ticks.outs_undoings,
    walk_ins.bp,
    closings.bp,
    roll_calls.bp,
    roll_calls.undoings,
    excuses.bp,
    excuses.undoings,
    people.desk,
    people.mine,
)
